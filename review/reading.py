"""Reading a call's scores: adjusted for severity, with intervals; agreement; who scores unlike the others.

Everything is computed from what the reader's board holds (`figures.board_of`): for an officer in conflict with a proposal
the model is fitted as if that proposal did not exist, so that no severity, interval or rank speaks of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from accounts.models import Organisation
from program.models import Call
from review.enums import Refusal, Standing
from review.figures import Board
from review.models import ScoreFit
from review.queries import reviewers_visible_to
from review.rules.means import ranks

if TYPE_CHECKING:
    from review.statistics import Adjusted, Correlation, Fit, Habit, Review
    from review.statistics.agreement import Overlap

# Up to so many reviews a page computes for itself: a tenth of a second for a panel of thirty, half a second for these.
LIVE = 1_500
# The half in the middle of a rank's distribution holds the line (SNSF): the chance lies between a quarter and three.
NEAR = (0.25, 0.75)


@dataclass(frozen=True)
class View:
    """Whose reviews are read: those of one open side, or of all (`agency` None) once every side is open."""

    key: str
    agency: Organisation | None


@dataclass(frozen=True)
class Pair:
    """Two open sides beside each other."""

    first: Organisation
    second: Organisation
    correlation: "Correlation"
    overlap: "Overlap | None"


@dataclass(frozen=True)
class Reading:
    """What the statistics say to this reader. `fit` is None where it is refused (`refusal`) or has to be computed in the
    background first (`is_pending`)."""

    view: View
    reviews: "list[Review]"
    fit: "Fit | None"
    refusal: Refusal | None
    is_pending: bool
    adjusted: "dict[str, Adjusted]"


def views_of(board: Board) -> list[View]:
    """All agencies first, where all are open and there are several; then each open side."""
    sides = [View(side.agency.public_id, side.agency) for side in board.sides if side.is_open]
    return [View("", None), *sides] if board.all_locked and len(sides) > 1 else sides


def reviews_of(board: Board, view: View) -> "list[Review]":
    """The reviews behind a view, by the proposals' public ids."""
    from review.statistics import Review

    proposals = {row.proposal.pk: row.proposal.public_id for row in board.rows}
    agencies = {side.agency.pk: side.agency.public_id for side in board.sides}
    return [
        Review(proposals[one.proposal_id], one.reviewer, agencies[one.agency_id], float(one.mean))
        for one in board.given
        if one.mean is not None and (view.agency is None or one.agency_id == view.agency.pk)
    ]


@lru_cache(maxsize=64)
def _adjusted(reviews: "tuple[Review, ...]", line: int | None) -> "Fit | Refusal":
    """Kept by all that it rests upon, since a panel's board is asked for every few seconds by each of its readers."""
    from review.statistics import adjust

    return adjust(reviews, line=line)


def reading_of(call: Call, board: Board, view: View, line: int | None) -> Reading:
    """The view's adjusted scores: computed at once, or what was kept of the very same reviews."""
    from review.statistics import Fit, fingerprint

    reviews = reviews_of(board, view)
    if len(reviews) <= LIVE:
        found = _adjusted(tuple(reviews), line)
    else:
        kept = ScoreFit.objects.filter(call=call, fingerprint=fingerprint(reviews, line)).first()
        if kept is None:
            return Reading(view, reviews, None, None, True, {})
        found = Fit.from_json(kept.content)
    if isinstance(found, Refusal):
        return Reading(view, reviews, None, found, False, {})
    return Reading(view, reviews, found, None, False, {row.proposal: row for row in found.proposals})


def standing(chance: float | None) -> Standing | None:
    """Where a chance to be above the line puts a proposal."""
    if chance is None:
        return None
    if chance > NEAR[1]:
        return Standing.ABOVE
    return Standing.BELOW if chance < NEAR[0] else Standing.NEAR


def pairs_of(board: Board, line: int | None) -> list[Pair]:
    """Each two open sides: how their means go together, and how many of their first `line` are the same."""
    from review.statistics import correlation, overlap

    found = []
    means: dict[int, dict[str, float]] = defaultdict(dict)
    places: dict[int, dict[str, int]] = {}
    for index, side in enumerate(board.sides):
        if not side.is_open:
            continue
        own = {}
        for row in board.rows:
            figure = row.cells[index].figure
            if figure is not None and figure.mean is not None:
                own[row.proposal.public_id] = figure.mean
        means[side.agency.pk] = {key: float(mean) for key, mean in own.items()}
        places[side.agency.pk] = {key: place for key, place in ranks(dict(own)).items() if place}
    open_sides = [side.agency for side in board.sides if side.is_open]
    for first, second in combinations(open_sides, 2):
        found.append(
            Pair(
                first,
                second,
                correlation(means[first.pk], means[second.pk]),
                overlap(places[first.pk], places[second.pk], line) if line else None,
            )
        )
    return found


def habits_of(user: Any, call: Call, reading: Reading) -> "list[tuple[str, Habit]]":
    """The reader's own side's reviewers by name, with how they score. The other side's stay the other side's."""
    from review.statistics import outlying

    if reading.fit is None:
        return []
    names = {one.public_id: one.person.name for one in reviewers_visible_to(user).filter(call=call)}
    return [
        (names[habit.reviewer], habit)
        for habit in outlying(reading.reviews, reading.fit)
        if habit.reviewer in names
    ]


def strips_of(board: Board, proposals: Sequence[str]) -> list[tuple[Organisation, list[list[float]]]]:
    """For each open side the means of its reviews, a list for each of these proposals."""
    ids = {row.proposal.pk: row.proposal.public_id for row in board.rows}
    by_side: dict[tuple[int, str], list[float]] = defaultdict(list)
    for one in board.given:
        if one.mean is not None:
            by_side[one.agency_id, ids[one.proposal_id]].append(float(one.mean))
    return [
        (side.agency, [by_side[side.agency.pk, key] for key in proposals])
        for side in board.sides
        if side.is_open
    ]
