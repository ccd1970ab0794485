"""What applicants, partners and institutions learn of a decision once it is published; before that, nothing is found here."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.permissions import memberships_of, person_of
from kernel.clock import day_of, now, today
from kernel.violations import Violation
from program.models import Call
from proposals.enums import ProposalState
from proposals.models import Proposal, TeamMember
from review.enums import DecisionState, Outcome
from review.letters import appeal_until
from review.models import Appeal, Decision, DecisionItem, DecisionLetter
from review.queries import decisions_visible_to


def published_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(state=DecisionState.ADOPTED, publish_at__lte=now())


def results_visible_to(user: Any) -> QuerySet[DecisionItem]:
    """What was decided and published on the proposals of the user's teams and of their institutions, the newest first."""
    items = DecisionItem.objects.select_related(
        "decision__call__programme",
        "decision__call__lead_agency",
        "proposal__call__programme",
        "proposal__pi",
        "proposal__institution",
        "proposal__form_version",
    ).order_by("-decision", "rank")
    person = person_of(user)
    if person is None:
        return items.none()
    teams = TeamMember.objects.joined().filter(person=person)
    hosts = [m.organisation_id for m in memberships_of(user) if m.role == Role.INSTITUTION_OFFICER]
    return items.filter(
        Q(proposal__pi=person)
        | Q(proposal__in=teams.values("proposal"))
        | Q(proposal__institution__in=hosts),
        decision__in=published_decisions().values("pk"),
    )


def letters_visible_to(user: Any) -> QuerySet[DecisionLetter]:
    """The letters addressed to the user, once they are published; those of the decisions that an officer sees."""
    letters = DecisionLetter.objects.select_related("item__decision__call__lead_agency", "item__proposal")
    person = person_of(user)
    if person is None:
        return letters.none()
    own = Q(person=person) | Q(person__merged_into=person)
    return letters.filter(
        Q(item__decision__in=decisions_visible_to(user).values("pk"))
        | (own & Q(item__decision__in=published_decisions().values("pk")))
    )


def newest_result(proposal: Proposal) -> DecisionItem | None:
    """What the newest published decision says of a proposal."""
    found = DecisionItem.objects.filter(proposal=proposal, decision__in=published_decisions().values("pk"))
    return found.select_related("decision__call__programme", "proposal").order_by("-decision").first()


def appeal_violation(item: DecisionItem) -> Violation | None:
    """Why nobody can object to what a published decision says of a proposal at this moment; None where its team can."""
    decision = item.decision
    assert decision.publish_at is not None
    zone = decision.call.programme.zone
    last = appeal_until(decision, day_of(decision.publish_at, zone))
    newest = newest_result(item.proposal)
    if last is None:
        return Violation("appeals_not_taken")
    if newest is None or newest.pk != item.pk:
        return Violation("appeal_only_newest")
    if Appeal.objects.filter(item=item).exists():
        return Violation("appeal_raised_already")
    return Violation("appeal_too_late", params={"day": last}) if today(zone) > last else None


def appeals_visible_to(user: Any) -> QuerySet[Appeal]:
    """The objections to the decisions that an officer sees, the newest first."""
    return (
        Appeal.objects.select_related(
            "item__decision__call__programme", "item__decision__call__lead_agency", "item__proposal__pi"
        )
        .filter(item__decision__in=decisions_visible_to(user).values("pk"))
        .order_by("-id")
    )


def adopted_of(call: Call) -> QuerySet[DecisionItem]:
    """What the published decisions on a call have adopted and nobody has declined: it is there for everybody to read."""
    return (
        DecisionItem.objects.filter(
            decision__call=call,
            decision__in=published_decisions().values("pk"),
            outcome=Outcome.ADOPT,
            proposal__state=ProposalState.ADOPTED,
        )
        .select_related(
            "decision__call__programme",
            "proposal__call",
            "proposal__pi",
            "proposal__institution",
            "proposal__designation__field",
        )
        .order_by("proposal__receipt_number")
    )
