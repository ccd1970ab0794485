"""When the agencies' verdicts make a proposal eligible."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypedDict

from kernel.violations import Violation
from program.rules.checklist import ChecklistItem
from proposals.enums import CheckAnswer, ProposalState, Verdict
from proposals.rules.texts import text_violation

JUDGED = (ProposalState.LOCKED,)
# A partner agency may confirm its award later than the proposal was found eligible.
CONFIRMED = (ProposalState.LOCKED, ProposalState.ELIGIBLE)

NOTE_LIMIT = 500

Outcome = Literal["find_eligible", "find_ineligible"]


def joint_outcome(required: Collection[int], verdicts: Mapping[int, str]) -> Outcome | None:
    """The step that the proposal takes once every required agency has given a verdict that counts; None before that.

    `verdicts` are those that count, by agency: an agency's “no” makes the proposal ineligible, each decides for itself.
    """
    if not required or any(agency not in verdicts for agency in required):
        return None
    return "find_eligible" if all(verdicts[agency] == "yes" for agency in required) else "find_ineligible"


class Check(TypedDict):
    """One item as it was answered, with the words that it had then."""

    key: str
    ja: str
    en: str
    answer: str
    note: str


def checked(items: Sequence[ChecklistItem], answers: Mapping[str, tuple[str, str]]) -> list[Check]:
    """The items with their answers; `answers` are (answer, note) by the items' keys."""
    found = []
    for item in items:
        answer, note = answers.get(item["key"], ("", ""))
        found.append(Check(key=item["key"], ja=item["ja"], en=item["en"], answer=answer, note=note.strip()))
    return found


def check_violations(checks: Sequence[Check], verdict: str) -> list[Violation]:
    """What is lacking before a verdict can rest on these answers: each item is answered, and an item that is not met needs
    its note where the agency finds the proposal eligible all the same."""
    found = []
    for check in checks:
        if check["answer"] not in list(CheckAnswer):
            found.append(Violation("check_unanswered", f"check_{check['key']}"))
        elif check["answer"] == CheckAnswer.NO and verdict == Verdict.YES and not check["note"]:
            found.append(Violation("check_note_missing", f"note_{check['key']}"))
        over = text_violation(check["note"], NOTE_LIMIT, f"note_{check['key']}")
        found += [over] if over else []
    return found
