from review.models.assignment import Assignment, ExtraTime, ReviewVersion, Score
from review.models.conflict import ConflictDeclaration
from review.models.decision import AgencyAnswer, Decision, DecisionItem
from review.models.discussion import DiscussionEntry
from review.models.lock import ScoreLock
from review.models.offline import OfflineForm
from review.models.plan import ReviewPlan
from review.models.reviewer import Reviewer, ReviewerAbsence
from review.models.scenario import Scenario

__all__ = [
    "AgencyAnswer",
    "Assignment",
    "ConflictDeclaration",
    "Decision",
    "DecisionItem",
    "DiscussionEntry",
    "ExtraTime",
    "OfflineForm",
    "ReviewPlan",
    "ReviewVersion",
    "Reviewer",
    "ReviewerAbsence",
    "Scenario",
    "Score",
    "ScoreLock",
]
