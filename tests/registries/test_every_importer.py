"""Files that mean harm, handed to every reader of an import past the check of uploads, as the command line hands them: each is
refused with a reason, within 5 seconds and 256 MB."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders.hostile_files import FETCHES, LAUGHS, hostile
from tests.builders.raw_files import NON_PDF, archive, pdf, png, workbook, zip_claiming

SECONDS = 5
# It takes any text for a table of one column; those who ask it look for the headings that they need.
TAKES_ANY_TEXT = "table"


def files() -> Iterator[tuple[str, str, bytes]]:
    """(what it is, its name, its content): hostile files of the kinds that are imported, and what only a reader can meet."""
    for made in hostile():
        # Names are the uploads' matter, and an archive's way out leads nowhere: nothing is written where it says.
        if made.allowed == NON_PDF and made.code not in ("file_name_has_path",):
            yield made.what, made.name, made.content
    yield "a flat bomb", "a.zip", zip_claiming({"a.json": 1024, "a.csv": 1024, "a.xml": 1024})
    yield "a bomb below every bound but one", "a.zip", zip_claiming({"a.json": 190})
    yield "a bomb in an archive", "a.zip", archive(**{"b.zip": zip_claiming({"a.json": 1024})})
    yield "laughs in an archive", "a.zip", archive(**{"a.xml": LAUGHS, "b.xml": FETCHES})
    yield "lists in lists in lists", "a.json", b"[" * 1_000_000
    yield "objects in objects", "a.json", b'{"a":' * 500_000
    yield "elements in elements", "a.xml", b"<a>" * 1_000_000
    yield "elements beside elements", "a.xml", b"<a>" + b"<b/>" * 5_000_000 + b"</a>"
    yield "lists beside lists", "a.json", b"[" + b"[]," * 5_000_000 + b"[]]"
    yield "a sheet that laughs", "a.xlsx", workbook(**{"xl/worksheets/sheet1.xml": LAUGHS})
    yield "a number without end", "a.json", b'{"awd_id": ' + b"9" * 1_000_000 + b"}"
    yield "a number that is none", "a.json", b'{"awd_id": NaN}'
    yield "half a pair", "a.json", b'{"awd_id": "\\ud800", "ror": "\\udfff"}'
    yield "a quote that does not close", "a.csv", b'award_number,currency\n"' + b"x" * 5_000_000
    yield "a heading of a million names", "a.csv", b"a," * 1_000_000 + b"\n1\n"
    yield "NUL", "a.csv", b"award_number,currency\n\x00,\x00\n"
    yield "no letters of any writing", "a.csv", bytes(range(128, 256)) * 100
    yield "a PDF", "a.csv", pdf()
    yield "a picture", "a.json", png()
    yield "a program", "a.xml", b"MZ\x90\x00" + b"\x00" * 99
    yield "nothing", "a.csv", b""
    yield "white space", "a.csv", b" \n" * 1000
    yield "a workbook of nothing", "a.xlsx", workbook(**{"xl/worksheets/sheet1.xml": b"<worksheet/>"})
    yield "a sheet of a million rows", "a.xlsx", workbook(**{"xl/worksheets/sheet1.xml": _sheet(1_000_000)})


def _sheet(last: int) -> bytes:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (
        last,
        last,
    )
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, cells)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: Any) -> list[tuple[str, str, str, float]]:
    """(what the file is, the reader, the code of its refusal, seconds)."""
    folder = tmp_path_factory.mktemp("files")
    plan, names = [], []
    for number, (what, name, content) in enumerate(files()):
        place = folder / str(number)
        place.write_bytes(content)
        plan.append([name, str(place)])
        names.append(what)
    done = subprocess.run(
        [sys.executable, "-m", "tests.registries.reading"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    readers = list(dict.fromkeys(line[0] for line in lines))
    assert len(lines) == len(names) * len(readers), (
        f"{names[len(lines) // max(1, len(readers))]}: {done.stderr[-2000:]}"
    )
    return [(names[at // len(readers)], *line) for at, line in enumerate(lines)]


def test_every_reader_refuses_every_file_with_a_code(outcomes: list[tuple[str, str, str, float]]) -> None:
    odd = [
        (what, reader, code)
        for what, reader, code, _seconds in outcomes
        if not re.fullmatch("[a-z_]+", code) and (reader, code) != (TAKES_ANY_TEXT, "")
    ]
    assert odd == [], "\n".join(map(str, odd))


def test_none_takes_more_than_its_time(outcomes: list[tuple[str, str, str, float]]) -> None:
    assert [one for one in outcomes if one[3] > SECONDS] == []
