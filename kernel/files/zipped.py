"""Looking into archives: office files, and ZIPs of data. Next to nothing is unpacked."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final

from kernel.archives import UNREADABLE_ARCHIVE

MEGABYTE: Final = 1024 * 1024
# A workbook of 1 MB that unpacks to 1 GB is an attack; a picture that compresses well is not.
MOST_UNPACKED: Final = 200 * MEGABYTE
# Unpacked by packed, of a part of more than `SMALL`; honest sheets stay under 50, pictures may be of one colour.
MOST_RATIO: Final = 250
SMALL: Final = 4 * MEGABYTE
MOST_ENTRIES: Final = 20_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ARCHIVES: Final = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".jar"})
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
# Where in a part of XML a document type would stand; it comes before the first element.
_PROLOG: Final = 64 * 1024
_DECLARES: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def fault_of_office_file(content: bytes, must_hold: str) -> str:
    """The code of what is wrong with an office file, or ""."""
    if content.startswith(_OLE):
        return "file_encrypted"  # an office file with a password is an OLE container
    if not content.startswith(b"PK\x03\x04"):
        return "file_type_differs"
    entries, code = _entries(content)
    if code:
        return code
    names = {entry.filename for entry in entries}
    if must_hold not in names:
        return "file_type_differs"
    small = {name.lower() for name in names}
    if any(name.endswith(_MACROS) or "/activex/" in name for name in small):
        return "file_has_active_content"
    if any("/embeddings/" in name and name.endswith(".bin") for name in small):
        return "file_holds_files"  # an object of OLE: any program's file, opened by that program
    return _fault_of_size(entries) or _fault_of_parts(content, entries)


def fault_of_archive(content: bytes) -> str:
    """The code of what is wrong with a ZIP of data files, or ""."""
    entries, code = _entries(content)
    if code:
        return code
    if any(_is_unsafe(entry.filename) for entry in entries):
        return "file_name_has_path"
    if any(PurePosixPath(entry.filename.lower()).suffix in _ARCHIVES for entry in entries):
        return "file_holds_files"
    return _fault_of_size(entries)


def _entries(content: bytes) -> tuple[list[zipfile.ZipInfo], str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except UNREADABLE_ARCHIVE:
        return [], "file_damaged"
    if any(entry.flag_bits & 0x1 for entry in entries):
        return [], "file_encrypted"
    if b"%PDF-" in content[:1024] or _goes_on(content):
        return [], "file_is_two_kinds"
    return entries, ""


def _goes_on(content: bytes) -> bool:
    """Whether something follows the archive's end."""
    end = content.rfind(b"PK\x05\x06")
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    return bool(content[end + 22 + comment :].strip(b"\x00\r\n\t "))


def _fault_of_size(entries: list[zipfile.ZipInfo]) -> str:
    """Python never unpacks more of an entry than the archive claims: the claim is enough."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return "file_unpacks_too_large"
    for entry in entries:
        if "/media/" in entry.filename or entry.file_size <= SMALL:
            continue
        if entry.file_size // max(entry.compress_size, 1) > MOST_RATIO:
            return "file_unpacks_too_large"
    return ""


def _fault_of_parts(content: bytes, entries: list[zipfile.ZipInfo]) -> str:
    """No part of an office file declares a document type: one that does is there to make its reader fetch or multiply."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in entries:
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            try:
                with archive.open(entry) as part:
                    head = part.read(_PROLOG)
            except UNREADABLE_ARCHIVE:
                return "file_damaged"
            if _DECLARES.search(head.replace(b"\x00", b"")):
                return "file_has_entities"
            if _fetches_template(entry.filename, head):
                return "file_has_active_content"
    return ""


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or "\0" in name or (len(name) > 1 and name[1] == ":")


def _fetches_template(name: str, head: bytes) -> bool:
    """Whether a document fetches a template, and its macros, when it is opened."""
    settings = name.lower().endswith("settings.xml.rels")
    return settings and b"attachedTemplate" in head and b'TargetMode="External"' in head
