"""The workflow of a proposal."""

from kernel.transitions.workflow import Transition, Workflow
from proposals.enums import ProposalState as P

PROPOSAL = Workflow(
    states=P,
    initial=P.DRAFT,
    transitions=(
        Transition("submit", (P.DRAFT,), P.SUBMITTED),
        # Until the deadline; the last submitted version stays valid meanwhile.
        Transition("reopen", (P.SUBMITTED,), P.DRAFT),
        # An officer gives this proposal alone more time.
        Transition("unlock", (P.LOCKED,), P.DRAFT),
        Transition("lock", (P.SUBMITTED, P.DRAFT), P.LOCKED),
        Transition("find_eligible", (P.LOCKED,), P.ELIGIBLE),
        Transition("find_ineligible", (P.LOCKED,), P.INELIGIBLE),
        Transition("adopt", (P.ELIGIBLE, P.RESERVED), P.ADOPTED),
        Transition("reserve", (P.ELIGIBLE,), P.RESERVED),
        Transition("not_adopt", (P.ELIGIBLE, P.RESERVED), P.NOT_ADOPTED),
        Transition("withdraw", (P.DRAFT, P.SUBMITTED, P.LOCKED, P.ELIGIBLE), P.WITHDRAWN),
    ),
)
