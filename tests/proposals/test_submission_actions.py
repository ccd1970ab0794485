"""Submitting, reopening, withdrawing, and the deadline."""

import datetime as dt
import hashlib
import json

import pytest

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from proposals.actions.budgets import save_budget
from proposals.actions.core import save_core
from proposals.actions.submission import (
    extend_deadline,
    lock_overdue_calls,
    reopen_proposal,
    submit_proposal,
    withdraw_proposal,
)
from proposals.budgeting import asked_in
from proposals.models import Proposal, TeamMember
from proposals.queries import last_submission
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
MILLISECOND = dt.timedelta(milliseconds=1)


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def test_submission_gives_receipt_digest_job_and_mail() -> None:
    call, pi = make_call(make_stage(), code="2027q-us"), make_pi()
    first, second = (make_proposal(call, pi=user) for user in (pi, make_pi()))
    submission = submit_proposal(proposal=first, by=pi)
    submit_proposal(proposal=second, by=second.pi.user)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.receipt_number, second.receipt_number) == ("2027q-us-0001", "2027q-us-0002")
    text = json.dumps(submission.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert submission.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert first.state == "submitted"
    assert Job.objects.filter(name="proposals.make_pdf").count() == 2
    mail = OutboxMail.objects.get(recipient=pi.email)
    assert first.receipt_number in mail.subject
    assert submission.sha256 in mail.body
    entry = AuditEntry.objects.get(subject_id=first.public_id, verb="submit")
    assert entry.details["receipt"] == "2027q-us-0001"


def test_the_job_makes_one_pdf() -> None:
    pi = make_pi()
    submission = submit_proposal(proposal=make_proposal(make_call(make_stage()), pi=pi), by=pi)
    job = Job.objects.get(name="proposals.make_pdf")
    assert run_job(job.pk) == "done"
    submission.refresh_from_db()
    made = submission.pdf
    assert made.read()[:5] == b"%PDF-"
    with writing():
        Job.objects.update(state="queued")
    assert run_job(job.pk) == "done"
    submission.refresh_from_db()
    assert submission.pdf == made


@pytest.mark.parametrize("late, is_late", [(-MILLISECOND, False), (dt.timedelta(0), True)])
def test_the_hour_decides(late: dt.timedelta, is_late: bool) -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with clock.set_to(proposal.call.deadline_at + late):
        if not is_late:
            assert submit_proposal(proposal=proposal, by=pi).at == proposal.call.deadline_at - MILLISECOND
            return
        with pytest.raises(RuleBroken) as broken:
            submit_proposal(proposal=proposal, by=pi)
    assert codes(broken) == ["deadline_passed"]
    assert Call.objects.get().last_receipt == 0


def test_the_arrival_of_the_request_counts() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    deadline = proposal.call.deadline_at
    with clock.set_to(deadline + dt.timedelta(seconds=3)):
        assert submit_proposal(proposal=proposal, by=pi, arrived_at=deadline - MILLISECOND).number == 1


def test_a_second_submission_is_refused_and_changes_nothing() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    submit_proposal(proposal=proposal, by=pi)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=pi)
    assert codes(broken) == ["already_submitted"]
    assert (proposal.submissions.count(), OutboxMail.objects.count()) == (1, 1)


def test_one_yen_over_the_cap_is_refused() -> None:
    pi = make_pi()
    yearly = {"goods": 76_923_077, "indirect": 23_076_924}
    proposal = make_proposal(make_call(make_stage()), pi=pi, yearly=yearly)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=pi)
    assert set(codes(broken)) == {"asked_indirect_too_high", "cap_year_total_exceeded"}
    exact = {
        (year, c): a
        for year in proposal.fiscal_years
        for c, a in (("goods", 76_923_077), ("indirect", 23_076_923))
    }
    save_budget(proposal=proposal, by=pi, version=1, amounts=exact)
    assert submit_proposal(proposal=proposal, by=pi).number == 1


def test_an_incomplete_draft_is_refused() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, is_complete=False)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=pi)
    assert {v.field for v in broken.value.violations} == {
        "section:plan",
        "section:dispatch",
        "section:acceptance",
        "team",
        "award",
        "exchange",
        "budget",
    }


def test_only_the_leader_submits() -> None:
    stage = make_stage()
    proposal, colleague = make_proposal(make_call(stage)), make_user()
    with writing():
        TeamMember.objects.create(
            joined_at=now(),
            proposal=proposal,
            person=colleague.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    for user in (colleague, make_pi(), stage.home1):
        with pytest.raises(NotAllowed):
            submit_proposal(proposal=proposal, by=user)
        with pytest.raises(NotAllowed):
            reopen_proposal(proposal=proposal, by=user)
        with pytest.raises(NotAllowed):
            withdraw_proposal(proposal=proposal, by=user, reason="x")


def test_reopened_and_submitted_again_keeps_its_number() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    first = submit_proposal(proposal=proposal, by=pi)
    reopen_proposal(proposal=proposal, by=pi)
    same = submit_proposal(proposal=proposal, by=pi)
    reopen_proposal(proposal=proposal, by=pi)
    save_core(proposal=proposal, by=pi, version=99, title_ja="改", title_en="Changed", years=5)
    changed = submit_proposal(proposal=proposal, by=pi)
    assert [first.number, same.number, changed.number] == [1, 2, 3]
    assert first.sha256 == same.sha256 != changed.sha256
    assert Proposal.objects.get().receipt_number.endswith("-0001")
    assert OutboxMail.objects.count() == 3


def test_reopening_ends_with_the_deadline() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, state="submitted")
    with clock.set_to(proposal.call.deadline_at), pytest.raises(RuleBroken) as broken:
        reopen_proposal(proposal=proposal, by=pi)
    assert codes(broken) == ["deadline_passed"]


def test_withdrawal_needs_a_reason_and_is_mailed() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, state="locked")
    with pytest.raises(RuleBroken) as broken:
        withdraw_proposal(proposal=proposal, by=pi, reason=" \n")
    assert codes(broken) == ["reason_missing"]
    assert withdraw_proposal(proposal=proposal, by=pi, reason="事情による").state == "withdrawn"
    assert "事情による" in OutboxMail.objects.get().body
    entry = AuditEntry.objects.get(verb="withdraw")
    assert (entry.private, entry.details) == (
        {"reason": "事情による"},
        {"before": "locked", "after": "withdrawn"},
    )


def test_withdrawal_ends_with_the_decision() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, state="adopted")
    with pytest.raises(RuleBroken):
        withdraw_proposal(proposal=proposal, by=pi, reason="x")


def test_the_deadline_locks_what_was_submitted_and_closes_the_call() -> None:
    call = make_call(make_stage())
    submitted = make_proposal(call, state="submitted")
    draft = make_proposal(call)
    assert lock_overdue_calls() == 0
    with clock.set_to(call.deadline_at):
        assert [lock_overdue_calls(), lock_overdue_calls()] == [1, 0]
    submitted.refresh_from_db(), draft.refresh_from_db(), call.refresh_from_db()
    assert (submitted.state, draft.state, call.state) == ("locked", "draft", "closed")


def test_a_reopened_draft_is_locked_as_it_was_submitted() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    submission = submit_proposal(proposal=proposal, by=pi)
    reopen_proposal(proposal=proposal, by=pi)
    save_core(proposal=proposal, by=pi, version=99, title_ja="改", title_en="Changed", years=3)
    save_budget(proposal=proposal, by=pi, version=99, amounts={(2026, "goods"): 1})
    with writing():
        proposal.team.filter(role="partner_pi").delete()
        proposal.exchange.update(host="Elsewhere")
        proposal.awards.all().delete()
        TeamMember.objects.create(
            proposal=proposal,
            person=make_user().person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    with clock.set_to(proposal.call.deadline_at):
        lock_overdue_calls()
    from proposals.actions.content import content_of

    locked = Proposal.objects.get(pk=proposal.pk)
    assert locked.state == "locked"
    assert content_of(locked) == submission.content
    assert len(asked_in(last_submission(locked).content)) == 25


def test_one_proposal_is_given_more_time() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_call(stage)
    mine, other = make_proposal(call, pi=pi), make_proposal(call)
    for proposal in (mine, other):
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    until = call.deadline_at + dt.timedelta(days=2)
    with clock.set_to(call.deadline_at + dt.timedelta(hours=1)):
        lock_overdue_calls()
        extend_deadline(proposal=mine, until=until, reason="障害のため", by=stage.home1)
        save_core(proposal=mine, by=pi, version=99, title_ja="改", title_en="Changed", years=5)
        with pytest.raises(RuleBroken):
            save_core(proposal=other, by=other.pi.user, version=99, title_ja="改", title_en="C", years=5)
        assert submit_proposal(proposal=mine, by=pi).number == 2
        assert lock_overdue_calls() == 0
    with clock.set_to(until):
        assert lock_overdue_calls() == 1
        with pytest.raises(RuleBroken):
            save_core(proposal=mine, by=pi, version=99, title_ja="再", title_en="Again", years=5)
    assert Proposal.objects.get(pk=mine.pk).title_ja == "改"
    assert AuditEntry.objects.filter(verb="extended").count() == 1


def test_more_time_is_given_by_the_lead_agency_alone() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="submitted")
    until = proposal.call.deadline_at + dt.timedelta(days=1)
    for user in (stage.home2, stage.partner1, stage.ministry1, proposal.pi.user):
        with pytest.raises(NotAllowed):
            extend_deadline(proposal=proposal, until=until, reason="x", by=user)
    with pytest.raises(RuleBroken) as broken:
        extend_deadline(proposal=proposal, until=proposal.call.deadline_at, reason="", by=stage.home1)
    assert codes(broken) == ["reason_missing", "extension_not_later"]
