"""Who may do what, as far as people and organisations are concerned.

Memberships are read once a request and kept on the user; every predicate above builds on `works_for`.
"""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.enums import OFFICER_ROLES, OWN_ROLES, RequestState, Role
from accounts.models import Membership, MembershipRequest, Organisation, Person
from kernel.clock import today


def memberships_of(user: Any) -> list[Membership]:
    """The memberships of the user's person that are in force today, with their organisations."""
    if not user.is_authenticated or not user.is_active:
        return []
    kept = getattr(user, "_memberships_today", None)
    if kept is None or kept[0] != today():
        found = list(
            Membership.objects.active_on(today())
            .filter(person__user=user)
            .select_related("organisation__merged_into", "person")
        )
        kept = user._memberships_today = (today(), found)
    memberships: list[Membership] = kept[1]
    return memberships


def organisation_ids(user: Any, *roles: Role) -> list[int]:
    """The organisations for which the user has one of `roles` today; any role where none is named.

    A role at an institution that was merged into another one is a role at that one.
    """
    return [standing_for(m.organisation).pk for m in memberships_of(user) if not roles or m.role in roles]


def standing_for(organisation: Organisation) -> Organisation:
    """The institution that this one turned out to be, or itself."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def works_for(user: Any, organisation_id: int | None, *roles: Role) -> bool:
    """Whether the user has one of `roles` at this organisation today."""
    return organisation_id in organisation_ids(user, *roles)


def has_role(user: Any, *roles: Role) -> bool:
    """Whether the user has one of `roles` anywhere today."""
    return bool(organisation_ids(user, *roles))


def is_ministry_officer(user: Any) -> bool:
    """Officers of the ministry."""
    return has_role(user, Role.MINISTRY_OFFICER)


def is_agency_officer(user: Any) -> bool:
    """Programme officers and approvers of any funding agency."""
    return has_role(user, Role.PROGRAMME_OFFICER, Role.APPROVER)


def is_home_agency_officer(user: Any) -> bool:
    """Programme officers and approvers of a Japanese funding agency."""
    return any(
        m.role in (Role.PROGRAMME_OFFICER, Role.APPROVER) and m.organisation.country_code == "JP"
        for m in memberships_of(user)
    )


def is_officer(user: Any) -> bool:
    """Anyone whose role sees other people's papers: needs a second factor in production."""
    return has_role(user, *OFFICER_ROLES) or bool(getattr(user, "is_staff", False))


def is_researcher(user: Any) -> bool:
    """Researchers of a research institution."""
    return has_role(user, Role.RESEARCHER)


def person_of(user: Any) -> Any:
    """The user's person, or None."""
    return getattr(user, "person", None) if user.is_authenticated else None


def same_people(person: Person | None) -> QuerySet[Person]:
    """The person under every id that they have: merged with them before or since. What somebody must not see or do is asked
    of all of these; of what they may see, their own id alone speaks. For `person__in`."""
    if person is None:
        return Person.objects.none()
    root = person.merged_into_id or person.pk
    return Person.objects.filter(Q(pk__in={person.pk, root}) | Q(merged_into=root)).order_by()


def may_see_registries(user: Any) -> bool:
    """Officers of agencies and of the ministry."""
    return is_agency_officer(user) or is_ministry_officer(user)


def may_manage_memberships(user: Any) -> bool:
    """Those who keep the portal running (staff)."""
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def may_keep_institutions(user: Any) -> bool:
    """Officers of Japanese agencies, and staff: which research institutions the portal knows, and which are one."""
    return is_home_agency_officer(user) or may_manage_memberships(user)


def is_institution_officer(user: Any) -> bool:
    """Officers of any research institution."""
    return has_role(user, Role.INSTITUTION_OFFICER)


def approving_institutions(user: Any) -> list[int]:
    """The research institutions for which the user approves proposals today: as their officer, or as a deputy."""
    return organisation_ids(user, Role.INSTITUTION_OFFICER, Role.INSTITUTION_DEPUTY)


def may_see_memberships(user: Any) -> bool:
    """Staff, and officers of research institutions for their own."""
    return may_manage_memberships(user) or is_institution_officer(user)


def may_give_role(user: Any, organisation: Organisation, role: str) -> bool:
    """Staff any role anywhere; officers of a research institution its researchers, officers and deputies."""
    return may_manage_memberships(user) or (
        role in OWN_ROLES and works_for(user, organisation.pk, Role.INSTITUTION_OFFICER)
    )


def may_end_membership(user: Any, membership: Membership) -> bool:
    """Whoever may give the role."""
    return may_give_role(user, standing_for(membership.organisation), membership.role)


def may_answer_request(user: Any, request: MembershipRequest) -> bool:
    """Whoever may give the role, but for the person who asks; where the institution is not known yet, staff."""
    if request.state != RequestState.WAITING:
        return False
    person = person_of(user)
    if request.organisation is None or (person is not None and person.pk == request.person_id):
        return may_manage_memberships(user)
    return may_give_role(user, standing_for(request.organisation), request.role)
