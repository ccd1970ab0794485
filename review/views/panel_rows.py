"""The rows of a panel's board, as its reader may see them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label
from kernel.languages import current, localized
from kernel.templatetags.kernel import instant, plain_instant
from review.enums import Ballot, Finding
from review.figures import Board, Standing, standing_of
from review.models import Panel, PanelItem, PanelMember
from review.panels import must_leave, panel_items_visible_to, tally
from review.rules.means import NOTHING
from review.views.shown import proposal_title, rank_words


def why(reasons: Sequence[Finding]) -> str:
    return ("、" if current() == "ja" else ", ").join(label(one) for one in reasons)


def votes_words(item: PanelItem, members: dict[int, PanelMember], leaving: dict[int, Any]) -> list[str]:
    """How each agency's members voted: "JST: 3 for, 1 against, 0 abstain"."""
    return [
        _("%(agency)s: %(for)s for, %(against)s against, %(abstain)s abstaining")
        % {
            "agency": agency,
            "for": count[Ballot.FOR],
            "against": count[Ballot.AGAINST],
            "abstain": count[Ballot.ABSTAIN],
        }
        for agency, count in sorted(tally(list(item.votes.all()), members, leaving).items())
    ]


def facts_of_panel(panel: Panel) -> list[dict[str, str]]:
    facts = [
        (_("Call"), localized(panel.call, "title")),
        (pgettext("meeting", "Start"), instant(panel.starts_at)),
        (pgettext("meeting", "End"), instant(panel.ends_at)),
        (pgettext("meeting", "Place"), panel.place or NOTHING),
        (_("Online"), panel.online_url or NOTHING),
        (_("Number of proposals that can be funded"), str(panel.places or NOTHING)),
    ]
    return [{"label": name, "value": value, "url": ""} for name, value in facts]


def rows_of(
    user: Any,
    panel: Panel,
    members: Sequence[PanelMember],
    *,
    may_change: bool,
    board: Board | None = None,
) -> list[dict[str, Any]]:
    """A row a proposal that this officer may see, by the panel's rank. Ranks and turns are counted among the rows that are
    shown, so that no gap speaks of one that is not."""
    found = panel_items_visible_to(user).filter(panel=panel).order_by("rank", "id")
    if members:  # else nobody has left or voted
        found = found.prefetch_related("leaves", *(["votes"] if panel.has_votes else []))
    items = list(found)
    leaving = must_leave(items, members) if items else {}
    if board is not None:  # which knows it already
        standing = {row.proposal.pk: Standing(row.rank, row.is_shared) for row in board.rows}
    else:
        standing = standing_of(panel.call, [item.proposal for item in items]) if items else {}
    by_id = {one.pk: one for one in members}
    turns = {item.pk: turn for turn, item in enumerate(sorted(items, key=lambda one: one.turn), 1)}
    rows = []
    for rank, item in enumerate(items, 1):
        leaves = item.leaves.all() if members else ()
        left = [by_id[leave.member_id].person.name for leave in leaves if leave.member_id in by_id]
        by_scores = standing.get(item.proposal_id, Standing())
        row: dict[str, Any] = {
            "item": item,
            "rank": rank,
            "standing": rank_words(by_scores.rank, by_scores.is_shared),
            "turn": turns[item.pk],
            "title": proposal_title(item.proposal),
            "interview": plain_instant(item.interview_at) if item.interview_at else NOTHING,
            "band": item.band or NOTHING,
            "note": item.note,
            "must_leave": [
                {"name": by_id[key].person.name, "why": why(reasons)}
                for key, reasons in leaving[item.pk].items()
            ],
            "left": left,
            "votes": votes_words(item, by_id, leaving[item.pk]) if members and panel.has_votes else [],
            "is_above": panel.places is not None and rank <= panel.places,
            "is_last_above": rank == panel.places and rank < len(items),
            "edit_url": reverse("review:panel_item", args=[item.public_id]) if may_change else "",
            "move_url": reverse("review:panel_move", args=[item.public_id]) if may_change else "",
            "up": item.rank - 1 if rank > 1 else 0,
            "down": item.rank + 1 if rank < len(items) else 0,
        }
        row["holds"] = [
            item.public_id,
            *(
                row[name]
                for name in (
                    "rank",
                    "standing",
                    "turn",
                    "interview",
                    "band",
                    "note",
                    "must_leave",
                    "left",
                    "votes",
                )
            ),
        ]
        rows.append(row)
    return rows
