"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from reporting.enums import DocumentFormat, LinkSource

VIOLATIONS: dict[str, object] = {}

LABELS = [
    (LinkSource.BY_HAND, _("linked by hand")),
    (LinkSource.ACKNOWLEDGEMENT, _("found by its acknowledgement")),
    (DocumentFormat.PDF, "PDF"),
    (DocumentFormat.XLSX, "Excel (XLSX)"),
]
