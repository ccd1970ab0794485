"""Files made byte by byte, for tests of what is uploaded."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf

PDF = (".pdf",)
NON_PDF = (".xlsx", ".docx", ".csv", ".json", ".xml", ".zip")
ANY = (*PDF, *NON_PDF, ".png", ".jpg", ".jpeg")
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A file, what is allowed where it is sent, and the code of the reason for which it is refused; "" is accepted."""

    what: str
    name: str
    content: bytes
    allowed: tuple[str, ...]
    code: str = ""


def pdf(change: Any = None, *, pages: int = 1, **save: Any) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page(page_size=(595, 842))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def raw_pdf(objects: Sequence[bytes], *, needed: int = 0, version: bytes = b"1.4") -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalogue; `needed` is named by the catalogue too, so that
    a reader comes upon it."""
    out = bytearray(b"%PDF-" + version + b"\n")
    places = []
    for number, content in enumerate(objects, start=1):
        if needed and number == 1:
            content = content[:-2] + b"/Outlines %d 0 R/OpenAction %d 0 R>>" % (needed, needed)
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


@cache
def zeros_packed(megabytes: int, *, raw: bool = False) -> bytes:
    """So many megabytes of zeros, deflated: one piece over and over, as nobody need have packed a gigabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = piece + again * (megabytes - 1) + packer.flush()
    if raw:
        return body
    return b"\x78\x9c" + body + struct.pack(">I", _adler_of_zeros(megabytes * MEGABYTE))


def _adler_of_zeros(length: int) -> int:
    return (length % 65521) << 16 | 1


def zip_claiming(entries: dict[str, int]) -> bytes:
    """A ZIP of zeros, so many megabytes in each entry, which do unpack to as much."""
    out, directory = bytearray(), bytearray()
    for name, megabytes in entries.items():
        packed = zeros_packed(megabytes, raw=True) if megabytes else zlib.compress(b"")[2:-4]
        checked = 0
        for _turn in range(megabytes):
            checked = zlib.crc32(bytes(MEGABYTE), checked)
        parts = (20, 0, 8, 0, 33, checked, len(packed), megabytes * MEGABYTE, len(name), 0)
        place = len(out)
        out += b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *parts) + name.encode() + packed
        directory += (
            b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, *parts, 0, 0, 0, 0, place) + name.encode()
        )
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\x05\x06" + end


def archive(*, stored: bool = False, **entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def workbook(**parts: bytes) -> bytes:
    """A workbook of one sheet, with `parts` beside what it needs."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.append(["番号", "題名"])
    out = io.BytesIO()
    book.save(out)
    return _with_parts(out.getvalue(), parts)


def document(**parts: bytes) -> bytes:
    entries = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return archive(**{**entries, **parts})


def _with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        entries = {entry: read.read(entry) for entry in read.namelist()}
    return archive(**{**entries, **parts})


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def picture_of(width: int, height: int, rows: bytes = b"\x00" * 100) -> bytes:
    """A PNG in grey that claims this size, whatever it holds."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def png(width: int = 2, height: int = 2) -> bytes:
    return picture_of(width, height, (b"\x00" + b"\x7f" * width) * height)


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """A JPEG as a camera writes it; the size is what it claims."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (8, 8), 127).save(out, "JPEG")
    content = out.getvalue()
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]
