"""The portal's own fonts: where they are and what they are called. See `static/vendor/fonts/README.md`."""

from pathlib import Path
from typing import Final

FONT_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"

REGULAR: Final = (
    FONT_FOLDER / "BIZUDPGothic-Regular.ttf",
    FONT_FOLDER / "BIZUDGothic-Regular-subset.ttf",
    FONT_FOLDER / "NotoSans-Regular-subset.ttf",
    FONT_FOLDER / "NotoSansCJKjp-Regular-subset.otf",
)
BOLD: Final = (
    FONT_FOLDER / "BIZUDPGothic-Bold.ttf",
    FONT_FOLDER / "BIZUDGothic-Bold-subset.ttf",
    FONT_FOLDER / "NotoSans-Bold-subset.ttf",
    FONT_FOLDER / "NotoSansCJKjp-Bold-subset.otf",
)

# The face that a spreadsheet asks its reader's machine for. Windows has it since 2018; elsewhere a gothic takes its place.
SHEET_FONT: Final = "BIZ UDPGothic"


def missing_font_files() -> list[Path]:
    """The font files that ought to be there and are not: empty in a sound installation. For a system check."""
    return [path for path in (*REGULAR, *BOLD) if not path.is_file()]
