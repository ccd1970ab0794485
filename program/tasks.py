"""Background work of the programme: reminders of evaluations."""

from celery import shared_task

from program.actions.evaluations import remind_of_evaluations


@shared_task(name="program.remind_of_evaluations", expires=600)
def remind() -> int:
    return remind_of_evaluations()
