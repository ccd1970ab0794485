"""The budget that a content holds (see `proposals.actions.content`), whatever version of the portal wrote it.

Before institutions had parts of their own a content named none, and everything was the lead institution's.
"""

from collections.abc import Mapping
from typing import Any

from proposals.rules.budget import sum_of
from proposals.rules.institutions import LEAD, Named

Content = Mapping[str, Any]
Amounts = dict[tuple[int, str], int]


def parts_in(content: Content) -> dict[str, Amounts]:
    """What is asked for by each institution, by its key; the lead one is there always."""
    found: dict[str, Amounts] = {LEAD: {}}
    for line in content["budget"]:
        part = found.setdefault(line.get("institution", LEAD), {})
        part[line["fiscal_year"], line["category"]] = line["amount"]
    return found


def asked_in(content: Content) -> Amounts:
    """What is asked for by all institutions together."""
    return sum_of(parts_in(content).values())


def institutions_in(content: Content) -> dict[str, Named]:
    """The institutions beside the lead one, by their keys."""
    return {one["key"]: Named(one["name"], one["ror_id"]) for one in content.get("budget_institutions", ())}


def funding_in(content: Content) -> Amounts:
    """What others bring: `{(fiscal year, source): amount}`."""
    return {(row["fiscal_year"], row["source"]): row["amount"] for row in content.get("other_funding", ())}


def months_in(content: Content) -> tuple[int | None, int | None]:
    """The calendar months in which the joint research begins and ends; None: those of the fiscal year."""
    months = content.get("months") or {}
    return months.get("first"), months.get("last")
