"""Background work of proposals: the PDF of a submission, and the passing of deadlines."""

from celery import shared_task

from kernel.files import store_bytes
from kernel.jobs import JobRun, handler
from program.models import FormVersion
from proposals.actions.form_versions import TELL_JOB, tell_writers
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


@handler(TELL_JOB)
def tell_form_change(run: JobRun) -> None:
    """Write to those who write on an earlier version of a form. Doing it again sends no second mail."""
    version = FormVersion.objects.select_related("call").get(pk=run.payload["version"])
    with run.commit():
        tell_writers(version=version)


@shared_task(name="proposals.lock_overdue_calls", expires=30)
def pass_deadlines() -> int:
    return lock_overdue_calls()
