"""Agencies' answers on a received proposal in words: how each came about, and who may read its reasons."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label, label_of_value
from kernel.languages import current
from kernel.moves import Move
from program.models import Call
from program.permissions import agency_seats, answers_on_behalf
from program.rules.checklist import wording
from proposals.enums import CheckAnswer, Verdict
from proposals.extra_time import may_return
from proposals.models import EligibilityVerdict, Proposal
from proposals.permissions import (
    may_confirm,
    may_judge_for,
    may_read_letter,
)
from proposals.rules.eligibility import CONFIRMED, JUDGED

VERDICT_TONES = {Verdict.YES: "success", Verdict.NO: "error"}


def may_see_reasons(user: Any, call: Call, agency: Organisation, *, is_open: bool) -> bool:
    """An agency's reasons are its own until every agency has given its verdict."""
    return not is_open or agency.pk in agency_seats(user, call) or answers_on_behalf(user, call, agency)


def answer_of(user: Any, proposal: Proposal, agency: Organisation, answer: Any, kind: str) -> dict[str, Any]:
    """One agency's answer in words: `kind` is "eligibility" or "award"; `answer` None or blank where it gave none."""
    at = proposal.public_id
    states = JUDGED if kind == "eligibility" else CONFIRMED
    given = answer is not None and answer.verdict != ""
    moves = []
    if proposal.state in states and may_judge_for(user, proposal, agency):
        route, key = ("eligibility", agency) if kind == "eligibility" else ("award_verdict", answer)
        words = move_words(user, proposal.call, agency, is_given=given)
        tone: Any = "secondary" if given else "primary"
        moves.append(Move(words, reverse(f"proposals:{route}", args=[at, key.public_id]), tone=tone))
    if kind == "eligibility" and proposal.state in JUDGED and may_return(user, proposal, agency):
        at_ = reverse("proposals:correction", args=[at, agency.public_id])
        moves.append(Move(_("Return for correction"), at_))
    if not given:
        label_ = _("not answered yet")
        return {
            "agency": agency,
            "label": label_,
            "tone": "neutral",
            "moves": moves,
            "checks": [],
        }
    reasons = answer.reasons if kind == "eligibility" else answer.verdict_reason
    if proposal.state in states and may_confirm(user, proposal, answer):
        moves.append(
            Move(
                _("Confirm this answer"),
                reverse(f"proposals:{kind}_confirm", args=[at, answer.public_id]),
                "post",
                "primary",
                _(
                    "I have read the agency’s letter, and it says what was recorded. From now on the answer counts."
                ),
            )
        )
    verdict, counts = Verdict(answer.verdict), not answer.on_behalf or answer.counts
    is_shown = may_see_reasons(user, proposal.call, agency, is_open=proposal.state in JUDGED)
    return {
        "agency": agency,
        "label": label(verdict)
        if counts
        else _("%(verdict)s: awaiting the second officer") % {"verdict": label(verdict)},
        "tone": VERDICT_TONES[verdict] if counts else "neutral",
        "at": answer.at if kind == "eligibility" else answer.verdict_at,
        "reasons": reasons if is_shown else "",
        "withheld": bool(reasons) and not is_shown,
        "checks": _checks(answer) if kind == "eligibility" and is_shown else [],
        "behalf": behalf_of(user, proposal, answer, kind) if answer.on_behalf else None,
        "moves": moves,
    }


def move_words(user: Any, call: Call, agency: Organisation, *, is_given: bool) -> str:
    """What the button says: one's own agency's verdict, or that of an agency that does not sign in, from its letter."""
    if answers_on_behalf(user, call, agency):
        words = (
            _("Record anew what %(agency)s answered, on its behalf")
            if is_given
            else _("Record the answer of %(agency)s on its behalf")
        )
        return words % {"agency": agency.short_name}
    return _("Change the verdict") if is_given else _("Give the verdict")


def behalf_of(user: Any, subject: Any, answer: Any, kind: str) -> dict[str, Any]:
    """How an answer on behalf came about, to be shown with it wherever it stands. `subject` is the proposal or the notice of
    intent on which it is, `kind` "eligibility", "award" or "notice"."""
    letter = ""
    if may_read_letter(user, subject, answer):
        letter = reverse(f"proposals:{kind}_letter", args=[subject.public_id, answer.public_id])
    values = {"agency": answer.agency.short_name, "name": answer.recorded_by.name}
    recorded = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % values
    counts = (
        _("Confirmed by %(name)s.") % {"name": answer.confirmed_by.name}
        if answer.confirmed_by
        else _("It does not count yet: a second officer must confirm it.")
    )
    return {
        "text": f"{recorded} {counts}",
        "tone": "info" if answer.counts else "warning",
        "letter_url": letter,
        "letter_dated": answer.letter_dated,
        "confirmed_at": answer.confirmed_at,
    }


def _checks(answer: EligibilityVerdict) -> list[dict[str, str]]:
    """The agency's checklist as it was answered, in the reader's language."""
    return [
        {
            "item": wording(check, current()),
            "answer": label_of_value(CheckAnswer, check["answer"]),
            "note": check["note"],
        }
        for check in answer.checks
    ]
