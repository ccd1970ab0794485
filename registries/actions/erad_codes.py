"""e-Rad's institution codes, put to the institutions of the registry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from registries.actions.changes import Changes, rows_with
from registries.enums import InstitutionStatus, Severity
from registries.models import Institution
from registries.rules.erad_codes import EradCode, parse_erad_codes
from registries.rules.results import ParseResult, Problem
from registries.rules.texts import searchable


def read(content: bytes, name: str) -> ParseResult[EradCode]:
    return parse_erad_codes(content, file_name=name)


def compare(records: Iterable[EradCode]) -> Changes:
    """By ROR id, else by name. A blank code takes nothing away; one that lost its leading zeros changes nothing."""
    every = list(records)
    by_ror = {
        row.ror_id: row
        for row in rows_with(Institution.objects.all(), "ror_id", [r.ror_id for r in every if r.ror_id])
    }
    named = _by_name(record.name for record in every if not record.ror_id)
    changes = Changes(Institution, fields=("erad_code",))
    seen: dict[str, str] = {}
    for record in every:
        found: Sequence[Institution] = [by_ror[record.ror_id]] if record.ror_id in by_ror else []
        if not record.ror_id:
            found = named.get(searchable(record.name), [])
        if len(found) != 1:
            code = "erad_institution_ambiguous" if found else "erad_institution_unknown"
            changes.problems.append(_problem(record, code, name=record.ror_id or record.name))
            continue
        row = found[0]
        if record.code and record.code != row.erad_code and record.code == row.erad_code.lstrip("0"):
            changes.problems.append(
                _problem(record, "erad_code_lost_zeros", value=record.code, kept=row.erad_code)
            )
            continue
        if row.ror_id in seen:
            changes.problems.append(_problem(record, "record_twice", key=row.name_ja or row.ror_id))
            continue
        seen[row.ror_id] = record.code
        if not record.code or record.code == row.erad_code:
            changes.unchanged += 1
        else:
            row.erad_code = record.code
            changes.changed.append(row)
    for code, count in Counter(code for code in seen.values() if code).items():
        if count > 1:
            line = next(record.line for record in every if record.code == code)
            changes.problems.append(
                Problem("", "erad_code_twice", Severity.WARNING, None, line, code, {"value": code})
            )
    return changes


def _problem(record: EradCode, code: str, **params: Any) -> Problem:
    return Problem("", code, Severity.ERROR, None, record.line, record.code, params)


def _by_name(names: Iterable[str]) -> dict[str, Sequence[Institution]]:
    """The Japanese institutions that exist under each whole name."""
    wanted = {searchable(name) for name in names}
    found: dict[str, list[Institution]] = {}
    if wanted:
        rows = Institution.objects.filter(country_code="JP").exclude(status=InstitutionStatus.WITHDRAWN)
        for row in rows.iterator(chunk_size=2_000):
            for name in wanted.intersection(row.search_text.split("\n")):
                found.setdefault(name, []).append(row)
    return dict(found)
