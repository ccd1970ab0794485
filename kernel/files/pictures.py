"""Looking into a picture without decoding it."""

import zlib
from typing import Final

from kernel.files.second_kind import HEAD, begins_as_page, is_archive_too

# 40 million pixels are 160 MB once decoded: more than what a page of A3 in print needs.
MOST_PIXELS: Final = 40_000_000
_PNG_HEADER: Final = 8


def fault_of_picture(content: bytes, extension: str) -> str:
    """The code of what is wrong with a PNG or a JPEG, or ""."""
    fault = _fault_of_png(content) if extension == ".png" else _fault_of_jpeg(content)
    if fault:
        return fault
    two = is_archive_too(content) or begins_as_page(content[:HEAD]) or begins_as_page(content[-HEAD:])
    return "file_is_two_kinds" if two else ""


def _fault_of_png(content: bytes) -> str:
    """Chunks follow each other to the end, each with its own checksum."""
    at = _PNG_HEADER
    seen: list[bytes] = []
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            return "file_damaged"
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            return "file_damaged"
        if not seen:
            if kind != b"IHDR" or length != 13:
                return "file_damaged"
            fault = _fault_of_size(
                int.from_bytes(content[at + 8 : at + 12], "big"),
                int.from_bytes(content[at + 12 : at + 16], "big"),
            )
            if fault:
                return fault
        seen.append(kind)
        at = end
        if kind == b"IEND":
            break
    if not seen or seen[-1] != b"IEND" or b"IDAT" not in seen:
        return "file_damaged"
    return "file_is_two_kinds" if content[at:].strip(b"\x00\r\n\t ") else ""


def _fault_of_jpeg(content: bytes) -> str:
    """Segments up to the picture's own bytes, and the mark of its end. A camera may put a small picture behind it."""
    at, size = 2, None
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return "file_damaged"
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == 0x01 or 0xD0 <= mark <= 0xD7:
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2:
            return "file_damaged"
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            size = (
                int.from_bytes(content[at + 7 : at + 9], "big"),
                int.from_bytes(content[at + 5 : at + 7], "big"),
            )
        at += 2 + length
        if mark == 0xDA:
            break
    if size is None or content.find(b"\xff\xd9", at) < 0:
        return "file_damaged"
    return _fault_of_size(*size)


def _fault_of_size(width: int, height: int) -> str:
    if not width or not height:
        return "file_damaged"
    return "file_picture_too_large" if width * height > MOST_PIXELS else ""
