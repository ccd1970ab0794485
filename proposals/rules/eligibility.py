"""When the agencies' verdicts make a proposal eligible."""

from collections.abc import Collection, Mapping
from typing import Literal

from proposals.enums import ProposalState

JUDGED = (ProposalState.LOCKED,)
# A partner agency may confirm its award later than the proposal was found eligible.
CONFIRMED = (ProposalState.LOCKED, ProposalState.ELIGIBLE)

Outcome = Literal["find_eligible", "find_ineligible"]


def joint_outcome(required: Collection[int], verdicts: Mapping[int, str]) -> Outcome | None:
    """The step that the proposal takes once every required agency has given a verdict that counts; None before that.

    `verdicts` are those that count, by agency: an agency's “no” makes the proposal ineligible, each decides for itself.
    """
    if not required or any(agency not in verdicts for agency in required):
        return None
    return "find_eligible" if all(verdicts[agency] == "yes" for agency in required) else "find_ineligible"
