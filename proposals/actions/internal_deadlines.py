"""The day by which an institution wants to be asked for its approval (機関内締切)."""

import datetime as dt
from typing import Any

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import works_for
from kernel import audit
from kernel.actions import action, require
from kernel.clock import day_of, today
from kernel.violations import refuse_if
from program.models import Call
from proposals.models import InternalDeadline
from proposals.rules.approval import internal_deadline_violation


@action
def set_internal_deadline(
    *, institution: Organisation, call: Call, by: Any, on: dt.date | None
) -> InternalDeadline | None:
    """Set the institution's own day for a call, or take it away (None). Its applicants are shown it; it bars nobody.

    Raises:
        NotAllowed: `by` is no officer of the institution; a deputy sets none.
        RuleBroken: `internal_deadline_past`, `internal_deadline_late`.
    """
    require(works_for(by, institution.pk, Role.INSTITUTION_OFFICER))
    own = InternalDeadline.objects.select_for_update().filter(institution=institution, call=call).first()
    before = own.on.isoformat() if own else ""
    if on is None:
        if own is not None:
            audit.record("internal_deadline_removed", own, by=by, details={"on": before, "call": call.code})
            own.delete()
        return None
    deadline = day_of(call.deadline_at, call.programme.zone)
    refuse_if(internal_deadline_violation(on, today=today(), deadline=deadline))
    found, _is_new = InternalDeadline.objects.update_or_create(
        institution=institution, call=call, defaults={"on": on}
    )
    if before != on.isoformat():
        details = {"before": before, "after": on.isoformat(), "call": call.code}
        audit.record("internal_deadline_set", found, by=by, details=details)
    return found
