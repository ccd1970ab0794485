"""Each agency's own verdicts: on the partner's award, and on the proposal's eligibility."""

import datetime as dt
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.files.models import StoredFile
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.permissions import answers_on_behalf, may_confirm_on_behalf
from program.queries import required_agencies
from proposals.enums import ProposalState, Verdict
from proposals.models import EligibilityVerdict, PartnerAward, Proposal
from proposals.permissions import has_interest, may_judge_for
from proposals.rules.eligibility import CONFIRMED, JUDGED, joint_outcome
from proposals.rules.texts import REASON_LIMIT, text_violation


def _locked(proposal: Proposal, agency: Organisation, by: Any, states: tuple[ProposalState, ...]) -> Proposal:
    """The proposal, locked, if `by` may answer for `agency` and the proposal is where that is asked."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(may_judge_for(by, locked, agency))
    refuse_if(Violation("verdict_not_asked") if locked.state not in states else None)
    return locked


def _behalf(
    locked: Proposal, agency: Organisation, by: Any, letter: StoredFile | None, letter_dated: dt.date | None
) -> dict[str, Any]:
    """The fields of an answer on behalf; all empty where the agency answers itself.

    Raises:
        RuleBroken: `letter_missing`, `letter_dated_ahead`.
    """
    blank = {"on_behalf": False, "letter": None, "letter_dated": None, "recorded_by": None}
    fresh = {"confirmed_by": None, "confirmed_at": None}
    if not answers_on_behalf(by, locked.call, agency):
        return blank | fresh
    refuse_if(
        Violation("letter_missing", "letter") if letter is None else None,
        Violation("letter_date_missing", "letter_dated") if letter_dated is None else None,
        Violation("letter_dated_ahead", "letter_dated") if letter_dated and letter_dated > today() else None,
    )
    own = {"on_behalf": True, "letter": letter, "letter_dated": letter_dated, "recorded_by": by.person}
    return own | fresh


def _verdict_violations(verdict: str, reason: str, field: str) -> tuple[Violation | None, ...]:
    return (
        None if verdict in list(Verdict) else Violation("verdict_missing", "verdict"),
        Violation("reason_missing", field) if verdict == Verdict.NO and not reason.strip() else None,
        text_violation(reason, REASON_LIMIT, field),
    )


@action
def confirm_award(
    *,
    award: PartnerAward,
    by: Any,
    verdict: str,
    reason: str = "",
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> PartnerAward:
    """Say for the award's agency whether it made this award as claimed ("yes", "no"). May be said again until reviewed.

    Programme officers of that agency; the lead agency's for one that does not sign in, with its letter: that counts
    once a second officer has confirmed it.

    Raises:
        RuleBroken: `verdict_not_asked`, `verdict_missing`, `reason_missing` for a no, `letter_missing`.
    """
    locked = _locked(award.proposal, award.agency, by, CONFIRMED)
    refuse_if(*_verdict_violations(verdict, reason, "reason"))
    award = PartnerAward.objects.select_for_update(of=("self",)).select_related("agency").get(pk=award.pk)
    before = award.verdict
    for name, value in _behalf(locked, award.agency, by, letter, letter_dated).items():
        setattr(award, name, value)
    award.verdict, award.verdict_reason = verdict, reason
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


@action
def judge_eligibility(
    *,
    proposal: Proposal,
    agency: Organisation,
    by: Any,
    verdict: str,
    reasons: str = "",
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> EligibilityVerdict:
    """Give an agency's own verdict on eligibility ("yes", "no"); it may be given anew until all have answered.

    When every agency that must agree has a verdict that counts, the proposal becomes eligible, or not. Nobody answers
    for two agencies of one proposal, whatever memberships they hold.

    Raises:
        RuleBroken: `verdict_not_asked`, `verdict_missing`, `reason_missing`, `letter_missing`, `one_person_two_agencies`.
    """
    locked = _locked(proposal, agency, by, JUDGED)
    refuse_if(*_verdict_violations(verdict, reasons, "reasons"))
    behalf = _behalf(locked, agency, by, letter, letter_dated)
    others = EligibilityVerdict.objects.filter(proposal=locked, by__person=by.person, on_behalf=False)
    refuse_if(
        Violation("one_person_two_agencies")
        if not behalf["on_behalf"] and others.exclude(agency=agency).exists()
        else None
    )
    answer, _created = EligibilityVerdict.objects.update_or_create(
        proposal=locked,
        agency=agency,
        defaults={"verdict": verdict, "reasons": reasons, "by": by, "at": now(), **behalf},
    )
    audit.record(
        "judged",
        locked,
        by=by,
        details={"agency": agency.public_id, "verdict": str(verdict), "on_behalf": answer.on_behalf},
        private={"reasons": reasons} if reasons else None,
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
        Violation("nothing_to_confirm") if not answer.on_behalf or answer.confirmed_at else None,
        Violation("verdict_not_asked") if locked.state not in states else None,
    )
    answer.confirmed_by, answer.confirmed_at = by.person, now()
    answer.save(update_fields=["confirmed_by", "confirmed_at"])
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
        award.verdict, award.verdict_reason = "", ""
        award.verdict_by, award.verdict_at = None, None
        award.on_behalf, award.letter, award.letter_dated, award.recorded_by = False, None, None, None
        award.confirmed_by, award.confirmed_at = None, None
        award.save()


def _conclude(proposal: Proposal, by: Any) -> None:
    required = set(required_agencies(proposal.call).values_list("pk", flat=True))
    verdicts = {a.agency_id: a.verdict for a in proposal.eligibility.all() if a.counts}
    step = joint_outcome(required, verdicts)
    if step is not None:
        apply_transition(proposal, step, by=by)
