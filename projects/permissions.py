"""Who may do what with a project and its money."""

from typing import Any

from accounts.enums import Role
from accounts.permissions import works_for
from projects.models import Project
from proposals.permissions import is_excluded


def may_keep_ledger(user: Any, project: Project) -> bool:
    """Programme officers of the agency that owns the project, without a conflict with it."""
    return works_for(user, project.agency_id, Role.PROGRAMME_OFFICER) and not is_excluded(
        user, project.proposal
    )
