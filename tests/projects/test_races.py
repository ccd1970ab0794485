"""Two hundred attempts from separate processes, on one cap and on one envelope: never over it, no entry lost.

The processes have connections of their own to the test's database; PostgreSQL locks rows, SQLite queues writers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TextIO

import pytest
from django.conf import settings
from django.db import connection

from projects.models import LedgerEntry, Project
from projects.verification import ledger_differences
from tests.builders.program import make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_proposal

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
PROCESSES = 20  # one connection each; never more than 40
ATTEMPTS = 10  # by each
CAP = 100_000_000
Process = tuple[TextIO, TextIO]  # what it is told, what it answers
YEARLY = {"goods": 60_000_000, "travel": 9_000_000, "personnel": 7_000_000, "indirect": 18_000_000}

# One process loads the portal, and forks the others before it has opened any connection: each opens its own.
WORKER = """
import json, os, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from kernel.violations import RuleBroken
from accounts.models import User
from projects.models import Project
from proposals.models import Proposal
from projects.actions.ledger import record_change
from projects.actions.adoption import adopt_proposal

EXPECTED = {"cap_reached", "cap_is_exceeded", "envelope_is_exceeded", "envelope_exceeded"}


def attempt(act, **wanted):
    try:
        act(**wanted)
    except RuleBroken as broken:
        assert {v.code for v in broken.violations} <= EXPECTED, broken
        return False
    return True


def race(told, answers):
    def say(words):
        answers.write(words + "\\n")
        answers.flush()

    say("ready")
    for line in iter(told.readline, ""):
        task = json.loads(line)
        by = User.objects.get(pk=task["by"])
        say("ready")
        told.readline()
        done = []
        for amount in task.get("amounts", []):
            project = Project.objects.get(pk=task["project"])
            if attempt(
                record_change, project=project, by=by, fiscal_year=2026, category="goods", amount=amount, reason="r"
            ):
                done.append(amount)
        for pk in task.get("proposals", []):
            if attempt(adopt_proposal, proposal=Proposal.objects.get(pk=pk), by=by):
                done.append(pk)
        connection.close()
        say(json.dumps(done))


ends = json.loads(sys.argv[2])
for told, answers in ends:
    if os.fork() == 0:
        for pair in ends:
            for end in pair:
                if end not in (told, answers):
                    os.close(end)
        race(os.fdopen(told), os.fdopen(answers, "w"))
        os._exit(0)
for pair in ends:
    for end in pair:
        os.close(end)
for _ in ends:
    os.wait()
"""


class Racers:
    """Processes that wait at the line, are given a task each, and begin together."""

    def __init__(self) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.testing",
            "DATA_DIR": str(settings.DATA_DIR),
            "PYTHONPATH": str(settings.BASE_DIR),
        }
        pipes = [(os.pipe(), os.pipe()) for _ in range(PROCESSES)]
        theirs = [(told[0], answers[1]) for told, answers in pipes]
        name = str(connection.settings_dict["NAME"])
        self.starter = subprocess.Popen(
            [sys.executable, "-c", WORKER, name, json.dumps(theirs)],
            pass_fds=[end for pair in theirs for end in pair],
            env=environment,
            cwd=settings.BASE_DIR,
        )
        for pair in theirs:
            for end in pair:
                os.close(end)
        self.processes = [(os.fdopen(told[1], "w"), os.fdopen(answers[0])) for told, answers in pipes]
        for process in self.processes:
            assert self.line(process) == "ready"

    @staticmethod
    def line(process: Process) -> str:
        return process[1].readline().strip()

    @staticmethod
    def say(process: Process, words: str) -> None:
        process[0].write(words + "\n")
        process[0].flush()

    def run(self, tasks: list[dict[str, object]]) -> list[list[int]]:
        """What each task's process succeeded with, in the order of the tasks."""
        running = self.processes[: len(tasks)]
        for process, task in zip(running, tasks, strict=True):
            self.say(process, json.dumps(task))
        for process in running:
            assert self.line(process) == "ready"
        for process in running:
            self.say(process, "go")
        return [json.loads(self.line(process)) for process in running]

    def stop(self) -> None:
        for told, answers in self.processes:
            told.close()
            answers.close()
        assert self.starter.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def racers(django_db_setup: None) -> Iterator[Racers]:
    started = Racers()
    yield started
    started.stop()


@pytest.mark.parametrize(("amount", "succeed"), [(6_000_000, 1), (3_000_000, 2), (1_000_000, 6), (1, 200)])
def test_two_hundred_attempts_on_one_cap_reach_it_and_never_pass_it(
    racers: Racers, amount: int, succeed: int
) -> None:
    stage = make_stage()
    project = make_project(stage, yearly=YEARLY)
    assert project.cap_accounts.get(fiscal_year=2026).total == 94_000_000
    task = {"project": project.pk, "by": stage.home1.pk, "amounts": [amount] * ATTEMPTS}
    results = racers.run([task] * PROCESSES)
    assert sum(len(done) for done in results) == succeed
    assert project.cap_accounts.get(fiscal_year=2026).total == 94_000_000 + succeed * amount <= CAP
    assert LedgerEntry.objects.filter(project=project, kind="change").count() == succeed
    assert list(ledger_differences()) == []


def test_unlike_amounts_reach_the_cap_exactly(racers: Racers) -> None:
    stage = make_stage()
    project = make_project(stage, yearly=YEARLY)
    amounts = [6_000_000, 3_000_000, 1, 3_000_000, 6_000_000, 2_999_999, 1, 1, 1, 1]
    task = {"project": project.pk, "by": stage.home1.pk, "amounts": amounts}
    results = racers.run([task] * PROCESSES)
    total = project.cap_accounts.get(fiscal_year=2026).total
    assert total == 94_000_000 + sum(map(sum, results)) <= CAP
    # Every process tried a yen after the large ones, so not one yen is left over while somebody asked for it.
    assert CAP - total < PROCESSES * 5
    assert list(ledger_differences()) == []


def test_adoptions_at_once_never_pass_the_envelope(racers: Racers) -> None:
    stage = make_stage(appropriated=4 * 78_000_000 + 77_999_999)
    call = make_call(stage, state="review")
    proposals = [make_proposal(call, state="adopted").pk for _ in range(10)]
    results = racers.run([{"by": stage.home2.pk, "proposals": [pk]} for pk in proposals])
    assert sum(map(len, results)) == Project.objects.count() == 4
    assert len(set(Project.objects.values_list("number", flat=True))) == 4
    assert list(ledger_differences()) == []
