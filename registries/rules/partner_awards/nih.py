"""Awards of the US National Institutes of Health: RePORTER's answers in JSON, its yearly tables in CSV, and SBIR's table.

RePORTER has a line for each fiscal year of a project, and further lines for its parts. An award here is the project, by
its core number (U01AI150741): its amount is what the file has of all its years, those of the parts left out, which the
project's own line holds already. When the file lacks years of the project's term, the amount is told to be of the others.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registries.rules.json_fields import as_mapping
from registries.rules.partner_awards.collecting import collect, country_named
from registries.rules.partner_awards.records import CO_PRINCIPAL, PRINCIPAL, Investigator, PartnerAward
from registries.rules.partner_awards.tables import Table
from registries.rules.partner_awards.values import iso_date, minor_units, us_or_iso_date
from registries.rules.results import ParseResult, Reading, Refused

AGENCY = "NIH"
CURRENCY = "USD"
PROJECT_PAGE = "https://reporter.nih.gov/project-details/"
# What SBIR's table never has.
SBIR_LACKS = frozenset({"dates", "investigator"})
CONTACT = "Contact PI / Project Leader"
# Headings of the page of results, and of the yearly tables.
OF_THE_EXPORT = {
    "Application ID": "APPLICATION_ID",
    "Project Number": "FULL_PROJECT_NUM",
    "Subproject Number": "SUBPROJECT_ID",
    "Project Title": "PROJECT_TITLE",
    "Fiscal Year": "FY",
    "Total Cost": "TOTAL_COST",
    "Project Start Date": "PROJECT_START",
    "Project End Date": "PROJECT_END",
    "Organization Name": "ORG_NAME",
    "Organization Country": "ORG_COUNTRY",
}
_FULL_NUMBER = re.compile(r"[0-9]?([A-Z][A-Z0-9]{2}[A-Z]{2}[0-9]{6})(?:-.*)?")
# A US federal fiscal year begins in October of the year before.
FISCAL_YEAR_BEGINS = 10


@dataclass(frozen=True)
class _Line:
    """One fiscal year of a project."""

    number: str
    title: str
    fiscal_year: int | None
    amount: int | None
    start: date | None
    end: date | None
    investigators: tuple[Investigator, ...]
    institution: str
    country: str
    source_url: str


@dataclass
class _Project:
    lines: list[_Line] = field(default_factory=list)


def parse_nih_json(document: Any, *, file_name: str) -> ParseResult[PartnerAward]:
    entries = as_mapping(document).values("results") if isinstance(document, dict) else document
    reading: Reading[PartnerAward] = Reading(file_name)
    projects = _by_project(((None, entry) for entry in entries), _json_line, reading)
    return _awards(projects, reading)


def parse_nih_csv(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    reading: Reading[PartnerAward] = Reading(file_name)
    return _awards(_by_project(table.rows, _csv_line, reading), reading)


def parse_nih_export(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    """What RePORTER's page of results writes out: the same lines under other headings, below some on what was searched."""
    rows = tuple(
        (
            line,
            {
                **{ours: cells.get(theirs, "") for theirs, ours in OF_THE_EXPORT.items()},
                "PI_NAMEs": ";".join(
                    name
                    for name in (
                        f"{cells[CONTACT]} (contact)" if cells.get(CONTACT) else "",
                        cells.get("Other PI or Project Leader(s)", ""),
                    )
                    if name and name != "Not Applicable"
                ),
            },
        )
        for line, cells in table.rows
    )
    return parse_nih_csv(Table(table.header, rows), file_name=file_name)


def core_number(number: str) -> str:
    """Of 5R01GM070977-24, R01GM070977: without the kind of application before it and the year behind it."""
    found = _FULL_NUMBER.fullmatch(number)
    return found[1] if found else number


def parse_sbir_csv(table: Table, *, file_name: str) -> ParseResult[PartnerAward]:
    """A line an award: number, firm, amount, and the day on which it was given, which is no term."""
    return collect(table.rows, _sbir_award, reading=Reading(file_name), never_given=SBIR_LACKS)


def _by_project(entries: Iterable[tuple[int | None, Any]], make: Any, reading: Any) -> list[_Project]:
    """Lines that could be read, gathered by core number in the order of the file; refusals are in `reading`."""
    projects: dict[str, _Project] = {}
    for line, entry in entries:
        with reading.record(line=line):
            made = make(entry, reading)
            if made is not None:
                projects.setdefault(made.number, _Project()).lines.append(made)
    return list(projects.values())


def _awards(projects: list[_Project], lines: Reading[PartnerAward]) -> ParseResult[PartnerAward]:
    """`read` counts projects and the lines that were refused."""
    found = collect(((None, project) for project in projects), _award, reading=Reading(lines.file_name))
    refused = lines.result().problems
    return ParseResult(found.records, (*refused, *found.problems), found.read + len(refused))


def _award(project: _Project, reading: Reading[PartnerAward]) -> PartnerAward:
    lines = sorted(project.lines, key=lambda line: line.fiscal_year or 0)
    latest = lines[-1]
    reading.name(latest.number)
    starts = [line.start for line in lines if line.start]
    ends = [line.end for line in lines if line.end]
    amounts = [line.amount for line in lines if line.amount is not None]
    start, end = min(starts, default=None), max(ends, default=None)
    years = {line.fiscal_year for line in lines if line.fiscal_year and line.amount is not None}
    lacking = _years_between(start, end) - years if years else set()
    if lacking:
        reading.inform("award_amount_of_years", years=", ".join(str(year) for year in sorted(years)))
    return PartnerAward(
        agency=AGENCY,
        number=latest.number,
        title=latest.title,
        amount=sum(amounts) if amounts else None,
        currency=CURRENCY,
        start=start,
        end=end,
        investigators=latest.investigators,
        institution=latest.institution,
        institution_country=latest.country,
        source_url=latest.source_url,
    )


def _years_between(start: date | None, end: date | None) -> set[int]:
    if start is None or end is None or end < start:
        return set()
    return set(range(_fiscal_year(start), _fiscal_year(end) + 1))


def _fiscal_year(day: date) -> int:
    return day.year + (day.month >= FISCAL_YEAR_BEGINS)


def _json_line(entry: Any, reading: Any) -> _Line | None:
    fields = as_mapping(entry)
    number = fields.text("core_project_num") or core_number(fields.text("project_num"))
    reading.name(number or fields.text("project_title"))
    if fields.number_text("subproject_id"):
        return None
    if not number:
        raise Refused("award_without_number")
    institution = fields.child("organization")
    application = fields.number_text("appl_id")
    return _Line(
        number=number,
        title=fields.text("project_title"),
        fiscal_year=fields.integer("fiscal_year"),
        amount=minor_units(fields.number_text("award_amount"), CURRENCY),
        start=iso_date(fields.text("project_start_date")),
        end=iso_date(fields.text("project_end_date")),
        investigators=tuple(
            Investigator(
                person.text("last_name") or person.text("full_name"),
                person.text("first_name") if person.text("last_name") else "",
                PRINCIPAL if person.flag("is_contact_pi") else CO_PRINCIPAL,
            )
            for person in fields.children("principal_investigators")
            if person.text("last_name") or person.text("full_name")
        )
        or _investigators(fields.text("contact_pi_name")),
        institution=institution.text("org_name"),
        country=country_named(institution.text("org_country")),
        source_url=f"{PROJECT_PAGE}{application}" if application.isdigit() else "",
    )


def _csv_line(cells: dict[str, str], reading: Any) -> _Line | None:
    number = cells.get("CORE_PROJECT_NUM") or core_number(cells.get("FULL_PROJECT_NUM", ""))
    reading.name(number or cells.get("PROJECT_TITLE", ""))
    if cells.get("SUBPROJECT_ID"):
        return None
    if not number:
        raise Refused("award_without_number")
    year, application = cells.get("FY", ""), cells.get("APPLICATION_ID", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Refused("date_invalid", value=year)
    return _Line(
        number=number,
        title=cells.get("PROJECT_TITLE", ""),
        fiscal_year=int(year) if year else None,
        amount=minor_units(cells.get("TOTAL_COST", ""), CURRENCY),
        start=us_or_iso_date(cells.get("PROJECT_START", "")),
        end=us_or_iso_date(cells.get("PROJECT_END", "")),
        investigators=_investigators(cells.get("PI_NAMEs", "")),
        institution=cells.get("ORG_NAME", ""),
        country=country_named(cells.get("ORG_COUNTRY", "")),
        source_url=f"{PROJECT_PAGE}{application}" if application.isdigit() else "",
    )


def _investigators(names: str) -> tuple[Investigator, ...]:
    """Of "DOE, JANE (contact); ROE, JOHN": who is marked, or else stands first, is the principal investigator."""
    parts = [part.strip() for part in names.split(";") if part.strip()]
    marked = [part for part in parts if "(contact)" in part] or parts[:1]
    people = []
    for part in parts:
        family, _, given = part.replace("(contact)", "").partition(",")
        role = PRINCIPAL if part in marked else CO_PRINCIPAL
        people.append(Investigator(family.strip(), given.strip(), role))
    return tuple(people)


def _sbir_award(cells: dict[str, str], reading: Reading[PartnerAward]) -> PartnerAward:
    reading.name(cells.get("award_id", ""))
    iso_date(cells.get("award_date", ""))  # refused when it is none
    return PartnerAward(
        agency=AGENCY,
        number=cells.get("award_id", ""),
        title="",
        amount=minor_units(cells.get("award_amount", ""), CURRENCY),
        currency=CURRENCY,
        start=None,
        end=None,
        institution=cells.get("firm_name", ""),
        institution_country="US" if cells.get("firm_state") else "",
        instrument=cells.get("phase", ""),
    )
