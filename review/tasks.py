"""What the clock does in the review."""

from celery import shared_task

from review.actions.extra_time import close_overdue_reopenings
from review.actions.reminders import remind_reviewers


@shared_task(name="review.remind", expires=500)
def remind() -> int:
    """Reviews that are due soon, and overdue ones."""
    return remind_reviewers()


@shared_task(name="review.end_reopenings", expires=240)
def end_reopenings() -> int:
    return close_overdue_reopenings()
