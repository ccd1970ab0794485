"""Returning a received proposal for correction (差戻し), and what ends with it."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.outbox import queue_mail
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.permissions import participation
from proposals.actions.editing import touch
from proposals.actions.eligibility import void_award_verdicts
from proposals.actions.fair_share import drop_exceptions
from proposals.actions.mails import write_to_pi
from proposals.correction_words import part_names
from proposals.enums import AccessKind, ProposalState
from proposals.extra_time import may_return
from proposals.models import Correction, EligibilityVerdict, Proposal, ProposalAccess
from proposals.queries import last_submission
from proposals.rules.completeness import AWARD, STANDING
from proposals.rules.correction import correction_violations


@action
def return_for_correction(
    *,
    proposal: Proposal,
    agency: Organisation,
    by: Any,
    parts: Sequence[str],
    what: str,
    until: dt.datetime,
) -> Correction:
    """Return a received proposal to its team, who may change the named parts, and no others, until `until`.

    The version that was submitted stays valid unless another is; at `until` the proposal is locked again, as at every
    deadline. Verdicts on eligibility stand until another version is submitted. What was said of the partner's awards is
    taken back at once where these may change.

    Raises:
        NotAllowed: `by` is no programme officer of the agency, which takes part in the call, or has an interest in it.
        RuleBroken: `verdict_not_asked` unless it is locked; `correction_without_parts`, `comment_missing`,
            `correction_not_ahead`, `text_over_limit`, `text_has_nul`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call", "pi__user", "form_version")
        .get(pk=proposal.pk)
    )
    require(may_return(by, proposal, agency))
    refuse_if(Violation("verdict_not_asked") if proposal.state != ProposalState.LOCKED else None)
    known = part_names(proposal)
    refuse_if(*correction_violations(parts=parts, known=known, what=what, until=until, at=now()))
    returned = last_submission(proposal)
    assert returned is not None  # what is locked was submitted
    correction = Correction.objects.create(
        proposal=proposal,
        agency=agency,
        by=by,
        until=until,
        what=what.strip(),
        parts=[name for name in known if name in parts],
        submission_number=returned.number,
    )
    proposal.extended_until = until
    touch(proposal, "extended_until")
    audit.record(
        "returned_for_correction",
        proposal,
        by=by,
        details={"agency": agency.public_id, "parts": correction.parts, "until": until.isoformat()},
        private={"what": correction.what},
        acting_for=agency.public_id,
    )
    if {AWARD, STANDING} & set(correction.parts):  # a word on the award rests on both
        void_award_verdicts(proposal=proposal, by=by)
    apply_transition(proposal, "unlock", by=by)
    _tell(correction)
    return correction


@action
def void_eligibility(*, proposal: Proposal, by: Any) -> None:
    """Take back every verdict on a version in whose place another was submitted after a return; the trail keeps them.

    The caller holds the lock, and has checked the right to submit.
    """
    if not proposal.corrections.filter(ended_at=None).exists():
        return
    for verdict in EligibilityVerdict.objects.filter(proposal=proposal).select_related("agency"):
        audit.record(
            "verdict_voided",
            proposal,
            by=by,
            details={"agency": verdict.agency.public_id, "before": verdict.verdict},
            private={
                "reasons": verdict.reasons,
                "checks": json.dumps(verdict.checks, ensure_ascii=False),
                "points": json.dumps(verdict.points, ensure_ascii=False),
            },
        )
        verdict.delete()
    drop_exceptions(proposal=proposal)


@action
def end_correction(*, proposal: Proposal, at: dt.datetime) -> None:
    """Let the return of a proposal that is locked again be over."""
    proposal.corrections.filter(ended_at=None).update(ended_at=at)


def _tell(correction: Correction) -> None:
    """The principal investigator what is to be corrected, and the officers of the other agencies that it is."""
    proposal = correction.proposal
    language = proposal.pi.user.language if proposal.pi.user else "en"
    write_to_pi(
        proposal,
        "correction_asked",
        key=f"correction:{correction.public_id}",
        page="proposals:tasks",
        correction=correction,
        parts=_named(correction, language),
    )
    others = [pk for pk in participation(proposal.call) if pk != correction.agency_id]
    officers = Membership.objects.active_on(today()).filter(
        organisation__in=others, role=Role.PROGRAMME_OFFICER
    )
    excluded = ProposalAccess.objects.filter(proposal=proposal, kind=AccessKind.EXCLUDED)
    users = (
        User.objects.filter(is_active=True, person__in=officers.values("person"))
        .exclude(person__in=excluded.values("person"))
        .exclude(person__in=proposal.team.values("person"))
        .select_related("person")
    )
    for user in users.order_by("pk"):
        with translation.override(user.language):
            path = reverse("proposals:office")
        queue_mail(
            "correction_asked_office",
            to=user.email,
            language=user.language,
            values={
                "proposal": proposal,
                "call": proposal.call,
                "name": user.person.name_in(user.language),
                "correction": correction,
                "parts": _named(correction, user.language),
                "path": path,
            },
            about=proposal,
            key=f"correction:{correction.public_id}:{user.pk}",
        )


def _named(correction: Correction, language: str) -> list[str]:
    with translation.override(language):
        names = part_names(correction.proposal)
    return [names[part] for part in correction.parts]
