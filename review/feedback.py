"""What applicants read of the review of their own proposal once its decision is published: never who wrote it."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from program.enums import Feedback
from program.models import Criterion
from proposals.models import Proposal
from review.counted import counted_reviews
from review.models import Score


@dataclass(frozen=True)
class CriterionMean:
    """The mean of one criterion on its own scale; None of no score. `n` is None where the call does not tell it."""

    criterion: Criterion
    mean: Fraction | None
    n: int | None


def comments_to_applicants(proposal: Proposal) -> list[str]:
    """The reviewers' comments to the applicants, in the order of their digests: it tells neither who wrote one nor when, nor
    for which agency. What was written for the agency is in none of them."""
    comments = counted_reviews().filter(proposal=proposal).exclude(comment_to_applicant="")
    texts = comments.order_by().values_list("comment_to_applicant", flat=True)
    salted = [
        (hashlib.sha256(f"{proposal.public_id}{text}".encode()).hexdigest(), text.strip()) for text in texts
    ]
    return [text for _digest, text in sorted(salted) if text]


def means_of_criteria(proposal: Proposal) -> list[CriterionMean]:
    """The mean of each criterion as far as the call tells it; none where it tells none."""
    rule = proposal.call.feedback
    if rule == Feedback.NOTHING:
        return []
    values: dict[int, list[int]] = defaultdict(list)
    scores = Score.objects.filter(
        assignment__in=counted_reviews().filter(proposal=proposal), value__isnull=False
    ).order_by()
    for criterion, value in scores.values_list("criterion", "value"):
        if value is not None:
            values[criterion].append(value)
    return [
        CriterionMean(
            criterion,
            Fraction(sum(found), len(found)) if (found := values.get(criterion.pk, [])) else None,
            len(found) if rule == Feedback.MEANS_AND_N else None,
        )
        for criterion in proposal.form_version.criteria.order_by("position")
    ]
