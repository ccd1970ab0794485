"""Two officers who give one reviewer something at the same instant, in threads with connections of their own."""

import threading
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from kernel.jobs import run_job
from kernel.violations import RuleBroken
from proposals.models import Proposal
from review.actions.assignments import assign_reviewer
from review.actions.taking import accept_pairs
from review.models import Assignment, Reviewer
from tests.builders.review import DUE, make_reviewer, make_run, make_scored_call

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def at_once(works: list[Any]) -> list[str]:
    """Do all of it at one moment; what became of each."""
    gate, answers = threading.Barrier(len(works)), []

    def run(work: Any) -> None:
        try:
            gate.wait(timeout=10)
            answers.append(work())
        except RuleBroken as broken:
            answers.append(broken.violations[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(answers)


def giving(proposal: Proposal, reviewer: Reviewer, by: User) -> Any:
    def give() -> str:
        assign_reviewer(proposal=proposal, reviewer=reviewer, by=User.objects.get(pk=by.pk), due_on=DUE)
        return "given"

    return give


def test_last_place_of_a_reviewer_is_given_once() -> None:
    stage, call, proposals = make_scored_call(is_locked=False, proposals=6)
    reviewer = make_reviewer(call, stage.home, max_load=2)
    answers = at_once([giving(proposal, reviewer, stage.home1) for proposal in proposals])
    assert answers == ["given"] * 2 + ["reviewer_load_reached"] * 4
    assert Assignment.objects.count() == 2


def test_search_that_is_accepted_and_officers_by_hand_do_not_wait_in_a_circle() -> None:
    stage, call, proposals = make_scored_call(is_locked=False, proposals=4)
    pool = [make_reviewer(call, stage.home, max_load=2) for _ in range(3)]
    run = make_run(call, stage.home1, [(p, r) for p in proposals for r in pool])
    run = accept_pairs(run=run, due_on=DUE, by=stage.home1)
    by_hand = [giving(p, r, stage.home1) for p, r in zip(reversed(proposals), pool, strict=False)]
    answers = at_once([lambda: run_job(run.taking_id), *by_hand])
    assert "done" in answers
    assert set(answers) <= {"done", "given", "assigned_already", "reviewer_load_reached"}
    assert {r.assignments.count() for r in pool} == {2}
