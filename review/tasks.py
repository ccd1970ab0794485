"""What the clock does in the review."""

from celery import shared_task

from accounts.models import User
from kernel.jobs import JobRun, handler
from program.models import Call
from review.actions.extra_time import close_overdue_reopenings
from review.actions.fits import FIT_JOB, keep_fit
from review.actions.publishing import end_reserve_lists
from review.actions.reminders import remind_reviewers
from review.figures import board_of
from review.permissions import may_see_review
from review.reading import reviews_of, views_of


@shared_task(name="review.remind", expires=500)
def remind() -> int:
    """Reviews that are due soon, and overdue ones."""
    return remind_reviewers()


@shared_task(name="review.end_reopenings", expires=240)
def end_reopenings() -> int:
    return close_overdue_reopenings()


@handler(FIT_JOB)
def fit_scores(run: JobRun) -> None:
    """The adjusted scores of what the asker may see at this moment."""
    from review.statistics import (  # slow to load, and this module is loaded everywhere
        Fit,
        adjust,
        fingerprint,
    )

    payload = run.payload
    user = User.objects.get(pk=payload["by"])
    call = Call.objects.get(public_id=payload["call"])
    board = board_of(user, call)
    view = next((one for one in views_of(board) if one.key == payload["key"]), None)
    if view is None or not may_see_review(user, call):
        with run.commit():
            return
    reviews, line = reviews_of(board, view), payload["line"]
    found = adjust(reviews, line=line)
    with run.commit():
        if isinstance(found, Fit):
            keep_fit(call=call, fingerprint=fingerprint(reviews, line), content=found.to_json())


@shared_task(name="review.end_reserve_lists", expires=3600)
def end_due_reserve_lists() -> int:
    return end_reserve_lists()
