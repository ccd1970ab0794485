"""Taking an intake back, as long as nobody has worked on its proposals; and giving one of them its paper later."""

from typing import Any

from accounts.actions.forgetting import forget_people
from kernel import audit, search
from kernel.actions import action, require
from kernel.clock import now
from kernel.files import store_upload
from kernel.jobs import cancel_all, enqueue
from kernel.jobs.models import Job
from kernel.violations import Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call
from program.permissions import is_lead_officer
from proposals.actions.editing import touch
from proposals.actions.indexing import KIND
from proposals.actions.intake_rows import BATCH, rewrite, submit_again
from proposals.actions.submission import PDF_JOB
from proposals.intake import RowFound
from proposals.intake_lookups import FROM_ERAD, Lookups, worked_on
from proposals.intake_queries import UNDO_JOB
from proposals.models import CollectedProposal, Intake, IntakeRow, Proposal, Submission
from proposals.permissions import has_interest, may_collect


def undo_violation(intake: Intake) -> Violation | None:
    """Why an intake cannot be taken back; None if it can."""
    if intake.undone_at is not None:
        return Violation("intake_undone")
    proposals = list(Proposal.objects.filter(intake_rows__intake=intake))
    latest = CollectedProposal.objects.filter(proposal__in=[one.pk for one in proposals], intake=intake)
    if latest.count() != len(proposals):
        return Violation("intake_not_last")
    return Violation("intake_worked_on") if worked_on(proposals) else None


@action
def request_undo(*, intake: Intake, by: Any) -> Job:
    """Have a table taken back in the background, since it may have made thousands of proposals.

    Raises:
        NotAllowed, RuleBroken: as `undo_intake`, which looks again.
    """
    require(is_lead_officer(by, intake.call))
    refuse_if(undo_violation(intake))
    payload = {"intake": intake.public_id, "call": intake.call.public_id, "name": intake.file.name}
    job: Job = enqueue(UNDO_JOB, payload, by=by)
    return job


@action
def undo_intake(*, intake: Intake, by: Any) -> Intake:
    """Remove the proposals that a table has made, and let those that it has changed be as they were.

    Receipt numbers are not given again. The trail keeps what was done; the people whom the table made known go where
    nothing points to them.

    Raises:
        NotAllowed: `by` is no programme officer of the agency that runs the call.
        RuleBroken: `intake_undone`, `intake_not_last`, `intake_worked_on`.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=intake.call_id)
    )
    intake = (
        Intake.objects.select_for_update(of=("self",)).select_related("by__person", "file").get(pk=intake.pk)
    )
    require(is_lead_officer(by, call))
    refuse_if(undo_violation(intake))
    rows = list(intake.rows.select_related("proposal").order_by("number"))
    _put_back(intake, [row for row in rows if row.before and row.proposal is not None], Lookups(call, by))
    made = [row for row in rows if not row.before]
    _remove([row.proposal for row in made if row.proposal is not None])
    forget_people(public_ids={one for row in rows for one in row.people}, by=by)
    intake.undone_by, intake.undone_at = by, now()
    intake.save(update_fields=["undone_by", "undone_at"])
    audit.record(
        "intake_undone",
        intake,
        by=by,
        details={"call": call.public_id, "removed": len(made), "put_back": len(rows) - len(made)},
        acting_for=call.lead_agency.public_id,
    )
    return intake


def _put_back(intake: Intake, rows: list[IntakeRow], lookups: Lookups) -> None:
    """Let what the table has changed be as the table before it had left it."""
    keys = [row.proposal_id for row in rows]
    left = (
        IntakeRow.objects.filter(proposal__in=keys, intake__undone_at=None, intake__lt=intake.pk)
        .select_related("intake__by__person", "intake__file")
        .order_by("intake")
    )
    earlier = {one.proposal_id: one for one in left}  # the last of each
    proposals = Proposal.objects.select_for_update().in_bulk(keys)
    for row in rows:
        before = earlier[row.proposal_id]  # what was changed had been made
        found = RowFound(before.number, ImportedRow.CHANGED, before.key, row.before)
        proposal = proposals[row.proposal_id or 0]
        rewrite(intake=before.intake, proposal=proposal, row=found, lookups=lookups, is_kept=False)


def _remove(proposals: list[Proposal]) -> None:
    for start in range(0, len(proposals), BATCH):
        keys = [one.pk for one in proposals[start : start + BATCH]]
        submissions = Submission.objects.filter(proposal__in=keys)
        jobs = [f"{PDF_JOB}:{one}" for one in submissions.values_list("public_id", flat=True)]
        cancel_all(keys=jobs)
        submissions.delete()
        search.remove(KIND, keys)
        Proposal.objects.filter(pk__in=keys).delete()


@action
def attach_paper(*, proposal: Proposal, upload: Any, by: Any) -> Submission:
    """Give a proposal that was collected elsewhere the PDF of what was sent there: one version more.

    Raises:
        NotAllowed: `by` is no programme officer of the agency that runs the call, has an interest in the proposal, or it
            was written here.
        RuleBroken: `collected_worked_on`, and what `store_upload` refuses.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "pi", "institution", "designation__field", "form_version")
        .get(pk=proposal.pk)
    )
    require(bool(proposal.collected) and may_collect(by, proposal.call) and not has_interest(by, proposal))
    refuse_if(Violation("collected_worked_on") if worked_on([proposal], beside=FROM_ERAD) else None)
    proposal.attachment = store_upload(upload=upload, by=by, allowed=(".pdf",), field="file")
    touch(proposal, "attachment")
    submission = submit_again(proposal=proposal, by=by)
    details = {"sha256": proposal.attachment.sha256, "number": submission.number}
    audit.record("attached", proposal, by=by, details=details)
    return submission
