"""Who may do what with a project and its money."""

from typing import Any

from accounts.enums import Role
from accounts.permissions import is_agency_officer, is_ministry_officer, works_for
from projects.enums import ProjectState
from projects.models import CapException, Project
from proposals.permissions import is_excluded


def may_keep_ledger(user: Any, project: Project) -> bool:
    """Programme officers of the agency that owns the project, without a conflict with it."""
    return works_for(user, project.agency_id, Role.PROGRAMME_OFFICER) and not is_excluded(
        user, project.proposal
    )


def may_enter(user: Any, project: Project) -> bool:
    """Those who keep the ledger, while the project runs."""
    return project.state == ProjectState.ACTIVE and may_keep_ledger(user, project)


def may_keep_conditions(user: Any, project: Project) -> bool:
    """Those who keep the ledger, until the project is settled and closed."""
    return project.state != ProjectState.CLOSED and may_keep_ledger(user, project)


def may_answer_exception(user: Any, exception: CapException) -> bool:
    """Approvers of the agency that owns the project, without a conflict with it, but for the person who asked."""
    project = exception.account.project
    return (
        works_for(user, project.agency_id, Role.APPROVER)
        and exception.asked_by_id != user.pk
        and not is_excluded(user, project.proposal)
    )


def may_see_envelopes(user: Any) -> bool:
    """Officers of funding agencies (each its own) and of the ministry."""
    return is_agency_officer(user) or is_ministry_officer(user)
