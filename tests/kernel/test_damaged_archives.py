"""A byte of a workbook or an archive that came over wrong: refused with a reason by every reader, never a crash."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from kernel.documents.errors import DocumentError
from kernel.documents.workbooks import inspect_xlsx, read_xlsx
from kernel.files.second_kind import is_archive_too
from kernel.violations import RuleBroken
from registries.actions.archives import files_in
from registries.actions.awards import read

CHANGES = 400


def workbook() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet().write_row(0, 0, ["award_number", "title"])
    book.close()
    return content.getvalue()


def archive() -> bytes:
    """Packed in several ways, with a part that has an extra field."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for number, method in enumerate((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)):
            entry = zipfile.ZipInfo(f"{number}.xml")
            entry.extra = b"\x01\x00\x18\x00" + bytes(24)
            packed.writestr(entry, b"<rootTag></rootTag>" * 20, method)
    return content.getvalue()


READERS: dict[str, tuple[Callable[[], bytes], Callable[[bytes], Any]]] = {
    "workbook": (workbook, read_xlsx),
    "workbook looked into": (workbook, inspect_xlsx),
    "second kind": (workbook, is_archive_too),
    "awards in a workbook": (workbook, lambda content: read(content, "awards.xlsx")),
    "files in an archive": (archive, lambda content: list(files_in(content, "a.zip", suffix=".xml"))),
    "awards in an archive": (archive, lambda content: read(content, "awards.zip")),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_byte_that_came_over_wrong_is_refused_with_a_reason(reader: str) -> None:
    make, read_it = READERS[reader]
    sound, chance = make(), random.Random(reader)
    read_it(sound)
    for _number in range(CHANGES):
        content = bytearray(sound)
        for _byte in range(chance.choice((1, 1, 2, 4))):
            content[chance.randrange(len(content))] = chance.choice((0, 255, chance.randrange(256)))
        try:
            read_it(bytes(content))
        except (DocumentError, RuleBroken):
            continue
