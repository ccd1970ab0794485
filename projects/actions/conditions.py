"""The conditions under which a project was adopted: kept from the decision, and met one by one."""

from typing import Any

from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from projects.models import AwardCondition
from projects.permissions import may_keep_conditions

LONGEST_NOTE = 2_000
FIELDS = ["note", "met_at", "met_by"]


def _locked(condition: AwardCondition, by: Any, note: str) -> AwardCondition:
    condition = (
        AwardCondition.objects.select_for_update(of=("self",))
        .select_related("project__proposal")
        .get(pk=condition.pk)
    )
    require(may_keep_conditions(by, condition.project))
    refuse_if(
        Violation("condition_note_missing", "note") if is_blank_text(note) else None,
        Violation("text_too_long", "note", {"limit": LONGEST_NOTE}) if len(note) > LONGEST_NOTE else None,
    )
    return condition


@action
def meet_condition(*, condition: AwardCondition, by: Any, note: str) -> AwardCondition:
    """Record that a condition is met, and by what (`note`). Programme officers of the owning agency may.

    Raises:
        RuleBroken: `condition_note_missing`, `text_too_long`, `transition_not_allowed`.
    """
    condition = _locked(condition, by, note)
    # Before the step: the database takes no met condition without what has met it.
    condition.note, condition.met_at, condition.met_by = note, now(), by
    condition.save(update_fields=FIELDS)
    apply_transition(condition, "meet_condition", by=by, reason=note)
    return condition


@action
def reopen_condition(*, condition: AwardCondition, by: Any, note: str) -> AwardCondition:
    """Say that a condition is not met after all, and why. Programme officers of the owning agency may.

    Raises:
        RuleBroken: `condition_note_missing`, `text_too_long`, `transition_not_allowed`.
    """
    condition = _locked(condition, by, note)
    apply_transition(condition, "reopen_condition", by=by, reason=note)
    condition.note, condition.met_at, condition.met_by = note, None, None
    condition.save(update_fields=FIELDS)
    return condition
