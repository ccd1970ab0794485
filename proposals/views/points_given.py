"""What each agency says of an award's sufficiency, of its holder's standing and of fair share, side by side."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.moves import Move
from program.permissions import participation
from proposals.actions.fair_share import is_unfair
from proposals.enums import AwardPoint, Verdict
from proposals.models import PartnerAward, Proposal
from proposals.permissions import may_except
from proposals.rules.eligibility import CONFIRMED, JUDGED
from proposals.views.answers_given import VERDICT_TONES, may_see_reasons

# Where on the page the evidence for each point stands.
EVIDENCE = {
    AwardPoint.SUFFICIENCY: "awards-said-heading",
    AwardPoint.STANDING: "standing-evidence-heading",
    AwardPoint.FAIR_SHARE: "shares-heading",
}


def points_of(user: Any, proposal: Proposal, award: PartnerAward) -> dict[str, Any]:
    """For proposals/points.html: the agencies, a row a point with each agency's own verdict, the exception to fair share, and
    what may be done. The eligibility verdicts are those that were read with the proposal."""
    given = {verdict.agency_id: verdict for verdict in proposal.eligibility.all()}
    agencies = _agencies(proposal, award, given)
    rows = [
        {
            "point": label(point),
            "anchor": EVIDENCE[point],
            "cells": [
                _cell(
                    point,
                    agency,
                    award if agency.pk == award.agency_id else given.get(agency.pk),
                    award,
                    is_shown=may_see_reasons(user, proposal.call, agency, is_open=proposal.state in JUDGED),
                )
                for agency in agencies
            ],
        }
        for point in AwardPoint
    ]
    return {
        "agencies": agencies,
        "rows": rows,
        "exception": _("Exception to fair share, approved by %(name)s: %(reason)s")
        % {"name": award.share_exception_by.person.name, "reason": award.share_exception}
        if award.share_exception_by is not None
        else "",
        "moves": _moves(user, proposal, award),
    }


def _agencies(proposal: Proposal, award: PartnerAward, given: dict[int, Any]) -> list[Organisation]:
    """Those whose yes is needed, that of the award, and whoever else has answered; the lead agency first."""
    parts = participation(proposal.call).values()
    found = {part.agency_id: part.agency for part in parts if part.must_agree}
    found |= {pk: verdict.agency for pk, verdict in given.items()} | {award.agency_id: award.agency}
    lead = proposal.call.lead_agency_id
    return sorted(found.values(), key=lambda agency: (agency.pk != lead, agency.short_name))


def _cell(
    point: AwardPoint, agency: Organisation, answer: Any, award: PartnerAward, *, is_shown: bool
) -> dict[str, Any]:
    is_own = agency.pk == award.agency_id
    points = {} if answer is None else answer.points if is_own else answer.points.get(award.public_id, {})
    said = points.get(point)
    cell = {
        "agency": agency.short_name,
        "label": _("not judged yet"),
        "tone": "neutral",
        "reason": "",
        "withheld": False,
    }
    if said is None:
        return cell
    verdict = Verdict(said["verdict"])
    counts = answer.counts
    words = (
        label(verdict)
        if counts
        else _("%(verdict)s: awaiting the second officer") % {"verdict": label(verdict)}
    )
    return {
        **cell,
        "label": words,
        "tone": VERDICT_TONES[verdict] if counts else "neutral",
        "reason": said["reason"] if is_shown else "",
        "withheld": bool(said["reason"]) and not is_shown,
    }


def _moves(user: Any, proposal: Proposal, award: PartnerAward) -> list[Move]:
    is_asked = proposal.state in CONFIRMED and is_unfair(award, proposal.eligibility.all())
    if not is_asked or not may_except(user, proposal, award):
        return []
    url = reverse("proposals:award_exception", args=[proposal.public_id, award.public_id])
    return [Move(_("Record an exception to fair share"), url, tone="secondary")]
