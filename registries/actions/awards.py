"""Partner agencies' awards, as the agencies publish them."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from accounts.models import Organisation
from kernel.archives import UNREADABLE_ARCHIVE
from kernel.documents.errors import DocumentError
from kernel.documents.workbooks import Limits, read_xlsx
from registries.actions.archives import files_in
from registries.actions.changes import Changes, compared, rows_with
from registries.enums import Severity
from registries.models import Institution, RegisteredAward
from registries.rules.json_fields import as_mapping, read_json
from registries.rules.partner_awards.cordis import (
    Coordinators,
    coordinators_of,
    parse_cordis_csv,
    parse_cordis_json,
)
from registries.rules.partner_awards.formats import parse_awards, parse_table
from registries.rules.partner_awards.records import AGENCIES, AwardingAgency, PartnerAward
from registries.rules.partner_awards.tables import read_table, table_of
from registries.rules.results import ParseResult, Problem, Reading, Refused
from registries.rules.texts import searchable

READABLE = (".xml", ".json", ".jsonl", ".ndjson", ".csv")
MOST_ROWS = 100_000
# The participants' file that CORDIS packs beside its projects.
ORGANIZATIONS = "organization"


def read(content: bytes, name: str) -> ParseResult[PartnerAward]:
    """One file of any agency that is known, a workbook as the portal's template, or a ZIP of many files."""
    if not content.startswith(b"PK"):
        return parse_awards(content, file_name=name)
    if _is_workbook(content):
        return _read_workbook(content, name)
    return _read_archive(content, name)


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except UNREADABLE_ARCHIVE:
        return False


def _read_workbook(content: bytes, name: str) -> ParseResult[PartnerAward]:
    """The first sheet, whose first row is the heading."""
    try:
        sheets = read_xlsx(content, limits=Limits(rows=MOST_ROWS, columns=100))
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheets[0].rows]
        lines = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
        return parse_table(table_of(rows[0] if rows else [], lines), file_name=name)
    except (DocumentError, Refused) as error:
        refused = error if isinstance(error, Refused) else Refused("workbook_unreadable")
        reading: Reading[PartnerAward] = Reading(name)
        reading.refuse(refused)
        return reading.result()


def _read_archive(content: bytes, name: str) -> ParseResult[PartnerAward]:
    """Every file of the archive; CORDIS's participants are joined with its projects."""
    files = [pair for suffix in READABLE for pair in files_in(content, name, suffix=suffix)]
    participants = [pair for pair in files if _stem(pair[0]) == ORGANIZATIONS]
    coordinators = _coordinators(participants)
    records: list[PartnerAward] = []
    problems: list[Problem] = []
    read_count = 0
    for inner, data in files:
        if _stem(inner) == ORGANIZATIONS:
            continue
        result = _parse_joined(data, inner, coordinators) if participants else None
        result = result or parse_awards(data, file_name=inner)
        records += result.records
        problems += result.problems
        read_count += result.read
    return ParseResult(tuple(records), tuple(problems), read_count)


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()


def _coordinators(files: list[tuple[str, bytes]]) -> Coordinators:
    found: dict[str, tuple[str, str]] = {}
    for name, data in files:
        try:
            if name.lower().endswith(".json"):
                entries = [as_mapping(entry) for entry in read_json(data)]
                wanted = ("projectID", "name", "country", "role")
                lines = [{key: entry.number_text(key) for key in wanted} for entry in entries]
            else:
                lines = [cells for _line, cells in read_table(data).rows]
        except Refused:
            continue  # without it the projects are told to lack their institution; nothing of theirs is lost
        found |= coordinators_of(lines)
    return found


def _parse_joined(data: bytes, name: str, coordinators: Coordinators) -> ParseResult[PartnerAward] | None:
    """A project file of CORDIS with its coordinators; None for any other file of the archive."""
    if _stem(name) != "project":
        return None
    try:
        if name.lower().endswith(".json"):
            return parse_cordis_json(read_json(data), file_name=name, coordinators=coordinators)
        return parse_cordis_csv(read_table(data), file_name=name, coordinators=coordinators)
    except Refused:
        return None


def compare(records: Iterable[PartnerAward]) -> Changes:
    """By agency and award number. An award whose agency is not known is left out and told."""
    every = list(records)
    agencies = _Agencies(every)
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    places: dict[tuple[str, str], tuple[int, PartnerAward]] = {}
    problems: list[Problem] = []
    for number, record in enumerate(every, start=1):
        agency = agencies.of(record)
        if agency is None:
            named = record.agency_name or record.agency_ror_id
            problems.append(_left_out("award_agency_unknown", number, record, agency=named))
            continue
        country = record.institution_country or agency.country
        if (agency.ror_id, record.number) in wanted:
            problems.append(_left_out("record_twice", number, record, key=record.number))
            continue
        places[agency.ror_id, record.number] = (number, record)
        pi = record.principal_investigator
        # The source sometimes dates an end before its start (the import warns): then neither date can be relied upon.
        is_dated = not (record.start and record.end and record.end < record.start)
        wanted[agency.ror_id, record.number] = {
            "agency_ror_id": agency.ror_id,
            "agency_name": agency.name[:200],
            "number": record.number,
            "title": record.title,
            "pi_name": f"{pi.given_name} {pi.family_name}".strip()[:200] if pi else "",
            "institution_name": record.institution[:300],
            "country_code": country,
            "amount": record.amount,
            "currency": record.currency,
            "starts_on": record.start if is_dated else None,
            "ends_on": record.end if is_dated else None,
            "source_url": record.source_url[:400],
        }
    existing = rows_with(RegisteredAward.objects.all(), "agency_ror_id", {key[0] for key in wanted})
    for key, kept in _with_lost_zeros(wanted, existing).items():
        del wanted[key]
        problems.append(_left_out("award_number_lost_zeros", *places[key], value=key[1], kept=kept))
    changes = compared(
        RegisteredAward, wanted, key=lambda row: (row.agency_ror_id, row.number), existing=existing
    )
    changes.problems = problems
    return changes


def _with_lost_zeros(
    wanted: Iterable[tuple[str, str]], existing: Iterable[RegisteredAward]
) -> dict[tuple[str, str], str]:
    """New keys whose number is a known one without its leading zeros, as a spreadsheet's cell makes of it: the known one.

    Known are the numbers of the agency that the register has or the same file gives as text.
    """
    known = {(row.agency_ror_id, row.number) for row in existing}
    whole = {
        (ror_id, number.lstrip("0")): number
        for ror_id, number in (*known, *wanted)
        if number.startswith("0") and number.isdigit()
    }
    return {key: whole[key] for key in wanted if key in whole and key not in known}


def _left_out(code: str, number: int, record: PartnerAward, **params: Any) -> Problem:
    return Problem("", code, Severity.ERROR, number, None, record.number, params)


class _Agencies:
    """The agencies that files name: by their ROR ids or names, among the organisations and then the institutions here."""

    def __init__(self, records: list[PartnerAward]) -> None:
        named = [record for record in records if not record.agency]
        self._by_ror: dict[str, AwardingAgency] = {one.ror_id: one for one in AGENCIES.values()}
        self._by_name: dict[str, AwardingAgency] = {}
        rors = {record.agency_ror_id for record in named if record.agency_ror_id}
        for institution in rows_with(Institution.objects.all(), "ror_id", rors):
            self._by_ror[institution.ror_id] = AwardingAgency(
                institution.ror_id, institution.name_en or institution.name_ja, institution.country_code
            )
        for organisation in Organisation.objects.exclude(ror_id=None):
            agency = AwardingAgency(
                organisation.ror_id or "",
                organisation.name_en or organisation.name_ja,
                organisation.country_code,
            )
            self._by_ror.setdefault(agency.ror_id, agency)
            for name in (organisation.name_en, organisation.name_ja, organisation.short_name):
                self._by_name.setdefault(searchable(name), agency)
        names = {searchable(record.agency_name) for record in named if not record.agency_ror_id}
        for name in names - set(self._by_name) - {""}:
            self._learn(name)

    def _learn(self, name: str) -> None:
        """The one institution that is called so; of two, neither."""
        called = Institution.objects.filter(search_text__contains=f"\n{name}\n")[:2]
        if len(called) == 1:
            one = called[0]
            self._by_name[name] = AwardingAgency(one.ror_id, one.name_en or one.name_ja, one.country_code)

    def of(self, record: PartnerAward) -> AwardingAgency | None:
        if record.agency:
            return AGENCIES[record.agency]
        if record.agency_ror_id:
            return self._by_ror.get(record.agency_ror_id)
        return self._by_name.get(searchable(record.agency_name))
