"""Background work of the programme: reminders of evaluations, openings by the clock, mails on changes of a call."""

from celery import shared_task

from kernel.jobs import JobRun, handler
from program.actions.call_changes import TELL_JOB, tell_call_change
from program.actions.call_openings import open_due_calls
from program.actions.evaluations import remind_of_evaluations
from program.models import CallChange


@shared_task(name="program.remind_of_evaluations", expires=600)
def remind() -> int:
    return remind_of_evaluations()


@shared_task(name="program.open_due_calls", expires=30)
def open_due() -> int:
    return open_due_calls()


@handler(TELL_JOB)
def tell_change(run: JobRun) -> None:
    """Write to those whom a change of a call concerns. Doing it again sends no second mail."""
    change = CallChange.objects.select_related("call__programme").get(pk=run.payload["change"])
    with run.commit():
        tell_call_change(change=change, only_agencies=bool(run.payload.get("only_agencies")))
