"""Partner agencies' awards, as the agencies publish them."""

from collections.abc import Iterable
from typing import Any

from registries.actions.archives import files_in
from registries.actions.changes import Changes, compared
from registries.models import RegisteredAward
from registries.rules.nsf import PartnerAward, parse_nsf
from registries.rules.results import ParseResult, Problem

# ROR ids of the agencies whose files are read.
AGENCIES = {"NSF": ("021nxhr62", "National Science Foundation", "US")}


def read(content: bytes, name: str) -> ParseResult[PartnerAward]:
    """One award's XML, or a ZIP of many, as the NSF hands them out by year."""
    if not content.startswith(b"PK"):
        return parse_nsf(content, file_name=name)
    records: list[PartnerAward] = []
    problems: list[Problem] = []
    read_count = 0
    for inner, data in files_in(content, name, suffix=".xml"):
        result = parse_nsf(data, file_name=inner)
        records += result.records
        problems += result.problems
        read_count += result.read
    return ParseResult(tuple(records), tuple(problems), read_count)


def compare(records: Iterable[PartnerAward]) -> Changes:
    """By agency and award number."""
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        ror_id, agency_name, country = AGENCIES[record.agency]
        pi = record.principal_investigator
        # The source sometimes dates an end before its start (the import warns): then neither date can be relied upon.
        is_dated = not (record.start and record.end and record.end < record.start)
        wanted[ror_id, record.number] = {
            "agency_ror_id": ror_id,
            "agency_name": agency_name,
            "number": record.number,
            "title": record.title,
            "pi_name": f"{pi.given_name} {pi.family_name}".strip()[:200] if pi else "",
            "institution_name": record.institution[:300],
            "country_code": record.institution_country or country,
            "amount": record.amount,
            "currency": record.currency,
            "starts_on": record.start if is_dated else None,
            "ends_on": record.end if is_dated else None,
        }
    existing = RegisteredAward.objects.filter(agency_ror_id__in={key[0] for key in wanted})
    return compared(
        RegisteredAward, wanted, key=lambda row: (row.agency_ror_id, row.number), existing=existing
    )
