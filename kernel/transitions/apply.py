"""The one function that changes a state, and the same for many objects at once."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from kernel import audit
from kernel.actions import action
from kernel.transitions.fields import StateField
from kernel.violations import RuleBroken, Violation

# So many objects are named in one statement.
BATCH = 500


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


@action
def apply_to_all(
    objs: Sequence[Any], name: str, *, by: Any, details: Callable[[Any], dict[str, Any]] | None = None
) -> None:
    """Take the step `name` with many objects of one model, as `apply_transition` does with one: all of them or none.

    `details` says what the trail keeps of each.

    Raises:
        RuleBroken: `transition_not_allowed`, when the step does not lead from the state in the database of any of them.
    """
    if not objs:
        return
    model = type(objs[0])
    field = cast(StateField, model._meta.get_field("state"))
    assert field.workflow is not None
    for start in range(0, len(objs), BATCH):
        batch = objs[start : start + BATCH]
        locked = model._base_manager.select_for_update().filter(pk__in=[obj.pk for obj in batch])
        current = dict(locked.order_by("pk").values_list("pk", "state"))
        for obj in batch:
            transition = field.workflow.find(name, current[obj.pk])
            if transition is None:
                raise RuleBroken(Violation("transition_not_allowed"))
            obj.state = transition.target.value
        model._base_manager.bulk_update(batch, ["state"])
        audit.record_all(
            name,
            [
                (
                    obj,
                    {"before": current[obj.pk], "after": obj.state, **(details(obj) if details else {})},
                    {},
                )
                for obj in batch
            ],
            by=by,
        )
