"""The vocabulary of joint review."""

from enum import StrEnum


class ConflictKind(StrEnum):
    """Kinds of conflict of interest (利益相反) that JST, JSPS and UKRI publish."""

    NONE = "none"
    KIN = "kin"
    SAME_UNIT = "same_unit"
    COAUTHOR = "coauthor"
    TEACHER_STUDENT = "teacher_student"
    EMPLOYMENT = "employment"
    COMPETITOR = "competitor"
    OTHER = "other"


class AssignmentState(StrEnum):
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    CONFLICTED = "conflicted"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    ADOPT = "adopt"
    RESERVE = "reserve"
    REJECT = "reject"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    REFUSED = "refused"


class Vote(StrEnum):
    YES = "yes"
    NO = "no"
