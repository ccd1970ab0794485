"""What is wrong with single lines of a file of papers by the million: read a second time, once it is known that something is.

The engine that takes such a file in says how many records it left out, and of a broken line its byte; people want the line.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from registries.enums import Severity
from registries.rules.results import Problem

FIRST_YEAR, LAST_YEAR = 1000, 2199
LONGEST_VALUE = 60


def openalex_problems(lines: Iterable[bytes], *, file_name: str) -> Iterator[Problem]:
    """Of works as OpenAlex gives them, one JSON object a line: what is broken, and what has no name or no year."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            work = json.loads(line)
        except json.JSONDecodeError as error:
            params = {"column": error.colno, "reason": error.msg}
            yield _problem(file_name, "json_invalid", number, params)
            continue
        except (UnicodeDecodeError, RecursionError, ValueError):
            yield _problem(file_name, "format_unknown", number, {})
            continue
        if not isinstance(work, dict):
            params = {"field": "work", "found": type(work).__name__}
            yield _problem(file_name, "field_wrong_type", number, params)
            continue
        key = str(work.get("doi") or work.get("id") or "")
        yield from _record_problems(file_name, number, key, work.get("publication_year"), "id")


def table_problems(lines: Iterable[str], *, file_name: str) -> Iterator[Problem]:
    """Of the portal's own table as CSV."""
    rows = csv.reader(lines)
    try:
        header = next(rows, [])
        places = {name: at for at, name in enumerate(header)}
        if "year" not in places or not {"key", "doi"} & places.keys():
            yield _problem(file_name, "header_unknown", 1, {"expected": "key,doi,year,…"})
            return
        for cells in rows:
            if not any(cells):
                continue
            if len(cells) != len(header):
                params = {"expected": len(header), "found": len(cells)}
                yield _problem(file_name, "cells_wrong_number", rows.line_num, params)
                continue
            key = next(
                (cells[places[name]] for name in ("doi", "key") if name in places and cells[places[name]]), ""
            )
            yield from _record_problems(file_name, rows.line_num, key, cells[places["year"]], "key")
    except (csv.Error, UnicodeDecodeError) as error:
        yield _problem(file_name, "csv_invalid", rows.line_num + 1, {"reason": str(error)})


def row_problems(rows: Iterable[tuple[int, Any, Any]], *, file_name: str) -> Iterator[Problem]:
    """Of a table in columns: (number of the row from 1, its key, its year) of rows that were left out."""
    for number, key, year in rows:
        for problem in _record_problems(file_name, number, str(key or ""), year, "key"):
            yield Problem(
                problem.file_name, problem.code, problem.severity, number, None, problem.key, problem.params
            )


def _record_problems(file_name: str, line: int, key: str, year: object, named: str) -> Iterator[Problem]:
    if not key.strip():
        yield _problem(file_name, "field_missing", line, {"field": named})
    elif year is None or str(year).strip() == "":
        yield _problem(file_name, "work_without_date", line, {}, key)
    elif not _is_year(year):
        yield _problem(file_name, "year_invalid", line, {"value": str(year)[:LONGEST_VALUE]}, key)


def _is_year(year: object) -> bool:
    if isinstance(year, bool):
        return False
    text = str(year).strip()
    return text.isascii() and text.isdigit() and len(text) < 6 and FIRST_YEAR <= int(text) <= LAST_YEAR


def _problem(file_name: str, code: str, line: int, params: dict[str, Any], key: str = "") -> Problem:
    return Problem(file_name, code, Severity.ERROR, None, line, key[:200], params)
