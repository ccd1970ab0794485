"""The data of an outcome report at one moment, as plain JSON: integers, texts and ISO dates, nothing else.

Every figure has with it the public ids of the records from which it was counted. Exchanged researchers stand in it by
their public ids alone: a snapshot is kept for ever, a name may have to go.
"""

from typing import Any

from django.db import connection, transaction

from accounts.models import Organisation
from kernel.clock import today
from program.models import Programme
from program.rules.indicator_values import plain
from projects.enums import EntryKind
from projects.models import LedgerEntry, Project
from proposals.enums import BudgetCategory
from proposals.rules.exchange_money import exchange_share
from registries.models import Country
from reporting.figures.indicators import IndicatorFigures, indicators_of
from reporting.figures.mobility import Mobility, mobility_of, plans_against
from reporting.figures.money import SIDES, Sums, entries_of, sums_by, sums_of
from reporting.figures.papers import Papers, papers_of
from reporting.queries import projects_covered
from reporting.rules.coauthorship import Coauthorship
from reporting.rules.mobility import Visit

FORMAT = 1


def gather(
    programme: Programme, fiscal_year: int, agency: Organisation | None
) -> tuple[list[Project], dict[str, Any]]:
    """The projects that the report covers, and its data. Everything is read at one moment."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _gather(programme, fiscal_year, agency)


def _gather(
    programme: Programme, fiscal_year: int, agency: Organisation | None
) -> tuple[list[Project], dict[str, Any]]:
    projects = list(
        projects_covered(programme, fiscal_year, agency).select_related("agency", "institution", "pi")
    )
    calendar = programme.calendar
    entries = entries_of(projects, until=fiscal_year)
    every = mobility_of(projects, calendar)
    mobility = every.until(fiscal_year)
    plans = plans_against(projects, mobility, calendar)
    papers = papers_of(projects, until=fiscal_year)
    snapshot = {
        "format": FORMAT,
        "programme": {
            "id": programme.public_id,
            "code": programme.code,
            "title_ja": programme.title_ja,
            "title_en": programme.title_en,
            "currency": programme.currency,
            "first_year": programme.first_year,
        },
        "agency": _organisation(agency) if agency else None,
        "fiscal_year": fiscal_year,
        # Whether the year had not ended: figures of such a year are not its last.
        "is_provisional": today(programme.zone) <= calendar.last_day(fiscal_year),
        "agencies": {project.agency.short_name: _organisation(project.agency) for project in projects},
        "projects": [_project(project) for project in projects],
        "money": _money(entries, fiscal_year),
        "payments": [_payment(entry) for entry in entries if entry.kind == EntryKind.PAYMENT],
        "mobility": _mobility(mobility),
        "plans": [
            {
                "fiscal_year": year,
                "direction": str(direction),
                "planned": row.planned,
                "planned_days": row.planned_days,
                "actual": row.actual,
                "actual_days": row.actual_days,
                "plans": list(row.plans),
                "stays": list(row.stays),
            }
            for (year, direction), row in plans.items()
            if year <= fiscal_year
        ],
        "papers": _papers(papers),
        "countries": _countries(mobility, papers),
        "indicators": [
            _indicator(figures) for figures in indicators_of(programme, mobility, papers, until=fiscal_year)
        ],
    }
    return projects, snapshot


def _countries(mobility: Mobility, papers: Papers) -> dict[str, dict[str, str]]:
    """The names of the countries that the report mentions, by their codes."""
    codes = {visit.country for visit in mobility.visits}
    codes |= {code for paper in papers.programme.papers for code in paper.countries}
    return {
        country.code: {"name_ja": country.name_ja, "name_en": country.name_en}
        for country in Country.objects.filter(code__in=codes).order_by("code")
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.public_id,
        "short_name": organisation.short_name,
        "name_ja": organisation.name_ja,
        "name_en": organisation.name_en,
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "id": project.public_id,
        "number": project.number,
        "title_ja": project.title_ja,
        "title_en": project.title_en,
        "agency": project.agency.short_name,
        "institution": _organisation(project.institution),
        "pi_ja": project.pi.name_in("ja"),
        "pi_en": project.pi.name_in("en"),
        "state": str(project.state),
        "first_year": project.first_year,
        "last_year": project.last_year,
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return {**{side: getattr(sums, side) for side in SIDES}, "entries": list(sums.entries)}


def _money(entries: list[LedgerEntry], fiscal_year: int) -> dict[str, Any]:
    of_year = [entry for entry in entries if entry.fiscal_year == fiscal_year]
    order = list(BudgetCategory)
    cells = sums_by(
        entries,
        lambda e: (
            e.project.number,
            e.fiscal_year,
            order.index(BudgetCategory(e.category)),
            e.project.public_id,
        ),
    )
    travel = [e for e in entries if e.category == BudgetCategory.TRAVEL and e.kind == EntryKind.PAYMENT]
    whole = sums_of(entries)
    share = exchange_share(used=sum(e.amount for e in travel), awarded=whole.allocated)
    return {
        "whole": _sums(whole),
        "year": _sums(sums_of(of_year)),
        "by_year": [
            {"fiscal_year": year, **_sums(sums)}
            for year, sums in sums_by(entries, lambda e: e.fiscal_year).items()
        ],
        "by_category": [
            {"category": str(order[place]), **_sums(sums)}
            for place, sums in sums_by(entries, lambda e: order.index(BudgetCategory(e.category))).items()
        ],
        "by_project": [
            {"project": public_id, **_sums(sums)}
            for (_number, public_id), sums in sums_by(
                entries, lambda e: (e.project.number, e.project.public_id)
            ).items()
        ],
        "cells": [
            {"project": public_id, "fiscal_year": year, "category": str(order[place]), **_sums(sums)}
            for (_number, year, place, public_id), sums in cells.items()
        ],
        "travel_share": {
            "used": share.used,
            "awarded": share.awarded,
            "basis_points": share.basis_points,
            "entries": [e.public_id for e in travel],
        },
    }


def _payment(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "id": entry.public_id,
        "project": entry.project.public_id,
        "fiscal_year": entry.fiscal_year,
        "category": str(entry.category),
        "amount": entry.amount,
        "on": entry.on.isoformat(),
        "reason": entry.reason,
        "corrects": entry.corrects.public_id if entry.corrects else None,
    }


def _mobility(mobility: Mobility) -> dict[str, Any]:
    return {
        "visits": [_visit(visit, mobility) for visit in mobility.visits],
        "counts": [
            {
                "fiscal_year": year,
                "direction": str(direction),
                "people": count.people,
                "long_people": count.long_people,
                "days": count.days,
                "stays": list(count.stays),
                "long_stays": list(count.long_stays),
            }
            for (year, direction), count in mobility.counts.items()
        ],
    }


def _visit(visit: Visit, mobility: Mobility) -> dict[str, Any]:
    records = [mobility.stays[key] for key in visit.stays]
    first = records[0]
    return {
        "person": visit.person,
        "projects": sorted({stay.project.public_id for stay in records}),
        "direction": str(visit.direction),
        "career_stage": str(first.career_stage),
        "home": first.home,
        "host": visit.host,
        "country": visit.country,
        "degree_sought": first.degree_sought,
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "days": visit.days,
        "is_long": visit.is_long,
        "fiscal_year": visit.year,
        "parts": [
            {
                "fiscal_year": part.year,
                "starts_on": part.starts_on.isoformat(),
                "ends_on": part.ends_on.isoformat(),
                "days": part.days,
            }
            for part in visit.parts
        ],
        "stays": list(visit.stays),
    }


def _papers(papers: Papers) -> dict[str, Any]:
    return {
        "list": [
            {
                "id": papers.records[paper.key].public_id,
                "doi": papers.records[paper.key].doi,
                "title": papers.records[paper.key].title,
                "container": papers.records[paper.key].container,
                "year": paper.year,
                "countries": list(paper.countries),
                "shares": {code: str(share) for code, share in paper.shares.items()},
                "authors_without_country": paper.authors_without_country,
                "is_multilateral": paper.is_multilateral,
                "not_counted": str(paper.not_counted) if paper.not_counted else None,
                "projects": sorted(papers.projects_of[paper.key]),
            }
            for paper in papers.programme.papers
        ],
        "programme": _counts(papers.programme),
        "by_project": [
            {"project": project, **_counts(counts)} for project, counts in papers.projects.items()
        ],
    }


def _counts(counts: Coauthorship) -> dict[str, Any]:
    return {
        "total": counts.total,
        "multilateral": counts.multilateral,
        "undated": counts.undated,
        "by_year": [{"year": year, "count": count} for year, count in counts.by_year.items()],
        "whole": dict(counts.whole),
        "fractional": {code: str(share) for code, share in counts.fractional.items()},
        "not_counted": {str(reason): count for reason, count in counts.not_counted.items()},
    }


def _indicator(figures: IndicatorFigures) -> dict[str, Any]:
    indicator = figures.indicator
    return {
        "id": indicator.public_id,
        "measure": str(indicator.measure),
        **{
            f"{name}_{language}": getattr(indicator, f"{name}_{language}")
            for name in ("title", "unit", "definition")
            for language in ("ja", "en")
        },
        "is_fiscal": figures.is_fiscal,
        "rows": [
            {
                "year": row.year,
                "programme": plain(row.programme),
                "national": plain(row.national),
                "records": list(row.records),
            }
            for row in figures.rows
        ],
    }
