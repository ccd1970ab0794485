"""The words of the kernel's own violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kernel.jobs.states import JobState
from kernel.outbox.states import MailState

VIOLATIONS = {
    "transition_not_allowed": _(
        "This step cannot be taken now: the state has changed in the meantime. Load the page again to see where it stands."
    ),
    "stale_version": _(
        "Another person has changed this in the meantime. What you typed is kept below; compare it with the saved text before you save again."
    ),
    "stale_version_own": _(
        "You have changed this yourself in the meantime, in another tab or window. What you typed is kept below; compare it with what is saved before you save again."
    ),
    "amount_not_a_number": _("Enter the amount in digits, for example 1,234,000."),
    "amount_negative": _(
        "The amount must not be below zero. A dash or a long vowel mark before the digits is not read as a minus sign."
    ),
    "amount_fractional": _("Enter whole %(currency)s, without decimals."),
    "amount_too_large": _("The amount is too large to be real. Check the unit: this field is in %(unit)s."),
    "file_empty": _("“%(name)s” is empty."),
    "file_too_large": _("“%(name)s” is larger than %(limit_mb)s MB."),
    "file_type_not_allowed": _("“%(name)s” cannot be accepted: only %(allowed)s files are."),
    "file_type_differs": _("“%(name)s” is not what its name says: its content is not a %(extension)s file."),
    "file_encrypted": _("“%(name)s” needs a password to open. Remove the password and upload it again."),
    "file_damaged": _("“%(name)s” is damaged and cannot be opened."),
    "file_unpacks_too_large": _("“%(name)s” unpacks to far more than its own size and was not opened."),
    "file_has_active_content": _("“%(name)s” holds a script or another file and cannot be accepted."),
    "file_infected": _("“%(name)s” was refused by the virus scanner."),
    "file_not_scanned": _(
        "“%(name)s” could not be scanned for viruses just now. Nothing was stored; please try again shortly."
    ),
}

LABELS = [
    (JobState.QUEUED, _("waiting")),
    (JobState.RUNNING, _("running")),
    (JobState.DONE, _("done")),
    (JobState.FAILED, _("failed")),
    (JobState.CANCELLED, _("cancelled")),
    (MailState.WAITING, _("waiting")),
    (MailState.HELD, _("held")),
    (MailState.SENDING, _("being sent")),
    (MailState.SENT, _("sent")),
    (MailState.UNCERTAIN, _("uncertain")),
]

# Said by Django's own fields, whose Japanese speaks of an empty field.
gettext_noop("Null characters are not allowed.")
