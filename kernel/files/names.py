"""The names that files come with: what they may be, and how they are kept."""

import re
import unicodedata
from pathlib import PurePosixPath

# Bytes that a name may have on every common system, less what a browser adds to a second download.
LONGEST = 255
_KEPT = 180
# Characters that turn the direction of what follows: "exe.fdp" is shown as "pdf.exe" read backwards.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Windows opens a device, not a file, under these names, whatever the ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
# A name that ends in one of these before its own ending plays at being a program, or hides that it is one.
_PROGRAMS = frozenset(
    {".exe", ".scr", ".bat", ".cmd", ".vbs", ".vbe", ".hta", ".lnk", ".msi", ".ps1", ".pif", ".jar"}
)


def fault_of_name(name: str) -> str:
    """The code of what is wrong with the name of a file as it was sent, or "". A browser sends the bare name."""
    if len(name) > LONGEST:
        return "file_name_too_long"
    if any(unicodedata.category(c) == "Cc" for c in name):
        return "file_name_hidden"
    if _TURNING & set(name):
        return "file_name_hidden"
    if "/" in name or "\\" in name or name.strip() in ("", ".", ".."):
        return "file_name_has_path"
    stem, *endings = name.split(".")
    if _DEVICE.fullmatch(stem.strip()):
        return "file_name_reserved"
    if any(f".{ending.strip().lower()}" in _PROGRAMS for ending in endings[:-1]):
        return "file_name_deceives"
    return ""


def clean_name(name: str) -> str:
    """A file's name without its path, in NFC (a Mac sends NFD), without control characters; never empty."""
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    base = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip(". ")
    stem, dot, extension = base.rpartition(".")
    if not dot:
        return base[:_KEPT] or "file"
    return f"{stem[: _KEPT - len(extension) - 1]}.{extension}"


def with_ending(name: str, content: bytes, signatures: dict[str, bytes], allowed: tuple[str, ...]) -> str:
    """A name that has no ending gets the one of its content, where that is told by its first bytes and allowed."""
    if PurePosixPath(name).suffix:
        return name
    for ending in allowed:
        signature = signatures.get(ending)
        if signature and content.startswith(signature):
            return f"{name}{ending}"
    return name
