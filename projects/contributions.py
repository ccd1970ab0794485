"""What this app adds to pages above and below it: the main navigation, and what waits for a person."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.permissions import organisation_ids
from kernel.contributions import Registry, Waiting
from kernel.moves import Move
from projects.enums import ProjectState
from projects.models import Project
from projects.permissions import may_see_envelopes
from projects.queries import has_projects, projects_visible_to

# Functions `(user, project) -> list[Move]`, offered in `AppConfig.ready` by the apps above: where a project's outcomes are.
project_moves: Registry[Callable[[Any, Project], list[Move]]] = Registry()

PROJECTS = (gettext_lazy("Projects"), "projects:projects")


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Officers find the projects, and from there the envelopes; a team finds its projects once it has one."""
    return [PROJECTS] if may_see_envelopes(user) or has_projects(user) else []


def waiting(user: Any) -> list[Waiting]:
    """For programme officers: the projects of their agency that have been adopted and not begun."""
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    if not agencies:
        return []
    offered = projects_visible_to(user).filter(agency__in=agencies, state=ProjectState.OFFERED).count()
    if not offered:
        return []
    url = f"{reverse('projects:projects')}?state={ProjectState.OFFERED}"
    return [Waiting(_("Adopted projects that have not begun"), url, offered)]
