"""Awards of UK Research and Innovation, as its Gateway to Research answers in JSON: one project, a search, or its API 2.

The API 2 gives no amounts and names people in files of their own: the awards are taken, and what lacks is told.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from registries.rules.json_fields import Fields, as_mapping
from registries.rules.partner_awards.collecting import NOTHING_LACKS, collect
from registries.rules.partner_awards.records import PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.values import iso_date, minor_units
from registries.rules.results import ParseResult, Reading, Refused

AGENCY = "UKRI"
CURRENCY = "GBP"
# Days are given as the instant of their midnight in London: 2024-04-01 is 2024-03-31T23:00Z.
LONDON = ZoneInfo("Europe/London")
_LATEST = 253_402_300_799_000
# Under what the Gateway's searches put their results, of its pages and of its services.
SEARCHES = ("searchResult", "facetedSearchResultBean")
API2_LACKS = frozenset({"amount", "investigator"})


def parse_ukri(document: Any, *, file_name: str) -> ParseResult[PartnerAward]:
    reading: Reading[PartnerAward] = Reading(file_name)
    if isinstance(document, list):  # answers that somebody has put together
        every = [(None, composition) for one in document for composition in _compositions(as_mapping(one))]
        return collect(every, _award, reading=reading, never_given=NOTHING_LACKS)
    fields = as_mapping(document)
    if "project" in fields:
        entries = [(None, entry) for entry in fields.values("project")]
        return collect(entries, _of_api2, reading=reading, never_given=API2_LACKS)
    entries = [(None, entry) for entry in _compositions(fields)]
    return collect(entries, _award, reading=reading, never_given=NOTHING_LACKS)


def _compositions(fields: Fields) -> Iterator[Any]:
    if "projectOverview" in fields:
        yield fields.child("projectOverview").value("projectComposition")
        return
    if "projectComposition" in fields:
        yield fields.value("projectComposition")
        return
    holder = next((name for name in SEARCHES if name in fields), "")
    results = fields.child(holder) if holder else fields
    for result in results.values("results"):
        yield as_mapping(result).value("projectComposition")


def _award(entry: Any, reading: Reading[PartnerAward]) -> PartnerAward:
    composition = as_mapping(entry, "projectComposition")
    project = composition.child("project")
    number = _words(project, "grantReference")
    reading.name(number)
    fund = project.child("fund")
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=_words(project, "title"),
        amount=minor_units(fund.number_text("valuePounds"), CURRENCY),
        currency=CURRENCY,
        start=_day(fund, "start"),
        end=_day(fund, "end"),
        investigators=tuple(_investigators(composition)),
        institution=_words(composition.child("leadResearchOrganisation"), "name"),
        institution_country="GB",
        instrument=_words(project, "grantCategory"),
        source_url=project.text("url"),
    )


def _of_api2(entry: Any, reading: Reading[PartnerAward]) -> PartnerAward:
    fields = as_mapping(entry)
    identifiers = fields.child("identifiers").children("identifier")
    number = next((one.text("value") for one in identifiers if one.text("type") == "RCUK"), "")
    reading.name(number)
    funds = [one for one in fields.child("links").children("link") if one.text("rel") == "FUND"]
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=_words(fields, "title"),
        amount=None,
        currency=CURRENCY,
        start=_day(funds[0], "start") if funds else None,
        end=_day(funds[0], "end") if funds else None,
        institution_country="GB",
        instrument=_words(fields, "grantCategory"),
    )


def _investigators(composition: Fields) -> Iterator[Investigator]:
    """Those that are listed as such; where that list is empty, those of all people whose role says so."""
    leaders = composition.children("principalInvestigators") or [
        person
        for name in ("personRole", "personRoles")
        for person in composition.children(name)
        if person.flag("principalInvestigator")
        or any(
            role.text("name") == "PRINCIPAL_INVESTIGATOR"
            for role in person.children("role") or person.children("roles")
        )
    ]
    for person in leaders:
        family, given = _words(person, "surname"), _words(person, "firstName")
        yield Investigator(family or _words(person, "fullName"), given if family else "", PRINCIPAL)


def _words(fields: Fields, name: str) -> str:
    """The Gateway writes its text for web pages: &amp; stands for &."""
    return unescape(fields.text(name))


def _day(fields: Fields, name: str) -> date | None:
    if fields.is_text(name):
        return iso_date(fields.text(name))
    instant = fields.integer(name)
    if instant is None:
        return None
    if not 0 <= instant <= _LATEST:
        raise Refused("date_invalid", value=str(instant))
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone(LONDON).date()
