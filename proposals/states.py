"""The workflows of a proposal, of a notice of intent, of a request for the institution's approval, of an invitation, and of a proposed change."""

from kernel.transitions.workflow import Transition, Workflow
from proposals.enums import ApprovalState as A
from proposals.enums import ChangeState as Change
from proposals.enums import InvitationState as Invited
from proposals.enums import NoticeState as Notice
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
        # From “not adopted” by the correction of a decision alone.
        Transition("adopt", (P.ELIGIBLE, P.RESERVED, P.NOT_ADOPTED), P.ADOPTED),
        Transition("reserve", (P.ELIGIBLE, P.NOT_ADOPTED), P.RESERVED),
        Transition("not_adopt", (P.ELIGIBLE, P.RESERVED), P.NOT_ADOPTED),
        Transition("decline_award", (P.ADOPTED, P.RESERVED), P.DECLINED),
        Transition("withdraw", (P.DRAFT, P.SUBMITTED, P.LOCKED, P.ELIGIBLE), P.WITHDRAWN),
    ),
)
APPROVAL = Workflow(
    states=A,
    initial=A.ASKED,
    transitions=(
        Transition("approve", (A.ASKED,), A.APPROVED),
        # Also an approval that was given too soon, until the proposal is submitted.
        Transition("return", (A.ASKED, A.APPROVED), A.RETURNED),
        Transition("replace", (A.ASKED,), A.REPLACED),
    ),
)
INVITATION = Workflow(
    states=Invited,
    initial=Invited.PENDING,
    transitions=(
        Transition("accept", (Invited.PENDING,), Invited.ACCEPTED),
        # Also by somebody who had accepted.
        Transition("decline", (Invited.PENDING, Invited.ACCEPTED), Invited.DECLINED),
        Transition("revoke", (Invited.PENDING, Invited.ACCEPTED), Invited.REVOKED),
        Transition("expire", (Invited.PENDING,), Invited.EXPIRED),
    ),
)
CHANGE = Workflow(
    states=Change,
    initial=Change.OPEN,
    transitions=(
        Transition("accept", (Change.OPEN,), Change.ACCEPTED),
        Transition("decline", (Change.OPEN,), Change.REJECTED),
        Transition("supersede", (Change.OPEN,), Change.SUPERSEDED),
    ),
)
NOTICE = Workflow(
    states=Notice,
    initial=Notice.DRAFT,
    transitions=(
        Transition("submit", (Notice.DRAFT,), Notice.SUBMITTED),
        Transition("accept", (Notice.SUBMITTED,), Notice.ACCEPTED),
        Transition("refuse", (Notice.SUBMITTED,), Notice.REFUSED),
        Transition("withdraw", (Notice.DRAFT, Notice.SUBMITTED, Notice.ACCEPTED), Notice.WITHDRAWN),
    ),
)
