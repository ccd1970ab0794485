"""Kinds of reference data and where they come from."""

from enum import StrEnum


class RegistryKind(StrEnum):
    """What a file that is imported holds."""

    INSTITUTIONS = "institutions"
    COUNTRIES = "countries"
    RATES = "rates"
    HOLIDAYS = "holidays"
    AWARDS = "awards"
    PUBLICATIONS = "publications"
    ERAD_CODES = "erad_codes"
    REVIEW_PROJECTS = "review_projects"
    BUDGET_ITEMS = "budget_items"


class InstitutionStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    WITHDRAWN = "withdrawn"


class PublicationSource(StrEnum):
    CROSSREF = "crossref"
    PUBMED = "pubmed"
    OPENALEX = "openalex"


class PaperFormat(StrEnum):
    """How a file of papers by the million is laid out."""

    OPENALEX = "openalex"  # works as OpenAlex gives them, one JSON object a line
    CSV = "csv"  # the portal's own table
    PARQUET = "parquet"  # the same, in columns


class RateBasis(StrEnum):
    """What a rate is the rate of."""

    DAILY = "daily"
    YEARLY_AVERAGE = "yearly_average"


class MatchedBy(StrEnum):
    """How an institution of the portal was found in the registry."""

    ROR_ID = "ror_id"
    NAME = "name"


class Severity(StrEnum):
    """How much a problem in an imported file matters."""

    ERROR = "error"  # the record, or the file, was not taken
    WARNING = "warning"  # taken, but a person should look
    INFO = "info"  # as the source has it, told once


class PublicationKind(StrEnum):
    """What a work is. Only some kinds are papers (`PAPERS` in reporting's counting rule)."""

    ARTICLE = "article"
    REVIEW = "review"
    PROCEEDINGS = "proceedings"
    CHAPTER = "chapter"
    BOOK = "book"
    PREPRINT = "preprint"
    DATASET = "dataset"
    NOTICE = "notice"  # an erratum or a retraction notice: it says something of another work
    OTHER = "other"


class DatePrecision(StrEnum):
    """How exactly a source dates something."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class RatePeriod(StrEnum):
    """What an exchange rate is the rate of."""

    DAY = "day"
    YEAR = "year"


class BudgetAccount(StrEnum):
    """Which of the state's accounts a budget item stands in."""

    GENERAL = "general"
    SPECIAL = "special"
    AGENCY = "agency"


class PaperStep(StrEnum):
    """How far a file of papers is."""

    READING = "reading"
    KEEPING = "keeping"


class ImportStep(StrEnum):
    """How far a file is."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
