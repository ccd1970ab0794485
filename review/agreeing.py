"""Reads of what the agencies of a call say before its decision: their lists, and what they wrote while negotiating."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from program.models import Call
from program.permissions import participation
from review.models import AgencyList, AgencyListItem, NegotiationNote
from review.queries import calls_under_review, proposals_under_review
from review.rules.agreement import Place


def lists_in_force() -> QuerySet[AgencyList]:
    """The agencies' own, and those on behalf that a second officer has confirmed."""
    return AgencyList.objects.filter(Q(on_behalf=False) | Q(confirmed_at__isnull=False))


def lists_of(call: Call) -> dict[int, AgencyList]:
    """The call's lists by the agency's id, those that wait for a second officer among them; two queries."""
    items = AgencyListItem.objects.select_related("proposal").order_by("id")
    found = (
        AgencyList.objects.filter(call=call)
        .select_related("agency", "call", "recorded_by", "confirmed_by")
        .prefetch_related(Prefetch("items", items))
        .order_by("agency__short_name")
    )
    return {one.agency_id: one for one in found}


def required_names(call: Call) -> list[str]:
    """The short names of the agencies whose yes is needed."""
    return [part.agency.short_name for part in participation(call).values() if part.must_agree]


def places_of(call: Call) -> dict[str, dict[str, Place]]:
    """What the lists in force say: `{agency's short name: {proposal's public id: place}}`; one query."""
    items = AgencyListItem.objects.filter(agency_list__in=lists_in_force().filter(call=call))
    found: dict[str, dict[str, Place]] = {}
    for item in items.select_related("agency_list__agency", "proposal"):
        key = item.proposal.public_id
        of_agency = found.setdefault(item.agency_list.agency.short_name, {})
        of_agency[key] = Place(key, item.is_recommended, item.rank, item.words)
    return found


def places_in(found: AgencyList) -> dict[str, Place]:
    """What one list says, by the proposals' public ids."""
    return {
        item.proposal.public_id: Place(item.proposal.public_id, item.is_recommended, item.rank, item.words)
        for item in found.items.all()
    }


def are_lists_open(call: Call, given: dict[int, AgencyList] | None = None) -> bool:
    """Whether every agency whose yes is needed has given its list, so that each reads the others'. `given` are the call's
    lists, where they are read already."""
    required = {key for key, part in participation(call).items() if part.must_agree}
    found = lists_of(call) if given is None else given
    return bool(required) and required <= {key for key, one in found.items() if one.counts}


def lists_visible_to(user: Any) -> QuerySet[AgencyList]:
    """The lists of the calls whose review the user may see; what stands in them is asked of `are_lists_open` besides."""
    return AgencyList.objects.select_related("call__programme", "agency", "letter", "recorded_by").filter(
        call__in=calls_under_review(user).values("pk")
    )


def notes_visible_to(user: Any) -> QuerySet[NegotiationNote]:
    """What was noted of the proposals that the user may see in review, in its order."""
    return NegotiationNote.objects.select_related("agency", "by__person", "proposal").filter(
        proposal__in=proposals_under_review(user).values("pk")
    )
