from review.models.agreement import AgencyList, AgencyListItem, NegotiationNote
from review.models.assignment import Assignment, ExtraTime, ReviewVersion, Score
from review.models.conflict import ConflictDeclaration, FindingVerdict
from review.models.decision import AgencyAnswer, Decision, DecisionItem
from review.models.discussion import DiscussionEntry
from review.models.fit import ScoreFit
from review.models.invitation import ConfidentialityAgreement, ReviewerInvitation
from review.models.letter import Appeal, DecisionLetter, LetterText
from review.models.lock import ScoreLock
from review.models.matching import AssignmentPair, AssignmentRun, PairWish
from review.models.offline import OfflineForm
from review.models.panel import Panel, PanelItem, PanelLeave, PanelMember, PanelVote
from review.models.plan import ReviewPlan
from review.models.reviewer import PoolImport, Reviewer, ReviewerAbsence
from review.models.scenario import Scenario

__all__ = [
    "AgencyAnswer",
    "AgencyList",
    "AgencyListItem",
    "Appeal",
    "Assignment",
    "AssignmentPair",
    "AssignmentRun",
    "ConfidentialityAgreement",
    "ConflictDeclaration",
    "Decision",
    "DecisionItem",
    "DecisionLetter",
    "DiscussionEntry",
    "ExtraTime",
    "FindingVerdict",
    "LetterText",
    "NegotiationNote",
    "OfflineForm",
    "PairWish",
    "Panel",
    "PanelItem",
    "PanelLeave",
    "PanelMember",
    "PanelVote",
    "PoolImport",
    "ReviewPlan",
    "ReviewVersion",
    "Reviewer",
    "ReviewerAbsence",
    "ReviewerInvitation",
    "Scenario",
    "Score",
    "ScoreFit",
    "ScoreLock",
]
