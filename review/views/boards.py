"""The ranking board: a row a proposal, with what each agency's reviewers say of it, and how its sides have locked."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.methods import reads
from kernel.moves import Move
from program.enums import CallState
from program.models import Call
from review.figures import Board, Row, board_of
from review.permissions import may_propose
from review.queries import waiting_decision
from review.reserve import is_place_free, reserve_list
from review.rules.means import NOTHING, in_words
from review.views.locks import lock_moves
from review.views.pools import call_or_404, crumbs
from review.views.reopened import reopened_words
from review.views.shown import decision_of, lock_words, proposal_title, rank_words, tabs_of
from review.views.steps import steps_of
from review.views.unread import unread_notice

SORTS = ("rank", "gap", "number")
LAST = 10**9


def _rank_of(board: Board, row: Row) -> int:
    """The overall rank once it is open; until then the rank on the reader's own side."""
    if row.rank is not None:
        return row.rank
    own = [c.rank for c, s in zip(row.cells, board.sides, strict=True) if s.is_own and c.rank]
    return own[0] if own and not board.all_locked else LAST


def in_order(board: Board, sort: str) -> list[Row]:
    """The rows: best rank first, largest gap first, or by receipt number."""
    if sort == "gap":
        return sorted(board.rows, key=lambda row: -(row.gap if row.gap is not None else Fraction(-1)))
    if sort == "number":
        return list(board.rows)
    return sorted(board.rows, key=lambda row: _rank_of(board, row))


def cells_of(board: Board, row: Row) -> list[dict[str, Any]]:
    """A row's cells in words: mean, n, spread and rank of each side, “–” where a column is shut or nothing was counted."""
    return [
        {
            "agency": side.agency.short_name,
            "mean": in_words(cell.figure.mean) if cell.figure else NOTHING,
            "n": cell.figure.n if cell.figure else NOTHING,
            "spread": in_words(cell.figure.spread) if cell.figure else NOTHING,
            "rank": rank_words(cell.rank, cell.is_shared),
        }
        for side, cell in zip(board.sides, row.cells, strict=True)
    ]


def proposing(call: Call) -> str:
    """What a decision on the call is at its stage: on the call, or on its reserve list."""
    if call.state == CallState.DECIDED:
        return _("Move up from the reserve list")
    return _("Propose the decision")


@reads
def board(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    found = board_of(request.user, call)
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "rank"
    rows = [
        {
            "proposal": row.proposal,
            "title": proposal_title(row.proposal),
            "cells": cells_of(found, row),
            "overall": in_words(row.overall),
            "rank": rank_words(row.rank, row.is_shared),
            "gap": in_words(row.gap),
        }
        for row in in_order(found, sort)
    ]
    context = {
        "call": call,
        "sides": found.sides,
        "locks": [
            lock_words(request.user, side.agency, found.locks.get(side.agency.pk)) for side in found.sides
        ],
        "rows": rows,
        "all_locked": found.all_locked,
        "reopened": reopened_words(call, [row.proposal for row in found.rows]),
        "unread": unread_notice(found) if found.all_locked else {},
        "sorts": [
            {"label": label, "url": f"?sort={key}", "current": key == sort, "count": ""}
            for key, label in (
                ("rank", _("By rank")),
                ("gap", _("By disagreement")),
                ("number", _("By number")),
            )
        ],
        "steps": steps_of(
            call,
            {key for key, lock in found.locks.items() if lock.counts},
            decision_of(request.user, call),
        ),
        "tabs": tabs_of(request.user, call, "board"),
        "moves": _moves(request.user, call, found),
        "breadcrumbs": crumbs(call),
    }
    return render(request, "review/board.html", context)


def _moves(user: Any, call: Call, found: Board) -> list[Move]:
    moves: list[Move] = []
    propose = reverse("review:decision_propose", args=[call.public_id])
    if call.state == CallState.REVIEW:
        for side in found.sides:
            moves += lock_moves(user, call, side.agency, found.locks.get(side.agency.pk))
        if found.all_locked and may_propose(user, call) and waiting_decision(call) is None:
            moves.append(Move(proposing(call), propose, tone="primary"))
    elif (
        may_propose(user, call) and reserve_list(call) and is_place_free(call) and not waiting_decision(call)
    ):
        moves.append(Move(proposing(call), propose, tone="primary"))
    for kind, words in (("csv", _("Table as CSV")), ("xlsx", _("Table as Excel"))):
        moves.append(Move(words, reverse(f"review:board_{kind}", args=[call.public_id])))
    return moves
