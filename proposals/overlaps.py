"""Reads of hints of overlap, as far as an officer may see them, and who may settle them."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.enums import Role
from accounts.permissions import works_for
from program.permissions import participation
from proposals.actions.workload import STANDING
from proposals.models import OverlapFlag, Proposal
from proposals.permissions import has_interest
from proposals.queries import office_proposals


def in_force() -> Q:
    """Hints as long as the other proposal stands."""
    return Q(other=None) | Q(other__state__in=STANDING)


def may_settle(user: Any, proposal: Proposal) -> bool:
    """Programme officers of an agency that takes part in the call who have no interest in the proposal: hints of overlap."""
    agencies = participation(proposal.call)
    return any(works_for(user, key, Role.PROGRAMME_OFFICER) for key in agencies) and not has_interest(
        user, proposal
    )


def overlaps_of(user: Any, proposal: Proposal) -> QuerySet[OverlapFlag]:
    """The hints on a proposal that the user handles, open ones first, each with `is_shown`: whether the user handles the
    other proposal too. Of one that they do not handle nothing is told but that there is something."""
    handled = office_proposals(user).order_by().filter(pk=OuterRef("other"))
    return (
        OverlapFlag.objects.filter(in_force(), proposal=proposal)
        .annotate(is_shown=Exists(handled))
        .select_related("other", "person", "settled_by__person", "settled_for")
        .order_by("settled_at", "pk")
    )


def awaiting_settlement(user: Any) -> QuerySet[Proposal]:
    """Proposals with a hint of overlap that nobody has settled."""
    open_hints = OverlapFlag.objects.filter(in_force(), proposal=OuterRef("pk"), settled_at=None)
    return office_proposals(user).filter(Exists(open_hints))


def with_hints(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With `hints` and `open_hints`: how many hints of overlap each has, and how many of them nobody has settled."""
    flags = OverlapFlag.objects.filter(in_force(), proposal=OuterRef("pk")).order_by().values("proposal")

    def number(**only: Any) -> Coalesce:
        counted = flags.filter(**only).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return proposals.annotate(hints=number(), open_hints=number(settled_at=None))
