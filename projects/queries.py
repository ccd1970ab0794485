"""Reads of projects and their money, as far as a user may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from program.enums import EnvelopeEntryKind
from program.models import Envelope, Programme
from program.queries import calls_of_officer
from projects.enums import COMMITTING, EntryKind
from projects.models import CapAccount, LedgerEntry, Project, SpendAccount
from projects.rules.spending import Key, Sums, of_year, summed
from proposals.models import TeamMember
from proposals.permissions import exclusions_of
from proposals.told import is_held_back

AMOUNT_AVAILABLE = Case(
    When(kind__in=[EntryKind.ALLOCATION, EntryKind.CHANGE, EntryKind.CARRY_IN], then=F("amount")),
    When(kind__in=[EntryKind.CARRY_OUT, EntryKind.RETURN], then=-F("amount")),
    default=0,
)


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """What the user may read, by number.

    Teams their own; officers of the institution theirs; officers of the owning agency and of the call's other agencies;
    ministry officers all. An exclusion by a conflict of interest outweighs all but the own team's right. Before the
    decision is published neither team nor institution learns that there is one.
    """
    projects = Project.objects.select_related("programme", "agency", "pi", "institution").order_by("-number")
    if is_ministry_officer(user):
        return projects
    person = person_of(user)
    if person is None:
        return projects.none()
    own = Q(pi=person) | Q(proposal__in=TeamMember.objects.joined().filter(person=person).values("proposal"))
    hosts = [m.organisation_id for m in memberships_of(user) if m.role == Role.INSTITUTION_OFFICER]
    others = Q(institution__in=hosts) & ~is_held_back("proposal__")
    if is_agency_officer(user):
        others |= Q(agency__in=organisation_ids(user, Role.PROGRAMME_OFFICER, Role.APPROVER))
        others |= Q(proposal__call__in=calls_of_officer(user).values("pk"))
        # An officer of the team itself is told no sooner than the team.
        named = TeamMember.objects.filter(person=person).values("proposal")
        others &= ~(is_held_back("proposal__") & (Q(pi=person) | Q(proposal__in=named)))
    excluded = exclusions_of(user).values("proposal")
    return projects.filter((own & ~is_held_back("proposal__")) | (others & ~Q(proposal__in=excluded)))


def has_projects(user: Any) -> bool:
    """Whether there is any project that the user may read; asked once a request, since every page's navigation asks."""
    kept: bool | None = getattr(user, "_has_projects", None)
    if kept is None:
        kept = user._has_projects = projects_visible_to(user).exists()
    return kept


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


def is_spent(project: Project) -> bool:
    """Whether anything but allocations and their changes stands in the ledger, what was put right left out."""
    standing = project.ledger.filter(corrects=None, corrected_by=None)
    return standing.exclude(kind__in=COMMITTING).exists()


@dataclass(frozen=True)
class Allocated:
    """What is awarded to one institution of a project in a fiscal year and category."""

    institution: Organisation
    fiscal_year: int
    category: str
    amount: int


def allocated_by_institution(project: Project) -> list[Allocated]:
    """What is awarded, allocations and their changes, to each institution; the largest first, nothings left out."""
    sums = (
        project.ledger.filter(kind__in=COMMITTING)
        .values("institution", "fiscal_year", "category")
        .annotate(total=Sum("amount"))
        .order_by("-total", "fiscal_year", "category", "institution")
    )
    rows = [row for row in sums if row["total"]]
    known = Organisation.objects.in_bulk({row["institution"] for row in rows})
    return [
        Allocated(known[row["institution"]], row["fiscal_year"], row["category"], row["total"])
        for row in rows
    ]


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


def totals_of(project: Project) -> list[tuple[int, str, str, int]]:
    """The whole ledger as `(fiscal year, category, kind, total)`, in one query."""
    rows = project.ledger.values_list("fiscal_year", "category", "kind").annotate(total=Sum("amount"))
    return list(rows.order_by())


def sums_of(project: Project) -> dict[Key, Sums]:
    """The whole ledger by fiscal year and category, in one query."""
    return summed(totals_of(project))


def money_of(projects: Iterable[Project]) -> dict[int, tuple[int, int]]:
    """`{project id: (awarded, paid)}` over all years, for the projects of a list, in one query."""
    rows = (
        LedgerEntry.objects.filter(project__in=[project.pk for project in projects])
        .values("project")
        .annotate(
            awarded=Sum("amount", filter=Q(kind__in=COMMITTING), default=0),
            paid=Sum("amount", filter=Q(kind=EntryKind.PAYMENT), default=0),
        )
        .order_by()
    )
    return {row["project"]: (row["awarded"], row["paid"]) for row in rows}


def ledger_of(project: Project) -> QuerySet[LedgerEntry]:
    """A project's entries, newest first, each with its institution and the entry against it."""
    return project.ledger.select_related("institution", "corrects", "corrected_by").order_by("-id")


@dataclass(frozen=True)
class EnvelopeUse:
    """An agency's envelope of a fiscal year (None: all of them), in minor units."""

    fiscal_year: int | None
    requested: int
    appropriated: int
    committed: int
    paid: int

    @property
    def left(self) -> int:
        return self.appropriated - self.committed


def envelope_uses(envelopes: QuerySet[Envelope]) -> list[tuple[Envelope, EnvelopeUse]]:
    """Each envelope with what was requested, appropriated, committed and paid: two queries."""
    found = list(
        envelopes.annotate(
            requested=Sum("entries__amount", filter=Q(entries__kind=EnvelopeEntryKind.REQUEST), default=0)
        )
    )
    payments = (
        LedgerEntry.objects.filter(
            kind=EntryKind.PAYMENT, project__agency__in={envelope.agency_id for envelope in found}
        )
        .values("project__programme", "project__agency", "fiscal_year")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    paid = {(r["project__programme"], r["project__agency"], r["fiscal_year"]): r["total"] for r in payments}
    return [
        (
            envelope,
            EnvelopeUse(
                envelope.fiscal_year,
                envelope.requested,
                envelope.appropriated,
                envelope.committed,
                paid.get((envelope.programme_id, envelope.agency_id, envelope.fiscal_year), 0),
            ),
        )
        for envelope in found
    ]


@dataclass(frozen=True)
class Remaining:
    """What is left in a fiscal year: of a category, of the year, under each cap (`(account, left)`), in the envelope."""

    fiscal_year: int
    category: int
    year: int
    caps: list[tuple[CapAccount, int]]
    envelope: int | None


def remaining(project: Project, fiscal_year: int, category: str) -> Remaining:
    """What is left at this moment for one category of a fiscal year."""
    sums = sums_of(project)
    accounts = project.cap_accounts.filter(fiscal_year__in=[0, fiscal_year]).select_related(
        "cap__support_type"
    )
    envelope = envelopes_of(project.programme, project.agency).filter(fiscal_year=fiscal_year).first()
    return Remaining(
        fiscal_year,
        sums.get((fiscal_year, category), Sums()).left,
        of_year(sums, fiscal_year).left,
        [(account, account.limit - account.total) for account in accounts.order_by("pk")],
        envelope.left if envelope else None,
    )


def years_of(project: Project) -> list[int]:
    """The fiscal years in which the project has money, those of carried-over money included."""
    years = SpendAccount.objects.filter(project=project).values_list("fiscal_year", flat=True)
    return list(years.order_by("fiscal_year"))
