"""From an empty dossier to the decision: what is done, what comes next, what cannot be begun yet."""

from dataclasses import dataclass
from enum import StrEnum

from program.enums import DesignationState as State


class StepStatus(StrEnum):
    DONE = "done"
    NEXT = "next"
    OPEN = "open"
    OPTIONAL = "optional"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class DossierStep:
    """One task on the way: `summary`, `evidence`, `weights`, `policies`, `consultations`, `propose`, `review`, `sign`, `decide`."""

    key: str
    status: StepStatus


# The state that a step leads to; whoever is there or beyond has done it.
LEADS_TO = {
    "propose": State.PROPOSED,
    "review": State.REVIEWED,
    "sign": State.SIGNED,
    "decide": State.DECIDED,
}
ORDER = [State.DRAFT, State.PROPOSED, State.REVIEWED, State.SIGNED, State.DECIDED]


def steps_to_decision(
    *, state: str, has_summary: bool, evidence: int, weight: int, policies: int, consultations: int
) -> list[DossierStep]:
    """Every step with its status. Exactly one is next until the decision is taken; parts of a draft may be done in any order."""
    reached = ORDER.index(State.DECIDED if state not in ORDER else State(state))
    is_draft = reached == 0
    parts = {
        "evidence": evidence > 0,
        "weights": weight > 0,
        "policies": policies > 0,
        "consultations": consultations > 0,
    }
    found = [DossierStep("summary", _summary(has_summary, is_draft))]
    is_first = True
    for key, done in parts.items():
        if done or not is_draft:
            found.append(DossierStep(key, StepStatus.DONE))
        elif key == "weights" and not parts["evidence"]:
            found.append(DossierStep(key, StepStatus.NOT_YET))
        else:
            found.append(DossierStep(key, StepStatus.NEXT if is_first else StepStatus.OPEN))
            is_first = False
    is_whole = all(parts.values()) or not is_draft
    for key, state_reached in LEADS_TO.items():
        place = ORDER.index(state_reached)
        if reached >= place:
            status = StepStatus.DONE
        elif is_whole and place == reached + 1:
            status = StepStatus.NEXT
        else:
            status = StepStatus.NOT_YET
        found.append(DossierStep(key, status))
    return found


def _summary(has_summary: bool, is_draft: bool) -> StepStatus:
    if has_summary:
        return StepStatus.DONE
    return StepStatus.OPTIONAL if is_draft else StepStatus.NOT_YET
