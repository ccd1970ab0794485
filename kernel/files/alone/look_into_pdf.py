"""Says what is wrong with a PDF: `python bounds.py ... look_into_pdf.py FILE MOST_PAGES` prints {"fault", "pages", "page"}.

What a reader would do with the file is looked for where a reader looks: in the catalogue, on the pages, in the fields of a
form, in the outline. A PDF that is encrypted but opens without a password (one that may not be printed) is as good as any.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf

# A form's fields and an outline's entries; more of them is no proposal's appendix.
MOST_NODES: Final = 50_000
# 200 inches, the largest page of the format's own annex, in units of 1/72 inch.
LARGEST_SIDE: Final = 14_400
MOST_PIXELS: Final = 400_000_000
ACTS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
        "/Trans3D",
    }
)
HOLDS: Final = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
SCRIPT, HELD, DAMAGED, TWO = (
    "file_has_active_content",
    "file_holds_files",
    "file_damaged",
    "file_is_two_kinds",
)
_SPACE: Final = b"\x00\t\n\x0c\r "
_HEADER: Final = re.compile(rb"[\r\n]%PDF-\d\.\d")
_PAGE: Final = re.compile(rb"<(!doctype html|html|head|body|script|svg|iframe|object|\?php)", re.IGNORECASE)
_OTHERS: Final = (
    b"gif8",
    b"\x89png",
    b"mz",
    b"\x7felf",
    b"pk\x03\x04",
    b"rar!",
    b"7z\xbc",
    b"#!",
    b"\xd0\xcf\x11",
    b"\xff\xd8",
)


class Fault(Exception):
    """What is wrong, as a code of the kernel's."""

    def __init__(self, code: str, page: int = 0) -> None:
        self.code, self.page = code, page


def look_at_bytes(content: bytes) -> None:
    """The file from outside: junk before the header as readers bear it, one header, an end, and nothing behind it."""
    start = content.find(b"%PDF-", 0, 1024 + 5)
    if start < 0:
        raise Fault("file_type_differs")
    junk = content[:start].lower().lstrip(_SPACE)
    if junk.startswith(_OTHERS) or b"<" in junk or b"/*" in junk:
        raise Fault(TWO)
    if _PAGE.search(content[start : start + 1024]):
        raise Fault(TWO)
    if _HEADER.search(content, start + 1):
        raise Fault(TWO)
    end = content.rfind(b"%%EOF")
    behind = content[end + 5 :].strip(_SPACE)
    if end < 0 or len(behind) > 1024:
        raise Fault(DAMAGED)
    if behind and (_PAGE.search(behind) or behind.lower().startswith(_OTHERS)):
        raise Fault(TWO)


def look_at_action(action: Any, depth: int = 0) -> None:
    """An action, and those that follow it."""
    if isinstance(action, pikepdf.Array):
        for one in action.as_list()[:100]:
            look_at_action(one, depth + 1)
        return
    if not isinstance(action, pikepdf.Dictionary):
        return
    if depth > 20 or str(action.get("/S", "")) in ACTS or "/JS" in action:
        raise Fault(SCRIPT)
    if "/Next" in action:
        look_at_action(action["/Next"], depth + 1)


def look_at_triggers(holder: Any) -> None:
    """What happens by itself: `AA` maps an event to an action, `A` is what a click does."""
    if "/A" in holder:
        look_at_action(holder["/A"])
    triggers = holder.get("/AA")
    if isinstance(triggers, pikepdf.Dictionary):
        for key in triggers.keys():  # noqa: SIM118  # a PDF's dictionary, not Python's
            look_at_action(triggers[key])


def look_at_catalogue(root: Any) -> None:
    look_at_action(root.get("/OpenAction"))
    look_at_triggers(root)
    if "/Collection" in root or is_filled(root.get("/AF")):
        raise Fault(HELD)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/JavaScript" in names and is_filled(names["/JavaScript"]):
            raise Fault(SCRIPT)
        if "/EmbeddedFiles" in names and is_filled(names["/EmbeddedFiles"]):
            raise Fault(HELD)
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form:
            raise Fault(SCRIPT)
        for field in nodes(form.get("/Fields"), "/Kids"):
            look_at_triggers(field)
    outlines = root.get("/Outlines")
    if isinstance(outlines, pikepdf.Dictionary):
        for entry in entries(outlines):
            look_at_triggers(entry)


def is_filled(tree: Any) -> bool:
    """Whether a name tree or a list names anything at all."""
    if isinstance(tree, pikepdf.Array):
        return len(tree) > 0
    if not isinstance(tree, pikepdf.Dictionary):
        return False
    return any(key in tree and len(tree[key]) > 0 for key in ("/Names", "/Kids"))


def nodes(first: Any, below: str) -> Iterator[Any]:
    """The dictionaries of a tree, each once."""
    waiting, seen = [first], set()
    for _turn in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            if len(node) > MOST_NODES:
                raise Fault(DAMAGED)
            waiting.extend(node.as_list())
        elif isinstance(node, pikepdf.Dictionary):
            if node.is_indirect:
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            yield node
            if below in node:
                waiting.append(node[below])
    raise Fault(DAMAGED)


def entries(outlines: Any) -> Iterator[Any]:
    waiting, seen = [outlines.get("/First")], set()
    for _turn in range(MOST_NODES):
        if not waiting:
            return
        entry = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        yield entry
        waiting += [entry.get("/Next"), entry.get("/First")]
    raise Fault(DAMAGED)


def pages_of(root: Any, most: int) -> list[tuple[Any, Any]]:
    """(page, its box, inherited or own), in no order. A tree that leads to one node twice may have more pages than bytes."""
    first = root.get("/Pages")
    if not isinstance(first, pikepdf.Dictionary):
        raise Fault(DAMAGED)
    found: list[tuple[Any, Any]] = []
    waiting: list[tuple[Any, Any]] = [(first, None)]
    seen = set()
    while waiting:
        node, box = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            raise Fault(DAMAGED)
        box = node.get("/MediaBox", box)
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            if node.objgen in seen:
                raise Fault(DAMAGED)
            seen.add(node.objgen)
            if len(kids) + len(found) > most or len(seen) > MOST_NODES:
                raise Fault("file_too_many_pages")
            waiting.extend((kid, box) for kid in kids.as_list())
        else:
            found.append((node, box))
            if len(found) > most:
                raise Fault("file_too_many_pages")
    if not found:
        raise Fault(DAMAGED)
    return found


def look_at_page(page: Any, box: Any, number: int) -> None:
    unit = float(page.get("/UserUnit", 1))
    for one in (box, page.get("/CropBox")):
        if one is None:
            continue
        if not isinstance(one, pikepdf.Array) or len(one) != 4:
            raise Fault(DAMAGED)
        left, bottom, right, top = (float(side) for side in one.as_list())
        wide, high = abs(right - left) * unit, abs(top - bottom) * unit
        if not (0 < wide <= LARGEST_SIDE and 0 < high <= LARGEST_SIDE):
            raise Fault("file_page_too_large" if wide and high else DAMAGED, number)
    look_at_triggers(page)
    if is_filled(page.get("/AF")):
        raise Fault(HELD)
    annotations = page.get("/Annots")
    if isinstance(annotations, pikepdf.Array):
        if len(annotations) > MOST_NODES:
            raise Fault(DAMAGED)
        for annotation in annotations.as_list():
            if not isinstance(annotation, pikepdf.Dictionary):
                continue
            if str(annotation.get("/Subtype", "")) in HOLDS:
                raise Fault(HELD)
            look_at_triggers(annotation)
    look_at_pictures(page)
    # Its marks must unpack: what was cut off in the middle shows half a page.
    pikepdf.Page(page).contents_coalesce()
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        contents.read_bytes()


def look_at_pictures(page: Any) -> None:
    resources = page.get("/Resources")
    pictures = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(pictures, pikepdf.Dictionary):
        return
    for key in pictures.keys():  # noqa: SIM118  # a PDF's dictionary, not Python's
        picture = pictures[key]
        if not isinstance(picture, pikepdf.Stream) or str(picture.get("/Subtype", "")) != "/Image":
            continue
        if int(picture.get("/Width", 0)) * int(picture.get("/Height", 0)) > MOST_PIXELS:
            raise Fault("file_picture_too_large")


def look(path: str, most: int) -> dict[str, Any]:
    try:
        look_at_bytes(Path(path).read_bytes())
        with pikepdf.open(path) as pdf:
            look_at_catalogue(pdf.Root)
            pages = pages_of(pdf.Root, most)
            for number, (page, box) in enumerate(pages, start=1):
                look_at_page(page, box, number)
            # The parser left something out because it was too deep or too much for it; another would not.
            bounded = any("limits error" in str(warning) for warning in pdf.get_warnings())
            return {"fault": "file_too_heavy" if bounded else "", "pages": len(pages), "page": 0}
    except Fault as fault:
        return {"fault": fault.code, "pages": 0, "page": fault.page}
    except pikepdf.PasswordError:
        return {"fault": "file_encrypted", "pages": 0, "page": 0}
    except MemoryError:
        return {"fault": "file_too_heavy", "pages": 0, "page": 0}
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        TypeError,
        RuntimeError,
        KeyError,
        AttributeError,
    ) as error:
        words = str(error).lower()
        heavy = "memory" in words or "bad_alloc" in words
        code = "file_too_heavy" if heavy else "file_encrypted" if "encrypt" in words else DAMAGED
        return {"fault": code, "pages": 0, "page": 0}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(look(sys.argv[1], int(sys.argv[2]))))
