"""Looking into a file before it is stored: its name, its true type, and what it might do to its reader."""

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import Any

import pikepdf
import puremagic

from kernel.violations import RuleBroken, Violation

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".xml": "application/xml",
    ".ris": "application/x-research-info-systems",
    ".zip": "application/zip",
}
_SIGNATURES = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".zip": b"PK\x03\x04",
}
_ZIPPED = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
# A workbook of 1 MB that unpacks to 1 GB is an attack; a picture that compresses well is not.
MOST_UNPACKED = 200 * 1024 * 1024
_LONGEST_NAME = 180


def clean_name(name: str) -> str:
    """A file's name without its path, in NFC (a Mac sends NFD), without control characters; never empty."""
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    base = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip(". ")
    stem, dot, extension = base.rpartition(".")
    if not dot:
        return base[:_LONGEST_NAME] or "file"
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}.{extension}"


def check_content(name: str, content: bytes, *, allowed: tuple[str, ...], limit: int, field: str = "") -> str:
    """The media type of `content`, if a file of this name and content may be stored.

    `allowed` are extensions with their dot; `limit` is in bytes.

    Raises:
        RuleBroken: `file_empty`, `file_too_large`, `file_type_not_allowed`, `file_type_differs`, `file_encrypted`,
            `file_damaged`, `file_unpacks_too_large`, `file_has_active_content`.
    """
    extension = PurePosixPath(name).suffix.lower()

    def refuse(code: str, **params: object) -> RuleBroken:
        return RuleBroken(Violation(code, field, {"name": name, **params}))

    if not content:
        raise refuse("file_empty")
    if len(content) > limit:
        raise refuse("file_too_large", limit_mb=limit // (1024 * 1024))
    if extension not in allowed or extension not in MEDIA_TYPES:
        raise refuse(
            "file_type_not_allowed", allowed=", ".join(sorted(a.lstrip(".").upper() for a in allowed))
        )
    signature = _SIGNATURES.get(extension)
    if signature is not None and not content.startswith(signature):
        raise refuse("file_type_differs", extension=extension.lstrip(".").upper())
    if extension == ".pdf":
        code = _fault_of_pdf(content)
        if code:
            raise refuse(code)
    elif extension in _ZIPPED:
        code = _fault_of_zip(content, _ZIPPED[extension])
        if code:
            raise refuse(code, extension=extension.lstrip(".").upper())
    elif signature is None and _looks_binary(content):
        raise refuse("file_type_differs", extension=extension.lstrip(".").upper())
    return MEDIA_TYPES[extension]


def _fault_of_pdf(content: bytes) -> str:
    """The code of what is wrong with a PDF, or "". A print-restricted one opens without a password and is accepted."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            root = pdf.Root
            if not len(pdf.pages):
                return "file_damaged"
            names: Any = root.get("/Names", {})
            if "/JavaScript" in names or "/EmbeddedFiles" in names:
                return "file_has_active_content"
            opening = root.get("/OpenAction")
            if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") in ("/JavaScript", "/Launch"):
                return "file_has_active_content"
    except pikepdf.PasswordError:
        return "file_encrypted"
    except (pikepdf.PdfError, ValueError, RecursionError, TypeError):
        return "file_damaged"
    # What also is an archive or a page shows one thing to the checker and another to the reader.
    return "file_type_differs" if zipfile.is_zipfile(io.BytesIO(content)) else ""


def _fault_of_zip(content: bytes, must_hold: str) -> str:
    """The code of what is wrong with an office file, or "". Only the directory is read; nothing is unpacked."""
    if content[:2] == b"\xd0\xcf":
        return "file_encrypted"  # an office file with a password is an OLE container
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "file_type_differs"
    names = {entry.filename for entry in entries}
    if must_hold not in names:
        return "file_type_differs"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "file_has_active_content"
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return "file_unpacks_too_large"
    return ""


def _looks_binary(content: bytes) -> bool:
    """Whether a file that should be text is none."""
    head = content[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if b"\x00" in head:
        return True
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    binary = (
        "application/pdf",
        "application/zip",
        "image/",
        "application/x-dosexec",
        "application/x-executable",
    )
    return any(match.confidence > 0.7 and match.mime_type.startswith(binary) for match in matches)
