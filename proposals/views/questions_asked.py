"""What each side sees of the questions about a proposal's awards, and what it may do with them."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.moves import Move
from kernel.templatetags.kernel import day
from proposals.award_questions import asked_of, may_answer, may_ask, may_take_back
from proposals.models import PartnerAward, Proposal


def for_officers(user: Any, proposal: Proposal, awards: list[PartnerAward]) -> dict[int, dict[str, Any]]:
    """By the awards' keys: `rows` for proposals/award_questions.html, and `moves` (asking). The awards were read with
    `proposals.award_questions.is_asked`; only where something was asked it is read, with one query for all."""
    asked = list(asked_of(proposal)) if any(getattr(award, "is_asked", True) for award in awards) else []
    return {
        award.pk: {
            "rows": [
                _row(user, proposal, question) for question in asked if question.award_key == award.public_id
            ],
            "moves": [
                Move(
                    _("Ask the applicants"),
                    reverse("proposals:award_ask", args=[proposal.public_id, award.public_id]),
                    tone="secondary",
                )
            ]
            if may_ask(user, proposal, award)
            else [],
        }
        for award in awards
    }


def of_replaced(user: Any, proposal: Proposal, awards: list[PartnerAward]) -> list[dict[str, Any]]:
    """What was asked about awards that a correction has replaced: each award as the last version that had it said it (`facts`),
    with its `rows`. Only a proposal that was submitted again is asked."""
    present = {award.public_id for award in awards}
    asked = [question for question in asked_of(proposal) if question.award_key not in present]
    if not asked:
        return []
    known: dict[str, dict[str, Any]] = {}
    for content in proposal.submissions.order_by("number").values_list("content", flat=True):
        known |= {award["public_id"]: award for award in content["awards"]}
    keys = dict.fromkeys(question.award_key for question in asked)
    return [
        {
            "number": next(question.number for question in asked if question.award_key == key),
            "facts": _facts(known[key]) if key in known else "",
            "rows": [_row(user, proposal, question) for question in asked if question.award_key == key],
        }
        for key in keys
    ]


def _facts(award: dict[str, Any]) -> str:
    first, last = (day(dt.date.fromisoformat(award[name])) for name in ("starts_on", "ends_on"))
    return " · ".join([award["agency"]["short_name"], award["title"], award["pi_name"], f"{first} – {last}"])


def _row(user: Any, proposal: Proposal, question: Any) -> dict[str, Any]:
    at = [proposal.public_id, question.public_id]
    return {
        "question": question,
        "by": _("%(agency)s (%(name)s)")
        % {"agency": question.agency.short_name, "name": question.by.person.name},
        "moves": [
            Move(
                _("Take the question back"),
                reverse("proposals:award_question_take_back", args=at),
                "post",
                "secondary",
            )
        ]
        if may_take_back(user, proposal, question)
        else [],
    }


def for_team(user: Any, proposal: Proposal) -> list[dict[str, Any]]:
    """What agencies have asked the team, for proposals/award_questions.html. Of agencies no officer is named."""
    return [
        {
            "question": question,
            "by": localized(question.agency, "name"),
            "moves": [
                Move(
                    _("Answer"),
                    reverse("proposals:award_answer", args=[proposal.public_id, question.public_id]),
                    tone="primary",
                )
            ]
            if may_answer(user, proposal, question)
            else [],
        }
        for question in asked_of(proposal)
    ]
