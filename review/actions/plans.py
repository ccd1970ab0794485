"""How an agency's review of a call proceeds."""

import dataclasses
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.revisions import refuse_stale
from kernel.violations import RuleBroken, Violation, refuse_if
from program.models import Call
from program.rules.reminders import days_violation, plain_days
from review.actions.locks import call_under_review_violation
from review.models import ReviewPlan
from review.permissions import acts_from_letter, may_keep_pool
from review.queries import reviewing_agencies
from review.rules.phases import Dates, dates_violations


@action
def set_plan(
    *,
    call: Call,
    agency: Organisation,
    by: Any,
    dates: Dates,
    may_amend: bool = False,
    shows_names: bool = False,
    reminder_days: str = "",
    seen: str = "",
) -> ReviewPlan:
    """Say from which day which phase of the agency's review holds, and until when reviews may be written.

    Raises:
        RuleBroken: `call_not_under_review`, `agency_not_in_review`, what `dates_violations` says, `reminder_days_wrong`;
            `stale_version` if the plan was changed since `seen`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_keep_pool(by, call, agency))
    plan = ReviewPlan.objects.filter(call=call, agency=agency).first() or ReviewPlan(call=call, agency=agency)
    refuse_stale(plan if plan.pk else {}, seen, writer=by, verb="review_plan_set", subject=plan)
    days = plain_days(reminder_days)
    refuse_if(
        call_under_review_violation(call),
        None if agency.pk in {a.pk for a in reviewing_agencies(call)} else Violation("agency_not_in_review"),
    )
    wrong = [*dates_violations(dates), *filter(None, [days_violation(days, "reminder_days")])]
    if wrong:
        raise RuleBroken(wrong)
    for name, day in dataclasses.asdict(dates).items():
        setattr(plan, name, day)
    plan.may_amend, plan.shows_names, plan.reminder_days = may_amend, shows_names, days
    plan.set_by, plan.set_at = by, now()
    plan.save()
    audit.record(
        "review_plan_set",
        plan,
        by=by,
        details={
            "call": call.public_id,
            "agency": agency.public_id,
            **{name: day.isoformat() if day else "" for name, day in dataclasses.asdict(dates).items()},
            "may_amend": may_amend,
            "shows_names": shows_names,
            "reminder_days": days,
        },
        acting_for=agency.public_id if acts_from_letter(by, call, agency) else "",
    )
    return plan
