"""Two hundred attempts from separate processes, on one cap and on one envelope: never over it, no entry lost.

The processes have connections of their own to the test's database; PostgreSQL locks rows, SQLite queues writers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

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
YEARLY = {"goods": 60_000_000, "travel": 9_000_000, "personnel": 7_000_000, "indirect": 18_000_000}

WORKER = """
import json, sys
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

EXPECTED = {"cap_is_exceeded", "envelope_is_exceeded", "envelope_exceeded"}


def attempt(act, **wanted):
    try:
        act(**wanted)
    except RuleBroken as broken:
        assert {v.code for v in broken.violations} <= EXPECTED, broken
        return False
    return True


print("ready", flush=True)
for line in sys.stdin:
    task = json.loads(line)
    by = User.objects.get(pk=task["by"])
    print("ready", flush=True)
    sys.stdin.readline()
    done = []
    for amount in task.get("amounts", []):
        project = Project.objects.get(pk=task["project"])
        if attempt(record_change, project=project, by=by, fiscal_year=2026, category="goods", amount=amount, reason="r"):
            done.append(amount)
    for pk in task.get("proposals", []):
        if attempt(adopt_proposal, proposal=Proposal.objects.get(pk=pk), by=by):
            done.append(pk)
    connection.close()
    print(json.dumps(done), flush=True)
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
        name = str(connection.settings_dict["NAME"])
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", WORKER, name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                cwd=settings.BASE_DIR,
                text=True,
            )
            for _ in range(PROCESSES)
        ]
        for process in self.processes:
            assert self.line(process) == "ready"

    @staticmethod
    def line(process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    @staticmethod
    def say(process: "subprocess.Popen[str]", words: str) -> None:
        assert process.stdin is not None
        process.stdin.write(words + "\n")
        process.stdin.flush()

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
        for process in self.processes:
            process.communicate(timeout=30)


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
