"""Projects of the European Union's framework programmes, as CORDIS publishes them: CSV or JSON of projects.

Participants stand in a file of their own (`organization`), which says who coordinates and where; in a ZIP of both they are
joined. The Union funds projects, not people: no file names an investigator.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from registries.rules.json_fields import as_mapping
from registries.rules.partner_awards.collecting import collect, country_coded
from registries.rules.partner_awards.records import PartnerAward
from registries.rules.partner_awards.tables import Table
from registries.rules.partner_awards.values import iso_date, minor_units
from registries.rules.results import ParseResult, Reading

AGENCY = "EU"
CURRENCY = "EUR"
LACKS = frozenset({"investigator"})
PROJECT_PAGE = "https://cordis.europa.eu/project/id/"
FIELDS = (
    "id",
    "reference",
    "acronym",
    "title",
    "startDate",
    "endDate",
    "totalCost",
    "ecMaxContribution",
    "fundingScheme",
)
OF_THE_COORDINATOR = ("coordinator", "coordinatorCountry")

# The coordinator of each project: (name, country), by the project's number.
Coordinators = Mapping[str, tuple[str, str]]


def parse_cordis_json(
    document: Any, *, file_name: str, coordinators: Coordinators | None = None
) -> ParseResult[PartnerAward]:
    entries = document if isinstance(document, list) else [document]
    cells = ((None, entry) for entry in entries)
    return collect(
        cells,
        lambda entry, reading: _award(_cells(entry), reading, coordinators or {}),
        reading=Reading(file_name),
        never_given=LACKS,
    )


def parse_cordis_csv(
    table: Table, *, file_name: str, coordinators: Coordinators | None = None
) -> ParseResult[PartnerAward]:
    return collect(
        table.rows,
        lambda cells, reading: _award(cells, reading, coordinators or {}),
        reading=Reading(file_name),
        never_given=LACKS,
    )


def coordinators_of(rows: Iterable[Mapping[str, str]]) -> Coordinators:
    """Of the lines of `organization`: who coordinates each project."""
    return {
        row.get("projectID", ""): (row.get("name", ""), country_coded(row.get("country", "")))
        for row in rows
        if row.get("role") == "coordinator"
    }


def _cells(entry: Any) -> dict[str, str]:
    fields = as_mapping(entry)
    return {name: fields.number_text(name) for name in (*FIELDS, *OF_THE_COORDINATOR)}


def _award(
    cells: Mapping[str, str], reading: Reading[PartnerAward], coordinators: Coordinators
) -> PartnerAward:
    # The tables of the seventh framework programme and before call it "reference".
    number = cells.get("id") or cells.get("reference", "")
    reading.name(number)
    name, country = coordinators.get(
        number, (cells.get("coordinator", ""), country_coded(cells.get("coordinatorCountry", "")))
    )
    title, acronym = cells.get("title", ""), cells.get("acronym", "")
    return PartnerAward(
        agency=AGENCY,
        number=number,
        title=f"{acronym}: {title}" if acronym and title else title or acronym,
        amount=minor_units(cells.get("ecMaxContribution", ""), CURRENCY),
        currency=CURRENCY,
        start=iso_date(cells.get("startDate", "")),
        end=iso_date(cells.get("endDate", "")),
        institution=name,
        institution_country=country,
        instrument=cells.get("fundingScheme", ""),
        source_url=f"{PROJECT_PAGE}{number}" if number.isdigit() else "",
    )
