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


class Finding(StrEnum):
    """What the portal itself may find between a reviewer and a proposal; each shuts the reviewer out of it."""

    TEAM_MEMBER = "team_member"
    SAME_INSTITUTION = "same_institution"
    SAME_DOMAIN = "same_domain"
    COAUTHOR = "coauthor"
    CO_APPLICANT = "co_applicant"
    APPLICANT = "applicant"
    UNWANTED = "unwanted"
    DECLARED = "declared"


class Verdict(StrEnum):
    """An officer's word on what the portal found."""

    UPHELD = "upheld"
    SET_ASIDE = "set_aside"


class Relation(StrEnum):
    """How two institutions are one, by ROR."""

    SAME = "same"
    PART = "part"
    SIBLING = "sibling"
    RELATED = "related"


class ReviewerState(StrEnum):
    """Where somebody of a pool stands with the agency's invitation."""

    NAMED = "named"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    # Takes part no more, though what they wrote stays.
    RETIRED = "retired"


class Gender(StrEnum):
    """As the person states it, for the balance of a panel alone."""

    NOT_STATED = "not_stated"
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class AssignmentState(StrEnum):
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    # Not submitted when the agency locked its scores: counts for nothing.
    CLOSED = "closed"
    CONFLICTED = "conflicted"
    WITHDRAWN = "withdrawn"
    # Given back by the reviewer, who cannot finish it.
    HANDED_BACK = "handed_back"


class Confidence(StrEnum):
    """How well the reviewer knows what the proposal is about, by their own word."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Phase(StrEnum):
    """How far an agency's review of a call is; what may be seen and done in each is in `rules.phases`."""

    OWN = "own"
    OTHERS = "others"
    DISCUSSION = "discussion"
    FROZEN = "frozen"


class ExtraTimeKind(StrEnum):
    """Why one reviewer may write longer than the others of their agency."""

    EXTENSION = "extension"
    # After the agency's lock.
    REOPENING = "reopening"


class Outcome(StrEnum):
    ADOPT = "adopt"
    RESERVE = "reserve"
    REJECT = "reject"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    REFUSED = "refused"


class DecisionKind(StrEnum):
    """What is decided: the whole call; once somebody has declined, the reserve list (補欠からの繰上げ); or what an adopted decision
    had wrong."""

    FIRST = "first"
    CALL_UP = "call_up"
    CORRECTION = "correction"


class Vote(StrEnum):
    YES = "yes"
    NO = "no"


class ScenarioKind(StrEnum):
    """How a scenario chooses: the first of the ranked list, the best choice under rules, or by hand."""

    LINE = "line"
    BEST = "best"
    HAND = "hand"


class Refusal(StrEnum):
    """Why no adjusted scores are computed."""

    TOO_FEW = "too_few"  # fewer than three proposals with two reviews
    ALL_ALIKE = "all_alike"  # every score is the same


class Standing(StrEnum):
    """Where a proposal stands by its chance to be above the line; the middle is the random selection group of published
    practice (SNSF)."""

    ABOVE = "above"
    NEAR = "near"
    BELOW = "below"


class Level(StrEnum):
    """Words for a coefficient of agreement (Koo and Li 2016: below 0.5, 0.75, 0.9, and above)."""

    POOR = "poor"
    MODERATE = "moderate"
    GOOD = "good"
    EXCELLENT = "excellent"


class Strength(StrEnum):
    """Words for a correlation (Schober et al. 2018: below 0.1, 0.4, 0.7, 0.9, and above; below −0.1 it is contrary)."""

    CONTRARY = "contrary"
    NEGLIGIBLE = "negligible"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    VERY_STRONG = "very_strong"


class Oddity(StrEnum):
    """How somebody scores unlike the others."""

    SEVERE = "severe"
    LENIENT = "lenient"
    NARROW = "narrow"
    WIDE = "wide"


class PanelState(StrEnum):
    OPEN = "open"
    # Its minutes are final.
    CLOSED = "closed"


class PanelRole(StrEnum):
    CHAIR = "chair"
    MEMBER = "member"
    # Keeps the minutes, or looks on: has no vote.
    SECRETARY = "secretary"
    OBSERVER = "observer"


class Attendance(StrEnum):
    EXPECTED = "expected"
    PRESENT = "present"
    ONLINE = "online"
    ABSENT = "absent"


class Ballot(StrEnum):
    """A panel member's vote on one proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class ListKind(StrEnum):
    """What each agency records of every proposal of a call before the decision, as the agreement model has it."""

    NONE = "none"
    RECOMMENDATION = "recommendation"
    RANKING = "ranking"


class AgreementStep(StrEnum):
    """A step on the way to the decision that the agencies of a call take."""

    LOCK = "lock"
    RECOMMEND = "recommend"
    RANK = "rank"
    NEGOTIATE = "negotiate"
    PANEL = "panel"
    PROPOSE = "propose"
    ANSWER = "answer"
    CONFIRM = "confirm"
    PUBLISH = "publish"


class Addressee(StrEnum):
    """To whom a letter of a decision goes."""

    PI = "pi"
    PARTNER_PI = "partner_pi"
    INSTITUTION = "institution"


class AppealVerdict(StrEnum):
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class PairKind(StrEnum):
    """What a search would do with a pair."""

    ADD = "add"
    KEEP = "keep"
    REMOVE = "remove"


class PairState(StrEnum):
    """What became of a pair that was found, or put there by hand."""

    PROPOSED = "proposed"
    DROPPED = "dropped"
    # Accepted; a worker gives it.
    TAKING = "taking"
    TAKEN = "taken"
    REFUSED = "refused"
    UNDONE = "undone"


class WishKind(StrEnum):
    PIN = "pin"
    FORBID = "forbid"


class MatchStep(StrEnum):
    """How far a search is."""

    READING = "reading"
    COMPARING = "comparing"
    CANDIDATES = "candidates"
    RELAXATION = "relaxation"
    FLOOR = "floor"
    WHOLE = "whole"
    CHECKS = "checks"
    TAKING = "taking"


class RunMode(StrEnum):
    """How what is there already is treated: thought anew where nobody has begun, added to, or changed as little as need be."""

    NEW = "new"
    ENSURE = "ensure"
    ADJUST = "adjust"


class Balance(StrEnum):
    """How much evenly spread loads are worth."""

    NONE = "none"
    SOME = "some"
    STRONG = "strong"
