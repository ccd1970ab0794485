"""Tables of collected proposals in the background: read and compared, then taken in whole or not at all."""

from typing import Any

from accounts.models import User
from kernel.documents.errors import DocumentError
from kernel.documents.uploads import ENCODINGS, read_table
from kernel.files.models import StoredFile
from kernel.jobs import JobRun, handler
from kernel.violations import RuleBroken, Violation
from program.enums import ImportedRow
from program.models import Call
from proposals.actions.intake import MOST_ROWS, take_in
from proposals.actions.intake_undo import undo_intake
from proposals.enums import CollectionKey, IntakeStep
from proposals.intake import Comparison, RowFound, compare
from proposals.intake_queries import INTAKE_JOB, PREVIEW_JOB, UNDO_JOB
from proposals.models import Intake

MOST_COLUMNS = 300
SHOWN_ROWS = 300
ORDER = (ImportedRow.WRONG, ImportedRow.CHANGED, ImportedRow.NEW, ImportedRow.UNCHANGED)


@handler(PREVIEW_JOB)
def preview(run: JobRun) -> None:
    """What the table would change; writes nothing but the job's own result."""
    try:
        found = _compared(run)
    except RuleBroken as broken:
        _end_refused(run, broken)
        return
    with run.commit() as outcome:
        outcome |= told(found)


@handler(INTAKE_JOB)
def intake(run: JobRun) -> None:
    """Written in the transaction that ends the job: an attempt that ends half-way leaves nothing."""
    try:
        found = _compared(run)
        if found.digest != run.payload["seen"]:
            raise RuleBroken(Violation("intake_stale"))
        total = len(found.rows)
        run.progress(total, 2 * total, IntakeStep.WRITING)
        with run.commit() as outcome:
            made = take_in(
                call=_call(run), key=_key(run), stored=_stored(run), found=found, by=run.job.requested_by
            )
            outcome["intake"] = made.public_id
    except RuleBroken as broken:
        _end_refused(run, broken)


@handler(UNDO_JOB)
def undo(run: JobRun) -> None:
    """As `intake`, the other way."""
    taken = Intake.objects.get(public_id=run.payload["intake"])
    run.progress(0, 1, IntakeStep.UNDOING)
    try:
        with run.commit() as outcome:
            undo_intake(intake=taken, by=run.job.requested_by)
            outcome["intake"] = taken.public_id
    except RuleBroken as broken:
        _end_refused(run, broken)


def _call(run: JobRun) -> Call:
    return Call.objects.select_related("programme", "lead_agency").get(public_id=run.payload["call"])


def _key(run: JobRun) -> CollectionKey:
    return CollectionKey(run.payload["key"])


def _stored(run: JobRun) -> StoredFile:
    return StoredFile.objects.get(public_id=run.payload["file"])


def _compared(run: JobRun) -> Comparison:
    by = User.objects.select_related("person").get(pk=run.job.requested_by_id or 0)
    run.progress(0, 1, IntakeStep.READING)
    return comparison_of(_call(run), _key(run), _stored(run).read(), by, run)


def comparison_of(
    call: Call, key: CollectionKey, content: bytes, by: Any, run: JobRun | None = None
) -> Comparison:
    """What a file would do to a call.

    Raises:
        RuleBroken: the file as a whole cannot be used.
    """
    try:
        table = read_table(content, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error

    def progress(done: int, total: int) -> None:
        if run is not None:
            run.progress(done, 2 * total, IntakeStep.COMPARING)

    return compare(call=call, key=key, table=table, by=by, progress=progress)


def told(found: Comparison) -> dict[str, Any]:
    """A comparison as a job keeps it, without a language: what is to be corrected first; long tables are cut, and counted."""
    rows = sorted(found.rows, key=lambda row: (ORDER.index(row.state), not row.warnings, row.number))
    return {
        "encoding": ENCODINGS[found.encoding],
        "counts": {state.value: len(found.of(state)) for state in ImportedRow},
        "doubted": sum(bool(row.warnings) for row in found.rows),
        "seen": found.digest,
        "rows": [_row(row) for row in rows[:SHOWN_ROWS]],
        "more_rows": max(0, len(rows) - SHOWN_ROWS),
    }


def _row(row: RowFound) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state.value,
        "key": row.key,
        "title_ja": row.values.get("title_ja", ""),
        "title_en": row.values.get("title_en", ""),
        "problems": list(row.problems),
        "warnings": list(row.warnings),
        "changes": row.changes if row.state == ImportedRow.CHANGED else [],
    }


def _end_refused(run: JobRun, broken: RuleBroken) -> None:
    with run.commit() as outcome:
        outcome["refusals"] = [
            {"code": one.code, "params": {name: str(value) for name, value in one.params.items()}}
            for one in broken.violations
        ]
