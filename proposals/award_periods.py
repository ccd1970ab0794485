"""The partner's awards beside the joint research in words: their periods, what stays uncovered, and whether they suffice."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.templatetags.kernel import fiscal_year, plain_day, yen
from proposals.models import PartnerAward, Proposal
from proposals.rules.periods import (
    YEAR,
    Period,
    YearOfAward,
    months_within,
    project_period,
    shared,
    sufficiency,
    uncovered,
)


def term_of(proposal: Proposal) -> Period:
    """The days of the joint research."""
    return project_period(
        proposal.fiscal_years,
        proposal.first_month,
        proposal.last_month,
        proposal.call.programme.calendar,
    )


def period_of(award: PartnerAward) -> Period:
    return Period(award.starts_on, award.ends_on)


def name_of(award: PartnerAward) -> str:
    return f"{award.agency.short_name} {award.number}"


def written(period: Period | None) -> str:
    return f"{plain_day(period.first)} – {plain_day(period.last)}" if period else "–"


def _several(periods: Sequence[Period]) -> str:
    return _(", ").join(written(one) for one in periods) or _("none")


def periods_table(proposal: Proposal, awards: Sequence[PartnerAward]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: the joint research, then each award with what it shares and leaves open."""
    term = term_of(proposal)
    headers = [
        _("Whose period"),
        _("Period"),
        _("Shared with the joint research"),
        _("Months covered"),
        _("Not covered"),
    ]
    rows = [[_("Joint research"), written(term), "–", "–", _several(uncovered(term, map(period_of, awards)))]]
    for award in awards:
        own = period_of(award)
        whole, every = months_within(term, [own])
        rows.append(
            [
                name_of(award),
                written(own),
                written(shared(own, term)),
                _("%(whole)s of %(every)s") % {"whole": whole, "every": every},
                _several(uncovered(term, [own])),
            ]
        )
    return headers, rows


def figure_of(proposal: Proposal, awards: Sequence[PartnerAward]) -> dict[str, Any] | None:
    """For components/figure.html; None where no award was claimed yet."""
    if not awards:
        return None
    headers, rows = periods_table(proposal, awards)
    finding = _finding(term_of(proposal), [period_of(award) for award in awards])
    return {
        "title": _("Period of the award and of the joint research"),
        "finding": finding,
        "src": reverse("proposals:award_chart", args=[proposal.public_id]),
        "alt": finding,
        "headers": headers,
        "rows": [{"head": head, "cells": cells} for head, *cells in rows],
        "csv_url": reverse("proposals:award_periods_csv", args=[proposal.public_id]),
    }


def _finding(term: Period, awards: Sequence[Period]) -> str:
    """The chart's one sentence."""
    gaps = uncovered(term, awards)
    whole, every = months_within(term, awards)
    if not gaps:
        return _("The awards cover the whole joint research: %(every)s of %(every)s months.") % {
            "every": every
        }
    return _(
        "The awards cover %(whole)s of the %(every)s months of the joint research. Not covered: %(gaps)s."
    ) % {"whole": whole, "every": every, "gaps": _several(gaps)}


def check_of(proposal: Proposal, award: PartnerAward) -> dict[str, Any] | None:
    """For proposals/award_check.html: whether the award suffices, with the arithmetic; None where the call has no threshold."""
    threshold = proposal.call.sufficient_yearly_yen
    if threshold is None:
        return None
    calendar = proposal.call.programme.calendar
    years = [
        (year, Period(calendar.first_day(year), calendar.last_day(year))) for year in proposal.fiscal_years
    ]
    found = sufficiency(award.amount_yen, period_of(award), term_of(proposal), years, threshold)
    tone, words = _VERDICTS[found.is_met]
    if found.yearly is None:
        sum_words = _("The yen value of the award is open, and with it whether it suffices.")
    else:
        sum_words = _(
            "%(amount)s ÷ %(years)s years (%(days)s days ÷ %(year)s) = %(yearly)s a year; the call’s threshold is %(threshold)s."
        ) % {
            "amount": yen(award.amount_yen),
            "years": f"{max(found.days, YEAR) / YEAR:.2f}",
            "days": f"{max(found.days, YEAR):,}",
            "year": YEAR,
            "yearly": yen(found.yearly),
            "threshold": yen(threshold),
        }
    return {
        "tone": tone,
        "label": words(),
        "sum": sum_words,
        "rows": [
            {"year": fiscal_year(one.year), "days": one.days, "words": _year_words(one)}
            for one in found.years
        ],
    }


def _year_words(one: YearOfAward) -> str:
    if not one.days:
        return _("the award does not run")
    if one.is_sufficient is None:
        return _("not to be said")
    return _("sufficient") if one.is_sufficient else _("below the threshold")


_VERDICTS: dict[bool | None, tuple[str, Any]] = {
    True: ("success", lambda: _("Sufficient")),
    False: ("warning", lambda: _("Below the threshold")),
    None: ("neutral", lambda: _("Open")),
}
