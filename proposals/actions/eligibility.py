"""Each agency's own verdicts: on the partner's award, and on the proposal's eligibility."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.permissions import checklist_of, may_confirm_on_behalf
from proposals.actions.behalf import (
    behalf_fields,
    confirm_violation,
    outcome_of,
    set_confirmed,
    two_agencies,
)
from proposals.actions.fair_share import drop_exception, drop_exceptions
from proposals.actions.mails import write_to_pi
from proposals.enums import ProposalState, Verdict
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import has_interest, may_judge_for
from proposals.queries import refusals_of
from proposals.rules.eligibility import (
    CONFIRMED,
    JUDGED,
    check_violations,
    checked,
)
from proposals.rules.points import Point, judged, point_violations
from proposals.rules.texts import REASON_LIMIT, text_violation


def _locked(proposal: Proposal, agency: Organisation, by: Any, states: tuple[ProposalState, ...]) -> Proposal:
    """The proposal, locked, if `by` may answer for `agency` and the proposal is where that is asked."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(may_judge_for(by, locked, agency))
    refuse_if(Violation("verdict_not_asked") if locked.state not in states else None)
    return locked


def _verdict_violations(verdict: str, reason: str, field: str) -> tuple[Violation | None, ...]:
    return (
        None if verdict in list(Verdict) else Violation("verdict_missing", "verdict"),
        Violation("reason_missing", field) if verdict == Verdict.NO and is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, field),
    )


@action
def confirm_award(
    *,
    award: PartnerAward,
    by: Any,
    verdict: str,
    reason: str = "",
    points: Mapping[str, tuple[str, str]] | None = None,
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> PartnerAward:
    """Say for the award's agency whether it made this award as claimed ("yes", "no"). May be said again until reviewed.

    Programme officers of that agency; the lead agency's for one that does not sign in, with its letter: that counts
    once a second officer has confirmed it. `points` are its words on sufficiency, standing and fair share: (verdict,
    reason) by `AwardPoint`; what is left out stays open. An exception to fair share rested on the verdict before and
    falls with it.

    Raises:
        RuleBroken: `verdict_not_asked`, `verdict_missing`, `reason_missing` for a no, `letter_missing`,
            `point_reason_missing`.
    """
    locked = _locked(award.proposal, award.agency, by, CONFIRMED)
    said = judged(points or {})
    refuse_if(*_verdict_violations(verdict, reason, "reason"), *point_violations(said))
    award = PartnerAward.objects.select_for_update(of=("self",)).select_related("agency").get(pk=award.pk)
    before = award.verdict
    for name, value in behalf_fields(locked.call, award.agency, by, letter, letter_dated).items():
        setattr(award, name, value)
    award.verdict, award.verdict_reason, award.points = verdict, reason, said
    drop_exception(award)
    award.verdict_by, award.verdict_at = by, now()
    award.save()
    audit.record(
        "award_judged",
        locked,
        by=by,
        details={"award": award.public_id, "before": before, "after": verdict, "on_behalf": award.on_behalf},
        private={"reason": reason} if reason else None,
        acting_for=award.agency.public_id,
    )
    return award


def _points_of(
    proposal: Proposal, agency: Organisation, points: Mapping[str, Mapping[str, tuple[str, str]]]
) -> dict[str, dict[str, Point]]:
    """The points that were judged, by award: of those that another agency made."""
    others = proposal.awards.exclude(agency=agency).values_list("public_id", flat=True)
    said = {award: judged(points.get(award, {})) for award in others}
    return {award: given for award, given in said.items() if given}


@action
def judge_eligibility(
    *,
    proposal: Proposal,
    agency: Organisation,
    by: Any,
    verdict: str,
    reasons: str = "",
    checks: Mapping[str, tuple[str, str]] | None = None,
    points: Mapping[str, Mapping[str, tuple[str, str]]] | None = None,
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> EligibilityVerdict:
    """Give an agency's own verdict on eligibility ("yes", "no"); it may be given anew until all have answered.

    When every agency that must agree has a verdict that counts, the proposal becomes eligible, or not. Nobody answers
    for two agencies of one proposal, whatever memberships they hold. `checks` are the answers to the agency's checklist
    for the call, (answer, note) by the items' keys: every item is answered, and kept as it was worded. `points` are its words
    on sufficiency, standing and fair share of awards that other agencies made, by the awards' public ids and `AwardPoint`, as
    in `confirm_award`; an exception to fair share falls where one is said anew.

    Raises:
        RuleBroken: `verdict_not_asked`, `verdict_missing`, `reason_missing`, `letter_missing`, `one_person_two_agencies`,
            `check_unanswered`, `check_note_missing`, `point_reason_missing`.
    """
    locked = _locked(proposal, agency, by, JUDGED)
    answered = checked(checklist_of(locked.call, agency), checks or {})
    said = _points_of(locked, agency, points or {})
    refuse_if(
        *_verdict_violations(verdict, reasons, "reasons"),
        *check_violations(answered, verdict),
        *(found for award, given in said.items() for found in point_violations(given, f"{award}_")),
    )
    behalf = behalf_fields(locked.call, agency, by, letter, letter_dated)
    refuse_if(two_agencies(EligibilityVerdict.objects.filter(proposal=locked), agency, by, behalf))
    before = EligibilityVerdict.objects.filter(proposal=locked, agency=agency).first()
    answer, _created = EligibilityVerdict.objects.update_or_create(
        proposal=locked,
        agency=agency,
        defaults={
            "verdict": verdict,
            "reasons": reasons,
            "checks": answered,
            "points": said,
            "by": by,
            "at": now(),
            **behalf,
        },
    )
    drop_exceptions(proposal=locked, awards={*said, *(before.points if before else ())})
    private = {"reasons": reasons} if reasons else {}
    if said:
        private["points"] = json.dumps(said, ensure_ascii=False)
    if answered:
        private["checks"] = json.dumps(answered, ensure_ascii=False)
    audit.record(
        "judged",
        locked,
        by=by,
        details={"agency": agency.public_id, "verdict": str(verdict), "on_behalf": answer.on_behalf},
        private=private or None,
        acting_for=agency.public_id,
    )
    _conclude(locked, by)
    return answer


@action
def confirm_on_behalf(
    *, answer: PartnerAward | EligibilityVerdict, by: Any
) -> PartnerAward | EligibilityVerdict:
    """Confirm, as a second officer of the lead agency, an answer recorded on behalf; from now on it counts.

    Raises:
        NotAllowed: `by` is no officer of the lead agency, recorded the answer, or has a conflict.
        RuleBroken: `nothing_to_confirm`, `verdict_not_asked`.
    """
    states = CONFIRMED if isinstance(answer, PartnerAward) else JUDGED
    locked = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=answer.proposal_id)
    )
    answer = (
        type(answer)._base_manager.select_for_update(of=("self",)).select_related("agency").get(pk=answer.pk)
    )
    require(may_confirm_on_behalf(by, locked.call, answer) and not has_interest(by, locked))
    refuse_if(
        confirm_violation(answer),
        Violation("verdict_not_asked") if locked.state not in states else None,
    )
    set_confirmed(answer=answer, by=by)
    audit.record(
        "confirmed_on_behalf",
        locked,
        by=by,
        details={"agency": answer.agency.public_id, "about": answer._meta.model_name},
        acting_for=answer.agency.public_id,
    )
    if isinstance(answer, EligibilityVerdict):
        _conclude(locked, by)
    return answer


@action
def void_award_verdicts(*, proposal: Proposal, by: Any) -> None:
    """Take back what was said of the awards of a locked proposal that is opened again: they may change now.

    The caller holds the lock, has checked the right to open it, and that no agency has judged its eligibility.
    """
    judged = PartnerAward.objects.filter(proposal=proposal).exclude(verdict="").select_related("agency")
    for award in judged.order_by("pk"):
        details = {"award": award.public_id, "before": award.verdict, "after": ""}
        audit.record("award_verdict_voided", proposal, by=by, details=details)
        award.verdict, award.verdict_reason, award.points = "", "", {}
        drop_exception(award)
        award.verdict_by, award.verdict_at = None, None
        award.on_behalf, award.letter, award.letter_dated, award.recorded_by = False, None, None, None
        award.confirmed_by, award.confirmed_at = None, None
        award.save()


def _conclude(proposal: Proposal, by: Any) -> None:
    step = outcome_of(proposal.call, ((answer, answer.verdict) for answer in proposal.eligibility.all()))
    if step is not None:
        apply_transition(proposal, step, by=by)
        _tell_applicant(proposal)


def _tell_applicant(proposal: Proposal) -> None:
    """One mail when all have judged, not one an agency: eligible, or not and why."""
    write_to_pi(
        proposal,
        "eligibility_told",
        key=f"eligibility-told:{proposal.public_id}",
        page="proposals:tasks",
        is_eligible=proposal.state == ProposalState.ELIGIBLE,
        refusals=refusals_of(proposal),
    )
