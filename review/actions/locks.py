"""Locking an agency's scores: by the agency, or recorded from its letter and confirmed by a second officer."""

import datetime as dt
from typing import Any

from accounts.models import Organisation
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.enums import CallState
from program.models import Call
from review.actions.letters import behalf_fields
from review.models import Assignment, ScoreLock
from review.permissions import acts_from_letter, may_confirm_lock, may_lock, root_of
from review.queries import UNFINISHED, reviewing_agencies


def call_under_review_violation(call: Call) -> Violation | None:
    return None if call.state == CallState.REVIEW else Violation("call_not_under_review")


@action
def lock_scores(
    *,
    call: Call,
    agency: Organisation,
    by: Any,
    letter: StoredFile | None = None,
    letter_dated: dt.date | None = None,
) -> ScoreLock:
    """An agency's word that its scores are final. Reviews that are not submitted are closed, and count for nothing.

    For an agency that does not sign in, an officer of the lead agency records it from the agency's letter; it locks and
    closes once a second officer confirms it.

    Raises:
        RuleBroken: `call_not_under_review`, `agency_not_in_review`, `scores_locked_already`; on behalf also
            `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_lock(by, call, agency))
    on_behalf = acts_from_letter(by, call, agency)
    refuse_if(
        call_under_review_violation(call),
        None if agency.pk in {a.pk for a in reviewing_agencies(call)} else Violation("agency_not_in_review"),
        Violation("scores_locked_already")
        if ScoreLock.objects.filter(call=call, agency=agency).exists()
        else None,
    )
    behalf = behalf_fields(call, by, letter, letter_dated) if on_behalf else {}
    lock = ScoreLock.objects.create(call=call, agency=agency, by=by, **behalf)
    _record("lock_recorded_on_behalf" if on_behalf else "locked_scores", lock, by)
    if lock.counts:
        _close_the_open(lock, by)
    return lock


def _waiting(lock: ScoreLock, by: Any) -> ScoreLock:
    """The lock, if it waits for this second officer. The call's row is locked first, as `lock_scores` does."""
    call = Call.objects.select_for_update().get(pk=lock.call_id)
    lock = (
        ScoreLock.objects.select_for_update(of=("self",))
        .select_related("call__programme", "agency")
        .get(pk=lock.pk)
    )
    require(may_confirm_lock(by, lock))
    refuse_if(
        Violation("lock_confirmed_already") if lock.confirmed_at else None,
        call_under_review_violation(call),
    )
    return lock


@action
def confirm_lock(*, lock: ScoreLock, by: Any) -> ScoreLock:
    """A second officer confirms a lock on behalf against its letter: from now on it holds, and what is open is closed.

    Raises:
        RuleBroken: `lock_confirmed_already`, `call_not_under_review`.
    """
    lock = _waiting(lock, by)
    person = person_of(by)
    assert person is not None
    lock.confirmed_by, lock.confirmed_at = root_of(person), now()
    lock.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("confirmed", lock, by)
    _close_the_open(lock, by)
    return lock


@action
def discard_lock(*, lock: ScoreLock, by: Any) -> None:
    """A second officer finds that a lock on behalf does not agree with its letter: it can be recorded anew.

    Raises:
        RuleBroken: `lock_confirmed_already`, `call_not_under_review`.
    """
    lock = _waiting(lock, by)
    _record("discarded", lock, by)
    lock.delete()


def _close_the_open(lock: ScoreLock, by: Any) -> None:
    """Close what is not submitted, in the order of the ids. A submission at this moment is waited for, and counts."""
    left = Assignment.objects.select_for_update(of=("self",)).filter(
        proposal__call=lock.call_id, reviewer__agency=lock.agency_id, state__in=UNFINISHED
    )
    for assignment in left.order_by("pk"):
        apply_transition(assignment, "close", by=by, details={"lock": lock.public_id})


def _record(verb: str, lock: ScoreLock, by: Any) -> None:
    details = {"call": lock.call.public_id, "agency": lock.agency.public_id}
    if lock.letter is not None:
        details["letter_sha256"] = lock.letter.sha256
    audit.record(
        verb, lock, by=by, details=details, acting_for=lock.agency.public_id if lock.on_behalf else ""
    )
