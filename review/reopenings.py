"""Reviews that were opened again after their agency's lock, for all who read figures into which they may come."""

from collections.abc import Sequence

from proposals.models import Proposal
from review.enums import ExtraTimeKind
from review.models import ExtraTime
from review.queries import OUT_OF_SIGHT


def reopenings_in(proposals: Sequence[Proposal]) -> list[ExtraTime]:
    """What was reopened of these, the oldest first; one query for any number. What has left every figure since, by a conflict or
    because it was taken back, has left this list as well: it stays in the audit trail alone."""
    return list(
        ExtraTime.objects.filter(
            kind=ExtraTimeKind.REOPENING, assignment__proposal__in=[p.pk for p in proposals]
        )
        .exclude(assignment__state__in=OUT_OF_SIGHT)
        .select_related("assignment__proposal", "assignment__reviewer__agency")
        .order_by("at", "id")
    )
