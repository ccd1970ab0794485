"""What this app adds to pages above it: the main navigation, and what waits for a person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.contributions import Waiting
from kernel.jobs.states import JobState
from kernel.moves import Move
from projects.models import Project
from projects.queries import has_projects
from reporting.permissions import may_see_indicators
from reporting.queries import report_jobs_visible_to

OUTCOMES = (gettext_lazy("Outcomes"), "reporting:projects")
INDICATORS = (gettext_lazy("Indicators"), "reporting:indicators")
REPORTS = (gettext_lazy("Outcome reports"), "reporting:reports")


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Officers find outcomes, indicators and reports; a team finds the outcomes of its projects once it has one."""
    if may_see_indicators(user):
        return [OUTCOMES, INDICATORS, REPORTS]
    return [OUTCOMES] if has_projects(user) else []


def project_moves(user: Any, project: Project) -> list[Move]:
    """From a project to what came of it; whoever sees the project sees that."""
    return [
        Move(_("Stays"), reverse("reporting:stays", args=[project.public_id])),
        Move(_("Papers"), reverse("reporting:papers", args=[project.public_id])),
    ]


def waiting(user: Any) -> list[Waiting]:
    """Reports that the user has asked for and that could not be made."""
    if not may_see_indicators(user):
        return []
    failed = report_jobs_visible_to(user).filter(state=JobState.FAILED)
    return [Waiting(_("Outcome reports that could not be made"), reverse("reporting:reports"), rows=failed)]
