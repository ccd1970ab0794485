"""Searches for an assignment in the background, and the giving of what was accepted."""

import datetime as dt

from kernel.jobs import JobRun, handler
from review.actions.matching import JOB as MATCH_JOB
from review.actions.matching import keep_run
from review.actions.taking import JOB as TAKE_JOB
from review.actions.taking import take_next
from review.enums import MatchStep, PairState
from review.gathering import gather
from review.models import AssignmentPair, AssignmentRun
from review.rules.matching.checking import faults
from review.rules.matching.optimise import optimise
from review.rules.matching.settings import settings_from
from review.rules.matching.task import Limits

LIMITS = Limits(seconds=120, threads=2)


@handler(MATCH_JOB)
def match(run: JobRun) -> None:
    """Search, look at what was found once more, and keep it. An attempt that was overtaken keeps nothing."""
    asked = AssignmentRun.objects.select_related(
        "call__programme", "call__lead_agency", "asked_by__person"
    ).get(public_id=run.payload["run"])
    plain = dict(asked.wanted)
    due_on = dt.date.fromisoformat(plain.pop("due_on"))
    run.progress(0, 10, MatchStep.READING)
    gathered = gather(asked.call, settings_from(plain), asked.asked_by, due_on, run.progress)
    answer = optimise(
        gathered.task, LIMITS, lambda done, total, step: run.progress(4 + done, 10, MatchStep(step))
    )
    wrong = faults(gathered.task, answer.pairs)
    if wrong:
        raise RuntimeError(
            f"the assignment found for {asked.public_id} breaks {len(wrong)} rules: {wrong[0]}"
        )
    run.progress(9, 10, MatchStep.CHECKS)
    with run.commit():
        keep_run(run=asked, gathered=gathered, answer=answer)


@handler(TAKE_JOB)
def take(run: JobRun) -> None:
    """Give what was accepted, some at a time. One that was cut goes on where it was."""
    asked = AssignmentRun.objects.get(public_id=run.payload["run"])
    total = AssignmentPair.objects.filter(run=asked, state=PairState.TAKING).count()
    done = 0
    run.progress(done, total, MatchStep.TAKING)
    while count := take_next(run=asked):
        done += count
        run.progress(done, max(total, done), MatchStep.TAKING)
    with run.commit():
        pass
