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


class InstitutionStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    WITHDRAWN = "withdrawn"


class PublicationSource(StrEnum):
    CROSSREF = "crossref"
    PUBMED = "pubmed"
    OPENALEX = "openalex"


class RateBasis(StrEnum):
    """What a rate is the rate of."""

    DAILY = "daily"
    YEARLY_AVERAGE = "yearly_average"
