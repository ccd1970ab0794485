"""Looking into a file before it is stored: its name, its true type, and what it might do to its reader."""

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import puremagic

from kernel.files.confined import TooHeavy, run_alone
from kernel.files.markup import fault_of_xml
from kernel.files.pictures import MOST_PIXELS, fault_of_picture
from kernel.files.second_kind import is_archive_too
from kernel.files.zipped import fault_of_archive, fault_of_office_file
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
    ".ndjson": "application/x-ndjson",
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
    ".xml": "application/xml",
    ".ris": "application/x-research-info-systems",
    ".zip": "application/zip",
}
SIGNATURES = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".zip": b"PK\x03\x04",
}
_OFFICE = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
# Readers bear junk before a PDF's header for so many bytes.
_JUNK = 1024
# A proposal's appendix is read by people.
MOST_PAGES = 2_000


@dataclass(frozen=True)
class Content:
    """What a file was found to be. `pages` are those of a PDF, else 0."""

    media_type: str
    pages: int = 0


def check_content(
    name: str,
    content: bytes,
    *,
    allowed: tuple[str, ...],
    limit: int,
    field: str = "",
    most_pages: int = MOST_PAGES,
) -> Content:
    """What `content` is, if a file of this name and content may be stored.

    `allowed` are extensions with their dot; `limit` is in bytes; `most_pages` holds for a PDF.

    Raises:
        RuleBroken: `file_empty`, `file_too_large`, `file_type_not_allowed`, `file_type_differs`, `file_is_two_kinds`,
            `file_encrypted`, `file_damaged`, `file_unpacks_too_large`, `file_too_heavy`, `file_has_active_content`,
            `file_holds_files`, `file_has_entities`, `file_page_too_large`, `file_too_many_pages`, `file_picture_too_large`.
    """
    extension = PurePosixPath(name).suffix.lower()

    def refuse(code: str, **params: object) -> RuleBroken:
        return RuleBroken(Violation(code, field, {"name": name, **params}))

    if not content:
        raise refuse("file_empty")
    if len(content) > limit:
        raise refuse("file_too_large", limit_mb=limit // (1024 * 1024))
    if extension not in allowed or extension not in MEDIA_TYPES:
        kinds = ", ".join(sorted(one.lstrip(".").upper() for one in allowed))
        raise refuse("file_type_not_allowed", allowed=kinds)
    code, found = _fault_of(extension, content, most_pages)
    if code:
        raise refuse(
            code,
            extension=extension.lstrip(".").upper(),
            limit=most_pages,
            page=found.get("page", 0),
            millions=400 if extension == ".pdf" else MOST_PIXELS // 1_000_000,
        )
    return Content(MEDIA_TYPES[extension], int(found.get("pages", 0)))


def _fault_of(extension: str, content: bytes, most_pages: int) -> tuple[str, dict[str, Any]]:
    """The code of what is wrong with a content, or "", and what else was found of it."""
    signature = SIGNATURES.get(extension)
    begins = signature is None or content.startswith(signature)
    if extension == ".pdf":
        return _look_into_pdf(content, most_pages)
    if extension in _OFFICE:
        return fault_of_office_file(content, _OFFICE[extension]), {}
    if not begins or (signature is None and looks_binary(content)):
        return "file_type_differs", {}
    if extension == ".zip":
        return fault_of_archive(content), {}
    if signature is not None:
        return fault_of_picture(content, extension), {}
    if extension == ".xml":
        return fault_of_xml(content), {}
    return "file_type_differs" if _is_page(content) else "", {}


def _look_into_pdf(content: bytes, most_pages: int) -> tuple[str, dict[str, Any]]:
    """What is wrong with a PDF, told by a process of its own: what a parser of that format can be made to do is no small
    thing."""
    if b"%PDF-" not in content[: _JUNK + 5]:
        return "file_type_differs", {}
    # What also is an archive shows one thing to the checker and another to the reader.
    if is_archive_too(content):
        return "file_is_two_kinds", {}
    try:
        found = json.loads(run_alone("look_into_pdf.py", content, str(most_pages)))
    except TooHeavy:
        return "file_too_heavy", {}
    return found["fault"], found


def _is_page(content: bytes) -> bool:
    """Whether a table or a document of data is a web page, as an error of a server saved under its name."""
    return (
        content[:256]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype html", b"<html", b"<svg", b"<script"))
    )


def looks_binary(content: bytes) -> bool:
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
