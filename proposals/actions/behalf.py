"""What verdicts have in common, whatever they are on: answers on an agency's behalf, and when all have answered."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from accounts.models import Organisation
from kernel.actions import action
from kernel.clock import now, today
from kernel.files.models import StoredFile
from kernel.violations import Violation, refuse_if
from program.models import Call
from program.permissions import answers_on_behalf
from program.queries import required_agencies
from proposals.rules.eligibility import Outcome, joint_outcome


def behalf_fields(
    call: Call, agency: Organisation, officer: Any, letter: StoredFile | None, letter_dated: dt.date | None
) -> dict[str, Any]:
    """The fields of an answer on behalf; all empty where the agency answers itself.

    Raises:
        RuleBroken: `letter_missing`, `letter_date_missing`, `letter_dated_ahead`.
    """
    blank = {"on_behalf": False, "letter": None, "letter_dated": None, "recorded_by": None}
    fresh = {"confirmed_by": None, "confirmed_at": None}
    if not answers_on_behalf(officer, call, agency):
        return blank | fresh
    refuse_if(
        Violation("letter_missing", "letter") if letter is None else None,
        Violation("letter_date_missing", "letter_dated") if letter_dated is None else None,
        Violation("letter_dated_ahead", "letter_dated") if letter_dated and letter_dated > today() else None,
    )
    own = {"on_behalf": True, "letter": letter, "letter_dated": letter_dated, "recorded_by": officer.person}
    return own | fresh


def confirm_violation(answer: Any) -> Violation | None:
    """`nothing_to_confirm`: the agency answered itself, or a second officer has confirmed it."""
    return Violation("nothing_to_confirm") if not answer.on_behalf or answer.confirmed_at else None


@action
def set_confirmed(*, answer: Any, by: Any) -> None:
    """From now on an answer that was recorded on behalf counts; the caller has checked that `by` may confirm it, and that
    there is something to confirm."""
    answer.confirmed_by, answer.confirmed_at = by.person, now()
    answer.save(update_fields=["confirmed_by", "confirmed_at"])


def two_agencies(others: Any, agency: Organisation, officer: Any, behalf: dict[str, Any]) -> Violation | None:
    """`one_person_two_agencies`: of the answers `others` one was given by the same person in another agency's name."""
    own = others.filter(by__person=officer.person, on_behalf=False).exclude(agency=agency)
    return Violation("one_person_two_agencies") if not behalf["on_behalf"] and own.exists() else None


def outcome_of(call: Call, answers: Iterable[tuple[Any, str]]) -> Outcome | None:
    """What the answers come to, each with its verdict, once every agency that must agree has one that counts."""
    required = set(required_agencies(call).values_list("pk", flat=True))
    return joint_outcome(
        required, {answer.agency_id: verdict for answer, verdict in answers if answer.counts}
    )
