"""Evidence computed from the papers that are there, as a worker computes it."""

from accounts.models import User
from kernel import jobs
from program.actions.evidence_runs import define_field, request_evidence
from program.models import EvidenceRun
from program.rules.field_definition import FieldDefinition
from tests.builders.program import Stage

QUANTUM = FieldDefinition(terms=("quantum*",))


def make_evidence_run(
    stage: Stage, *, by: User, first_year: int = 2020, last_year: int = 2025
) -> EvidenceRun:
    define_field(field=stage.field, definition=QUANTUM, by=by)
    job = request_evidence(field=stage.field, papers=None, first_year=first_year, last_year=last_year, by=by)
    assert jobs.run_job(job.pk) == "done"
    return EvidenceRun.objects.get(job=job)
