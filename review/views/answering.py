"""The agencies' answers to a decision as its page shows them: who said what, and the reader's next step with it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label_of_field
from kernel.moves import Move
from review.enums import DecisionState
from review.models import AgencyAnswer, Appeal, Decision
from review.permissions import (
    may_answer,
    may_answer_appeal,
    may_confirm,
    may_record_on_behalf,
    may_second,
    may_see_letter,
)
from review.rules.means import NOTHING


def answer_row(
    user: Any, found: Decision, agency: Organisation, answer: AgencyAnswer | None, *, has_answered: bool
) -> dict[str, Any]:
    """What an agency has answered, who by, and the reader's next step with it."""
    row: dict[str, Any] = {
        "agency": agency,
        "words": _("awaited"),
        "tone": "warning",
        "by": NOTHING,
        "at": None,
        "reason": "",
        "letter_url": "",
        "moves": [],
    }
    is_waiting = found.state == DecisionState.PROPOSED
    if answer is None:
        if is_waiting:
            row["moves"] = _moves_towards(user, found, agency, has_answered=has_answered)
        return row
    row["words"], row["at"], row["reason"] = label_of_field(answer, "vote"), answer.at, answer.reason
    row["tone"] = "success" if answer.vote == "yes" else "error"
    if answer.on_behalf:
        answer.decision = found
        row["by"] = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % {
            "name": answer.recorded_by,
            "agency": agency.short_name,
        }
        if may_see_letter(user, answer):
            row["letter_url"] = reverse("review:answer_letter", args=[answer.public_id])
        if answer.confirmed_by:
            row["by"] += " " + _("Confirmed by %(name)s.") % {"name": answer.confirmed_by}
        else:
            row["tone"] = "warning"
            row["words"] = _("%(vote)s: a second officer has to confirm it") % {"vote": row["words"]}
            if is_waiting and may_confirm(user, answer):
                url = reverse("review:answer_confirm", args=[answer.public_id])
                row["moves"] = [Move(_("Compare with the letter"), url, tone="primary")]
    else:
        _own_answer(user, found, answer, row)
    return row


def _own_answer(user: Any, found: Decision, answer: AgencyAnswer, row: dict[str, Any]) -> None:
    """An approver's own answer, and who of the agency has confirmed it where the call asks for a second pair of eyes."""
    row["by"] = str(answer.person)
    if not answer.needs_second:
        return
    if answer.seconded_by:
        row["by"] += " / " + _("Confirmed by %(name)s.") % {"name": answer.seconded_by}
        return
    row["tone"] = "warning"
    row["words"] = _("%(vote)s: a second person of the agency has to confirm it") % {"vote": row["words"]}
    answer.decision = found
    if found.state == DecisionState.PROPOSED and may_second(user, answer):
        url = reverse("review:answer_second", args=[answer.public_id])
        row["moves"] = [Move(_("Confirm the answer"), url, tone="primary")]


def _moves_towards(user: Any, found: Decision, agency: Organisation, *, has_answered: bool) -> list[Move]:
    ids = [found.public_id, agency.public_id]
    if may_answer(user, found, agency) and not has_answered:
        words = _("Answer for %(agency)s") % {"agency": agency.short_name}
        return [Move(words, reverse("review:answer", args=ids), tone="primary")]
    if may_record_on_behalf(user, found, agency):
        words = _("Record the answer of %(agency)s") % {"agency": agency.short_name}
        return [Move(words, reverse("review:answer_on_behalf", args=ids), tone="primary")]
    return []


def appeal_rows(user: Any, found: Decision) -> list[dict[str, Any]]:
    """The objections to a decision, each with its answer or the way to it; none is there before it is published."""
    if not found.is_published:
        return []
    rows = []
    for appeal in Appeal.objects.filter(item__decision=found).select_related("item__proposal").order_by("id"):
        moves = []
        appeal.item.decision = found
        if not appeal.verdict and may_answer_appeal(user, appeal):
            url = reverse("review:appeal_answer", args=[appeal.public_id])
            moves.append(Move(_("Answer the objection"), url, tone="primary"))
        rows.append(
            {
                "receipt": appeal.item.proposal.receipt_number,
                "reasons": appeal.reasons,
                "at": appeal.at,
                "verdict": label_of_field(appeal, "verdict") if appeal.verdict else _("awaited"),
                "answer": appeal.answer,
                "answered_at": appeal.answered_at,
                "moves": moves,
            }
        )
    return rows
