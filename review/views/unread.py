"""Proposals of which no review counts, named before a line is drawn through them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from review.figures import Board
from review.views.shown import proposal_title

# So many are named; of more the number is told.
NAMED = 20


def unread_notice(
    board: Board,
    *,
    places: Mapping[int, int] | None = None,
    line: int | None = None,
    among: Collection[int] | None = None,
) -> dict[str, Any]:
    """What `review/unread.html` shows: each proposal without a review that counts, with its place by id where there is one (and
    whether that is within the line); empty where there is none. `among`: the ids to which it is narrowed."""
    ranked = places or {}
    found = [row.proposal for row in board.unread if among is None or row.proposal.pk in among]
    if not found:
        return {}
    found.sort(key=lambda one: (ranked.get(one.pk, len(board.rows) + 1), one.receipt_number or ""))
    title = ngettext(
        "No review counts for %(count)s proposal", "No review counts for %(count)s proposals", len(found)
    ) % {"count": len(found)}
    return {
        "title": title,
        "names": [
            f"{one.receipt_number} {proposal_title(one)}{_place(ranked.get(one.pk), line)}"
            for one in found[:NAMED]
        ],
        "more": max(0, len(found) - NAMED),
        "numbers": [one.receipt_number or "" for one in found[:NAMED]],
    }


def _place(rank: int | None, line: int | None) -> str:
    if rank is None:
        return ""
    if line is not None and rank <= line:
        return _(" (rank %(rank)s, within the line)") % {"rank": rank}
    return _(" (rank %(rank)s)") % {"rank": rank}
