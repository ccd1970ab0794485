"""Reads of the review, as far as a user may see them.

An officer in conflict with a proposal, or of its team, sees nothing of it: no assignment, no reviewer's share of it, no
decision in which it stands. Whatever is counted or ranked on a page is counted from these querysets, so that nothing
can be inferred from a number (cases.md, 17).
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.enums import Role
from accounts.models import Organisation, Person
from accounts.permissions import is_agency_officer, organisation_ids, person_of, same_people
from program.enums import CallState
from program.models import Call, CallAgency
from program.permissions import SEATS, participation
from program.queries import calls_of_officer
from proposals.enums import AccessKind
from proposals.models import Proposal, ProposalAccess, TeamMember
from proposals.permissions import exclusions_of
from proposals.queries import proposals_visible_to
from review.confidentiality import VERSION
from review.enums import AssignmentState, DecisionState
from review.models import (
    AgencyAnswer,
    Assignment,
    ConfidentialityAgreement,
    Decision,
    DecisionItem,
    FindingVerdict,
    Reviewer,
    ReviewPlan,
    ScoreLock,
)
from review.permissions import REVIEWED, root_of
from review.rules.agreement import agreement_of

OUT_OF_SIGHT = (AssignmentState.CONFLICTED, AssignmentState.WITHDRAWN, AssignmentState.HANDED_BACK)
UNFINISHED = (AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS)


def calls_under_review(user: Any) -> QuerySet[Call]:
    """The calls of the officer's agencies whose review has begun, the newest first."""
    return (
        Call.objects.filter(
            pk__in=calls_of_officer(user).values("pk"), state__in=[CallState.REVIEW, CallState.DECIDED]
        )
        .select_related("programme", "lead_agency")
        .order_by("-opens_at", "-id")
    )


def _teams_of(user: Any) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(person__in=same_people(person_of(user)).values("pk"))


def proposals_under_review(user: Any) -> QuerySet[Proposal]:
    """What an officer may see of the proposals in review, by receipt number; never those of their own team."""
    return (
        proposals_visible_to(user)
        .filter(state__in=REVIEWED, call__in=calls_under_review(user).values("pk"))
        .exclude(pk__in=_teams_of(user).values("proposal"))
        .exclude(pi__in=same_people(person_of(user)).values("pk"))
        .order_by("receipt_number", "id")
    )


def own_assignments(user: Any) -> QuerySet[Assignment]:
    """The reviewer's own, those due first; none with a conflict of interest, and none that was withdrawn or handed back.

    Each with whether they have agreed to confidentiality as its text stands now (`has_agreed`), or ever (`had_agreed`).
    """
    whole = _assigned_to(user).select_related(
        "proposal__pi",
        "proposal__institution",
        "proposal__form_version",
        "proposal__designation__field",
        "proposal__designation__country",
        "proposal__designation__group",
        "reviewer__agency",
        "reviewer__person__merged_into",
    )
    agreed = ConfidentialityAgreement.objects.filter(reviewer=OuterRef("reviewer"))
    whole = whole.annotate(has_agreed=Exists(agreed.filter(version=VERSION)), had_agreed=Exists(agreed))
    return with_closing(whole).order_by("due_on", "id")


def with_closing(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each with whether its agency `is_locked`, and the day on which that agency's reviews close (`closes_on`)."""
    here = {"call": OuterRef("proposal__call"), "agency": OuterRef("reviewer__agency")}
    return assignments.select_related("proposal__call__programme", "reviewer").annotate(
        is_locked=Exists(locks_in_force().filter(**here)),
        closes_on=Subquery(ReviewPlan.objects.filter(**here).values("closes_on")[:1]),
    )


def has_assignments(user: Any) -> bool:
    """Whether there are own assignments; asked once a request, since every page's navigation asks."""
    kept: bool | None = getattr(user, "_has_assignments", None)
    if kept is None:
        kept = user._has_assignments = _assigned_to(user).exists()
    return kept


def _assigned_to(user: Any) -> QuerySet[Assignment]:
    person = person_of(user)
    if person is None:
        return Assignment.objects.none()
    root = root_of(person)
    excluded = ProposalAccess.objects.filter(
        Q(person=root) | Q(person__merged_into=root), kind=AccessKind.EXCLUDED
    )
    return (
        Assignment.objects.filter(Q(reviewer__person=root) | Q(reviewer__person__merged_into=root))
        .exclude(state__in=OUT_OF_SIGHT)
        .exclude(proposal__in=excluded.values("proposal"))
        .exclude(proposal__team__person__in=Person.objects.filter(Q(pk=root.pk) | Q(merged_into=root)))
    )


def of_own_side(user: Any, call: str, agency: str) -> Q:
    """Rows of the user's own agencies; for the lead agency's programme officers also of those that do not sign in."""
    led = organisation_ids(user, Role.PROGRAMME_OFFICER)
    silent = CallAgency.objects.filter(
        call=OuterRef(call), agency=OuterRef(agency), signs_in=False, call__lead_agency__in=led
    )
    return Q(**{f"{agency}__in": organisation_ids(user, *SEATS)}) | Q(Exists(silent))


def _assignments() -> QuerySet[Assignment]:
    return Assignment.objects.select_related(
        "reviewer__person", "reviewer__agency", "proposal__call__programme"
    ).order_by("proposal__receipt_number", "reviewer__agency__short_name", "id")


def assignments_visible_to(user: Any) -> QuerySet[Assignment]:
    """Officers see their own side's assignments, but of no proposal with which they have a conflict.

    The other side's reviewers stay the other side's: of them the board shows figures, once both have locked.
    """
    if not is_agency_officer(user):
        return Assignment.objects.none()
    return _assignments().filter(
        of_own_side(user, "proposal__call", "reviewer__agency"),
        proposal__in=proposals_under_review(user).values("pk"),
    )


def reviewers_visible_to(user: Any) -> QuerySet[Reviewer]:
    """Officers see their own side's pools, in the order in which they were filled.

    `load` and `done` count what the user may see of each reviewer's assignments: the pool of somebody in conflict looks
    the same whether or not anybody in it reviews the proposal in question.
    """
    reviewers = Reviewer.objects.select_related(
        "person", "agency", "call__programme", "recorded_by", "confirmed_by"
    ).order_by("agency__short_name", "id")
    if not is_agency_officer(user):
        return reviewers.none()
    seen = Q(assignments__proposal__in=proposals_under_review(user).values("pk"))
    return reviewers.filter(
        of_own_side(user, "call", "agency"), call__in=calls_under_review(user).values("pk")
    ).annotate(
        load=Count("assignments", filter=seen & ~Q(assignments__state__in=OUT_OF_SIGHT)),
        done=Count("assignments", filter=seen & Q(assignments__state=AssignmentState.SUBMITTED)),
        is_kept=Exists(FindingVerdict.objects.filter(reviewer=OuterRef("pk")))
        | Exists(Assignment.objects.filter(reviewer=OuterRef("pk"))),
    )


def reviewers_to_confirm(user: Any) -> QuerySet[Reviewer]:
    """Reviewers recorded on behalf in the calls whose review the user may see, not confirmed yet."""
    return (
        Reviewer.objects.filter(on_behalf=True, call__in=calls_under_review(user).values("pk"))
        .select_related("person", "agency", "letter", "recorded_by", "call__programme")
        .order_by("id")
    )


def decisions_visible_to(user: Any) -> QuerySet[Decision]:
    """Officers of the call's agencies, the newest first; none that speaks of a proposal with which they have a conflict."""
    decisions = Decision.objects.select_related("call__programme", "call__lead_agency").order_by("-id")
    person = person_of(user)
    if person is None or not is_agency_officer(user):
        return decisions.none()
    hidden = DecisionItem.objects.filter(
        Q(proposal__in=exclusions_of(user).values("proposal"))
        | Q(proposal__in=_teams_of(user).values("proposal"))
        | Q(proposal__pi__in=same_people(person).values("pk"))
    )
    return decisions.filter(call__in=calls_of_officer(user).values("pk")).exclude(
        pk__in=hidden.values("decision")
    )


def answers_visible_to(user: Any) -> QuerySet[AgencyAnswer]:
    """The answers to the decisions that the user may see."""
    return AgencyAnswer.objects.select_related("decision__call__programme", "agency", "letter").filter(
        decision__in=decisions_visible_to(user).values("pk")
    )


def reviewing_agencies(call: Call) -> list[Organisation]:
    """The agencies whose reviewers score, the lead agency first: all that take part, but the lead agency alone where the
    others confirm what it has evaluated."""
    agencies = agencies_today(call)
    if agreement_of(call.agreement).all_review:
        return agencies
    return [agency for agency in agencies if agency.pk == call.lead_agency_id]


def agencies_today(call: Call) -> list[Organisation]:
    """The agencies that take part in the call today, the lead agency first."""
    agencies = [part.agency for part in participation(call).values()]
    return sorted(agencies, key=lambda agency: (agency.pk != call.lead_agency_id, agency.short_name))


def locks_in_force() -> QuerySet[ScoreLock]:
    """The locks that hold: an agency's own, and those on behalf that a second officer has confirmed."""
    return ScoreLock.objects.filter(Q(on_behalf=False) | Q(confirmed_at__isnull=False))


def locks_of(call: Call) -> dict[int, ScoreLock]:
    """The call's locks by the agency's id, those that wait for a second officer among them; each knows the call as it was read."""
    locks = call.score_locks.select_related("agency", "recorded_by", "confirmed_by")
    return {lock.agency_id: lock for lock in locks}


def locks_visible_to(user: Any) -> QuerySet[ScoreLock]:
    """The locks of the calls whose review the user may see."""
    return ScoreLock.objects.select_related("call__programme", "agency", "letter", "recorded_by").filter(
        call__in=calls_under_review(user).values("pk")
    )


def locked_agencies(call: Call) -> set[int]:
    """The ids of the agencies that have locked their scores."""
    return set(locks_in_force().filter(call=call).values_list("agency", flat=True))


def unfinished(user: Any, call: Call, agency: Organisation) -> list[Assignment]:
    """What the agency's lock will close, for an officer who locks or confirms it: of the proposals that they may see."""
    return list(
        _assignments().filter(
            proposal__call=call,
            proposal__in=proposals_under_review(user).values("pk"),
            reviewer__agency=agency,
            state__in=UNFINISHED,
        )
    )


def all_have_locked(call: Call) -> bool:
    """Whether every agency whose reviewers score has locked."""
    agencies = reviewing_agencies(call)
    return bool(agencies) and {agency.pk for agency in agencies} <= locked_agencies(call)


def waiting_decision(call: Call) -> Decision | None:
    """The decision that the agencies have before them, or None."""
    return Decision.objects.filter(call=call, state=DecisionState.PROPOSED).first()
