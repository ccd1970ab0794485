"""A received proposal as officers see it, with what each agency says of its eligibility and of the partner's award."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.violations import sentence
from program.permissions import agency_seats, answers_on_behalf, participation
from proposals.actions.awards import leaders_of, warnings_of
from proposals.documents import sheet_of
from proposals.enums import Verdict
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import keep_impartial, may_confirm, may_extend, may_judge_for, may_read_letter
from proposals.queries import claims_elsewhere, last_submission, office_proposals
from proposals.rules.eligibility import CONFIRMED, JUDGED
from proposals.rules.shares import Span, Year, shares
from proposals.views.awards import evidence_links, evidence_of, worth_of
from proposals.views.own import TONES, title_of
from proposals.views.parts import ROUTES
from proposals.views.writing import timeline

_ANSWERED = ("agency", "letter", "recorded_by", "confirmed_by")
_JUDGED_PARTS = (
    Prefetch("eligibility", EligibilityVerdict.objects.select_related(*_ANSWERED)),
    Prefetch(
        "awards",
        PartnerAward.objects.select_related(
            "agency__agency_profile", "rate", "evidence", *_ANSWERED
        ).order_by("pk"),
    ),
)
VERDICT_TONES = {Verdict.YES: "success", Verdict.NO: "error"}


def office_proposal_of(request: HttpRequest, public_id: str) -> Proposal:
    """A proposal that the officer handles; for anybody else, and before its deadline, it is absent."""
    proposal = get_object_or_404(office_proposals(request.user), public_id=public_id)
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


def _may_see_reasons(user: Any, proposal: Proposal, agency: Organisation) -> bool:
    """An agency's reasons are its own until every agency has given its verdict."""
    return (
        proposal.state not in JUDGED
        or agency.pk in agency_seats(user, proposal.call)
        or answers_on_behalf(user, proposal.call, agency)
    )


def _answer(user: Any, proposal: Proposal, agency: Organisation, answer: Any, kind: str) -> dict[str, Any]:
    """One agency's answer in words: `kind` is "eligibility" or "award"; `answer` None or blank where it gave none."""
    at = proposal.public_id
    states = JUDGED if kind == "eligibility" else CONFIRMED
    given = answer is not None and answer.verdict != ""
    moves = []
    if proposal.state in states and may_judge_for(user, proposal, agency):
        route, key = ("eligibility", agency) if kind == "eligibility" else ("award_verdict", answer)
        words = _("Change the verdict") if given else _("Give the verdict")
        tone: Any = "secondary" if given else "primary"
        moves.append(Move(words, reverse(f"proposals:{route}", args=[at, key.public_id]), tone=tone))
    if not given:
        return {"agency": agency, "label": _("not answered yet"), "tone": "neutral", "moves": moves}
    reasons = answer.reasons if kind == "eligibility" else answer.verdict_reason
    if proposal.state in states and may_confirm(user, proposal, answer):
        moves.append(
            Move(
                _("Confirm this answer"),
                reverse(f"proposals:{kind}_confirm", args=[at, answer.public_id]),
                "post",
                "primary",
                _(
                    "I have read the agency’s letter, and it says what was recorded. From now on the answer counts."
                ),
            )
        )
    verdict = Verdict(answer.verdict)
    is_shown = _may_see_reasons(user, proposal, agency)
    return {
        "agency": agency,
        "label": label(verdict),
        "tone": VERDICT_TONES[verdict],
        "at": answer.at if kind == "eligibility" else answer.verdict_at,
        "reasons": reasons if is_shown else "",
        "withheld": bool(reasons) and not is_shown,
        "behalf": _behalf(user, proposal, answer, kind) if answer.on_behalf else None,
        "moves": moves,
    }


def _behalf(user: Any, proposal: Proposal, answer: Any, kind: str) -> dict[str, Any]:
    """How an answer on behalf came about, for the notice that stands with it wherever it is shown."""
    letter = ""
    if may_read_letter(user, proposal, answer):
        letter = reverse(f"proposals:{kind}_letter", args=[proposal.public_id, answer.public_id])
    values = {"agency": answer.agency.short_name, "name": answer.recorded_by.name}
    recorded = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % values
    counts = (
        _("Confirmed by %(name)s.") % {"name": answer.confirmed_by.name}
        if answer.confirmed_by
        else _("It does not count yet: a second officer must confirm it.")
    )
    return {
        "text": f"{recorded} {counts}",
        "tone": "info" if answer.counts else "warning",
        "letter_url": letter,
        "letter_dated": answer.letter_dated,
        "confirmed_at": answer.confirmed_at,
    }


def _verdicts(user: Any, proposal: Proposal) -> list[dict[str, Any]]:
    """What each agency says of the eligibility: those whose yes is needed, and whoever else has answered."""
    given = {answer.agency_id: answer for answer in proposal.eligibility.all()}
    parts = participation(proposal.call).values()
    agencies = {part.agency_id: part.agency for part in parts if part.must_agree}
    agencies |= {pk: answer.agency for pk, answer in given.items()}
    lead = proposal.call.lead_agency_id
    ordered = sorted(agencies.values(), key=lambda agency: (agency.pk != lead, agency.short_name))
    return [_answer(user, proposal, agency, given.get(agency.pk), "eligibility") for agency in ordered]


def _awards(user: Any, proposal: Proposal, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each claimed award: what is to be looked at, which other proposals rest on it, and its agency's word."""
    awards = list(proposal.awards.all())
    handled = office_proposals(user).order_by().filter(pk=OuterRef("proposal"))
    claims = list(claims_elsewhere(proposal, awards).annotate(is_shown=Exists(handled)))
    warnings = warnings_of(proposal, awards, leaders=leaders_of(content), claims=claims)
    twins: dict[tuple[int, str], list[Proposal]] = {}
    for claim in claims:
        if claim.is_shown:
            twins.setdefault((claim.agency_id, claim.number), []).append(claim.proposal)
    return [
        {
            "award": award,
            "worth": worth_of(award),
            "evidence": evidence_of(award),
            "warnings": [sentence(violation) for violation in warnings[award.pk]],
            "twins": twins.get((award.agency_id, award.number), []),
            "answer": _answer(user, proposal, award.agency, award, "award"),
        }
        for award in awards
    ]


def _shares(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, Any]]:
    calendar = proposal.call.programme.calendar
    asked: dict[int, int] = {}
    for line in content["budget"]:
        asked[line["fiscal_year"]] = asked.get(line["fiscal_year"], 0) + line["amount"]
    rows = shares(
        asked,
        [Span(award.amount_yen, award.starts_on, award.ends_on) for award in proposal.awards.all()],
        [Year(year, calendar.first_day(year), calendar.last_day(year)) for year in proposal.fiscal_years],
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
    moves = [Move(_("Open the PDF"), reverse("proposals:submission_pdf", args=[public_id]))]
    if may_extend(request.user, proposal):
        moves.append(Move(_("Give more time"), reverse("proposals:extend", args=[public_id])))
    context = {
        "proposal": proposal,
        "title": title_of(proposal),
        "tone": TONES[proposal.state],
        "institution": localized(proposal.institution, "name"),
        "submission": submission,
        "sheet": sheet,
        "sections": [{**section, "url": ""} for section in sheet["sections"]],
        "evidence": evidence_links(proposal, submission.content),
        "not_entered": _("Not entered"),
        "urls": dict.fromkeys(ROUTES, ""),
        "verdicts": _verdicts(request.user, proposal),
        "awards": _awards(request.user, proposal, submission.content),
        "shares": _shares(proposal, submission.content),
        "valueless": [award.number for award in proposal.awards.all() if award.amount_yen is None],
        "moves": moves,
        "events": timeline(proposal),
        "breadcrumbs": office_crumbs(proposal),
    }
    return render(request, "proposals/office_proposal.html", context)
