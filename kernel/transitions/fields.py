"""A model's state column, and the constraint by which the database knows its values."""

from typing import Any

from django.db import models

from kernel.choices import choices
from kernel.transitions.workflow import Workflow


class StateField(models.CharField):
    """Where an object stands in its workflow. Set once at birth; afterwards only `apply_transition` changes it."""

    def __init__(self, workflow: Workflow | None = None, **kwargs: Any) -> None:
        self.workflow = workflow
        if workflow is not None:
            kwargs.update(choices=choices(workflow.states), default=workflow.initial.value)
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def state_is_known(workflow: Workflow, name: str) -> models.CheckConstraint:
    """The database refuses a state that the workflow does not have."""
    return models.CheckConstraint(condition=models.Q(state__in=[s.value for s in workflow.states]), name=name)
