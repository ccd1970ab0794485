"""What a search for an assignment says, in words: why a pair, what is missing, and why it cannot be had."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from kernel.violations import Violation, sentence
from review.models import AssignmentPair
from review.rules.matching.task import BelowWhy, Rule


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def why_of(pair: AssignmentPair) -> list[str]:
    """Why this pair: shared terms and languages; and why it was refused, where it was."""
    found = [sentence(Violation(one["code"], params=one["params"])) for one in pair.refusal if pair.refusal]
    terms = pair.reasons.get("terms", [])
    if terms:
        found.append(_("in common: %(terms)s") % {"terms": " · ".join(terms)})
    elif pair.is_by_hand:
        found.append(_("put here by hand"))
    else:
        found.append(_("no word in common"))
    if pair.reasons.get("languages"):
        found.append(_("reads: %(languages)s") % {"languages": ", ".join(pair.reasons["languages"])})
    return found


def short_words(short: Sequence[Mapping[str, Any]], agencies: Mapping[str, Organisation]) -> list[str]:
    """What a proposal lacks."""
    return [_one_short(one, agencies) for one in short]


def _one_short(one: Mapping[str, Any], agencies: Mapping[str, Organisation]) -> str:
    values = {"count": one["missing"], "agency": _named(one["agency"], agencies)}
    if one["rule"] == Rule.AGENCY:
        return _("%(count)s of %(agency)s missing") % values
    if one["rule"] == Rule.OUTSIDE:
        return _("%(count)s from third countries missing") % values
    return _("%(count)s reviewers missing") % values


def _named(agency: str | None, agencies: Mapping[str, Organisation]) -> str:
    return agencies[agency].short_name if agency is not None and agency in agencies else "–"


def bottleneck_rows(
    found: Sequence[Mapping[str, Any]], visible: set[str], agencies: Mapping[str, Organisation]
) -> list[str]:
    """Why a rule cannot be met, one sentence each; none that counts a proposal which the reader may not see.

    `visible`: the public ids of the proposals that the reader may see.
    """
    rows = []
    for one in found:
        values = {
            "proposals": len(one["proposals"]),
            "needed": one["needed"],
            "reviewers": one["reviewers"],
            "room": one["room"],
            "agency": _named(one["agency"], agencies),
        }
        if one["rule"] == Rule.AGENCY:
            text = _(
                "%(proposals)s proposals need %(needed)s reviewers of %(agency)s, but the %(reviewers)s of them who may review "
                "any have room for %(room)s."
            )
        elif one["rule"] == Rule.OUTSIDE:
            text = _(
                "%(proposals)s proposals need %(needed)s reviewers from third countries, but the %(reviewers)s of them who may "
                "review any have room for %(room)s."
            )
        else:
            text = _(
                "%(proposals)s proposals need %(needed)s reviewers, but the %(reviewers)s who may review any of them have room "
                "for %(room)s."
            )
        if set(one["proposals"]) <= visible:
            rows.append(text % values)
    return rows


BELOW = {
    BelowWhy.MISSING: gettext_lazy("reviewers are missing"),
    BelowWhy.ALONE: gettext_lazy("nobody who may review it knows more"),
    BelowWhy.KEPT: gettext_lazy("what was given stays, and leaves no place for who knows more"),
    BelowWhy.SHARED: gettext_lazy("who knows more is needed elsewhere"),
}


def below_words(by: float, why: str) -> str:
    """By how much a proposal is served below the floor, and why."""
    return _("%(by)s below: %(why)s") % {"by": percent(by), "why": BELOW[BelowWhy(why)]}
