"""Taking hold of a project whose outcomes are to be written."""

from typing import Any

from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from projects.enums import ProjectState
from projects.models import Project
from reporting.permissions import may_record_outcomes


@action
def lock_project(*, project: Project, by: Any) -> Project:
    """The project, locked until the caller's transaction ends, if `by` may record its outcomes and it has begun.

    Raises:
        NotAllowed: `by` may not.
        RuleBroken: `project_not_begun`.
    """
    project = (
        Project.objects.select_for_update(of=("self",))
        .select_related("programme", "proposal")
        .get(pk=project.pk)
    )
    require(may_record_outcomes(by, project))
    refuse_if(Violation("project_not_begun") if project.state == ProjectState.OFFERED else None)
    return project
