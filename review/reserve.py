"""How the decisions of a call stand behind each other: the first one, whether its reserve list has ended, what is unpublished."""

from django.db.models import F, OuterRef, Subquery

from kernel.clock import today
from program.models import Call
from projects.models import Project
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import DecisionKind, DecisionState
from review.models import Decision, DecisionItem


def first_decision(call: Call) -> Decision | None:
    """The adopted decision on the call itself, or None while there is none."""
    return Decision.objects.filter(call=call, kind=DecisionKind.FIRST, state=DecisionState.ADOPTED).first()


def has_reserve_ended(call: Call) -> bool:
    """Whether the last day of the call's reserve list has passed."""
    first = first_decision(call)
    if first is None or first.reserve_until is None:
        return False
    return first.reserve_ended_at is not None or first.reserve_until < today(call.programme.zone)


def has_unpublished(call: Call) -> bool:
    """Whether an adopted decision on the call waits for its publication: another one would overtake its letters."""
    adopted = Decision.objects.filter(call=call, state=DecisionState.ADOPTED)
    return any(not decision.is_published for decision in adopted)


def reserve_list(call: Call) -> dict[int, int]:
    """The proposals of the call that stand in reserve, with the rank that the last decision gave them: `{id: rank}`, in that
    order. One that stands there by no decision comes last, as the ranks go on."""
    ranked = DecisionItem.objects.filter(proposal=OuterRef("pk"), decision__state=DecisionState.ADOPTED)
    reserved = Proposal.objects.filter(call=call, state=ProposalState.RESERVED).annotate(
        place=Subquery(ranked.order_by("-decision").values("rank")[:1])
    )
    found: dict[int, int] = {}
    for pk, place in reserved.order_by(F("place").asc(nulls_last=True), "receipt_number").values_list(
        "pk", "place"
    ):
        found[pk] = place or max(found.values(), default=0) + 1
    return found


def is_place_free(call: Call) -> bool:
    """Whether a team that was adopted has declined, so that its money is free for the reserve list."""
    return Project.objects.filter(proposal__call=call, proposal__state=ProposalState.DECLINED).exists()
