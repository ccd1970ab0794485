"""Files that are two things at once: one to whoever checks them, another to whoever opens them."""

import io
import zipfile

from kernel.archives import UNREADABLE_ARCHIVE

# How pages and programs begin, as a reader that guesses would find them; in small letters.
_BEGINNINGS = (
    b"<html",
    b"<!doctype html",
    b"<script",
    b"<body",
    b"<svg",
    b"<?php",
    b"<iframe",
    b"<object",
    b"javascript:",
)
# Other files' first bytes.
_SIGNATURES = (
    b"gif8",
    b"\x89png",
    b"mz",
    b"\x7felf",
    b"pk\x03\x04",
    b"rar!",
    b"7z\xbc\xaf",
    b"#!",
    b"\xd0\xcf\x11\xe0",
)
HEAD = 1024


def is_archive_too(content: bytes) -> bool:
    """Whether the end of it opens as an archive. Four bytes of the mark alone occur by chance."""
    if content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000)) < 0:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except UNREADABLE_ARCHIVE:
        return False


def begins_as_page(piece: bytes) -> bool:
    """Whether a browser that guesses would take it for a page, or run it."""
    small = piece.lower()
    return any(beginning in small for beginning in _BEGINNINGS)


def begins_as_another(junk: bytes) -> bool:
    """Whether the bytes before a file's own first ones are another file's first ones."""
    small = junk.lower()
    return any(small.lstrip().startswith(signature) for signature in _SIGNATURES) or begins_as_page(junk)
