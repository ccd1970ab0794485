"""A call's milestones."""

import datetime as dt

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.violations import Violation, refuse_if
from program.actions.call_changes import announce_change
from program.actions.call_parts import ENDED, locked_call
from program.actions.constraints import constraints_speak
from program.change_words import milestone_as_plain
from program.enums import OWN_MILESTONES, MilestoneKind
from program.models import Call, Milestone


@action
def set_milestone(
    *,
    call: Call,
    by: User,
    kind: str,
    starts_on: dt.date,
    at: dt.time | None = None,
    ends_on: dt.date | None = None,
    note_ja: str = "",
    note_en: str = "",
    reason_ja: str = "",
    reason_en: str = "",
) -> Milestone:
    """Set the date of one milestone, until the call has ended; one of the same kind is replaced. Of an announced call it
    takes the reason, which is published and told.

    Raises:
        RuleBroken: `call_has_ended`, `milestone_is_the_calls`, `ends_before_it_starts`, `milestone_hour_of_several_days`,
            `reason_missing`.
    """
    call = locked_call(call, by)
    refuse_if(
        Violation("call_has_ended") if call.state in ENDED else None,
        Violation("milestone_is_the_calls", "kind") if kind in OWN_MILESTONES else None,
        Violation("milestone_hour_of_several_days", "at") if at is not None and ends_on is not None else None,
    )
    earlier = call.milestones.filter(kind=kind).first()
    before = milestone_as_plain(earlier) if earlier else None
    values = {"starts_on": starts_on, "at": at, "ends_on": ends_on, "note_ja": note_ja, "note_en": note_en}
    with constraints_speak():
        milestone, _ = Milestone.objects.update_or_create(
            call=call, kind=MilestoneKind(kind), defaults=values
        )
    milestone.refresh_from_db()
    after = milestone_as_plain(milestone)
    row = {"what": "milestone", "kind": str(kind), "before": before, "after": after}
    announce_change(
        call=call, by=by, rows=[row] if before != after else [], reason_ja=reason_ja, reason_en=reason_en
    )
    audit.record(
        "milestone_set",
        call,
        by=by,
        details={
            "kind": str(kind),
            "starts_on": starts_on.isoformat(),
            "at": at.isoformat() if at else "",
            "ends_on": ends_on.isoformat() if ends_on else "",
        },
    )
    return milestone


@action
def remove_milestone(*, milestone: Milestone, by: User, reason_ja: str = "", reason_en: str = "") -> None:
    """Take a milestone away; of an announced call with the reason, which is published and told.

    Raises:
        RuleBroken: `call_has_ended`, `reason_missing`.
    """
    call = locked_call(milestone.call, by)
    refuse_if(Violation("call_has_ended") if call.state in ENDED else None)
    row = {
        "what": "milestone",
        "kind": milestone.kind,
        "before": milestone_as_plain(milestone),
        "after": None,
    }
    announce_change(call=call, by=by, rows=[row], reason_ja=reason_ja, reason_en=reason_en)
    audit.record("milestone_removed", call, by=by, details={"kind": milestone.kind})
    milestone.delete()
