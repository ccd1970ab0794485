"""Planned stays in words: for the page that plans them, for the page of the whole, and for the PDF."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label
from kernel.templatetags.kernel import day, fiscal_year_short, yen
from kernel.violations import sentence
from kernel.years import FiscalCalendar
from proposals.budgeting import asked_in
from proposals.enums import CareerStage, ExchangeDirection
from proposals.rules.exchange import PlannedPerson, days_of, is_long_term, parts_of, totals_of
from proposals.rules.exchange_money import exchange_share, share_violation
from proposals.wording import institution_words


def length_words(starts_on: dt.date, ends_on: dt.date, calendar: FiscalCalendar) -> str:
    """The days of a stay, both end days counted; of one over the end of a fiscal year those of each; and whether it is mid-
    or long-term."""
    total = days_words(days_of(starts_on, ends_on))
    parts = parts_of(starts_on, ends_on, calendar)
    if len(parts) > 1:
        by_year = _(", ").join(
            _("%(year)s: %(days)s") % {"year": fiscal_year_short(part.year), "days": days_words(part.days)}
            for part in parts
        )
        total = _("%(days)s [%(parts)s]") % {"days": total, "parts": by_year}
    return _("%(days)s (mid/long-term)") % {"days": total} if is_long_term(starts_on, ends_on) else total


def days_words(days: int) -> str:
    """So many days."""
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def share_words(planned: int, asked: int, target: int | None = None) -> str:
    """What the planned stays take of all that is asked for, beside the call's target line where it sets one."""
    share = exchange_share(used=planned, awarded=asked)
    words = _("For exchange: %(planned)s of %(asked)s asked for (%(percent)s%%).") % {
        "planned": yen(planned),
        "asked": yen(asked),
        "percent": share.percent,
    }
    if target is None:
        return words
    line = _("The call’s target is %(target)s%% (an indicator, no condition).") % {"target": target}
    return f"{words} {line}"


def too_much_words(content: Mapping[str, Any]) -> list[str]:
    """That the stays of a content take more than all that it asks for; nothing where they do not."""
    found = share_violation(sum(content.get("exchange_costs", {}).values()), sum(asked_in(content).values()))
    return [sentence(found)] if found else []


def totals_table(plans: Sequence[PlannedPerson]) -> dict[str, Any]:
    """What the plans of each direction come to (proposals/plain_table.html)."""
    rows = []
    for direction in ExchangeDirection:
        totals = totals_of(plans, direction)
        counts = (totals.people, totals.long_people, totals.degree_people, totals.stays, totals.days)
        rows.append([capfirst(label(direction)), *(f"{count:,}" for count in counts), yen(totals.amount)])
    return {
        "heading": _("What the plans come to"),
        "columns": [
            _("Dispatch or acceptance"),
            _("Persons"),
            _("Of these mid/long-term (31 days or more)"),
            _("Of these seeking a degree"),
            _("Stays"),
            _("Days"),
            _("Taken of the budget"),
        ],
        "rows": rows,
    }


def people_in(stays: Iterable[Mapping[str, Any]], costs: Mapping[str, int]) -> list[PlannedPerson]:
    """The stays of a content as the rules count them."""
    return [
        PlannedPerson(
            stay["direction"],
            stay["person_name"],
            dt.date.fromisoformat(stay["starts_on"]),
            dt.date.fromisoformat(stay["ends_on"]),
            bool(stay["degree_sought"]),
            costs.get(stay["public_id"], 0),
        )
        for stay in stays
    ]


def shared_exchange(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The planned stays as both sides sign them: `heading`, `columns`, `rows`, `none`. What a stay takes of the budget is
    Japan's annex and stands in `exchange_sheet` alone."""
    return {
        "heading": _("Dispatch and acceptance"),
        "columns": [
            _("Dispatch or acceptance"),
            _("Person"),
            _("Career stage, degree sought"),
            _("Host (country)"),
            _("Period"),
        ],
        "rows": [_stay(plan, content, language) for plan in content["exchange"]],
        "none": _("(no stay planned)"),
    }


def _stay(plan: Mapping[str, Any], content: Mapping[str, Any], language: str) -> list[str]:
    calendar = FiscalCalendar(content.get("months", {}).get("year_begins", 4))
    first, last = dt.date.fromisoformat(plan["starts_on"]), dt.date.fromisoformat(plan["ends_on"])
    host = institution_words(content, plan.get("host_ror_id", ""), plan["host"], language)
    period = _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    return [
        capfirst(label(ExchangeDirection(plan["direction"]))),
        plan["person_name"] or capfirst(_("to be named")),
        " / ".join(filter(None, [capfirst(label(CareerStage(plan["career_stage"]))), plan["degree_sought"]])),
        f"{host} ({plan['country_code']})",
        f"{period}\n{length_words(first, last, calendar)}",
    ]


def exchange_sheet(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The planned stays of a content with their money: as `shared_exchange`, with `totals` and `remarks`."""
    costs = content.get("exchange_costs", {})
    people = people_in(content["exchange"], costs)
    asked = sum(asked_in(content).values())
    shared = shared_exchange(content, language)
    amounts = [yen(costs.get(plan["public_id"])) for plan in content["exchange"]]
    return {
        **shared,
        "columns": [*shared["columns"], _("Taken of the budget")],
        "rows": [[*row, amount] for row, amount in zip(shared["rows"], amounts, strict=True)],
        "totals": totals_table(people),
        "remarks": share_words(sum(costs.values()), asked) if costs else "",
    }
