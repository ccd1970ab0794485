from review.models.assignment import Assignment, Score
from review.models.conflict import ConflictDeclaration
from review.models.decision import AgencyAnswer, Decision, DecisionItem
from review.models.lock import ScoreLock
from review.models.reviewer import Reviewer, ReviewerAbsence

__all__ = [
    "AgencyAnswer",
    "Assignment",
    "ConflictDeclaration",
    "Decision",
    "DecisionItem",
    "Reviewer",
    "ReviewerAbsence",
    "Score",
    "ScoreLock",
]
