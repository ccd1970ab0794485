"""Who may record outcomes and ask for reports."""

from typing import Any

from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from accounts.permissions import is_agency_officer, is_ministry_officer, memberships_of, works_for
from program.models import Programme
from projects.models import Project
from projects.queries import projects_visible_to
from proposals.permissions import is_excluded, is_writer

OFFICERS = (Role.PROGRAMME_OFFICER, Role.APPROVER)


def may_record_outcomes(user: Any, project: Project) -> bool:
    """The project's PI and co-investigators, and officers of the agency that owns it, without a conflict with it."""
    if is_writer(user, project.proposal):
        return True
    return works_for(user, project.agency_id, *OFFICERS) and not is_excluded(user, project.proposal)


def may_see_indicators(user: Any) -> bool:
    """Officers of agencies and of the ministry: over the projects that they may read."""
    return is_agency_officer(user) or is_ministry_officer(user)


def reporting_agencies(user: Any) -> list[Organisation]:
    """The Japanese funding agencies for which the user is programme officer or approver today, each once."""
    found = {
        m.organisation_id: m.organisation
        for m in memberships_of(user)
        if m.role in OFFICERS
        and m.organisation.kind == OrganisationKind.FUNDING_AGENCY
        and m.organisation.country_code == "JP"
    }
    return list(found.values())


def may_request_reports(user: Any) -> bool:
    """Officers of a Japanese funding agency."""
    return bool(reporting_agencies(user))


def may_request_report(
    user: Any, programme: Programme, fiscal_year: int, agency: Organisation | None
) -> bool:
    """Officers of the agency whose projects it covers; for the whole programme, of any Japanese agency, if they may read
    every project that it covers: a report is nobody's way around a conflict of interest."""
    agencies = {one.pk for one in reporting_agencies(user)}
    if not agencies or (agency is not None and agency.pk not in agencies):
        return False
    covered = Project.objects.filter(programme=programme, first_year__lte=fiscal_year)
    if agency is not None:
        covered = covered.filter(agency=agency)
    return not covered.exclude(pk__in=projects_visible_to(user).order_by().values("pk")).exists()
