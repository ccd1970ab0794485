"""What the reviews say of the proposals before a panel, as far as the reader of the board may see it: adjusted scores, strips."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label
from review.figures import Board
from review.models import Panel
from review.reading import Reading, reading_of, views_of
from review.rules.means import NOTHING, in_words
from review.views.statistics_words import decimals
from review.views.strips import strip_of


@dataclass(frozen=True)
class Scores:
    """`rows` by the proposal's id; `note` says whose reviews they are, and why nothing is adjusted where nothing is."""

    rows: dict[int, dict[str, Any]]
    note: str


def scores_of(panel: Panel, board: Board) -> Scores:
    """Of all agencies together once all have locked, before that of the reader's own side; nothing for who has none."""
    views = views_of(board)
    if not views:
        return Scores({}, "")
    reading = reading_of(panel.call, board, views[0], panel.places)
    values: dict[tuple[int, int], list[Fraction]] = defaultdict(list)
    for one in board.given:
        if one.mean is not None:
            values[one.proposal_id, one.agency_id].append(one.mean)
    sides = [side.agency for side in board.sides if side.is_open]
    rows = {
        row.proposal.pk: _row(
            [(agency.short_name, values[row.proposal.pk, agency.pk]) for agency in sides],
            reading.adjusted.get(row.proposal.public_id),
            board.scale,
        )
        for row in board.rows
    }
    return Scores(rows, _note(reading))


def _row(sides: Sequence[tuple[str, list[Fraction]]], found: Any, scale: tuple[int, int]) -> dict[str, Any]:
    sums = [
        _("%(agency)s %(mean)s (n %(n)s)")
        % {"agency": name, "mean": in_words(sum(values, Fraction(0)) / len(values)), "n": len(values)}
        if values
        else _("%(agency)s %(mean)s (n %(n)s)") % {"agency": name, "mean": NOTHING, "n": 0}
        for name, values in sides
    ]
    return {
        "adjusted": decimals(found.score) if found else NOTHING,
        "interval": f"{decimals(found.low)} – {decimals(found.high)}" if found else "",
        "strip": strip_of(sides, scale),
        "means": sums,
        "is_unread": not any(values for _name, values in sides),
    }


def _note(reading: Reading) -> str:
    whose = (
        _("Scores of all agencies together.")
        if reading.view.agency is None
        else _("Scores of %(agency)s; the others’ are shown once every agency has locked its own.")
        % {"agency": reading.view.agency.short_name}
    )
    if reading.refusal:
        return f"{whose} " + _("Adjusted scores are not computed: %(refusal)s.") % {
            "refusal": label(reading.refusal)
        }
    if reading.is_pending:
        return f"{whose} " + _(
            "So many reviews are adjusted in the background: ask for it in the statistics."
        )
    return whose
