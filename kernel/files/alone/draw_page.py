"""Draws a page of a PDF, or a picture, as a PNG: `python bounds.py ... draw_page.py FILE ENDING PAGE WIDTH` writes it to its output.

What is drawn is pixels and nothing else: no script, no link, no form comes through.
"""

import os
import sys
import tempfile
from pathlib import Path

# A thread a core would count each of its stacks as memory.
os.environ["RAYON_NUM_THREADS"] = "1"

import pikepdf  # below, as is what follows
import typst  # the threads are chosen when it is loaded

# Points on paper; the picture's width in pixels is that of the screen, whatever the page's.
WIDTH_ON_PAPER = 500


def draw(path: Path, ending: str, page: int, width: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        name = f"file{ending}"
        if ending == ".pdf":
            take_page(path, page, Path(folder) / name)
        else:
            (Path(folder) / name).symlink_to(path.resolve())
        source = Path(folder) / "page.typ"
        source.write_text(
            "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
            f'#image("{name}", width: {WIDTH_ON_PAPER}pt)\n'
        )
        return typst.compile(
            source, root=Path(folder), format="png", ppi=72 * width / WIDTH_ON_PAPER, ignore_system_fonts=True
        )


def take_page(path: Path, page: int, target: Path) -> None:
    """The one page by itself, what was filled in and pinned to it having become part of it: as it is appended for reviewers."""
    with pikepdf.open(path) as pdf, pikepdf.new() as alone:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
        alone.pages.append(pdf.pages[page - 1])
        alone.save(target)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
