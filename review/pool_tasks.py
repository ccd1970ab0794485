"""Tables of reviewers in the background: taken into a pool in whole or not at all, and taken back."""

import datetime as dt
from typing import Any

from accounts.models import Organisation, User
from kernel.documents.errors import DocumentError
from kernel.documents.uploads import read_table
from kernel.files.models import StoredFile
from kernel.jobs import JobRun, handler
from kernel.violations import NotAllowed, RuleBroken, Violation
from program.models import Call
from review.actions.pools import IMPORT_JOB, UNDO_JOB, import_pool, undo_import
from review.models import PoolImport
from review.pool_columns import PoolComparison
from review.pool_table import MOST_ROWS, compare


@handler(IMPORT_JOB)
def take_pool(run: JobRun) -> None:
    """Written in the transaction that ends the job: an attempt that ends half-way leaves nothing."""
    by = _asker(run)
    call = Call.objects.select_related("programme", "lead_agency").get(public_id=run.payload["call"])
    agency = Organisation.objects.get(public_id=run.payload["agency"])
    stored = StoredFile.objects.get(public_id=run.payload["file"])
    run.progress(0, 2)
    try:
        found = _compared(call, agency, stored, by)
        if found.digest != run.payload["seen"]:
            raise RuleBroken(Violation("pool_import_stale"))
        run.progress(1, 2)
        with run.commit() as outcome:
            made = import_pool(
                call=call, agency=agency, stored=stored, found=found, by=by, **_letter(run.payload)
            )
            outcome |= {"run": made.public_id, "made": len(made.made), "changed": len(made.changed)}
    except (RuleBroken, NotAllowed) as refusal:
        _end_refused(run, refusal)


@handler(UNDO_JOB)
def undo_pool(run: JobRun) -> None:
    """As `take_pool`, the other way."""
    taken = PoolImport.objects.get(public_id=run.payload["run"])
    run.progress(0, 1)
    try:
        with run.commit() as outcome:
            undo_import(run=taken, by=_asker(run))
            outcome |= {"run": taken.public_id, "made": len(taken.made), "changed": len(taken.changed)}
    except (RuleBroken, NotAllowed) as refusal:
        _end_refused(run, refusal)


def _asker(run: JobRun) -> User:
    return User.objects.select_related("person").get(pk=run.job.requested_by_id or 0)


def _compared(call: Call, agency: Organisation, stored: StoredFile, by: User) -> PoolComparison:
    try:
        table = read_table(stored.read(), max_rows=MOST_ROWS)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error
    return compare(call=call, agency=agency, table=table, by=by)


def _letter(payload: dict[str, Any]) -> dict[str, Any]:
    if "letter" not in payload:
        return {}
    return {
        "letter": StoredFile.objects.get(public_id=payload["letter"]),
        "letter_dated": dt.date.fromisoformat(payload["letter_dated"]),
    }


def _end_refused(run: JobRun, refusal: RuleBroken | NotAllowed) -> None:
    violations = refusal.violations if isinstance(refusal, RuleBroken) else [Violation("pool_not_kept")]
    with run.commit() as outcome:
        outcome["refusals"] = [
            {"code": one.code, "params": {name: str(value) for name, value in one.params.items()}}
            for one in violations
        ]
