"""Who may do what with designations and calls.

A user acts for an agency of a call only through a membership at that agency that is in force today, and only while the
agency takes part in the call. The ids of the agencies of a call are read once a request and kept on the call.
"""

from typing import Any

from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from accounts.permissions import (
    is_agency_officer,
    is_ministry_officer,
    memberships_of,
    organisation_ids,
    person_of,
    works_for,
)
from kernel.clock import today
from program.models import Call, CallAgency, Designation, Programme
from program.rules.checklist import ChecklistItem

SEATS = (Role.PROGRAMME_OFFICER, Role.APPROVER)


def participation(call: Call) -> dict[int, CallAgency]:
    """The agencies that take part in the call today, by their ids."""
    kept = getattr(call, "_participation_today", None)
    if kept is None or kept[0] != today():
        day = today()
        found = {
            part.agency_id: part
            for part in call.call_agencies.select_related("agency")
            if part.starts_on <= day and (part.ends_on is None or day <= part.ends_on)
        }
        kept = call._participation_today = (day, found)  # type: ignore[attr-defined]  # kept for the request
    parts: dict[int, CallAgency] = kept[1]
    return parts


def checklist_of(call: Call, agency: Any) -> list[ChecklistItem]:
    """What an agency that takes part in the call today checks of every proposal."""
    part = participation(call).get(agency.pk)
    return part.checklist if part else []


def agency_seats(user: Any, call: Call) -> set[int]:
    """The ids of the call's agencies for which the user is programme officer or approver today."""
    return set(organisation_ids(user, *SEATS)) & set(participation(call))


def is_lead_officer(user: Any, call: Call) -> bool:
    """Programme officers of the agency that runs the call."""
    return works_for(user, call.lead_agency_id, Role.PROGRAMME_OFFICER)


def answers_on_behalf(user: Any, call: Call, agency: Any) -> bool:
    """Programme officers of the lead agency, for an agency of the call that does not sign in."""
    part = participation(call).get(agency.pk)
    return part is not None and not part.signs_in and is_lead_officer(user, call)


def may_answer_for(user: Any, call: Call, agency: Any) -> bool:
    """Programme officers of that agency; the lead agency's, for an agency that does not sign in."""
    if agency.pk not in participation(call):
        return False
    return works_for(user, agency.pk, Role.PROGRAMME_OFFICER) or answers_on_behalf(user, call, agency)


def may_approve_for(user: Any, call: Call, agency: Any) -> bool:
    """Approvers of that agency, while it takes part in the call. Nobody else, whatever else they are."""
    return agency.pk in participation(call) and works_for(user, agency.pk, Role.APPROVER)


def may_confirm_on_behalf(user: Any, call: Call, answer: Any) -> bool:
    """A second officer of the lead agency: programme officer or approver, and not the one who recorded the answer."""
    person = person_of(user)
    return (
        person is not None
        and works_for(user, call.lead_agency_id, *SEATS)
        and person.pk != answer.recorded_by_id
    )


def may_agree_for(user: Any, part: CallAgency) -> bool:
    """Officers and approvers of that agency; for one that does not sign in the lead agency's programme officers."""
    if part.signs_in:
        return works_for(user, part.agency_id, *SEATS)
    return is_lead_officer(user, part.call)


def may_keep_checklist(user: Any, part: CallAgency) -> bool:
    """Programme officers of that agency; of the lead agency, for one that does not sign in. They are who judges."""
    return works_for(user, part.agency_id, Role.PROGRAMME_OFFICER) or (
        not part.signs_in and is_lead_officer(user, part.call)
    )


def may_designate(user: Any) -> bool:
    """Ministry officers."""
    return is_ministry_officer(user)


def may_set_up_calls(user: Any) -> bool:
    """Programme officers of a Japanese funding agency."""
    return any(
        m.role == Role.PROGRAMME_OFFICER and m.organisation.country_code == "JP" for m in memberships_of(user)
    )


def may_change_call(user: Any, call: Call) -> bool:
    """Programme officers of the agency that runs the call."""
    return is_lead_officer(user, call)


def is_ministry_of(user: Any, ministry: Organisation) -> bool:
    """Officers of that ministry."""
    return works_for(user, ministry.pk, Role.MINISTRY_OFFICER)


def may_keep_programme(user: Any, programme: Programme) -> bool:
    """Officers of the ministry whose programme it is: facts, indicators, envelopes, fields, designations."""
    return works_for(user, programme.ministry_id, Role.MINISTRY_OFFICER)


def may_decide_designation(user: Any, designation: Designation) -> bool:
    """Another officer of the ministry than the one who proposed it, and than the one who signed first."""
    return may_keep_programme(user, designation.programme) and user.pk not in (
        designation.proposed_by_id,
        designation.signed_by_id,
    )


def may_review_designation(user: Any, designation: Designation) -> bool:
    """Another officer of the ministry than the one who proposed it."""
    return may_keep_programme(user, designation.programme) and designation.proposed_by_id != user.pk


def may_lead_call(user: Any, agency: Organisation) -> bool:
    """Programme officers of that agency, which must be a Japanese funding agency."""
    return (
        agency.kind == OrganisationKind.FUNDING_AGENCY
        and agency.country_code == "JP"
        and works_for(user, agency.pk, Role.PROGRAMME_OFFICER)
    )


def is_officer_here(user: Any) -> bool:
    """Officers of any funding agency, and of the ministry."""
    return is_agency_officer(user) or is_ministry_officer(user)
