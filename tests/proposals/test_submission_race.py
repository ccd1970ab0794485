"""Two clicks at the same instant, in threads with connections of their own."""

import threading

import pytest
from django.db import connection

from kernel.jobs.models import Job
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken
from program.models import Call
from proposals.actions.submission import PDF_JOB, submit_proposal
from proposals.models import Proposal, Submission
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
CLICKS = 2


def submit_at_once(proposals: list[Proposal]) -> list[str]:
    """Submit each of them in a thread of its own, all at one moment; what became of each."""
    gate, answers = threading.Barrier(len(proposals)), []

    def click(pk: int) -> None:
        try:
            proposal = Proposal.objects.select_related("pi__user").get(pk=pk)
            gate.wait(timeout=10)
            submit_proposal(proposal=proposal, by=proposal.pi.user)
            answers.append("submitted")
        except RuleBroken as broken:
            answers.append(broken.violations[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(proposal.pk,)) for proposal in proposals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(answers)


def test_two_clicks_are_one_submission() -> None:
    proposal = make_proposal(make_call(make_stage()), pi=make_pi())
    assert submit_at_once([proposal] * CLICKS) == ["already_submitted", "submitted"]
    assert proposal.submissions.count() == 1
    assert OutboxMail.objects.count() == 1
    assert Job.objects.count() == 1
    assert Call.objects.get().last_receipt == 1


def test_proposals_submitted_at_once_have_numbers_of_their_own() -> None:
    call = make_call(make_stage())
    proposals = [make_proposal(call) for _ in range(8)]
    assert submit_at_once(proposals) == ["submitted"] * 8
    numbers = sorted(Proposal.objects.values_list("receipt_number", flat=True))
    assert numbers == [f"{call.code}-{n:04}" for n in range(1, 9)]


def test_a_hundred_double_clicks_are_a_hundred_submissions() -> None:
    call = make_call(make_stage())
    proposals = [make_proposal(call) for _ in range(100)]
    for start in range(0, 100, 10):
        clicked = [proposal for proposal in proposals[start : start + 10] for _ in range(CLICKS)]
        assert submit_at_once(clicked) == ["already_submitted"] * 10 + ["submitted"] * 10
    numbers = sorted(Proposal.objects.values_list("receipt_number", flat=True))
    assert numbers == [f"{call.code}-{n:04}" for n in range(1, 101)]
    assert Submission.objects.count() == 100
    assert OutboxMail.objects.filter(template="proposal_received").count() == 100
    assert Job.objects.filter(name=PDF_JOB).count() == 100
