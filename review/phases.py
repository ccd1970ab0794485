"""How far each agency's review of a call is, and what that opens to whom. The phases themselves are in `rules.phases`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Organisation
from kernel.clock import today
from program.models import Call
from proposals.enums import AccessKind
from proposals.models import Proposal, ProposalAccess
from review.counted import counted_reviews
from review.enums import Phase
from review.models import Assignment, DiscussionEntry, ReviewPlan
from review.permissions import sides_of
from review.queries import locked_agencies, reviewing_agencies
from review.rules.phases import BUNDLES, Bundle, Dates, phase_on

# The phases in which an agency takes part in what all agencies read and discuss together.
TOGETHER = (Phase.DISCUSSION, Phase.FROZEN)


def dates_of(plan: ReviewPlan | None) -> Dates:
    """The days of a plan; none where there is no plan."""
    if plan is None:
        return Dates()
    return Dates(plan.others_from, plan.closes_on, plan.discussion_from, plan.frozen_from)


@dataclass(frozen=True)
class Phases:
    """Where each reviewing agency of a call is today, by the agency's id. `are_together`: every agency has locked its
    scores, and none of them is before its discussion, so that each reads what the others have written."""

    agencies: Mapping[int, Organisation]
    plans: Mapping[int, ReviewPlan]
    phases: Mapping[int, Phase]
    are_together: bool

    def of(self, agency_id: int) -> Phase:
        return self.phases.get(agency_id, Phase.OWN)

    def bundle(self, agency_id: int) -> Bundle:
        return BUNDLES[self.of(agency_id)]

    def read_by(self, agency_id: int) -> set[int]:
        """The agencies whose reviews and entries a reviewer of this one may read, once they have submitted their own."""
        if not self.bundle(agency_id).reads_others:
            return set()
        return set(self.agencies) if self.are_together else {agency_id}

    def shows_names(self, agency_id: int) -> bool:
        plan = self.plans.get(agency_id)
        return plan is not None and plan.shows_names

    def may_amend(self, agency_id: int) -> bool:
        plan = self.plans.get(agency_id)
        return plan is not None and plan.may_amend and self.bundle(agency_id).amends


def phases_of(call: Call) -> Phases:
    """Three queries for any number of agencies."""
    agencies = {agency.pk: agency for agency in reviewing_agencies(call)}
    plans = {plan.agency_id: plan for plan in ReviewPlan.objects.filter(call=call)}
    day = today(call.programme.zone)
    phases = {key: phase_on(day, dates_of(plans.get(key))) for key in agencies}
    locked = locked_agencies(call)
    together = bool(agencies) and all(key in locked and phases[key] in TOGETHER for key in agencies)
    return Phases(agencies, plans, phases, together)


def seen_by_officer(user: Any, call: Call, phases: Phases) -> set[int]:
    """The agencies whose reviews and entries this officer reads: those for which they act; all, once they are together."""
    return set(phases.agencies) if phases.are_together else sides_of(user, call) & set(phases.agencies)


def _shut_out(person: str) -> Exists:
    return Exists(
        ProposalAccess.objects.filter(
            proposal=OuterRef("proposal"), person=OuterRef(person), kind=AccessKind.EXCLUDED
        )
    )


def submitted_reviews(proposal: Proposal, agencies: set[int]) -> QuerySet[Assignment]:
    """What these agencies' reviewers have submitted of a proposal, in the order in which they are numbered; none of anybody
    who was shut out of the proposal since."""
    return (
        counted_reviews()
        .filter(proposal=proposal, reviewer__agency__in=agencies)
        .select_related("reviewer__person", "reviewer__agency")
        .prefetch_related("scores", "versions")
        .order_by("reviewer__agency__short_name", "id")
    )


def entries_of(proposal: Proposal, agencies: set[int]) -> QuerySet[DiscussionEntry]:
    """What was said of a proposal for these agencies, oldest first; nothing of anybody who was shut out of it since."""
    return (
        DiscussionEntry.objects.filter(~_shut_out("person"), proposal=proposal, agency__in=agencies)
        .select_related("person", "agency")
        .order_by("id")
    )
