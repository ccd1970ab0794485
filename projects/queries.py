"""Reads of projects and their money, as far as a user may see them."""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import (
    is_agency_officer,
    is_ministry_officer,
    memberships_of,
    organisation_ids,
    person_of,
)
from program.models import Envelope, Programme
from program.queries import calls_of_officer
from projects.enums import COMMITTING, EntryKind
from projects.models import LedgerEntry, Project
from proposals.enums import AccessKind
from proposals.models import ProposalAccess, TeamMember

AMOUNT_AVAILABLE = Case(
    When(kind__in=[EntryKind.ALLOCATION, EntryKind.CHANGE, EntryKind.CARRY_IN], then=F("amount")),
    When(kind__in=[EntryKind.CARRY_OUT, EntryKind.RETURN], then=-F("amount")),
    default=0,
)


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """What the user may read, by number.

    Teams their own; officers of the institution theirs; officers of the owning agency and of the call's other agencies;
    ministry officers all. An exclusion by a conflict of interest outweighs all but the own team's right.
    """
    projects = Project.objects.select_related("programme", "agency", "pi", "institution").order_by("-number")
    person = person_of(user)
    if person is None:
        return projects.none()
    if is_ministry_officer(user):
        return projects
    own = Q(pi=person) | Q(proposal__in=TeamMember.objects.filter(person=person).values("proposal"))
    hosts = [m.organisation_id for m in memberships_of(user) if m.role == Role.INSTITUTION_OFFICER]
    others = Q(institution__in=hosts)
    if is_agency_officer(user):
        others |= Q(agency__in=organisation_ids(user, Role.PROGRAMME_OFFICER, Role.APPROVER))
        others |= Q(proposal__call__in=calls_of_officer(user).values("pk"))
    excluded = ProposalAccess.objects.filter(person=person, kind=AccessKind.EXCLUDED).values("proposal")
    return projects.filter(own | (others & ~Q(proposal__in=excluded)))


def envelopes_visible_to(user: Any) -> QuerySet[Envelope]:
    """Ministry officers see every agency's envelopes, officers of a funding agency their own agency's."""
    envelopes = Envelope.objects.select_related("programme", "agency").order_by(
        "agency__short_name", "fiscal_year"
    )
    if is_ministry_officer(user):
        return envelopes
    return envelopes.filter(agency__in=organisation_ids(user, Role.PROGRAMME_OFFICER, Role.APPROVER))


def envelopes_of(programme: Programme, agency: Organisation) -> QuerySet[Envelope]:
    """An agency's envelopes of a programme, by fiscal year."""
    return Envelope.objects.filter(programme=programme, agency=agency).order_by("fiscal_year")


def paid_by_year(programme: Programme, agency: Organisation) -> dict[int, int]:
    """What an agency has paid in a programme: `{fiscal year: yen}`."""
    sums = (
        LedgerEntry.objects.filter(
            project__programme=programme, project__agency=agency, kind=EntryKind.PAYMENT
        )
        .values("fiscal_year")
        .annotate(total=Sum("amount"))
    )
    return {row["fiscal_year"]: row["total"] for row in sums.order_by("fiscal_year")}


def allocated(project: Project) -> dict[tuple[int, str], int]:
    """What is awarded: `{(fiscal year, category): yen}`, allocations and their changes."""
    return _by_year_and_category(project, kind__in=COMMITTING)


def paid(project: Project) -> dict[tuple[int, str], int]:
    """What is paid: `{(fiscal year, category): yen}`."""
    return _by_year_and_category(project, kind=EntryKind.PAYMENT)


def available(project: Project) -> dict[tuple[int, str], int]:
    """What may be spent, paid or not: `{(fiscal year, category): yen}`; allocation + carried in − carried out − returned."""
    sums = project.ledger.values("fiscal_year", "category").annotate(total=Sum(AMOUNT_AVAILABLE)).order_by()
    return {(row["fiscal_year"], row["category"]): row["total"] for row in sums}


def _by_year_and_category(project: Project, **which: Any) -> dict[tuple[int, str], int]:
    sums = (
        project.ledger.filter(**which)
        .values("fiscal_year", "category")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {(row["fiscal_year"], row["category"]): row["total"] for row in sums}
