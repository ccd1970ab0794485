"""Taking in a table of proposals that were collected elsewhere: all of it, or nothing."""

from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.documents.errors import DocumentError
from kernel.documents.uploads import read_table
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call
from proposals.actions.intake_rows import make_new, rewrite
from proposals.enums import CollectionKey
from proposals.intake import Comparison
from proposals.intake_lookups import FROM_ERAD, Lookups, worked_on
from proposals.intake_queries import INTAKE_JOB, PREVIEW_JOB, collection_key
from proposals.models import CollectedProposal, Intake, Proposal
from proposals.permissions import may_collect

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 5_000
ENDINGS = (".csv", ".xlsx")


@action
def request_preview(*, call: Call, key: CollectionKey, upload: Any, by: Any) -> Job:
    """Put a table away under its sender's name, and have it read and compared in the background.

    Raises:
        NotAllowed: `by` is no programme officer of the agency that runs the call, or it takes no proposals in.
        RuleBroken: `intake_key_is_another`, and what `store_upload` refuses.
    """
    require(may_collect(by, call))
    _refuse_key(call, key)
    _refuse_unreadable(upload)
    stored = store_upload(upload=upload, by=by, allowed=ENDINGS, field="file", limit=MOST_BYTES)
    return _enqueue(PREVIEW_JOB, call, key, stored, by)


@action
def request_intake(*, call: Call, key: CollectionKey, stored: StoredFile, seen: str, by: Any) -> Job:
    """Have what was seen taken in, in the background: `seen` is the digest of the comparison.

    Raises:
        NotAllowed: as `request_preview`, and for a file that somebody else has put away.
    """
    require(may_collect(by, call) and stored.uploaded_by_id == by.pk)
    return _enqueue(INTAKE_JOB, call, key, stored, by, seen=seen)


def _enqueue(name: str, call: Call, key: CollectionKey, stored: StoredFile, by: Any, **more: str) -> Job:
    payload = {"call": call.public_id, "key": str(key), "file": stored.public_id, "name": stored.name}
    job: Job = enqueue(name, payload | more, by=by)
    return job


def _refuse_unreadable(upload: Any) -> None:
    """A CSV file is read before it is kept: that says better what is wrong with it. A workbook takes its time, in the job."""
    content = upload.read(MOST_BYTES + 1)
    upload.seek(0)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or len(content) > MOST_BYTES:
        return
    try:
        read_table(content, max_rows=MOST_ROWS)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error


def _refuse_key(call: Call, key: CollectionKey) -> None:
    standing = collection_key(call)
    refuse_if(Violation("intake_key_is_another", "key") if standing and standing != key else None)


@action
def take_in(*, call: Call, key: CollectionKey, stored: StoredFile, found: Comparison, by: Any) -> Intake:
    """Make and change the proposals that a comparison names, each with its receipt number, its version and its PDF.

    Nobody is written to: whoever collected them has confirmed their receipt.

    Raises:
        NotAllowed: as `request_preview`.
        RuleBroken: `intake_has_errors`, `intake_stale` if anything that it rests on has changed since, `intake_key_is_another`.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    require(may_collect(by, call))
    _refuse_key(call, key)
    refuse_if(Violation("intake_has_errors") if found.of(ImportedRow.WRONG) else None)
    _refuse_stale(call, found)
    intake = Intake.objects.create(
        call=call, file=stored, key=str(key), by=by, at=now(), unchanged=len(found.of(ImportedRow.UNCHANGED))
    )
    lookups = Lookups(call, by)
    new, changed = found.of(ImportedRow.NEW), found.of(ImportedRow.CHANGED)
    make_new(intake=intake, rows=new, lookups=lookups)
    for row in changed:
        proposal = Proposal.objects.select_for_update().get(pk=row.proposal_id or 0)
        rewrite(intake=intake, proposal=proposal, row=row, lookups=lookups)
    audit.record(
        "intake_taken",
        intake,
        by=by,
        details={
            "call": call.public_id,
            "sha256": stored.sha256,
            "made": len(new),
            "changed": len(changed),
        },
        private={"file": stored.name},
        acting_for=call.lead_agency.public_id,
    )
    return intake


def _refuse_stale(call: Call, found: Comparison) -> None:
    """Nothing may have come between the comparison and its writing."""
    standing = {
        one.key: one for one in CollectedProposal.objects.filter(call=call).select_related("proposal")
    }
    rows = found.of(ImportedRow.NEW, ImportedRow.CHANGED)
    same = all((standing[row.key].values if row.key in standing else {}) == row.before for row in rows)
    changing = [standing[row.key].proposal for row in rows if row.key in standing]
    if not same or worked_on(changing, beside=FROM_ERAD):
        raise RuleBroken(Violation("intake_stale"))
