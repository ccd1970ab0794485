"""The best choice of a scenario, computed in the background."""

from kernel.jobs import JobRun, handler
from review.actions.scenarios import JOB, computed, keep_computed
from review.models import Scenario


@handler(JOB)
def compute(run: JobRun) -> None:
    """A scenario that was changed or discarded meanwhile takes nothing from it."""
    run.progress(0, 1)
    scenario = (
        Scenario.objects.select_related("call__programme", "call__lead_agency")
        .filter(public_id=run.payload["scenario"])
        .first()
    )
    chosen, outcome = computed(scenario, run.job.requested_by) if scenario else ([], {})
    with run.commit() as result:
        if scenario is not None:
            result["kept"] = keep_computed(scenario=scenario, job=run.job, chosen=chosen, outcome=outcome)
