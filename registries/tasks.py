"""Reading files in the background, and taking them in."""

import datetime as dt
from typing import Any

from kernel.files.models import StoredFile
from kernel.jobs import JobRun, handler
from kernel.violations import RuleBroken
from registries.actions.imports import (
    FileRefused,
    compare_with_registry,
    previewed,
    read_content,
    write_records,
)
from registries.enums import ImportStep, PaperFormat, PaperStep, RegistryKind
from registries.queries import IMPORT_JOB, PAPER_JOB, PREVIEW_JOB

STEPS = 3
SHOWN_PROBLEMS = 20


@handler(PREVIEW_JOB)
def preview(run: JobRun) -> None:
    """What the file would change; writes nothing but the job's own result."""
    kind, stored = _asked(run)
    try:
        run.progress(0, STEPS, ImportStep.READING)
        result = read_content(kind, stored.name, stored.read())
        run.progress(1, STEPS, ImportStep.COMPARING)
        found = previewed(compare_with_registry(kind, result, stored.name))
    except RuleBroken as broken:
        _end_refused(run, broken)
        return
    with run.commit() as outcome:
        outcome |= {
            "counts": [
                found.read,
                len(found.changes.new),
                len(found.changes.changed),
                found.changes.unchanged,
                found.refused,
            ],
            "problems": found.problems[:SHOWN_PROBLEMS],
            "problem_count": len(found.problems),
        }


@handler(IMPORT_JOB)
def take_in(run: JobRun) -> None:
    """The file is read first, and written in one transaction that ends the job: whole or not at all."""
    kind, stored = _asked(run)
    content = stored.read()
    try:
        run.progress(0, STEPS, ImportStep.READING)
        result = read_content(kind, stored.name, content)
        run.progress(1, STEPS, ImportStep.WRITING)
        with run.commit() as outcome:
            made = write_records(
                kind=kind, name=stored.name, content=content, result=result, by=run.job.requested_by
            )
            outcome["run"] = made.public_id
    except RuleBroken as broken:
        _end_refused(run, broken)


@handler(PAPER_JOB)
def take_papers(run: JobRun) -> None:
    """Read the file into columns, then keep them in the commit that ends the job: an attempt that ends half-way leaves nothing."""
    # The engine is slow to load, and this module is loaded wherever the portal starts.
    from registries.actions.paper_files import keep_paper_file, known_paper_file, read_papers
    from registries.columnar import columnar

    payload = run.payload
    stored = StoredFile.objects.get(public_id=payload["file"])
    source, dated = payload["source"], dt.date.fromisoformat(payload["dated"])
    if known := known_paper_file(stored.sha256, source, dated):
        with run.commit() as outcome:
            outcome |= {"papers": known.public_id, "was_known": True}
        return
    try:
        with columnar() as engine, stored.on_disk() as path:
            run.progress(0, STEPS, PaperStep.READING)
            read = read_papers(path=path, name=stored.name, kind=PaperFormat(payload["kind"]), engine=engine)
            run.progress(2, STEPS, PaperStep.KEEPING)
            with run.commit() as outcome:
                kept = keep_paper_file(
                    read=read,
                    source=source,
                    dated=dated,
                    licence=payload["licence"],
                    by=run.job.requested_by,
                )
                outcome |= {"papers": kept.public_id}
    except RuleBroken as broken:
        _end_refused(run, broken)


def _asked(run: JobRun) -> tuple[RegistryKind, StoredFile]:
    return RegistryKind(run.payload["kind"]), StoredFile.objects.get(public_id=run.payload["file"])


def _end_refused(run: JobRun, broken: RuleBroken) -> None:
    own = broken.own if isinstance(broken, FileRefused) else broken.violations
    refusals: list[dict[str, Any]] = [
        {"code": violation.code, "params": dict(violation.params)} for violation in own
    ]
    with run.commit() as outcome:
        outcome |= {
            "refusals": refusals,
            "problems": broken.problems if isinstance(broken, FileRefused) else [],
        }
