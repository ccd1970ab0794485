"""Evidence from publications: which papers a field is, asking for its figures, keeping them, adding one to a dossier."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.files.store import store_file
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation, refuse_if
from program.evidence_queries import EVIDENCE_JOB, LISTS, latest_definition
from program.models import EvidenceRun, Field, FieldDefinition
from program.permissions import may_keep_programme
from program.rules.field_definition import FieldDefinition as Definition
from program.rules.field_definition import definition_violations
from registries.models import PaperFile

EARLIEST = 1950
MOST_YEARS = 40


@action
def define_field(*, field: Field, definition: Definition, by: User, note: str = "") -> FieldDefinition:
    """Make the next version of what papers belong to a field. The same lists again make none.

    Raises:
        RuleBroken: see `definition_violations`.
    """
    field = Field.objects.select_for_update(of=("self",)).select_related("programme").get(pk=field.pk)
    require(may_keep_programme(by, field.programme))
    if found := definition_violations(definition):
        raise RuleBroken(found)
    lists = {name: list(getattr(definition, name)) for name in LISTS}
    latest = latest_definition(field)
    if latest and all(getattr(latest, name) == entries for name, entries in lists.items()):
        return latest
    made = FieldDefinition.objects.create(
        field=field, number=latest.number + 1 if latest else 1, note=note, made_by=by, **lists
    )
    audit.record("field_defined", field, by=by, details={"number": made.number, **lists})
    return made


@action
def request_evidence(
    *, field: Field, papers: PaperFile | None, first_year: int, last_year: int, by: User
) -> Job:
    """Ask for the figures of a field by its newest definition: from a file of papers, or from the registry's own papers.

    Raises:
        RuleBroken: `definition_missing`, `evidence_years_out_of_order`, `evidence_years_too_many`.
    """
    require(may_keep_programme(by, field.programme))
    definition = latest_definition(field)
    refuse_if(
        None if definition else Violation("definition_missing"),
        Violation("evidence_years_out_of_order", "last_year") if last_year < first_year else None,
        Violation("evidence_years_too_many", "last_year", {"limit": MOST_YEARS})
        if last_year - first_year >= MOST_YEARS
        else None,
        Violation("evidence_year_ahead", "last_year") if last_year > today().year else None,
    )
    assert definition is not None
    payload = {
        "definition": definition.public_id,
        "papers": papers.public_id if papers else "",
        "first_year": first_year,
        "last_year": last_year,
    }
    job: Job = enqueue(EVIDENCE_JOB, payload, by=by)
    audit.record("evidence_requested", field, by=by, details=payload)
    return job


@action
def keep_evidence(
    *,
    job: Job,
    definition: FieldDefinition,
    source: dict[str, Any],
    partners: dict[str, list[str]],
    years: tuple[int, int],
    figures: dict[str, Any],
    sha256: str,
    papers: Path,
    paper_count: int,
) -> EvidenceRun:
    """Keep what a job has computed. To be called in the job's commit."""
    name = f"{definition.field.code}-{years[0]}-{years[1]}.parquet"
    run = EvidenceRun.objects.create(
        field=definition.field,
        definition=definition,
        first_year=years[0],
        last_year=years[1],
        source=source,
        partners=partners,
        figures=figures,
        sha256=sha256,
        papers=store_file(name=name, path=papers, by=job.requested_by),
        paper_count=paper_count,
        job=job,
        made_by=job.requested_by,
    )
    audit.record("evidence_computed", run, by=job.requested_by, details={"sha256": sha256})
    return run


def as_value(text: str) -> Decimal:
    """A figure as a value of evidence, which has four decimals."""
    return Decimal(text).quantize(Decimal("0.0001")).normalize()
