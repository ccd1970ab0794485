"""The vocabulary of applying."""

from enum import StrEnum


class ProposalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    ADOPTED = "adopted"
    RESERVED = "reserved"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"  # by the principal investigator, after the decision (辞退)


# It came to nothing: it claims neither an award nor anybody's time.
ENDED = (
    ProposalState.INELIGIBLE,
    ProposalState.NOT_ADOPTED,
    ProposalState.WITHDRAWN,
    ProposalState.DECLINED,
)


class ApprovalState(StrEnum):
    """Where a request for the institution's approval stands."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"  # the proposal was changed, and approval asked for anew


class ApprovalStatus(StrEnum):
    """What the requests come to, for the proposal as it stands now."""

    MISSING = "missing"
    ASKED = "asked"
    OUTDATED = "outdated"  # changed while the institution was asked
    RETURNED = "returned"
    VOID = "void"  # changed after the institution had approved
    GIVEN = "given"


class TeamRole(StrEnum):
    PI = "pi"
    CO_INVESTIGATOR = "co_investigator"
    PARTNER_PI = "partner_pi"
    PARTNER_MEMBER = "partner_member"


class AwardRole(StrEnum):
    """What the partner researcher is in the award that is claimed."""

    PI = "pi"
    CO_PI = "co_pi"
    OTHER = "other"


class StandingKind(StrEnum):
    """What bears out that the partner researcher is a top researcher (トップ研究者)."""

    POSITION = "position"
    PRIZE = "prize"
    WORK = "work"
    MEMBERSHIP = "membership"


class InvitationState(StrEnum):
    """Where the invitation of a member stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    EXPIRED = "expired"


class ChangeTarget(StrEnum):
    """What of the shared core another text may be proposed for."""

    TITLE_JA = "title_ja"
    TITLE_EN = "title_en"
    SECTION = "section"


class ChangeState(StrEnum):
    """Where a proposed change stands; one that its own author has replaced is superseded."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class BudgetCategory(StrEnum):
    """Categories of Japan's competitive research funds (競争的研究費); the last is never moved to from the others."""

    GOODS = "goods"
    TRAVEL = "travel"
    PERSONNEL = "personnel"
    OTHER = "other"
    INDIRECT = "indirect"


DIRECT_CATEGORIES = (
    BudgetCategory.GOODS,
    BudgetCategory.TRAVEL,
    BudgetCategory.PERSONNEL,
    BudgetCategory.OTHER,
)


class FundingSource(StrEnum):
    """Who else brings money to the joint research, beside what is asked for and the partner's award."""

    OWN = "own"
    PARTNER = "partner"
    OTHER = "other"


class ExchangeDirection(StrEnum):
    DISPATCH = "dispatch"
    ACCEPTANCE = "acceptance"


class CareerStage(StrEnum):
    MASTER = "master"
    DOCTORAL = "doctoral"
    POSTDOC = "postdoc"
    FACULTY = "faculty"


class GrantStatus(StrEnum):
    HELD = "held"
    APPLIED = "applied"


class Verdict(StrEnum):
    """An agency's answer on eligibility, and on an award."""

    YES = "yes"
    NO = "no"


class AwardPoint(StrEnum):
    """What the award's agency judges of it besides."""

    SUFFICIENCY = "sufficiency"
    STANDING = "standing"
    FAIR_SHARE = "fair_share"


class CheckAnswer(StrEnum):
    """An officer's answer to one item of the agency's checklist."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


class NoticeState(StrEnum):
    """Where a notice of intent (趣意書) stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NoticeAnswer(StrEnum):
    """What an agency says of a notice of intent: with an advice the full proposal may follow, and heeds it."""

    YES = "yes"
    ADVICE = "advice"
    NO = "no"


class NoticeTask(StrEnum):
    """What an officer has to do about a notice of intent."""

    VERDICT = "verdict"
    CONFIRMATION = "confirmation"


class OverlapKind(StrEnum):
    """Why a proposal may overlap with something else (不合理な重複・過度の集中)."""

    PERSON = "person"
    EFFORT = "effort"
    TEXT = "text"
    GRANT = "grant"
    AWARD = "award"


class AccessKind(StrEnum):
    READER = "reader"
    EXCLUDED = "excluded"


class OfficeTask(StrEnum):
    """What an officer has to do about a proposal before the review."""

    VERDICT = "verdict"
    AWARD = "award"
    CONFIRMATION = "confirmation"
    ALERT = "alert"
    OVERLAP = "overlap"


class OfficeColumn(StrEnum):
    """What an officer's list shows beside receipt number and title."""

    PI = "pi"
    INSTITUTION = "institution"
    CALL = "call"
    SUPPORT_TYPE = "support_type"
    STATE = "state"
    RECEIVED = "received"
    YEARS = "years"
    ASKED = "asked"
    AWARDS = "awards"
    ELIGIBILITY = "eligibility"
    OVERLAPS = "overlaps"


class OfficeOrder(StrEnum):
    """How an officer's list is sorted; the newest first where nothing is said."""

    RECEIPT = "receipt"
    TITLE = "title"
    PI = "pi"
    INSTITUTION = "institution"
    STATE = "state"
    ASKED_MOST = "asked_most"
    ASKED_LEAST = "asked_least"
    RECEIVED_FIRST = "received_first"
    RECEIVED_LAST = "received_last"


class MailTo(StrEnum):
    """To whom of a proposal a letter goes."""

    PI = "pi"
    CO_INVESTIGATORS = "co_investigators"
    PARTNER_PI = "partner_pi"
    INSTITUTION_OFFICERS = "institution_officers"


class CollectionKey(StrEnum):
    """The column by which a proposal that was collected elsewhere is found again."""

    NUMBER = "number"
    ERAD = "erad_application"


class IntakeStep(StrEnum):
    """How far a table of collected proposals is."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
    UNDOING = "undoing"


class EradTable(StrEnum):
    """A table that goes to e-Rad, or comes from it."""

    PROPOSALS = "proposals"
    RESULTS = "results"
    ANSWERS = "answers"


class EradEncoding(StrEnum):
    UTF8 = "utf-8"
    CP932 = "cp932"


class EradDates(StrEnum):
    """How a day is written."""

    SLASH = "slash"  # 2027/04/01
    ISO = "iso"  # 2027-04-01
    ERA = "era"  # 令和9年4月1日
    ERA_SHORT = "era_short"  # R9.4.1


class EradUnit(StrEnum):
    """In what money is counted."""

    YEN = "yen"
    THOUSAND = "thousand"
