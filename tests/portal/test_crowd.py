"""What the benches with a server do, as far as it needs none."""

import threading
import time
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from portal.bench.crowd.people import gather
from portal.bench.crowd.posting import Answer, at_rate, percentile
from proposals.actions.submission import submit_proposal
from proposals.models import Proposal


def test_a_percentile_is_a_time_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([3.0, 1.0, 2.0], 95) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0


def test_what_is_due_is_done_whether_or_not_the_earlier_was_answered() -> None:
    gate = threading.Event()

    def first() -> tuple[int, str]:
        gate.wait(timeout=10)
        return 200, "first"

    def second() -> tuple[int, str]:
        gate.set()
        return 302, "second"

    answers = at_rate([first, second], rate=50)
    assert [(answer.status, answer.text) for answer in answers] == [(200, "first"), (302, "second")]


def test_a_late_answer_counts_from_when_it_was_due() -> None:
    def slow() -> tuple[int, str]:
        time.sleep(0.02)
        return 200, ""

    answers: list[Answer] = at_rate([slow] * 3, rate=1000)
    assert min(answer.seconds for answer in answers) >= 0.02


@pytest.mark.django_db
def test_whoever_is_gathered_may_submit_at_once(demo: None) -> None:
    for applicant in gather(3):
        proposal = Proposal.objects.get(pk=applicant.proposal_id)
        client = Client()
        client.cookies["sessionid"] = applicant.session
        assert client.get(f"/ja/proposals/{applicant.public_id}/submit/").status_code == 200
        user = User.objects.get(person=proposal.pi)
        assert submit_proposal(proposal=proposal, by=user).number == 1


@pytest.mark.django_db
def test_a_deadline_day_is_measured_on_what_production_runs_on(settings: Any) -> None:
    settings.REDIS_URL = ""
    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("bench", "deadline")
