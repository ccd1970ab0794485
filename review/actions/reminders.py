"""Reminding reviewers of what is due, and of what is overdue: one mail for all that is due on one day, once for each stage."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.actions.people import path_in
from kernel.actions import action
from kernel.clock import day_of, today
from kernel.outbox import MailKind, look_again, queue_mail
from kernel.outbox.models import OutboxMail
from program.enums import CallState
from program.rules.reminders import FURTHEST, USUAL, days_of
from proposals.enums import AccessKind
from proposals.models import ProposalAccess
from review.actions.assignments import closed_violations
from review.models import Assignment, Reviewer, ReviewPlan
from review.queries import UNFINISHED, with_closing
from review.rules.reminding import stage_of

DUE = "review_due"


def remind_reviewers() -> int:
    """Write to those who have something to submit; how many mails are new.

    Each mail has its key: two of us at once, or one that is killed half-way, write none twice.
    """
    days = {(plan.call_id, plan.agency_id): days_of(plan.reminder_days) for plan in ReviewPlan.objects.all()}
    usual = days_of(USUAL)
    horizon = today() + dt.timedelta(days=FURTHEST + 1)
    wanted: dict[str, tuple[int, dt.date]] = {}
    for assignment in _open(due_on__lte=horizon, proposal__call__state=CallState.REVIEW):
        of = days.get((assignment.proposal.call_id, assignment.reviewer.agency_id), usual)
        zone = assignment.proposal.call.programme.zone
        given_on, now = day_of(assignment.assigned_at, zone), today(zone)
        stage = stage_of(of, due_on=assignment.due_on, given_on=given_on, today=now)
        if stage is not None:
            key = f"{DUE}:{assignment.reviewer.public_id}:{assignment.due_on.isoformat()}:{stage}"
            wanted[key] = (assignment.reviewer_id, assignment.due_on)
    written = set(OutboxMail.objects.filter(key__in=list(wanted)).values_list("key", flat=True))
    return sum(_remind(key, *facts) for key, facts in wanted.items() if key not in written)


def _open(**found_by: Any) -> list[Assignment]:
    """What can still be submitted, by whoever is without a conflict of interest."""
    shut_out = ProposalAccess.objects.filter(
        proposal=OuterRef("proposal"), person=OuterRef("reviewer__person"), kind=AccessKind.EXCLUDED
    )
    found = Assignment.objects.filter(~Exists(shut_out), state__in=UNFINISHED, **found_by)
    rows = list(with_closing(found))
    closed = closed_violations(rows)
    return [one for one in rows if one.pk not in closed]


@action
def _remind(key: str, reviewer_id: int, due_on: dt.date) -> int:
    reviewer = Reviewer.objects.select_related("person__user", "call__programme", "agency").get(
        pk=reviewer_id
    )
    address = reviewer.person.email
    values = _values(reviewer, due_on)
    if not address or values is None:
        return 0
    queue_mail(
        DUE,
        to=address,
        language=_language(reviewer),
        values=values,
        about=reviewer,
        key=key,
        kind=MailKind.REMINDER,
        recheck={"reviewer": reviewer.public_id, "due_on": due_on.isoformat()},
    )
    return 1


def _language(reviewer: Reviewer) -> str:
    return reviewer.person.user.language if reviewer.person.user else "en"


def _values(reviewer: Reviewer, due_on: dt.date) -> dict[str, Any] | None:
    """What is left of what is due on that day; None for nothing. Neither title nor team stands in the mail."""
    count = len(_open(reviewer=reviewer, due_on=due_on))
    if not count:
        return None
    language = _language(reviewer)
    days = (due_on - today(reviewer.call.programme.zone)).days
    return {
        "name": reviewer.person.name_in(language),
        "call": reviewer.call,
        "agency": reviewer.agency,
        "count": count,
        "due_on": due_on,
        "days": days,
        "is_late": days < 0,
        "path": path_in(language, "review:inbox"),
    }


@look_again(DUE)
def look_at_due(mail: OutboxMail) -> dict[str, Any] | None:
    """How many are left now; None once all are submitted, handed back or closed, or are due on another day."""
    reviewer = Reviewer.objects.filter(public_id=mail.recheck["reviewer"]).select_related(
        "person__user", "call__programme", "agency"
    )
    found = reviewer.first()
    return _values(found, dt.date.fromisoformat(mail.recheck["due_on"])) if found else None
