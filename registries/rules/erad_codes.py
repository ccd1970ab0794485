"""e-Rad's institution codes (研究機関コード), in a CSV that an agency keeps: code, ROR id, name."""

import re
from dataclasses import dataclass

from kernel.documents.tables import restore
from registries.rules.identifiers import institution_code_warning, normalise_ror, plain_number
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.texts import decode, rows, tidy

# The first of each is what the portal's own export writes.
HEADINGS = {
    "code": ("erad_code", "研究機関コード", "e-rad研究機関コード", "機関コード"),
    "ror_id": ("ror_id", "ror", "ror id"),
    "name": ("name_ja", "研究機関名", "機関名", "name"),
}
LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class EradCode:
    """A code and the institution that it belongs to: by ROR id, else by the one Japanese institution of that name."""

    line: int
    code: str  # "" for an institution whose code is not known
    ror_id: str
    name: str


def parse_erad_codes(data: bytes, *, file_name: str) -> ParseResult[EradCode]:
    """Lines under one heading, in any order of columns. A code of another shape than ten digits warns and is kept."""
    reading: Reading[EradCode] = Reading(file_name)
    try:
        lines = rows(decode(data).text)
        columns = _columns(next(lines, (1, []))[1])
        for line, cells in lines:
            with reading.record(line=line):
                reading.add(_code(line, [restore(cell) for cell in cells], columns, reading))
    except Refused as refused:
        reading.refuse(refused)
    return reading.result()


def _columns(header: list[str]) -> dict[str, int]:
    plain = [cell.lower() for cell in header]
    found = {
        what: next((plain.index(heading) for heading in headings if heading in plain), -1)
        for what, headings in HEADINGS.items()
    }
    if found["code"] < 0 or (found["ror_id"] < 0 and found["name"] < 0):
        raise Refused("header_unknown", expected="erad_code,ror_id,name_ja")
    return found


def _code(line: int, cells: list[str], columns: dict[str, int], reading: Reading[EradCode]) -> EradCode:
    values = {what: cells[at] if 0 <= at < len(cells) else "" for what, at in columns.items()}
    code = tidy(plain_number(values["code"]), field="erad_code")
    name = tidy(values["name"], field="name_ja")
    reading.name(code or name)
    if re.search(r"[－ー-]", code[:1]):
        raise Refused("erad_code_signed", value=code)
    if len(code) > LONGEST_CODE:
        raise Refused("erad_code_too_long", value=code[:40], most=LONGEST_CODE)
    ror_id = normalise_ror(values["ror_id"]) if values["ror_id"] else ""
    if ror_id is None:
        raise Refused("ror_id_invalid", ror_id=values["ror_id"])
    if not ror_id and not name:
        raise Refused("field_missing", field="ror_id")
    if code and institution_code_warning(code):
        reading.warn("erad_code_unusual", value=code)
    return EradCode(line, code, ror_id, name)
