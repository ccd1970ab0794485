"""Kinds of organisations and of memberships."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    MINISTRY = "ministry"
    FUNDING_AGENCY = "funding_agency"
    RESEARCH_INSTITUTION = "research_institution"


class Role(StrEnum):
    """What a person does for an organisation. Being a reviewer, a PI or a co-investigator is no role: it is a row of
    the pool, the proposal or the team."""

    MINISTRY_OFFICER = "ministry_officer"
    PROGRAMME_OFFICER = "programme_officer"
    APPROVER = "approver"
    FIELD_SUPERVISOR = "field_supervisor"
    RESEARCHER = "researcher"
    INSTITUTION_OFFICER = "institution_officer"
    # Decides for the institution's officer (代理), from one day to another.
    INSTITUTION_DEPUTY = "institution_deputy"


class PostKind(StrEnum):
    """A post at an institution, or a side job (兼業)."""

    POST = "post"
    SIDE_JOB = "side_job"


class RequestState(StrEnum):
    """Where a request for a role stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ROLES_OF = {
    OrganisationKind.MINISTRY: (Role.MINISTRY_OFFICER,),
    OrganisationKind.FUNDING_AGENCY: (Role.PROGRAMME_OFFICER, Role.APPROVER, Role.FIELD_SUPERVISOR),
    OrganisationKind.RESEARCH_INSTITUTION: (
        Role.RESEARCHER,
        Role.INSTITUTION_OFFICER,
        Role.INSTITUTION_DEPUTY,
    ),
}
# Roles that the institution's own officers give and end.
OWN_ROLES = ROLES_OF[OrganisationKind.RESEARCH_INSTITUTION]
# Those of them that one asks for oneself; a deputy is named.
ASKED_ROLES = (Role.RESEARCHER, Role.INSTITUTION_OFFICER)
# Roles that see other people's confidential papers, and so need a second factor in production.
OFFICER_ROLES = (Role.MINISTRY_OFFICER, Role.PROGRAMME_OFFICER, Role.APPROVER, Role.FIELD_SUPERVISOR)
