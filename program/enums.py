"""The programme's vocabulary."""

from enum import StrEnum


class Tier(StrEnum):
    """How far agencies share an international programme (founding text, 第1～第3階層)."""

    EXCHANGE = "1"
    ONE_AGENCY = "2"
    BOTH_AGENCIES = "3"


class FundModel(StrEnum):
    MULTI_YEAR = "multi_year"
    SINGLE_YEAR = "single_year"


class EvidenceKind(StrEnum):
    BENEFIT = "benefit"
    LOSS = "loss"


class ImportedRow(StrEnum):
    """What becomes of a row of an imported table."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


class EvidenceStep(StrEnum):
    """Where the computing of evidence is."""

    READING = "reading"
    MATCHING = "matching"
    COUNTING = "counting"
    KEEPING = "keeping"


class PaperFigure(StrEnum):
    """What is counted of a field and a partner in a year."""

    WHOLE = "whole"
    HOME_SHARE = "home_share"
    PARTNER_SHARE = "partner_share"
    GROWTH = "growth"
    SHARE_OF_FIELD = "share_of_field"
    SHARE_OF_HOME = "share_of_home"
    TOP_SHARE = "top_share"


class DesignationState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    DECIDED = "decided"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class DesignationEventKind(StrEnum):
    """What happened to a designation after its decision, from a day on."""

    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Whether a designation is in force on a day, and if not, why."""

    NOT_DECIDED = "not_decided"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class VersionOccasion(StrEnum):
    """Why a version of a dossier was kept."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    RENEWED = "renewed"
    KEPT = "kept"


class CallMode(StrEnum):
    PARTNER_FUNDED = "partner_funded"
    JOINT_CALL = "joint_call"
    LEAD_AGENCY = "lead_agency"


class AgreementModel(StrEnum):
    """By what the agencies come to one decision."""

    BOTH_RECOMMEND = "both_recommend"
    NEGOTIATION = "negotiation"
    JOINT_PANEL = "joint_panel"
    LEAD_CONFIRMED = "lead_confirmed"


class Feedback(StrEnum):
    """What applicants read of the scores of their own proposal once the decision is published."""

    NOTHING = "nothing"
    MEANS = "means"
    MEANS_AND_N = "means_and_n"


class CallState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REVIEW = "review"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class MilestoneKind(StrEnum):
    """The dates of a call, in the order in which it passes them."""

    OPENING = "opening"
    NOTICE_OF_INTENT = "notice_of_intent"
    INTENT_CHECK = "intent_check"
    FULL_PROPOSAL = "full_proposal"
    ELIGIBILITY = "eligibility"
    REVIEW = "review"
    INTERVIEW = "interview"
    PANEL = "panel"
    DECISION = "decision"
    START = "start"


# Those that the call itself holds as instants.
OWN_MILESTONES = (MilestoneKind.OPENING, MilestoneKind.NOTICE_OF_INTENT, MilestoneKind.FULL_PROPOSAL)


class NoticeRule(StrEnum):
    """Whether a call asks for a notice of intent (趣意書) before the full proposal."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class CallTerm(StrEnum):
    """A part of what a call says, as an agency agrees to it."""

    WORDS = "words"
    MODE = "mode"
    DATES = "dates"
    YEARS = "years"
    RULES = "rules"
    OUTCOME = "outcome"
    DESIGNATIONS = "designations"
    AGENCIES = "agencies"
    CAPS = "caps"
    TYPES = "types"
    MILESTONES = "milestones"
    DOCUMENTS = "documents"
    FORM = "form"


class CapBasis(StrEnum):
    TOTAL = "total"
    DIRECT = "direct"


class CapPeriod(StrEnum):
    FISCAL_YEAR = "fiscal_year"
    WHOLE_TERM = "whole_term"


class ScaleDirection(StrEnum):
    HIGH_IS_BEST = "high_is_best"
    LOW_IS_BEST = "low_is_best"


class CriterionAspect(StrEnum):
    """What a criterion looks at. People are always among them (founding text, 5(4))."""

    EXCELLENCE = "excellence"
    PARTNER = "partner"
    PEOPLE = "people"
    PLAN = "plan"
    PRIORITY = "priority"


class SectionKind(StrEnum):
    """Whether a section asks a text of its own, before its fields, or fields alone."""

    TEXT = "text"
    FIELDS = "fields"


class FieldKind(StrEnum):
    """What a field of a form takes."""

    TEXT = "text"
    NUMBER = "number"
    YEN_TABLE = "yen_table"
    CHOICE = "choice"
    DATE = "date"
    FILE = "file"
    PERSON = "person"
    ORGANISATION = "organisation"


class FileKind(StrEnum):
    """What a field for a file may take besides PDF."""

    XLSX = "xlsx"
    DOCX = "docx"
    PICTURE = "picture"
    CSV = "csv"


class LimitUnit(StrEnum):
    """In what the length of a text is counted."""

    CHARACTERS = "characters"
    WORDS = "words"


class PartKind(StrEnum):
    """What a form is made of."""

    SECTION = "section"
    FIELD = "field"
    CRITERION = "criterion"


class ChangeKind(StrEnum):
    """How a part of a form differs from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class EnvelopeEntryKind(StrEnum):
    """Why an envelope has the size it has: a request is no appropriation."""

    REQUEST = "request"
    APPROPRIATION = "appropriation"
    ADDITION = "addition"
    REDUCTION = "reduction"


class IndicatorKind(StrEnum):
    OUTPUT = "output"
    OUTCOME = "outcome"


class IndicatorMeasure(StrEnum):
    """What of the portal's own records is counted for the programme's side of an indicator, or that nothing is: its figures
    are then typed or imported, each with its source."""

    DISPATCHED = "dispatched"
    RECEIVED = "received"
    COAUTHORED_PAPERS = "coauthored_papers"
    ENTERED = "entered"


class EvaluationKind(StrEnum):
    EX_ANTE = "ex_ante"
    INTERIM = "interim"
    EX_POST = "ex_post"
    FOLLOW_UP = "follow_up"


class StatementKind(StrEnum):
    """Statements on compliance that a proposal makes: on export control (安全保障輸出管理), research ethics training (研究倫理教育),
    data management (データマネジメントプラン), and research integrity with all posts and side jobs (研究インテグリティ)."""

    EXPORT_CONTROL = "export_control"
    ETHICS_TRAINING = "ethics_training"
    DATA_MANAGEMENT = "data_management"
    INTEGRITY = "integrity"
