"""Projects with their accounts and allocations, as an adoption leaves them."""

from typing import Any

from kernel.actions import writing
from program.models import Call
from projects.actions.adoption import adopt_proposal
from projects.models import Project
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal


def make_project(
    stage: Stage | None = None, *, call: Call | None = None, is_active: bool = True, **proposal: Any
) -> Project:
    """A running project of ¥78M a year (or `yearly`) over five years, adopted by the home agency's approver."""
    stage = stage or make_stage()
    adopted = make_proposal(call or make_call(stage, state="review"), state="adopted", **proposal)
    project = adopt_proposal(proposal=adopted, by=stage.home2)
    if is_active:
        with writing():
            Project.objects.filter(pk=project.pk).update(state="active")
        project.refresh_from_db()
    return project
