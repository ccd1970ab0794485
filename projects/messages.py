"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from projects.enums import EntryKind, ProjectState

VIOLATIONS: dict[str, object] = {}

LABELS = [
    (ProjectState.OFFERED, _("offered")),
    (ProjectState.ACTIVE, _("running")),
    (ProjectState.ENDED, _("ended")),
    (ProjectState.CLOSED, _("closed")),
    (EntryKind.ALLOCATION, _("allocation")),
    (EntryKind.CHANGE, _("change of allocation")),
    (EntryKind.CARRY_OUT, _("carried over to the next year")),
    (EntryKind.CARRY_IN, _("carried over from the year before")),
    (EntryKind.PAYMENT, _("payment")),
    (EntryKind.RETURN, _("return of funds")),
]
