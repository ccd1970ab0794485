"""What PDF and workbook say of a snapshot in the same words."""

import datetime as dt
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label
from kernel.templatetags.kernel import day, fiscal_year, plain_day
from proposals.enums import BudgetCategory, CareerStage, ExchangeDirection
from reporting.enums import NotCounted
from reporting.rules.papers import written

Snapshot = dict[str, Any]


def text_in(entry: dict[str, Any], key: str, language: str) -> str:
    """`key` of an entry in `language`, else in the other."""
    other = "ja" if language == "en" else "en"
    return str(entry.get(f"{key}_{language}") or entry.get(f"{key}_{other}") or "")


def direction(value: str) -> str:
    return label(ExchangeDirection(value))


def stage(value: str) -> str:
    return label(CareerStage(value))


def category(value: str) -> str:
    return label(BudgetCategory(value))


def yes_no(fact: bool) -> str:
    """はい or いいえ of a fact; a verdict says 可 or 否."""
    return pgettext("of a fact", "yes") if fact else pgettext("of a fact", "no")


def reason(value: str | None) -> str:
    """Whether a paper is counted, or why not."""
    return label(NotCounted(value)) if value else _("counted")


def country(snapshot: Snapshot, code: str, language: str) -> str:
    """A country's name with its code; the code alone where the registry has no name."""
    entry = snapshot["countries"].get(code)
    return f"{text_in(entry, 'name', language)} ({code})" if entry else code


def period(entry: dict[str, Any]) -> str:
    first, last = (day(dt.date.fromisoformat(entry[key])) for key in ("starts_on", "ends_on"))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def short_period(entry: dict[str, Any]) -> str:
    """For the narrow column of a table: without the eras, which the year columns beside it have."""
    first, last = (plain_day(dt.date.fromisoformat(entry[key])) for key in ("starts_on", "ends_on"))
    return f"{first} – {last}"


def arithmetic(visit: dict[str, Any]) -> str:
    """How the days were counted: 31 + 30 = 61, each part under its fiscal year."""
    parts = visit["parts"]
    if len(parts) == 1:
        return str(visit["days"])
    terms = " + ".join(f"{part['days']} ({part['fiscal_year']})" for part in parts)
    return f"{terms} = {visit['days']}"


def fraction(text: str) -> str:
    return written(Fraction(text))


def numbers_of(snapshot: Snapshot) -> dict[str, str]:
    """The project numbers by public id."""
    return {project["id"]: project["number"] for project in snapshot["projects"]}


def count_of(snapshot: Snapshot, way: ExchangeDirection, key: str) -> int:
    """A figure of the report's own year, 0 where nothing is recorded."""
    found = [
        row[key]
        for row in snapshot["mobility"]["counts"]
        if row["direction"] == way and row["fiscal_year"] == snapshot["fiscal_year"]
    ]
    return int(found[0]) if found else 0


def papers_in_year(snapshot: Snapshot) -> int:
    """The papers of the calendar year that has the fiscal year's number."""
    counts = {row["year"]: row["count"] for row in snapshot["papers"]["programme"]["by_year"]}
    return int(counts.get(snapshot["fiscal_year"], 0))


def agency_of(snapshot: Snapshot, language: str) -> str:
    agency = snapshot["agency"]
    return text_in(agency, "name", language) if agency else _("all agencies")


def issuers(snapshot: Snapshot, language: str) -> list[str]:
    """Who issues the report, by full names: the agency that it is of, or those of its projects. Snapshots of before kept
    their short names alone."""
    if snapshot["agency"]:
        return [text_in(snapshot["agency"], "name", language)]
    known = snapshot.get("agencies", {})
    found = sorted({project["agency"] for project in snapshot["projects"]})
    return [text_in(known[name], "name", language) if name in known else name for name in found]


def year_of(snapshot: Snapshot) -> str:
    """The fiscal year with its era; of one that had not ended, that it had not."""
    year = fiscal_year(snapshot["fiscal_year"])
    if not snapshot.get("is_provisional"):
        return year
    return _("%(year)s, which had not ended when this was made") % {"year": year}


def title() -> str:
    return _("Outcome report")
