"""Reads of what an agency has returned to its team for correction."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.permissions import is_agency_officer
from kernel.languages import current
from program.queries import calls_of_officer
from proposals.enums import ProposalState
from proposals.models import Correction, Proposal, Submission
from proposals.permissions import exclusions_of
from proposals.queries import naming


def returned_visible_to(user: Any) -> QuerySet[Correction]:
    """The returns for correction that are under way in the calls of an officer's agencies, all of which were told of them;
    none of a proposal with which the user has an interest. Of the proposal itself nobody reads what is being written."""
    if not is_agency_officer(user):
        return Correction.objects.none()
    excluded = exclusions_of(user)
    return (
        Correction.objects.filter(
            ended_at=None,
            proposal__call__in=calls_of_officer(user).values("pk"),
            proposal__state__in=(ProposalState.DRAFT, ProposalState.SUBMITTED),
        )
        .exclude(proposal__in=excluded.values("proposal"))
        .exclude(proposal__in=Proposal.objects.filter(naming(user)).values("pk"))
        .select_related("agency", "proposal__call", "proposal__pi", "proposal__form_version")
        .order_by("until", "pk")
    )


def submitted_titles(proposals: Sequence[int]) -> dict[int, str]:
    """The titles in the reader's language as they were last submitted, by the proposals' ids; one query."""
    found = Submission.objects.filter(proposal__in=proposals).order_by("number")
    first, second = ("content__title_en", "content__title_ja")[:: 1 if current() == "en" else -1]
    rows = found.values_list("proposal", first, second)
    return {proposal: own or other or "" for proposal, own, other in rows}
