"""The vocabulary of outcomes."""

from enum import StrEnum


class LinkSource(StrEnum):
    """How a paper was found to belong to a project."""

    BY_HAND = "by_hand"
    ACKNOWLEDGEMENT = "acknowledgement"


class DocumentFormat(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
