"""Panels drawn from the model, whose truth is known."""

import numpy as np

from review.statistics import Review


def panel(
    chance: np.random.Generator,
    *,
    proposals: int,
    each: int,
    reviewers: int,
    agencies: int = 2,
    deviations: tuple[float, float, float] = (0.6, 0.4, 0.7),
) -> tuple[list[Review], dict[str, float]]:
    """Reviews, `each` a proposal by different reviewers, and the proposals' true scores on a level of 4."""
    of_proposals, of_reviewers, of_rest = deviations
    truth = chance.normal(0, of_proposals, proposals)
    severity = chance.normal(0, of_reviewers, reviewers)
    reviews = [
        Review(
            f"p{i:03}",
            f"r{j:03}",
            f"agency {j % agencies}",
            float(4 + truth[i] + severity[j] + chance.normal(0, of_rest)),
        )
        for i in range(proposals)
        for j in chance.choice(reviewers, each, replace=False)
    ]
    return reviews, {f"p{i:03}": float(4 + value) for i, value in enumerate(truth)}
