"""How well reviewers who are looked at fit one proposal: what its title and keywords share with what they know, without a search."""

from collections.abc import Sequence
from dataclasses import dataclass

from proposals.models import Proposal
from review.gathering import subject_of
from review.models import Reviewer
from review.rules.matching.similarity import Likeness

MOST_TERMS = 3


@dataclass(frozen=True)
class Fit:
    """`share` (0 to 1) among the reviewers that were looked at together, and the weightiest words in common."""

    share: float
    terms: tuple[str, ...]


def fits_of(proposal: Proposal, reviewers: Sequence[Reviewer]) -> dict[int, Fit]:
    """By the reviewer's id; no query of its own (a search also reads the proposal's text and the reviewers' papers).

    `proposal` is read with its notice and its designation's field.
    """
    knows = ["\n".join([*(str(word) for word in one.keywords), one.expertise]) for one in reviewers]
    likeness = Likeness([subject_of(proposal, "")], knows)
    return {
        one.pk: Fit(float(likeness.grid[0, at]), tuple(likeness.shared(0, at, MOST_TERMS)))
        for at, one in enumerate(reviewers)
    }
