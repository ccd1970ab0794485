"""A project's budget by fiscal year and category against its caps: as tables, as a chart, as CSV."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.tables import stream_csv
from kernel.languages import localized
from kernel.methods import reads
from kernel.templatetags.kernel import fiscal_year, fiscal_year_short, money
from program.enums import CapBasis, CapPeriod
from projects.models import CapAccount, Project
from projects.queries import sums_of, years_of
from projects.rules.spending import Key, Sums, moved_between_categories, of_year, virement_limit
from projects.views.shared import address, in_unit, visible_project, written
from proposals.enums import BudgetCategory

MILLION = 1_000_000


@dataclass(frozen=True)
class Budget:
    """What the page of a project shows of its money; every amount is written, in the currency of `currency`."""

    currency: str
    years: list[int]
    rows: list[dict[str, Any]]
    total: dict[str, Any]
    spending: list[dict[str, Any]]
    caps: list[dict[str, Any]]
    figure: dict[str, Any]


def cap_in_words(account: CapAccount) -> str:
    """Which cap an account watches: its basis and its period, and the support type for which alone it holds."""
    words = f"{label(CapBasis(account.cap.basis))}, {label(CapPeriod(account.cap.period))}"
    if account.cap.support_type is None:
        return words
    return _("%(type)s: %(cap)s") % {"type": localized(account.cap.support_type, "title"), "cap": words}


def accounts_of(project: Project) -> list[CapAccount]:
    """The accounts by cap and year, in one query."""
    return list(project.cap_accounts.select_related("cap__support_type").order_by("cap_id", "fiscal_year"))


def watched(accounts: list[CapAccount]) -> list[CapAccount]:
    """The accounts of the yearly cap that the chart shows: the lowest, one that counts indirect cost first."""
    yearly = [account for account in accounts if account.fiscal_year]
    if not yearly:
        return []
    chosen = min(yearly, key=lambda account: (not account.counts_indirect, account.limit, account.cap_id))
    return [account for account in yearly if account.cap_id == chosen.cap_id]


def budget_of(project: Project) -> Budget:
    """Gathered by three queries, whatever the number of years and entries."""
    currency, sums, years = project.programme.currency, sums_of(project), years_of(project)
    accounts = accounts_of(project)
    return Budget(
        currency=currency,
        years=years,
        rows=[
            {"label": label(category), **_by_year(sums, years, str(category), currency)}
            for category in BudgetCategory
        ],
        total=_by_year(sums, years, None, currency),
        spending=[_spent(sums, year, currency) for year in years],
        caps=[_cap_row(account, currency) for account in accounts],
        figure=_figure(project, accounts, years, sums),
    )


def _by_year(sums: dict[Key, Sums], years: list[int], category: str | None, currency: str) -> dict[str, Any]:
    """What is awarded to a category, or to all of them (None), in each year and in all years."""
    amounts = [
        sum(one.allocated for (own, of), one in sums.items() if own == year and category in (None, of))
        for year in years
    ]
    return {
        "cells": [written(amount, currency) for amount in amounts],
        "total": written(sum(amounts), currency),
    }


def _spent(sums: dict[Key, Sums], year: int, currency: str) -> dict[str, Any]:
    one = of_year(sums, year)
    amounts = (one.allocated, one.carried_in, one.carried_out, one.returned, one.paid, one.left)
    return {
        "year": year,
        "cells": [written(amount, currency) for amount in amounts],
        "moved": written(moved_between_categories(sums, year), currency),
        # Nothing was allocated to a year after the term: what was carried into it moves nowhere else.
        "movable": written(virement_limit(sums, year) if one.allocated else None, currency),
    }


def _cap_row(account: CapAccount, currency: str) -> dict[str, Any]:
    return {
        "year": fiscal_year(account.fiscal_year) if account.fiscal_year else _("Whole term"),
        "words": cap_in_words(account),
        "cells": [
            written(amount, currency)
            for amount in (account.limit, account.total, account.limit - account.total)
        ],
    }


def _figure(
    project: Project, accounts: list[CapAccount], years: list[int], sums: dict[Key, Sums]
) -> dict[str, Any]:
    currency = project.programme.currency
    headers, rows = _numbers(accounts, years, sums)
    finding = _finding(accounts, currency)
    return {
        "title": _("Budget by fiscal year against the cap"),
        "finding": finding,
        "src": address(project, "chart"),
        "alt": finding,
        "headers": headers,
        "rows": [
            {"head": fiscal_year(row[0]), "cells": [written(value, currency) for value in row[1:]]}
            for row in rows
        ],
        "csv_url": address(project, "budget_csv"),
    }


def _finding(accounts: list[CapAccount], currency: str) -> str:
    """The chart's one sentence: the year that comes closest to its cap."""
    shown = watched(accounts)
    if not shown:
        return _("The caps of this project are over its whole term.")
    closest = min(shown, key=lambda account: (account.limit - account.total, account.fiscal_year))
    values = {
        "year": fiscal_year_short(closest.fiscal_year),
        "total": money(closest.total, currency),
        "limit": money(closest.limit, currency),
        "left": money(closest.limit - closest.total, currency),
    }
    if closest.total == closest.limit:
        return _("%(year)s reaches the cap of %(limit)s exactly.") % values
    return _("%(year)s comes closest to the cap: %(total)s of %(limit)s, %(left)s below it.") % values


def _numbers(
    accounts: list[CapAccount], years: list[int], sums: dict[Key, Sums]
) -> tuple[list[str], list[tuple[int, int, int | None, int]]]:
    """The chart's numbers: (year, what counts towards the cap, the cap or None, what is paid)."""
    by_year = {account.fiscal_year: account for account in watched(accounts)}
    rows = []
    for year in years:
        account, one = by_year.get(year), of_year(sums, year)
        counted = account.total if account else one.allocated
        rows.append((year, counted, account.limit if account else None, one.paid))
    headers = [_("Fiscal year"), _("Counts towards the cap"), _("Cap"), _("Paid")]
    return headers, rows


@reads
def chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import budget_against_cap  # matplotlib is slow to load

    project = visible_project(request, public_id)
    accounts, years = accounts_of(project), years_of(project)
    _headers, rows = _numbers(accounts, years, sums_of(project))
    cap = next((limit for _year, _counted, limit, _paid in rows if limit is not None), None)
    svg = budget_against_cap(
        [fiscal_year_short(year) for year in years],
        [counted / MILLION for _year, counted, _limit, _paid in rows],
        [None if limit is None else limit / MILLION for _year, _counted, limit, _paid in rows],
        cap_label="" if cap is None else _("Cap %(limit)s") % {"limit": f"{cap // MILLION:,}"},
        over_label=_("Above the cap"),
        unit=_("million yen"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def budget_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    project = visible_project(request, public_id)
    (year, *amounts), rows = _numbers(accounts_of(project), years_of(project), sums_of(project))
    headers = [year, *(in_unit(words, project.programme.currency) for words in amounts)]
    response = StreamingHttpResponse(stream_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{project.number}-budget.csv"'
    return response
