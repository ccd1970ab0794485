"""Background work of proposals: the PDF of a submission, and the passing of deadlines."""

from celery import shared_task

from kernel.files import store_bytes
from kernel.jobs import JobRun, handler
from program.models import FormVersion
from proposals.actions.award_alerts import watch_awards
from proposals.actions.deadline_reminders import remind_of_drafts
from proposals.actions.form_versions import TELL_JOB, tell_writers
from proposals.actions.indexing import index_missing
from proposals.actions.invitations import expire_invitations
from proposals.actions.mailing import WRITE_JOB, write_next
from proposals.actions.office_reminders import remind_agencies, remind_institutions
from proposals.actions.overlaps import look_for_overlaps
from proposals.actions.reminders import tell_voided_signatures
from proposals.actions.submission import PDF_JOB, lock_overdue_calls
from proposals.documents import submission_pdf
from proposals.models import MailRun, Submission


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


@handler(WRITE_JOB)
def write_letters(run: JobRun) -> None:
    """Write the mails of a letter to many, some at a time. One that was cut goes on where it was."""
    letter = MailRun.objects.get(pk=run.payload["run"])
    mails = letter.mails.filter(mail__isnull=False)
    total, done = letter.mails.count(), mails.count()
    run.progress(done, total)
    while count := write_next(run=letter):
        done += count
        run.progress(done, total)
    with run.commit():
        pass


@shared_task(name="proposals.lock_overdue_calls", expires=30)
def pass_deadlines() -> int:
    return lock_overdue_calls()


@shared_task(name="proposals.index_missing", expires=600)
def index_submissions() -> int:
    """What was submitted is made searchable; then what was received is looked at for overlaps, which compares it so."""
    return index_missing() + look_for_overlaps()


@shared_task(name="proposals.look_after_teams", expires=240)
def look_after_teams() -> int:
    """Invitations that nobody answered expire; whose signature a change has voided is told."""
    return expire_invitations() + tell_voided_signatures()


@shared_task(name="proposals.remind", expires=500)
def remind_of_deadlines() -> int:
    """Drafts, signatures, approvals and verdicts whose deadline comes near."""
    return remind_of_drafts() + remind_institutions() + remind_agencies()


@shared_task(name="proposals.watch_awards", expires=3000)
def look_after_awards() -> int:
    return watch_awards()
