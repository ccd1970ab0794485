"""More time, a reviewer who drops out, reminders, and the close of an agency's reviews."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.outbox import send_waiting_mail
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import ProposalAccess
from proposals.queries import proposals_visible_to
from review.actions import assignments, extra_time, handing_over, locks, reminders, reviews
from review.figures import figures_of
from review.models import Assignment, ConflictDeclaration, ExtraTime, ReviewPlan
from review.queries import locked_agencies
from tests.builders.people import make_member
from tests.builders.proposals import make_proposal
from tests.builders.review import (
    lock_as_row,
    make_assignment,
    make_decision,
    make_plan,
    make_review,
    make_reviewer,
    make_scored_call,
)
from tests.counting import asks
from tests.review.test_reviewer_pages import answers, page, signed_in

pytestmark = pytest.mark.django_db


def jst(year: int, month: int, day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Tokyo")).astimezone(dt.UTC)


NOW = jst(2027, 3, 20)
LATER = dt.date(2027, 4, 5)


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    with clock.set_to(NOW):
        yield


def codes(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def an_open_review(state: str = "in_progress") -> tuple[Any, Assignment]:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    return stage, make_assignment(proposal, make_reviewer(call, stage.home), state=state)


def write(assignment: Assignment) -> Assignment:
    assignment.refresh_from_db()
    scores = {criterion.pk: 4 for criterion in assignment.proposal.form_version.criteria.all()}
    return reviews.save_review(
        assignment=assignment,
        by=assignment.reviewer.person.user,
        revision=assignment.revision,
        scores=scores,
        comment_to_agency="途中の文",
        confidence="low",
    )


# the close


def test_reviews_are_written_until_their_close_and_the_inbox_says_when() -> None:
    stage, assignment = an_open_review()
    make_plan(stage, assignment.proposal.call, closes_on=dt.date(2027, 3, 20))
    client = signed_in(assignment.reviewer.person.user)
    assert "2027年3月20日（令和9年）の終わりまで記入可" in page(client, "/ja/review/")
    write(assignment)
    with clock.set_to(jst(2027, 3, 21, 0)):
        assert codes(lambda: write(assignment)) == ["reviews_closed_on"]
        text = page(client, "/ja/review/")
    assert "評価受付は" in text
    assert "集計に含まれません" not in text


def test_nothing_is_due_after_the_close() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    make_plan(stage, call, closes_on=dt.date(2027, 3, 25))
    reviewer = make_reviewer(call, stage.home)
    given = {"proposal": proposal, "reviewer": reviewer, "by": stage.home1}
    assert codes(lambda: assignments.assign_reviewer(**given, due_on=dt.date(2027, 3, 26))) == [
        "due_after_close"
    ]
    assert assignments.assign_reviewer(**given, due_on=dt.date(2027, 3, 25)).state == "assigned"


# extension


def test_extension_is_for_one_person_dated_and_reasoned() -> None:
    stage, assignment = an_open_review()
    call = assignment.proposal.call
    other = make_assignment(make_proposal(call, state="eligible"), assignment.reviewer)
    make_plan(stage, call, closes_on=dt.date(2027, 3, 31))
    given = extra_time.extend_review(assignment=assignment, by=stage.home1, until=LATER, reason="入院のため")
    assert (given.until, given.reason, given.kind) == (LATER, "入院のため", "extension")
    with clock.set_to(jst(2027, 4, 5, 23)):
        assert write(assignment).due_on == LATER
        assert codes(lambda: write(other)) == ["reviews_closed_on"]
    with clock.set_to(jst(2027, 4, 6, 0)):
        assert codes(lambda: write(assignment)) == ["extension_over"]
    entry = AuditEntry.objects.get(verb="review_extended")
    assert (entry.details["until"], entry.private) == ("2027-04-05", {"reason": "入院のため"})
    assert OutboxMail.objects.filter(template="review_extended").count() == 1


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"reason": " "}, ["reason_missing"]),
        ({"until": dt.date(2027, 3, 31)}, ["extra_time_not_later"]),
        ({"until": dt.date(2027, 3, 1)}, ["extra_time_not_later", "day_in_the_past"]),
        ({"reason": "a\x00"}, ["text_has_null"]),
        ({"reason": "髙" * 501}, ["text_too_long"]),
    ],
)
def test_what_is_no_extension(values: dict[str, Any], found: list[str]) -> None:
    stage, assignment = an_open_review()
    whole = {"assignment": assignment, "by": stage.home1, "until": LATER, "reason": "x", **values}
    assert codes(lambda: extra_time.extend_review(**whole)) == found
    assert ExtraTime.objects.count() == 0


def test_nobody_else_extends_and_nothing_is_extended_after_the_lock() -> None:
    stage, assignment = an_open_review()
    whole = {"assignment": assignment, "until": LATER, "reason": "x"}
    for user in (stage.partner1, stage.home2, assignment.reviewer.person.user):
        with pytest.raises(NotAllowed):
            extra_time.extend_review(by=user, **whole)
    locks.lock_scores(call=assignment.proposal.call, agency=stage.home, by=stage.home1)
    assert codes(lambda: extra_time.extend_review(by=stage.home1, **whole)) == [
        "scores_locked",
        "review_not_open",
    ]


# one late review after the lock


def a_closed_review() -> tuple[Any, Assignment]:
    stage, assignment = an_open_review()
    call = assignment.proposal.call
    make_review(assignment.proposal, stage.home, (2,) * 5)
    with writing():
        ConflictDeclaration.objects.create(
            proposal=assignment.proposal, person=assignment.reviewer.person, kind="none"
        )
    for agency, user in ((stage.home, stage.home1), (stage.partner, stage.partner1)):
        locks.lock_scores(call=call, agency=agency, by=user)
    assignment.refresh_from_db()
    assert assignment.state == "closed"
    return stage, assignment


def test_one_late_review_after_the_lock_enters_the_figures_and_nobody_elses_rights_change() -> None:
    stage, assignment = a_closed_review()
    proposal, user = assignment.proposal, assignment.reviewer.person.user
    key = (proposal.pk, stage.home.pk)
    assert (figures_of([proposal])[key].mean, figures_of([proposal])[key].n) == (2, 1)
    extra_time.reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="郵便の遅れ")
    write(assignment)
    assert figures_of([proposal])[key].n == 1
    assert reviews.submit_review(assignment=assignment, by=user).state == "submitted"
    assert (figures_of([proposal])[key].mean, figures_of([proposal])[key].n) == (3, 2)
    entry = AuditEntry.objects.get(verb="review_reopened")
    assert entry.private == {"reason": "郵便の遅れ"}
    assert locked_agencies(proposal.call) == {stage.home.pk, stage.partner.pk}


def test_other_agency_is_told_of_a_reopening_but_for_who_is_in_conflict() -> None:
    stage, assignment = a_closed_review()
    shut_out = make_member(stage.partner, Role.PROGRAMME_OFFICER)
    with writing():
        ProposalAccess.objects.create(
            proposal=assignment.proposal, person=shut_out.person, kind="excluded", source="x"
        )
    extra_time.reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="郵便の遅れ")
    told = OutboxMail.objects.filter(template="review_reopened_elsewhere")
    assert [mail.recipient for mail in told] == [stage.partner1.email]
    assert assignment.reviewer.person.family_romaji not in told[0].body
    assert assignment.proposal.receipt_number in told[0].body


def test_reopened_review_that_is_not_submitted_in_time_is_closed_again() -> None:
    stage, assignment = a_closed_review()
    extra_time.reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="x")
    with clock.set_to(jst(2027, 4, 5, 23)):
        assert extra_time.close_overdue_reopenings() == 0
    with clock.set_to(jst(2027, 4, 6, 0)):
        assert codes(lambda: write(assignment)) == ["scores_locked"]
        assert [extra_time.close_overdue_reopenings() for _ in range(2)] == [1, 0]
    assert Assignment.objects.get(pk=assignment.pk).state == "closed"


def test_review_without_a_declaration_is_reopened_where_it_stood() -> None:
    stage, assignment = an_open_review("assigned")
    locks.lock_scores(call=assignment.proposal.call, agency=stage.home, by=stage.home1)
    extra_time.reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="x")
    assert Assignment.objects.get(pk=assignment.pk).state == "assigned"


def test_what_cannot_be_reopened() -> None:
    stage, assignment = an_open_review()
    whole = {"assignment": assignment, "by": stage.home1, "until": LATER, "reason": "x"}
    assert codes(lambda: extra_time.reopen_review(**whole)) == ["reopening_before_lock", "review_not_closed"]
    stage, closed = a_closed_review()
    make_decision(stage, [closed.proposal])
    whole = {"assignment": closed, "by": stage.home1, "until": LATER, "reason": "x"}
    assert codes(lambda: extra_time.reopen_review(**whole)) == ["decision_waits"]
    with pytest.raises(NotAllowed):
        extra_time.reopen_review(**{**whole, "by": stage.partner1})


# somebody drops out


def test_what_is_handed_back_is_read_no_more_and_stays_in_the_trail() -> None:
    stage, assignment = an_open_review()
    write(assignment)
    user = assignment.reviewer.person.user
    handing_over.hand_back(assignment=assignment, by=user, reason="多忙")
    assert Assignment.objects.get(pk=assignment.pk).state == "handed_back"
    assert not proposals_visible_to(user).exists()
    kept = AuditEntry.objects.get(verb="hand_back").private
    assert (kept["reason"], kept["comment_to_agency"], set(kept["scores"].values())) == (
        "多忙",
        "途中の文",
        {4},
    )
    (mail,) = OutboxMail.objects.filter(template="review_handed_back")
    assert (mail.recipient, "多忙" in mail.body) == (stage.home1.email, True)
    assert page(signed_in(user), f"/ja/review/assignments/{assignment.public_id}/", 404)
    assert codes(lambda: handing_over.hand_back(assignment=assignment, by=user, reason="x")) == [
        "review_not_open"
    ]


def test_somebody_else_takes_over_in_one_step() -> None:
    stage, assignment = an_open_review()
    handing_over.hand_back(assignment=assignment, by=assignment.reviewer.person.user, reason="多忙")
    other = make_reviewer(assignment.proposal.call, stage.home)
    made = handing_over.reassign(assignment=assignment, reviewer=other, by=stage.home1, due_on=LATER)
    assert (made.reviewer, made.state, made.due_on) == (other, "assigned", LATER)
    details = AuditEntry.objects.get(verb="reassigned").details
    assert details == {"before": assignment.public_id, "after": made.public_id}


def test_unfinished_review_is_taken_back_only_if_somebody_can_take_over() -> None:
    stage, assignment = an_open_review()
    write(assignment)
    other = make_reviewer(assignment.proposal.call, stage.home)
    whole = {"assignment": assignment, "reviewer": other, "by": stage.home1}
    assert codes(lambda: handing_over.reassign(**whole, due_on=dt.date(2027, 3, 1))) == ["due_in_the_past"]
    assert Assignment.objects.get(pk=assignment.pk).state == "in_progress"
    handing_over.reassign(**whole, due_on=LATER)
    assert Assignment.objects.get(pk=assignment.pk).state == "withdrawn"
    assert AuditEntry.objects.get(verb="kept_in_trail").private["comment_to_agency"] == "途中の文"


def test_submitted_review_is_not_given_to_somebody_else() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    done = make_review(proposal, stage.home)
    other = make_reviewer(call, stage.home)
    whole = {"reviewer": other, "by": stage.home1, "due_on": LATER}
    assert codes(lambda: handing_over.reassign(assignment=done, **whole)) == ["reassign_not_possible"]


# reminders


def mails() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(template="review_due").order_by("id")
    return [(mail.recipient, mail.subject) for mail in rows]


def test_reviewers_are_reminded_once_for_all_that_is_due_on_one_day() -> None:
    stage, assignment = an_open_review()
    call, reviewer = assignment.proposal.call, assignment.reviewer
    make_assignment(make_proposal(call, state="eligible"), reviewer)
    make_review(assignment.proposal, stage.home)
    with writing():
        Assignment.objects.update(assigned_at=jst(2027, 1, 5))
    with clock.set_to(jst(2027, 3, 24)):
        assert [reminders.remind_reviewers() for _ in range(2)] == [1, 0]
    (recipient, subject), *others = mails()
    assert (recipient, others) == (reviewer.person.email, [])
    assert "評価2件の期限が近づいています" in subject
    with clock.set_to(jst(2027, 4, 1)):
        assert reminders.remind_reviewers() == 1
    assert "期限が過ぎています" in mails()[1][1]


def test_reminder_of_what_is_done_meanwhile_does_not_go() -> None:
    _, assignment = an_open_review()
    with writing():
        Assignment.objects.update(assigned_at=jst(2027, 1, 5))
    with clock.set_to(jst(2027, 3, 24)):
        assert reminders.remind_reviewers() == 1
        write(assignment)
        reviews.submit_review(assignment=assignment, by=assignment.reviewer.person.user)
        send_waiting_mail()
    assert OutboxMail.objects.get(template="review_due").state == "outdated"


def test_plan_says_when_and_an_empty_list_says_never() -> None:
    stage, assignment = an_open_review()
    plan = make_plan(stage, assignment.proposal.call, reminder_days="10")
    with writing():
        Assignment.objects.update(assigned_at=jst(2027, 1, 5))
    with clock.set_to(jst(2027, 3, 20)):
        assert reminders.remind_reviewers() == 0
    with clock.set_to(jst(2027, 3, 21)):
        assert reminders.remind_reviewers() == 1
        with writing():
            ReviewPlan.objects.filter(pk=plan.pk).update(reminder_days="")
            OutboxMail.objects.all().delete()
        assert reminders.remind_reviewers() == 0


def test_nobody_is_reminded_of_what_is_locked_or_shut_to_them() -> None:
    stage, assignment = an_open_review()
    with writing():
        Assignment.objects.update(assigned_at=jst(2027, 1, 5))
        row = ProposalAccess.objects.create(
            proposal=assignment.proposal, person=assignment.reviewer.person, kind="excluded", source="x"
        )
    with clock.set_to(jst(2027, 3, 24)):
        assert reminders.remind_reviewers() == 0
        with writing():
            row.delete()
        lock_as_row(assignment.proposal.call, stage.home, stage.home1)
        assert reminders.remind_reviewers() == 0


# pages


def test_officer_extends_and_reassigns_from_the_progress() -> None:
    stage, assignment = an_open_review()
    call = assignment.proposal.call
    other = make_reviewer(call, stage.home)
    client = signed_in(stage.home1)
    text = page(client, f"/ja/review/calls/{call.public_id}/progress/")
    here = f"/ja/review/assignments/{assignment.public_id}/"
    assert (f"{here}extend/" in text, f"{here}reassign/" in text, f"{here}reopen/" in text) == (
        True,
        True,
        False,
    )
    response = client.post(f"{here}extend/", {"until": "2027-04-05", "reason": "入院"})
    assert response.headers["Location"].endswith("/progress/")
    assert "この評価者に限り" in page(client, f"/ja/review/calls/{call.public_id}/progress/")
    response = client.post(f"{here}reassign/", {"reviewer": other.public_id, "due_on": "2027-04-05"})
    assert response.headers["Location"].endswith("/progress/")
    assert Assignment.objects.get(reviewer=other).state == "assigned"


def test_officer_reopens_from_the_progress_and_the_late_reviewer_submits() -> None:
    stage, assignment = a_closed_review()
    here = f"/ja/review/assignments/{assignment.public_id}/"
    client = signed_in(stage.home1)
    assert f"{here}reopen/" in page(
        client, f"/ja/review/calls/{assignment.proposal.call.public_id}/progress/"
    )
    client.post(f"{here}reopen/", {"until": "2027-04-05", "reason": "遅れ"})
    mine = signed_in(assignment.reviewer.person.user)
    assert "あなたに限り" in page(mine, "/ja/review/")
    mine.post(f"{here}form/", answers(assignment, then="submit"))
    assert mine.post(f"{here}submit/").headers["Location"] == here
    assert Assignment.objects.get(pk=assignment.pk).state == "submitted"


def test_reviewer_hands_back_from_the_form_or_before_the_declaration() -> None:
    _, assignment = an_open_review("assigned")
    client = signed_in(assignment.reviewer.person.user)
    here = f"/ja/review/assignments/{assignment.public_id}/"
    assert f"{here}hand-back/" in page(client, f"{here}conflict/")
    assert client.post(f"{here}hand-back/", {"reason": ""}).status_code == 200
    assert client.post(f"{here}hand-back/", {"reason": "多忙"}).headers["Location"] == "/ja/review/"
    assert Assignment.objects.get(pk=assignment.pk).state == "handed_back"


def test_progress_takes_as_many_queries_for_three_as_for_one() -> None:
    stage, assignment = an_open_review()
    call = assignment.proposal.call
    client, found = signed_in(stage.home1), []
    for count in (0, 2):
        for _ in range(count):
            make_assignment(make_proposal(call, state="eligible"), make_reviewer(call, stage.home))
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/ja/review/calls/{call.public_id}/progress/")
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1]
