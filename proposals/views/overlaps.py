"""Hints that a received proposal may overlap with something else, and how officers settled them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_value
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import fiscal_year_short, yen
from kernel.violations import RuleBroken
from proposals.actions.overlaps import MOST_TEXTS, MOST_TITLES, settle_overlap
from proposals.enums import GrantStatus, OverlapKind
from proposals.forms.submission import ReasonForm
from proposals.models import OverlapFlag
from proposals.overlaps import may_settle, overlaps_of
from proposals.rules.overlaps import WORTH_COMPARING
from proposals.views.judging import office_crumbs, office_proposal_of
from proposals.views.lists import sent


def _years(first: int, last: int) -> str:
    return (
        fiscal_year_short(first)
        if first == last
        else f"{fiscal_year_short(first)} – {fiscal_year_short(last)}"
    )


def _figures(figures: list[Any]) -> str:
    status, amount, first, last, percent = figures
    return _("%(status)s, %(years)s, %(amount)s, effort %(percent)s%%") % {
        "status": label_of_value(GrantStatus, status),
        "years": _years(first, last),
        "amount": yen(amount),
        "percent": percent,
    }


def _alike(details: dict[str, Any]) -> str:
    words = _("Titles are alike to %(percent)s%%.") % {"percent": details["title"]}
    if details["text"] is None:
        return words
    return words + " " + _("The whole texts are alike to %(percent)s%%.") % {"percent": details["text"]}


def reasons_of(flag: Any) -> list[str]:
    """Why it was flagged, in words. Of a proposal that the reader does not handle no figure of its own is told."""
    kind, details = OverlapKind(flag.kind), flag.details
    name = flag.person.name if flag.person else ""
    if kind == OverlapKind.EFFORT:
        values = {"name": name, "years": _years(details["first"], details["last"]), **details}
        return [
            _(
                "%(name)s, %(years)s: effort %(total)s%% in all (this proposal %(here)s%%, other proposals and projects in this portal %(elsewhere)s%%, other grants %(grants)s%%, each counted once by its largest share)."
            )
            % values
        ]
    if kind == OverlapKind.TEXT:
        return [_alike(details)]
    if kind == OverlapKind.AWARD:
        return [_("Award %(number)s is claimed there too.") % details]
    if kind == OverlapKind.PERSON:
        found = [_("%(name)s has a part in both.") % {"name": name}]
        if flag.is_shown:
            values = {"years": _years(details["first"], details["last"]), **details}
            found.append(_("In common: %(years)s. Effort %(here)s%% here, %(there)s%% there.") % values)
        return found
    found = [_("%(name)s: the grant “%(title)s” is named with other figures.") % {"name": name, **details}]
    found.append(_("Here: %(figures)s") % {"figures": _figures(details["here"])})
    if flag.is_shown:
        found.append(_("There: %(figures)s") % {"figures": _figures(details["there"])})
    return found


def _row(user: Any, flag: Any, *, may: bool) -> dict[str, Any]:
    keys = [flag.proposal.public_id, flag.public_id]
    is_open = flag.settled_at is None
    words = _("Record how it was settled") if is_open else _("Settle it anew")
    elsewhere = flag.other_id is not None and not flag.is_shown
    return {
        "flag": flag,
        "kind": label(OverlapKind(flag.kind)),
        "state": _("not settled yet") if is_open else _("settled"),
        "tone": "warning" if is_open else "success",
        "reasons": reasons_of(flag),
        "other": f"{flag.other.receipt_number} {localized(flag.other, 'title')}" if flag.is_shown else "",
        "other_url": reverse("proposals:office_proposal", args=[flag.other.public_id])
        if flag.is_shown
        else "",
        "elsewhere": _("With something elsewhere in this portal that is not yours to see.")
        if elsewhere
        else "",
        "moves": [Move(words, reverse("proposals:overlap_settle", args=keys), tone="secondary")]
        if may
        else [],
    }


@reads
def overlaps(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every hint with its reasons, the rules that were applied, and how it was settled."""
    proposal = office_proposal_of(request, public_id)
    may = may_settle(request.user, proposal)
    heading = _("Hints of overlap")
    rows = []
    for flag in overlaps_of(request.user, proposal):
        flag.proposal = proposal
        rows.append(_row(request.user, flag, may=may))
    context = {
        "proposal": proposal,
        "heading": heading,
        "rows": rows,
        "is_looked_at": proposal.overlaps_seen > 0,
        "rules": [
            _(
                "The same person (by record, e-Rad number or ORCID iD) in another proposal that stands, in overlapping fiscal years."
            ),
            _(
                "Effort over 100% in a fiscal year, other grants of all proposals counted, each once by its largest share."
            ),
            _(
                "Titles in pairs of letters and whole texts in runs of six: what both have of all that either has. Titles from %(title)s%% on, compared with the newest %(titles)s proposals of the same fiscal years; whole texts from %(text)s%% on, compared where a person or an award is common or the titles are alike to %(worth)s%%, with %(texts)s proposals at most. Both figures are settings of this portal."
            )
            % {
                "title": settings.OVERLAP_TITLE_PERCENT,
                "text": settings.OVERLAP_TEXT_PERCENT,
                "worth": WORTH_COMPARING,
                "titles": f"{MOST_TITLES:,}",
                "texts": MOST_TEXTS,
            },
            _(
                "The same other grant of the same person, named elsewhere with another status, amount, term or effort."
            ),
            _("The same award of a partner agency claimed by another proposal."),
        ],
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/overlaps.html", context)


@reads_and_writes
@idempotent
def overlap_settle(request: HttpRequest, public_id: str, flag_id: str) -> HttpResponse:
    """How an officer settled a hint, with the reason."""
    proposal = office_proposal_of(request, public_id)
    if not may_settle(request.user, proposal):
        raise Http404
    flag: OverlapFlag = get_object_or_404(overlaps_of(request.user, proposal), public_id=flag_id)
    form = ReasonForm(*sent(request)[:1], initial={"reason": flag.settlement})
    if request.method == "POST" and form.is_valid():
        try:
            settle_overlap(flag=flag, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("It was recorded how the hint was settled."))
            return redirect("proposals:overlaps", public_id=public_id)
    heading = _("Settle a hint of overlap")
    context = {
        "proposal": proposal,
        "form": form,
        "heading": heading,
        "lead": _(
            "Say how it was settled: what was asked, of whom, and what came of it. The same hint on the other proposal is settled with it, where you handle that too."
        ),
        "facts": [{"label": label(OverlapKind(flag.kind)), "value": reason} for reason in reasons_of(flag)],
        "behalf": "",
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/verdict.html", context)
