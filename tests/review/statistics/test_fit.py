"""The adjusted ranking against two independent computations, on real reviews too, and its intervals against the truth."""

import csv
import itertools
import os
from pathlib import Path

import numpy as np
import pytest

from review.enums import Refusal
from review.statistics import Fit, Review, adjust, fingerprint
from review.statistics.equations import Equations
from review.statistics.ratios import restricted
from review.statistics.reviews import Table
from tests.review.statistics.independent import Sampled, dense, gibbs
from tests.review.statistics.made_up import panel

# The grant reviews of NIH and AIBS (docs/data-sources.md). Their licence lets nobody hand them on, so they are not in this
# repository: whoever has the two files names their folder here.
REAL = os.environ.get("GRANT_REVIEW_DATA", "")


def fitted(reviews: list[Review], line: int | None = None) -> Fit:
    found = adjust(reviews, line=line)
    assert isinstance(found, Fit)
    return found


def real(name: str) -> list[Review]:
    """The file's reviews, turned round since 1 is best there."""
    with (Path(REAL) / name).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Score"] not in ("", "NA", "ND")]
    return [Review(row["ID"], row["RevID"], "one", 10 - float(row["Score"])) for row in rows]


def compare(fit: Fit, other: Sampled, *, score: float, end: float, rank: float, chance: float) -> None:
    """Every proposal's figures agree within these; the ranking of both is the same but where scores are as near as that."""
    rows = fit.proposals
    assert {row.proposal for row in rows} == set(other.score)
    assert max(abs(row.score - other.score[row.proposal]) for row in rows) < score
    assert max(abs(row.low - other.low[row.proposal]) for row in rows) < end
    assert max(abs(row.high - other.high[row.proposal]) for row in rows) < end
    assert max(abs(row.rank_low - other.rank_low[row.proposal]) for row in rows) <= rank * len(rows)
    assert max(abs(row.rank_high - other.rank_high[row.proposal]) for row in rows) <= rank * len(rows)
    assert max(abs((row.chance or 0) - other.chance[row.proposal]) for row in rows) < chance
    ordered = sorted(rows, key=lambda row: row.rank)
    for better, worse in itertools.pairwise(ordered):
        assert other.score[better.proposal] > other.score[worse.proposal] - 2 * score


@pytest.mark.parametrize(("proposals", "each", "reviewers"), [(12, 3, 6), (20, 2, 30)])
def test_equations_give_what_the_dense_matrix_gives(proposals: int, each: int, reviewers: int) -> None:
    """The second set has reviewers of a single proposal, who are absorbed."""
    reviews, _truth = panel(np.random.default_rng(3), proposals=proposals, each=each, reviewers=reviewers)
    equations = Equations(Table(reviews), with_severity=True)
    base, base_likelihood = equations.solve(0.8, 0.5), dense(reviews, 0.8, 0.5)[0]
    for ratios in ((0.8, 0.5), (0.2, 1.4), (3.0, 0.01), (0.001, 0.7)):
        ours, (likelihood, predictors) = equations.solve(*ratios), dense(reviews, *ratios)
        assert ours.log_restricted - base.log_restricted == pytest.approx(
            likelihood - base_likelihood, abs=1e-8
        )
        assert ours.proposals == pytest.approx(predictors, abs=1e-9)


def test_restricted_likelihood_is_highest_where_it_says() -> None:
    reviews, _truth = panel(np.random.default_rng(5), proposals=30, each=4, reviewers=12)
    at = restricted(Equations(Table(reviews), with_severity=True))
    top = dense(reviews, *at)[0]
    for nearby in ((1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)):
        assert dense(reviews, at[0] * nearby[0], at[1] * nearby[1])[0] < top


def test_adjusted_ranking_is_that_of_a_gibbs_sampler() -> None:
    """A set as large as that of AIBS."""
    reviews, _truth = panel(np.random.default_rng(11), proposals=72, each=3, reviewers=26)
    compare(
        fitted(reviews, 20), gibbs(reviews, 20, rounds=12_000), score=0.03, end=0.08, rank=0.08, chance=0.04
    )


@pytest.mark.skipif(not REAL, reason="GRANT_REVIEW_DATA names no folder with the sets of NIH and AIBS")
def test_adjusted_ranking_of_the_aibs_reviews_is_that_of_a_gibbs_sampler() -> None:
    reviews = real("aibs_scores.csv")
    assert len(reviews) == 216
    compare(
        fitted(reviews, 20), gibbs(reviews, 20, rounds=20_000), score=0.02, end=0.06, rank=0.06, chance=0.03
    )


@pytest.mark.skipif(not REAL, reason="GRANT_REVIEW_DATA names no folder with the sets of NIH and AIBS")
def test_adjusted_ranking_of_the_nih_reviews_is_that_of_a_gibbs_sampler() -> None:
    reviews = real("nih_scores.csv")
    assert len({review.proposal for review in reviews}) == 2_076
    compare(
        fitted(reviews, 400), gibbs(reviews, 400, rounds=6_000), score=0.1, end=0.25, rank=0.1, chance=0.06
    )


def test_intervals_cover_as_often_as_they_say() -> None:
    """Of one proposal a panel (the panels are independent of each other) the 95 % interval of its score and that of its rank
    hold the truth in so many of 160 panels as a binomial of 95 % gives in 99.9 of 100 cases: 142 to 159."""
    chance = np.random.default_rng(2_027)
    scores = ranks = both = 0
    for _ in range(160):
        reviews, truth = panel(chance, proposals=16, each=4, reviewers=10)
        rows = fitted(reviews).proposals
        row = rows[0]
        place = 1 + sum(value > truth[row.proposal] for value in truth.values())
        scores += row.low <= truth[row.proposal] <= row.high
        ranks += row.rank_low <= place <= row.rank_high
        both += sum(one.low <= truth[one.proposal] <= one.high for one in rows)
    assert 142 <= scores <= 159
    assert ranks >= 142  # a rank is whole, so that its interval holds at least as much as it says
    assert 0.93 <= both / (160 * 16) <= 0.97


def test_chance_to_be_above_the_line_is_as_it_says() -> None:
    """Of the proposals said to be above the line with some chance, that part truly is."""
    chance = np.random.default_rng(41)
    said, true = [], []
    for _ in range(60):
        reviews, truth = panel(chance, proposals=12, each=3, reviewers=9)
        best = sorted(truth, key=lambda key: -truth[key])[:4]
        for row in fitted(reviews, 4).proposals:
            said.append(row.chance or 0.0)
            true.append(row.proposal in best)
    places = np.array(said)
    for low, high in ((0, 0.25), (0.25, 0.75), (0.75, 1.01)):
        chosen = (places >= low) & (places < high)
        expected = places[chosen].mean()
        room = 3.5 * np.sqrt(max(expected * (1 - expected), 0.02) / chosen.sum())
        assert abs(np.array(true)[chosen].mean() - expected) < room


def test_severe_reviewers_proposal_gains() -> None:
    """Two proposals with the same mean, one of them scored by somebody who is a point below all others."""
    severity = {"a": 0.0, "b": 0.1, "c": -0.1, "strict": -1.5}
    merit = {f"p{i}": 3 + (i % 5) * 0.4 for i in range(12)}
    reviews = []
    for i, (proposal, value) in enumerate(merit.items()):
        for reviewer in [*severity][i % 2 : i % 2 + 3]:
            reviews.append(Review(proposal, reviewer, "one", value + severity[reviewer] + 0.05 * (i % 3)))
    fit = fitted(reviews)
    found = {row.reviewer: row for row in fit.severities}
    assert found["strict"].high < 0
    score = {row.proposal: row.score for row in fit.proposals}
    # p1 and p11 have the merit 3.4, but p1 met the severe one.
    raw = {key: np.mean([r.value for r in reviews if r.proposal == key]) for key in merit}
    assert raw["p1"] < raw["p0"] + 0.4 - 0.3
    assert score["p1"] > score["p0"]


def test_same_reviews_in_another_order_give_the_same_figures() -> None:
    reviews, _truth = panel(np.random.default_rng(9), proposals=10, each=3, reviewers=6)
    assert adjust(reviews, line=3) == adjust(reviews[::-1], line=3)
    assert fingerprint(reviews, 3) == fingerprint(reviews[::-1], 3)
    changed = [*reviews[:-1], Review(**{**vars(reviews[-1]), "value": reviews[-1].value + 1e-9})]
    assert len({fingerprint(reviews, 3), fingerprint(changed, 3), fingerprint(reviews, 4)}) == 3
    assert fingerprint(reviews[1:], 3) != fingerprint(reviews, 3)


def test_stored_figures_read_back_the_same() -> None:
    reviews, _truth = panel(np.random.default_rng(9), proposals=10, each=3, reviewers=6)
    fit = fitted(reviews, 3)
    assert Fit.from_json(fit.to_json()) == fit


def test_too_little_is_refused_with_its_reason() -> None:
    reviews, _truth = panel(np.random.default_rng(9), proposals=10, each=3, reviewers=6)
    assert adjust([]) == Refusal.TOO_FEW
    assert adjust([review for review in reviews if review.proposal < "p002"]) == Refusal.TOO_FEW
    alike = [Review(r.proposal, r.reviewer, r.agency, 4.0) for r in reviews]
    assert adjust(alike) == Refusal.ALL_ALIKE


def test_everybody_reviewing_once_has_no_severity() -> None:
    chance = np.random.default_rng(1)
    reviews = [
        Review(f"p{i}", f"r{i}-{j}", "one", float(4 + i % 3 + chance.normal(0, 0.5)))
        for i in range(8)
        for j in range(3)
    ]
    fit = fitted(reviews)
    assert fit.deviations[1] is None
    assert fit.agreement.severity is None
    assert fit.severities == ()
