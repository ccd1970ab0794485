"""The mixed model computed in two other ways than the portal's: by the dense covariance matrix, and by Gibbs sampling.

Neither shares a line with `review.statistics`; both are slower and simpler.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from review.statistics import Review


def arrays(reviews: Sequence[Review]) -> tuple[np.ndarray, list[np.ndarray], list[list[str]]]:
    """The scores, and for proposal, reviewer and agency the place of each review's key among the sorted keys."""
    columns = [[getattr(r, name) for r in reviews] for name in ("proposal", "reviewer", "agency")]
    keys = [sorted(set(column)) for column in columns]
    places = [
        np.array([known.index(key) for key in column])
        for column, known in zip(columns, map(_Index, keys), strict=True)
    ]
    return np.array([r.value for r in reviews]), places, keys


class _Index:
    def __init__(self, keys: list[str]) -> None:
        self.places = {key: place for place, key in enumerate(keys)}

    def index(self, key: str) -> int:
        return self.places[key]


def dense(
    reviews: Sequence[Review], proposal_ratio: float, severity_ratio: float
) -> tuple[float, np.ndarray]:
    """The restricted log-likelihood at its best σe but for a constant, and the proposals' best predictors: by H itself."""
    y, (p, r, a), (proposals, _reviewers, agencies) = arrays(reviews)
    same = lambda of: (of[:, None] == of[None, :]).astype(float)  # noqa: E731 - a matrix of equal keys
    h = np.eye(len(y)) + proposal_ratio**2 * same(p) + severity_ratio**2 * same(r)
    x = np.eye(len(agencies))[a]
    inverse = np.linalg.inv(h)
    information = x.T @ inverse @ x
    means = np.linalg.solve(information, x.T @ inverse @ y)
    left = y - x @ means
    quadratic = left @ inverse @ left
    predictors = proposal_ratio**2 * np.eye(len(proposals))[p].T @ inverse @ left
    degrees = len(y) - len(agencies)
    dets = np.linalg.slogdet(h)[1] + np.linalg.slogdet(information)[1]
    return float(-0.5 * (dets + degrees * np.log(quadratic))), predictors


@dataclass(frozen=True)
class Sampled:
    """Of each proposal, by its key: the mean of its score, the ends of its 95 % interval, those of its rank, and how often it is among
    the first `line`."""

    score: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    rank_low: dict[str, float]
    rank_high: dict[str, float]
    chance: dict[str, float]


def gibbs(reviews: Sequence[Review], line: int, *, rounds: int, seed: int = 7) -> Sampled:
    """Every unknown drawn in turn given all others, under flat priors of σp and σr and 1/σe; the first fifth is dropped."""
    y, (p, r, a), (proposals, reviewers, agencies) = arrays(reviews)
    chance = np.random.default_rng(seed)
    n_p, n_r, n_a = (np.bincount(of).astype(float) for of in (p, r, a))
    u, v, m = np.zeros(len(proposals)), np.zeros(len(reviewers)), np.full(len(agencies), y.mean())
    vp = vr = ve = y.var() / 3
    kept = []
    for turn in range(rounds):
        m = np.bincount(a, y - u[p] - v[r]) / n_a + chance.normal(size=len(m)) * np.sqrt(ve / n_a)
        weight = n_p / ve + 1 / vp
        u = np.bincount(p, y - m[a] - v[r]) / ve / weight + chance.normal(size=len(u)) / np.sqrt(weight)
        weight = n_r / ve + 1 / vr
        v = np.bincount(r, y - m[a] - u[p]) / ve / weight + chance.normal(size=len(v)) / np.sqrt(weight)
        vp = (u @ u) / 2 / chance.gamma((len(u) - 1) / 2)
        vr = (v @ v) / 2 / chance.gamma((len(v) - 1) / 2)
        left = y - m[a] - u[p] - v[r]
        ve = (left @ left) / 2 / chance.gamma(len(y) / 2)
        if turn >= rounds // 5:
            kept.append(m.mean() + u)
    draws = np.array(kept)
    places = len(proposals) - draws.argsort(axis=1).argsort(axis=1)
    by = lambda values: dict(zip(proposals, map(float, values), strict=True))  # noqa: E731 - by the key
    return Sampled(
        by(draws.mean(axis=0)),
        *(by(np.quantile(draws, q, axis=0)) for q in (0.025, 0.975)),
        *(by(np.quantile(places, q, axis=0)) for q in (0.025, 0.975)),
        by((places <= line).mean(axis=0)),
    )
