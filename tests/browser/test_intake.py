"""An officer takes proposals that were collected elsewhere in, in a browser: a wrong table, then a right one."""

from pathlib import Path
from typing import Any

import pytest

from kernel import jobs
from kernel.jobs.models import Job
from proposals.intake_queries import INTAKE_JOB, PREVIEW_JOB
from proposals.models import Proposal
from tests.browser.actor import Stagehand
from tests.builders.intake import csv_of, row
from tests.builders.people import verify_email
from tests.builders.program import Stage, make_call, make_stage


@pytest.fixture
def stage(live_server: Any) -> Stage:
    return make_stage()


def worked_on() -> None:
    """Do what waits for a worker."""
    waiting = Job.objects.filter(state="queued", name__in=(PREVIEW_JOB, INTAKE_JOB))
    for pk in list(waiting.values_list("pk", flat=True)):
        assert jobs.run_job(pk) == "done"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_table_is_seen_corrected_and_taken_in(
    walk: Any, stage: Stage, language: str, tmp_path: Path
) -> None:
    call = make_call(stage, state="closed")
    good = row(call)
    hand = Stagehand(walk, language)
    hand.enter(verify_email(stage.home1))
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(csv_of(good, {**good, "number": "0013", "years": "99"}))
    hand.fill_in("proposals:intake", call.public_id, key="number", file=str(wrong))
    worked_on()
    hand.page.reload()
    first = hand.page.locator("main tbody tr").first
    assert first.locator("td").first.inner_text() == "3"
    assert hand.page.locator("main form").count() == 0
    assert hand.walker.look() == []
    right = tmp_path / "right.csv"
    right.write_bytes(csv_of(good, encoding="cp932"))
    hand.fill_in("proposals:intake", call.public_id, key="number", file=str(right))
    assert hand.walker.look() == []
    worked_on()
    hand.page.reload()
    assert Proposal.objects.count() == 0
    hand.send("main form button[type=submit]")
    worked_on()
    hand.page.reload()
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.receipt_number in hand.walker.text()) == ("locked", True)
    assert hand.walker.look() == []
    hand.go("proposals:office_proposal", proposal.public_id)
    assert "right.csv" in hand.walker.text()
    assert hand.walker.look() == []
    for route, args in (
        ("proposals:intake", (call.public_id,)),
        ("proposals:erad", (call.public_id,)),
        ("proposals:erad_mapping", (stage.home.public_id, "answers")),
    ):
        hand.go(route, *args)
        assert hand.walker.look() == []
