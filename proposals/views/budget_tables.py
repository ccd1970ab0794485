"""The tables of the budget's page: what is asked for, what others bring, and how much of each cap is used and left."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst

from kernel.choices import label
from kernel.money import indirect_limit
from proposals.enums import DIRECT_CATEGORIES, BudgetCategory, FundingSource
from proposals.forms.budget import BudgetForm, cell_name, funding_name
from proposals.rules.budget import (
    MONTHS,
    Amounts,
    Cap,
    counted,
    direct_of,
    share_of_months,
    sum_of,
    total_of,
)
from proposals.rules.institutions import LEAD
from proposals.wording import cap_in_words

# How the script knows a table: by an institution's key, or by one of these.
LEAD_TOKEN, ALL_TOKEN, FUNDING_TOKEN = "lead", "all", "funding"


def _row(head: str, kind: str, cells: list[dict[str, Any]], total: int | None = None) -> dict[str, Any]:
    whole = sum(cell["amount"] for cell in cells) if total is None else total
    return {"label": head, "kind": kind, "cells": cells, "total": whole}


def table_of(
    amounts: Amounts,
    years: Sequence[int],
    form: BudgetForm | None = None,
    percent: int = 0,
    key: str = LEAD,
    name: str = "",
) -> dict[str, Any]:
    """Rows of amounts of one institution, each with its sum: `direct` rows, their subtotal, the most that indirect cost may
    be, `indirect`, the total. With a form its fields stand in the cells, without one the amounts."""

    def row(category: BudgetCategory) -> dict[str, Any]:
        return _row(
            capfirst(label(category)),
            category.value,
            [
                {
                    "field": form[cell_name(category, year, key)] if form else None,
                    "amount": amounts.get((year, category), 0),
                    "year": year,
                }
                for year in years
            ],
        )

    def sums(of_year: Any) -> dict[str, Any]:
        values = [of_year(year) for year in years]
        return {"values": values, "total": sum(values)}

    return {
        "token": key or LEAD_TOKEN,
        "caption_id": f"{key or LEAD_TOKEN}-{'caption' if form else 'saved'}",
        "name": name,
        "is_removable": bool(key) and form is not None,
        "direct_rows": [row(category) for category in DIRECT_CATEGORIES],
        "direct": sums(lambda year: direct_of(amounts, year)),
        "limit": sums(lambda year: indirect_limit(direct_of(amounts, year), percent)),
        "percent": percent,
        "indirect": row(BudgetCategory.INDIRECT),
        "total": sums(lambda year: total_of(amounts, year)),
    }


def whole_table(
    parts: Mapping[str, Amounts], names: Mapping[str, str], years: Sequence[int]
) -> dict[str, Any]:
    """All institutions together: a row an institution, a row a category, the total."""
    whole = sum_of(parts.values())

    def sums(head: str, kind: str, token: str, of_year: Any) -> dict[str, Any]:
        values = [of_year(year) for year in years]
        return {"label": head, "kind": kind, "token": token, "values": values, "total": sum(values)}

    return {
        "institutions": [
            sums(
                names[key], "total", key or LEAD_TOKEN, lambda year, amounts=amounts: total_of(amounts, year)
            )
            for key, amounts in parts.items()
        ],
        "categories": [
            sums(
                capfirst(label(category)),
                category.value,
                ALL_TOKEN,
                lambda year, category=category: whole.get((year, category), 0),
            )
            for category in BudgetCategory
        ],
        "total": sums("", "total", ALL_TOKEN, lambda year: total_of(whole, year)),
    }


def funding_table(funding: Amounts, years: Sequence[int], form: BudgetForm | None = None) -> dict[str, Any]:
    """What others bring: a row a source, and the sums of the years."""
    rows = [
        _row(
            capfirst(label(source)),
            source.value,
            [
                {
                    "field": form[funding_name(source, year)] if form else None,
                    "amount": funding.get((year, source), 0),
                    "year": year,
                }
                for year in years
            ],
        )
        for source in FundingSource
    ]
    values = [sum(row["cells"][place]["amount"] for row in rows) for place in range(len(years))]
    return {"token": FUNDING_TOKEN, "rows": rows, "total": {"values": values, "total": sum(values)}}


def caps_table(
    amounts: Amounts,
    years: Sequence[int],
    caps: Sequence[Cap],
    months: Mapping[int, int],
    *,
    is_reduced: bool,
) -> list[dict[str, Any]]:
    """Every cap that holds, with what is used and left of it: `words`, `years` and `whole`. A cell has what is `used`, and
    what is `left` or by how much it is `over`; None where the cap does not count by year, or over the whole term. `share` has
    the same cells for the months' share of a yearly cap that holds in full; None of whole years."""

    def cell(limit: int, used: int | None) -> dict[str, Any] | None:
        if used is None:
            return None
        is_over = used > limit
        return {
            "used": used,
            "limit": limit,
            "left": None if is_over else limit - used,
            "over": used - limit if is_over else None,
        }

    rows = []
    for cap in caps:
        used = counted(amounts, years, cap)
        is_yearly = cap.period == "fiscal_year"
        shares = [
            cell(share_of_months(cap.limit, months[year]), used.get(year)) if months[year] < MONTHS else None
            for year in years
        ]
        rows.append(
            {
                "words": cap_in_words(cap),
                "cap": cap,
                "years": [cell(cap.limit_in(year), used.get(year)) for year in years],
                "whole": cell(cap.limit, used.get(0)),
                "has_share": any(shares),
                "shares": shares if is_yearly and not is_reduced else None,
            }
        )
    return rows
