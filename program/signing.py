"""Who may sign the decision on a designation first: whoever leaves another officer who can sign second.

The second signature comes from neither the proposer nor the first (`permissions.may_decide_designation`). Where two officers
are all that a ministry has, the proposer therefore signs first: after a first signature of the other nobody could sign second.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership, User
from kernel.clock import today
from program.models import Designation, Programme
from program.permissions import may_keep_programme


def officers_of(programme: Programme) -> QuerySet[User]:
    """The officers of the programme's ministry who can sign in today."""
    members = Membership.objects.active_on(today()).filter(
        organisation=programme.ministry_id, role=Role.MINISTRY_OFFICER
    )
    return User.objects.filter(is_active=True, person__memberships__in=members).distinct()


def leaves_a_second(user: Any) -> Q:
    """As a condition on designations that were proposed: another officer remains who could sign after `user`."""
    others = (
        Membership.objects.active_on(today())
        .filter(
            organisation=OuterRef("programme__ministry"),
            role=Role.MINISTRY_OFFICER,
            person__user__is_active=True,
        )
        .exclude(person__user=user.pk)
        .exclude(person__user=OuterRef("proposed_by"))
    )
    return Q(Exists(others))


def may_sign_first(user: Any, designation: Designation) -> bool:
    """An officer of the ministry, where another one remains who has not proposed it."""
    return (
        may_keep_programme(user, designation.programme)
        and Designation.objects.filter(leaves_a_second(user), pk=designation.pk).exists()
    )


def first_signatories(designation: Designation) -> list[User]:
    """The officers who may sign first."""
    officers = list(officers_of(designation.programme).select_related("person").order_by("id"))
    return [
        officer
        for officer in officers
        if any(other.pk not in (officer.pk, designation.proposed_by_id) for other in officers)
    ]


def people_named(users: list[User]) -> str:
    """Their names, in a row."""
    return _(", ").join(user.person.name for user in users if user.person)
