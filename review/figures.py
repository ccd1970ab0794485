"""Scores as figures: what each side says of each proposal, and where that puts it."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accounts.models import Organisation
from program.enums import ScaleDirection
from program.models import Call, Criterion
from proposals.models import Proposal
from review.counted import counted_reviews
from review.models import Score, ScoreLock
from review.permissions import sides_of
from review.queries import all_have_locked, locks_of, proposals_under_review, reviewing_agencies
from review.rules.means import Figure, Scale, figure, ranks, review_mean, shared

NONE = Figure(None, None, 0)


@dataclass(frozen=True)
class Side:
    """An agency's column of the board. It is open to the reader who acts for that agency, and to the others once every
    agency has locked its scores."""

    agency: Organisation
    is_own: bool
    is_locked: bool
    is_open: bool


@dataclass(frozen=True)
class Cell:
    """What one side says of one proposal, and the proposal's rank on that side; all None where the column is shut.

    A rank is shared where another proposal has the same mean on that side.
    """

    figure: Figure | None
    rank: int | None
    is_shared: bool = False


@dataclass(frozen=True)
class Row:
    """A proposal on the board: a cell a side, the mean of the sides' means and its rank, and how far the sides differ.

    Mean, rank and difference are None until every column is open.
    """

    proposal: Proposal
    cells: tuple[Cell, ...]
    overall: Fraction | None
    rank: int | None
    is_shared: bool
    gap: Fraction | None


@dataclass(frozen=True)
class Given:
    """One submitted review: whose, of what, its mean on the common scale (None where all was “not applicable”), its
    scores by the criterion's id as they were given, and the lowest and the highest of the common scale."""

    proposal_id: int
    agency_id: int
    reviewer: str
    mean: Fraction | None
    scores: dict[int, int | None]
    scale: tuple[int, int]


@dataclass(frozen=True)
class Board:
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    all_locked: bool
    # The agencies' locks by the agency's id, those that wait for a second officer among them.
    locks: dict[int, ScoreLock]
    # The reviews behind the figures, of the columns that are open.
    given: tuple[Given, ...] = ()

    @property
    def scale(self) -> tuple[int, int]:
        """The lowest and the highest mean that the reviews can have; without any, that of no scale."""
        return self.given[0].scale if self.given else (0, 1)

    @property
    def unread(self) -> list[Row]:
        """The rows of which no review counts on any side that the reader sees."""
        return [row for row in self.rows if not any(cell.figure and cell.figure.n for cell in row.cells)]


def scale_of(criterion: Criterion) -> Scale:
    return Scale(
        criterion.weight,
        criterion.lowest,
        criterion.highest,
        criterion.direction == ScaleDirection.HIGH_IS_BEST,
    )


def reviews_given(proposals: Sequence[Proposal]) -> list[Given]:
    """What was submitted of these. Conflicted and withdrawn reviews are in no figure, nor are those of anybody who was
    shut out of the proposal since. One query for any number."""
    counted = counted_reviews().filter(proposal__in=[proposal.pk for proposal in proposals])
    rows = (
        Score.objects.filter(assignment__in=counted)
        .select_related("criterion", "assignment__reviewer")
        .order_by("assignment", "criterion__position")
    )
    found = []
    for _assignment, group in itertools.groupby(rows, key=lambda score: score.assignment_id):
        scores = list(group)
        review = scores[0].assignment
        # A submitted review has an answer to every criterion, so the first one is the form's first.
        common = scale_of(scores[0].criterion)
        mean = review_mean([(scale_of(score.criterion), score.value) for score in scores], common)
        found.append(
            Given(
                review.proposal_id,
                review.reviewer.agency_id,
                review.reviewer.public_id,
                mean,
                {score.criterion_id: score.value for score in scores},
                (common.lowest, common.highest),
            )
        )
    return found


def figures_of(proposals: Sequence[Proposal]) -> dict[tuple[int, int], Figure]:
    """What was submitted, by the proposal's and the agency's ids."""
    return _by_side(reviews_given(proposals))


def _by_side(reviews: Sequence[Given]) -> dict[tuple[int, int], Figure]:
    means: dict[tuple[int, int], list[Fraction | None]] = defaultdict(list)
    for review in reviews:
        means[review.proposal_id, review.agency_id].append(review.mean)
    return {key: figure(values) for key, values in means.items()}


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands by the scores: its rank by the mean of the agencies' means, and whether another shares it."""

    rank: int | None = None
    is_shared: bool = False


def standing_of(call: Call, proposals: Sequence[Proposal]) -> dict[int, Standing]:
    """Where each of these stands among them, as the board has it, by the proposal's id; empty until every agency has locked.
    Two queries."""
    if not all_have_locked(call):
        return {}
    figures, agencies = figures_of(proposals), reviewing_agencies(call)
    means = {p.pk: _overall([figures.get((p.pk, agency.pk), NONE) for agency in agencies]) for p in proposals}
    rank = ranks({key: overall.mean for key, overall in means.items()})
    tied = shared(rank.values())
    return {key: Standing(place, place in tied) for key, place in rank.items()}


def _overall(figures: Iterable[Figure]) -> Figure:
    """What the agencies say together: each agency's mean counts once."""
    return figure(one.mean for one in figures)


def common_scale(call: Call) -> tuple[int, int]:
    """The lowest and the highest mean that a review of the call can have: the scale of its form's first criterion."""
    first = Criterion.objects.filter(version__call=call).order_by("-version__number", "position").first()
    return (first.lowest, first.highest) if first else (0, 1)


def board_of(user: Any, call: Call) -> Board:
    """The ranking board as this officer may see it. Ranks are among the rows that are shown."""
    proposals = list(proposals_under_review(user).filter(call=call))
    locks, own = locks_of(call), sides_of(user, call)
    locked = {agency for agency, lock in locks.items() if lock.counts}
    agencies = reviewing_agencies(call)
    all_locked = bool(agencies) and {agency.pk for agency in agencies} <= locked
    sides = tuple(Side(a, a.pk in own, a.pk in locked, all_locked or a.pk in own) for a in agencies)
    given = reviews_given(proposals)
    figures = _by_side(given)
    columns = [
        {p.pk: figures.get((p.pk, side.agency.pk), NONE) for p in proposals} if side.is_open else None
        for side in sides
    ]
    places = [ranks({key: f.mean for key, f in column.items()}) if column else {} for column in columns]
    overall = {
        p.pk: _overall(column[p.pk] for column in columns if column) if all_locked else NONE
        for p in proposals
    }
    rank = ranks({key: value.mean for key, value in overall.items()})
    tied, tied_overall = [shared(place.values()) for place in places], shared(rank.values())
    rows = [
        Row(
            p,
            tuple(
                Cell(column[p.pk], place[p.pk], place[p.pk] in ties) if column else Cell(None, None)
                for column, place, ties in zip(columns, places, tied, strict=True)
            ),
            overall[p.pk].mean,
            rank[p.pk],
            rank[p.pk] in tied_overall,
            overall[p.pk].spread if overall[p.pk].n > 1 else None,
        )
        for p in proposals
    ]
    open_sides = {side.agency.pk for side in sides if side.is_open}
    seen = tuple(review for review in given if review.agency_id in open_sides)
    return Board(sides, tuple(rows), all_locked, locks, seen)
