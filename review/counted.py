"""Which reviews count."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from proposals.enums import AccessKind
from proposals.models import ProposalAccess, TeamMember
from review.enums import AssignmentState
from review.models import Assignment


def counted_reviews() -> QuerySet[Assignment]:
    """What was submitted and is in the figures: of nobody who was shut out of the proposal since, or has come onto its team, by
    whichever of their accounts. Whatever counts or averages reviews begins here."""
    person, root = OuterRef("reviewer__person"), OuterRef("reviewer__person__merged_into")
    is_theirs = Q(person=person) | Q(person=root) | Q(person__merged_into=person)
    shut_out = ProposalAccess.objects.filter(
        is_theirs, proposal=OuterRef("proposal"), kind=AccessKind.EXCLUDED
    )
    on_team = TeamMember.objects.filter(is_theirs, proposal=OuterRef("proposal"))
    return Assignment.objects.filter(
        ~Exists(shut_out), ~Exists(on_team), state=AssignmentState.SUBMITTED
    ).exclude(reviewer__person=F("proposal__pi"))
