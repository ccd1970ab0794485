"""A received proposal as officers see it, with what each agency says of its eligibility and of the partner's award."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_value
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.violations import sentence
from program.permissions import participation
from proposals.actions.awards import leaders_of, warnings_of
from proposals.award_periods import check_of, figure_of
from proposals.award_questions import is_asked
from proposals.award_words import alert_sentences, register_of
from proposals.beside import beside_of
from proposals.budgeting import asked_in, funding_in
from proposals.collected import collected_notice, paper_moves
from proposals.documents import sheet_of
from proposals.enums import AwardRole
from proposals.erad_words import erad_facts_of
from proposals.extra_time import may_extend
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import (
    keep_impartial,
    may_note_alerts,
)
from proposals.queries import claims_elsewhere, last_submission, office_proposals
from proposals.rules.budget import total_of
from proposals.rules.shares import Span, Year, shares
from proposals.views.answers_given import answer_of
from proposals.views.awards import evidence_links, evidence_of, worth_of
from proposals.views.own import TONES, title_of
from proposals.views.partner_country import partner_country_gap
from proposals.views.parts import ROUTES
from proposals.views.points_given import points_of
from proposals.views.questions_asked import for_officers, of_replaced
from proposals.views.timeline import timeline

_ANSWERED = ("agency", "letter", "recorded_by", "confirmed_by")
_JUDGED_PARTS = (
    Prefetch("eligibility", EligibilityVerdict.objects.select_related(*_ANSWERED)),
    Prefetch(
        "awards",
        PartnerAward.objects.select_related(
            "agency__agency_profile", "rate", "evidence", "share_exception_by__person", *_ANSWERED
        )
        .annotate(is_asked=is_asked())
        .order_by("pk"),
    ),
)


def office_proposal_of(request: HttpRequest, public_id: str) -> Proposal:
    """A proposal that the officer handles; for anybody else, and before its deadline, it is absent."""
    with_partner = office_proposals(request.user).select_related(
        "designation__country", "designation__group", "erad"
    )
    proposal = get_object_or_404(with_partner, public_id=public_id)
    keep_impartial(request.user, proposal)
    return proposal


def office_crumbs(proposal: Proposal, here: str = "") -> list[dict[str, str]]:
    """The way back: the proposals, this one, the page."""
    trail = [{"label": _("Proposals"), "url": reverse("proposals:office")}]
    name = f"{proposal.receipt_number} {title_of(proposal)}"
    if not here:
        return [*trail, {"label": name, "url": ""}]
    own = reverse("proposals:office_proposal", args=[proposal.public_id])
    return [*trail, {"label": name, "url": own}, {"label": here, "url": ""}]


def _verdicts(user: Any, proposal: Proposal) -> list[dict[str, Any]]:
    """What each agency says of the eligibility: those whose yes is needed, and whoever else has answered."""
    given = {answer.agency_id: answer for answer in proposal.eligibility.all()}
    parts = participation(proposal.call).values()
    agencies = {part.agency_id: part.agency for part in parts if part.must_agree}
    agencies |= {pk: answer.agency for pk, answer in given.items()}
    lead = proposal.call.lead_agency_id
    ordered = sorted(agencies.values(), key=lambda agency: (agency.pk != lead, agency.short_name))
    return [answer_of(user, proposal, agency, given.get(agency.pk), "eligibility") for agency in ordered]


def _awards(user: Any, proposal: Proposal, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each claimed award: what is to be looked at, which other proposals rest on it, and its agency's word."""
    awards = list(proposal.awards.all())
    handled = office_proposals(user).order_by().filter(pk=OuterRef("proposal"))
    claims = list(claims_elsewhere(proposal, awards).annotate(is_shown=Exists(handled)))
    warnings = warnings_of(proposal, awards, leaders=leaders_of(content), claims=claims)
    asked = for_officers(user, proposal, awards)
    twins: dict[tuple[int, str], list[Proposal]] = {}
    for claim in claims:
        if claim.is_shown:
            twins.setdefault((claim.agency_id, claim.number), []).append(claim.proposal)
    return [
        {
            "award": award,
            "worth": worth_of(award),
            "evidence": evidence_of(award),
            "alerts": alert_sentences(award, award.alerts),
            "note": _note_moves(user, proposal, award),
            "register": register_of(award),
            "check": check_of(proposal, award),
            "role": label_of_value(AwardRole, award.pi_role),
            "warnings": [sentence(violation) for violation in warnings[award.pk]],
            "twins": twins.get((award.agency_id, award.number), []),
            "answer": answer_of(user, proposal, award.agency, award, "award"),
            "asked": asked[award.pk],
            "points": points_of(user, proposal, award),
        }
        for award in awards
    ]


def _note_moves(user: Any, proposal: Proposal, award: PartnerAward) -> list[Move]:
    if not award.alerts or award.alerts_noted_at or not may_note_alerts(user, proposal, award):
        return []
    url = reverse("proposals:award_alerts_note", args=[proposal.public_id, award.public_id])
    return [Move(_("Take note"), url, "post", "secondary")]


def _shares(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, Any]]:
    calendar = proposal.call.programme.calendar
    amounts = asked_in(content)
    asked = {year: total_of(amounts, year) for year in proposal.fiscal_years}
    rows = shares(
        asked,
        [Span(award.amount_yen, award.starts_on, award.ends_on) for award in proposal.awards.all()],
        [Year(year, calendar.first_day(year), calendar.last_day(year)) for year in proposal.fiscal_years],
        funding_in(content),
    )
    return [{"share": row, "percent": "–" if row.percent is None else f"{row.percent}%"} for row in rows]


@reads
def office_proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """The submitted version, both sides' money a year, the partner's award, and the agencies' verdicts."""
    proposal = office_proposal_of(request, public_id)
    prefetch_related_objects([proposal], *_JUDGED_PARTS)
    submission = last_submission(proposal)
    assert submission is not None  # what was received was submitted
    sheet = sheet_of(
        submission.content, current(), submission.at, proposal.receipt_number or "", sha256=submission.sha256
    )
    moves = [
        Move(_("Open the PDF"), reverse("proposals:submission_pdf", args=[public_id])),
        Move(_("Hints of overlap"), reverse("proposals:overlaps", args=[public_id])),
    ]
    if may_extend(request.user, proposal):
        moves.append(Move(_("Give more time"), reverse("proposals:extend", args=[public_id])))
    moves += paper_moves(request.user, proposal)
    context = {
        "proposal": proposal,
        "title": title_of(proposal),
        "tone": TONES[proposal.state],
        "institution": localized(proposal.institution, "name"),
        "submission": submission,
        "beside": beside_of(proposal, submission),
        "replaced_awards": of_replaced(request.user, proposal, list(proposal.awards.all()))
        if submission.number > 1
        else [],
        "sheet": sheet,
        "sections": [{**section, "url": ""} for section in sheet["sections"]],
        "evidence": evidence_links(proposal, submission.content),
        "not_entered": _("Not entered"),
        "urls": dict.fromkeys(ROUTES, ""),
        "verdicts": _verdicts(request.user, proposal),
        "awards": _awards(request.user, proposal, submission.content),
        "figure": figure_of(proposal, list(proposal.awards.all())),
        "shares": _shares(proposal, submission.content),
        "valueless": [award.number for award in proposal.awards.all() if award.amount_yen is None],
        "moves": moves,
        "erad": erad_facts_of(proposal),
        "collected": collected_notice(request.user, proposal),
        "abroad": partner_country_gap(proposal, submission.content["team"]),
        "events": timeline(proposal),
        "breadcrumbs": office_crumbs(proposal),
    }
    return render(request, "proposals/office_proposal.html", context)
