"""Reads around the institution's approval: what its officers and deputies handle, and who they are."""

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User
from accounts.permissions import approving_institutions, organisation_ids, person_of
from kernel.clock import now, today
from program.enums import CallState
from program.models import Call
from proposals.enums import ApprovalState, ProposalState
from proposals.models import InstitutionApproval, InternalDeadline, Proposal
from proposals.permissions import exclusions_of
from proposals.queries import naming


def approvals_handled_by(user: Any) -> QuerySet[InstitutionApproval]:
    """What the institutions for which the user approves were asked; what is most urgent first.

    It is the user's only right to these proposals, and begins when approval is asked for. Those of the own team are left
    to others, and so are those with which the user has a conflict of interest.
    """
    approvals = InstitutionApproval.objects.defer("content").select_related(
        "proposal__call__programme", "proposal__pi", "proposal__institution", "decided_by__person"
    )
    person, institutions = person_of(user), approving_institutions(user)
    if person is None or not institutions:
        return approvals.none()
    excluded = exclusions_of(user)
    internal = InternalDeadline.objects.filter(
        institution=OuterRef("proposal__institution"), call=OuterRef("proposal__call")
    )
    return (
        approvals.filter(proposal__institution__in=institutions)
        .exclude(proposal__in=Proposal.objects.filter(naming(user)).values("pk"))
        .exclude(proposal__in=excluded.values("proposal"))
        .annotate(internal=Subquery(internal.values("on")[:1]))
        .order_by(F("internal").asc(nulls_last=True), "proposal__call__deadline_at", "asked_at", "pk")
    )


def still_waiting() -> Q:
    """The requests that can still be answered, as a condition."""
    moment = now()
    return Q(state=ApprovalState.ASKED, proposal__state=ProposalState.DRAFT) & (
        Q(proposal__call__deadline_at__gt=moment) | Q(proposal__extended_until__gt=moment)
    )


def approvers_of(institution: Organisation, proposal: Proposal) -> list[User]:
    """Who may approve the proposal today: the institution's officers and their deputies, but for its team."""
    people = Membership.objects.active_on(today()).filter(
        Q(organisation=institution) | Q(organisation__merged_into=institution),
        role__in=(Role.INSTITUTION_OFFICER, Role.INSTITUTION_DEPUTY),
    )
    team = [proposal.pi_id, *proposal.team.values_list("person", flat=True)]
    users = User.objects.filter(is_active=True, person__in=people.values("person")).exclude(person__in=team)
    return list(users.select_related("person").order_by("pk"))


def internal_deadline_of(proposal: Proposal) -> dt.date | None:
    """The day by which the proposal's institution wants to be asked, if it has set one."""
    own = InternalDeadline.objects.filter(institution=proposal.institution_id, call=proposal.call_id)
    return own.values_list("on", flat=True).first()


def institutions_kept_by(user: Any) -> QuerySet[Organisation]:
    """The research institutions whose officer the user is; a deputy keeps none."""
    return Organisation.objects.filter(
        pk__in=organisation_ids(user, Role.INSTITUTION_OFFICER), kind=OrganisationKind.RESEARCH_INSTITUTION
    ).order_by("short_name")


def calls_to_approve() -> QuerySet[Call]:
    """The open calls for which institutions approve, the nearest deadline first."""
    return Call.objects.filter(state=CallState.OPEN, needs_approval=True, deadline_at__gt=now()).order_by(
        "deadline_at", "pk"
    )
