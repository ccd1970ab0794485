"""Background work of proposals: the PDF of a submission, and the passing of deadlines."""

from celery import shared_task

from kernel.files import store_bytes
from kernel.jobs import JobRun, handler
from proposals.actions.submission import PDF_JOB, lock_overdue_calls
from proposals.documents import submission_pdf
from proposals.models import Submission


@handler(PDF_JOB)
def make_pdf(run: JobRun) -> None:
    """Print a submission and keep the file. Doing it again makes no second file."""
    submission = Submission.objects.select_related("proposal__pi__user").get(pk=run.payload["submission"])
    content = None if submission.pdf_id else submission_pdf(submission)
    with run.commit():
        locked = Submission.objects.select_for_update().get(pk=submission.pk)
        if locked.pdf_id is None and content is not None:
            name = f"{submission.proposal.receipt_number}-{submission.number}.pdf"
            locked.pdf = store_bytes(name=name, content=content)
            locked.save(update_fields=["pdf"])


@shared_task(name="proposals.lock_overdue_calls", expires=30)
def pass_deadlines() -> int:
    return lock_overdue_calls()
