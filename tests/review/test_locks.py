"""The lock of an agency's scores: what it closes, and how it is recorded on behalf of an agency that does not sign in."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import today
from kernel.files import store_bytes
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from review.actions import assignments, locks, reviews
from review.models import Assignment, ScoreLock
from review.queries import locked_agencies
from tests.builders.people import give_role, make_member, make_user
from tests.builders.program import Stage
from tests.builders.review import (
    lock_on_behalf,
    make_assignment,
    make_review,
    make_reviewer,
    make_scored_call,
)

pytestmark = pytest.mark.django_db


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def open_call(**call: Any) -> tuple[Stage, Call, list[Assignment]]:
    """A call whose home agency has an assignment without declaration, a review begun, and one submitted."""
    stage, made, (one, two) = make_scored_call(is_locked=False, **call)
    reviewer = make_reviewer(made, stage.home)
    unanswered = make_assignment(one, reviewer, state="assigned")
    begun = make_assignment(two, reviewer)
    return stage, made, [unanswered, begun, make_review(one, stage.home)]


def states(found: list[Assignment]) -> list[str]:
    return [Assignment.objects.get(pk=one.pk).state for one in found]


def test_lock_closes_what_is_not_submitted_and_each_closing_is_traced() -> None:
    stage, call, found = open_call()
    other = make_assignment(found[0].proposal, make_reviewer(call, stage.partner))
    lock = locks.lock_scores(call=call, agency=stage.home, by=stage.home1)
    assert states([*found, other]) == ["closed", "closed", "submitted", "in_progress"]
    closings = AuditEntry.objects.filter(verb="close").order_by("id")
    assert [entry.subject_id for entry in closings] == [a.public_id for a in found[:2]]
    assert {entry.details["lock"] for entry in closings} == {lock.public_id}


def test_closed_review_is_neither_saved_nor_submitted_and_keeps_what_was_written() -> None:
    stage, call, (_, begun, _) = open_call()
    user = begun.reviewer.person.user
    scores = {c.pk: 4 for c in begun.proposal.form_version.criteria.all()}
    saved = reviews.save_review(
        assignment=begun, by=user, revision=0, scores=scores, comment_to_agency="途中"
    )
    locks.lock_scores(call=call, agency=stage.home, by=stage.home1)
    for act in (
        lambda: reviews.save_review(assignment=saved, by=user, revision=1, scores={}),
        lambda: reviews.submit_review(assignment=saved, by=user),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert codes(broken) == ["scores_locked"]
    saved.refresh_from_db()
    assert (saved.state, saved.comment_to_agency, saved.scores.count()) == ("closed", "途中", 5)


def test_conflict_can_still_be_declared_on_a_closed_review() -> None:
    stage, call, (_, begun, _) = open_call()
    locks.lock_scores(call=call, agency=stage.home, by=stage.home1)
    assignments.declare_conflict(assignment=begun, by=begun.reviewer.person.user, kind="kin")
    assert states([begun]) == ["conflicted"]


def test_after_adoption_a_review_says_that_the_decision_is_made() -> None:
    _stage, call, (_, begun, _) = open_call()
    with writing():
        Call.objects.filter(pk=call.pk).update(state="decided")
    with pytest.raises(RuleBroken) as broken:
        reviews.submit_review(assignment=begun, by=begun.reviewer.person.user)
    assert codes(broken) == ["call_decided"]


def test_agency_locks_its_scores_once() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    locks.lock_scores(call=call, agency=stage.home, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        locks.lock_scores(call=call, agency=stage.home, by=stage.home1)
    assert codes(broken) == ["scores_locked_already"]


def test_agency_does_not_lock_for_the_other() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    for user in (stage.home1, stage.partner2, stage.ministry1):
        with pytest.raises(NotAllowed):
            locks.lock_scores(call=call, agency=stage.partner, by=user)


# on behalf


def record(stage: Stage, call: Call, **values: Any) -> ScoreLock:
    return locks.lock_scores(
        **{
            "call": call,
            "agency": stage.partner,
            "by": stage.home1,
            "letter": store_bytes(name="letter.pdf", content=b"%PDF-letter"),
            "letter_dated": today(),
            **values,
        }
    )


def test_lock_on_behalf_holds_and_closes_once_a_second_officer_confirms_it() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False, signs_in=False)
    begun = make_assignment(proposal, make_reviewer(call, stage.partner))
    lock = record(stage, call)
    assert (locked_agencies(call), states([begun])) == (set(), ["in_progress"])
    reviews.save_review(assignment=begun, by=begun.reviewer.person.user, revision=0, scores={})
    locks.confirm_lock(lock=lock, by=stage.home2)
    assert (locked_agencies(call), states([begun])) == ({stage.partner.pk}, ["closed"])
    entry = AuditEntry.objects.get(verb="confirmed")
    assert entry.acting_for == stage.partner.public_id


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"letter": None}, ["letter_missing"]),
        ({"letter_dated": None}, ["letter_date_missing"]),
        ({"letter_dated": dt.date(2099, 1, 1)}, ["letter_dated_ahead"]),
    ],
)
def test_lock_on_behalf_needs_its_letter_and_date(values: dict[str, Any], expected: list[str]) -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    with pytest.raises(RuleBroken) as broken:
        record(stage, call, **values)
    assert codes(broken) == expected
    assert ScoreLock.objects.count() == 0


def a_second_account(user: User, stage: Stage) -> User:
    second = give_role(make_user(), stage.home, Role.PROGRAMME_OFFICER)
    with writing():
        second.person.merged_into = user.person
        second.person.save()
    return second


def test_nobody_confirms_their_own_record_by_whichever_account() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = record(stage, call)
    for user in (stage.home1, a_second_account(stage.home1, stage), stage.partner1, stage.ministry1):
        for act in (locks.confirm_lock, locks.discard_lock):
            with pytest.raises(NotAllowed):
                act(lock=lock, by=user)


def test_discarded_lock_closes_nothing_and_can_be_recorded_anew() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False, signs_in=False)
    begun = make_assignment(proposal, make_reviewer(call, stage.partner))
    locks.discard_lock(lock=record(stage, call), by=stage.home2)
    assert (ScoreLock.objects.count(), states([begun])) == (0, ["in_progress"])
    assert record(stage, call).counts is False


def test_lock_is_confirmed_once() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = locks.confirm_lock(lock=record(stage, call), by=stage.home2)
    third = make_member(stage.home, Role.APPROVER)
    for act in (locks.confirm_lock, locks.discard_lock):
        with pytest.raises(RuleBroken) as broken:
            act(lock=lock, by=third)
        assert codes(broken) == ["lock_confirmed_already"]


@pytest.mark.parametrize("change", [{"letter": None}, {"letter_dated": None}, {"recorded_by": None}])
def test_database_itself_refuses_a_lock_on_behalf_without_its_evidence(change: dict[str, Any]) -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = lock_on_behalf(stage, call)
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        ScoreLock.objects.filter(pk=lock.pk).update(**change)


def test_database_itself_refuses_that_one_officer_is_both() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = lock_on_behalf(stage, call)
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        ScoreLock.objects.filter(pk=lock.pk).update(confirmed_by=lock.recorded_by, confirmed_at=lock.at)
