"""The one function that changes a state."""

from typing import Any, cast

from kernel import audit
from kernel.actions import action
from kernel.transitions.fields import StateField
from kernel.violations import RuleBroken, Violation


@action
def apply_transition(
    obj: Any,
    name: str,
    *,
    by: Any,
    reason: str = "",
    details: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
    acting_for: str = "",
) -> None:
    """Take the step `name` with `obj`: lock its row, check that the step may be taken from where it stands, save, audit.

    Permission is the caller's to check. The reason goes into the audit trail as private text, since people write
    names into reasons.

    Raises:
        RuleBroken: `transition_not_allowed`, when the step does not lead from the state in the database.
    """
    field = cast(StateField, obj._meta.get_field("state"))
    assert field.workflow is not None
    current = type(obj)._base_manager.select_for_update().values_list("state", flat=True).get(pk=obj.pk)
    transition = field.workflow.find(name, current)
    if transition is None:
        raise RuleBroken(Violation("transition_not_allowed"))
    obj.state = transition.target.value
    obj.save(update_fields=["state"])
    audit.record(
        name,
        obj,
        by=by,
        details={"before": current, "after": obj.state, **(details or {})},
        private={**({"reason": reason} if reason else {}), **(private or {})},
        acting_for=acting_for,
    )
