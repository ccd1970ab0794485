"""Japanese public holidays, in the Cabinet Office's own file (国民の祝日.csv): CP932, dates such as 1955/1/1."""

import re
from dataclasses import dataclass
from datetime import date

from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.texts import decode, rows, tidy

# The Cabinet Office's own headings.
DAY, NAME = "国民の祝日・休日月日", "国民の祝日・休日名称"
_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Holiday:
    """`name` is empty of meaning for days made free by law (休日): the file names no reason for them."""

    day: date
    name: str


def parse_holidays(data: bytes, *, file_name: str) -> ParseResult[Holiday]:
    """Holidays of a two-column CSV with one header line, in CP932 or UTF-8; the encoding found is told."""
    reading: Reading[Holiday] = Reading(file_name)
    seen: set[date] = set()
    try:
        decoded = decode(data)
        lines = rows(decoded.text)
        header = next(lines, (1, []))[1]
        if len(header) != 2 or _DAY.fullmatch(header[0]):
            raise Refused("header_unknown", expected=f"{DAY},{NAME}")
        reading.inform("encoding_found", encoding=decoded.encoding)
        for line, cells in lines:
            with reading.record(line=line):
                holiday = _holiday(cells)
                if holiday.day in seen:
                    raise Refused("record_twice", key=cells[0])
                seen.add(holiday.day)
                reading.add(holiday)
    except Refused as refused:
        reading.refuse(refused)
    return reading.result()


def _holiday(cells: list[str]) -> Holiday:
    if len(cells) != 2:
        raise Refused("cells_wrong_number", expected=2, found=len(cells))
    match = _DAY.fullmatch(cells[0])
    name = tidy(cells[1], field=NAME)
    if not match:
        raise Refused("date_invalid", value=cells[0])
    if not name:
        raise Refused("field_missing", field=NAME)
    year, month, day = (int(part) for part in match.groups())
    try:
        return Holiday(date(year, month, day), name)
    except ValueError as error:
        raise Refused("date_invalid", value=cells[0]) from error
