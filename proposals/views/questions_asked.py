"""What each side sees of the questions about a proposal's awards, and what it may do with them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.moves import Move
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
