"""The vocabulary of outcomes."""

from enum import StrEnum


class LinkSource(StrEnum):
    """How a paper was found to belong to a project."""

    BY_HAND = "by_hand"
    ACKNOWLEDGEMENT = "acknowledgement"


class DocumentFormat(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"


class NotCounted(StrEnum):
    """Why a work is no international co-authored paper. The first reason that holds is given."""

    RETRACTED = "retracted"
    NOT_A_PAPER = "not_a_paper"
    BEFORE_PROJECT = "before_project"
    NO_COUNTRY_KNOWN = "no_country_known"
    NO_HOME_AFFILIATION = "no_home_affiliation"
    NO_FOREIGN_AFFILIATION = "no_foreign_affiliation"


class ReportStep(StrEnum):
    """What a report's job is doing."""

    GATHERING = "gathering"
    DRAWING = "drawing"
    WRITING_PDF = "writing_pdf"
    WRITING_XLSX = "writing_xlsx"
    KEEPING = "keeping"
