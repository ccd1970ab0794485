"""The words of the kernel's own violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from kernel.jobs.states import JobState
from kernel.outbox.kinds import MailKind
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
    "name_has_hidden_character": _(
        "There is a character in it that cannot be seen (%(code)s). Delete it, or type the name anew."
    ),
    "amount_not_a_number": _("Enter the amount in digits, for example 1,234,000."),
    "amount_negative": _(
        "Enter the amount without a sign; a dash or a long vowel mark counts as one. It cannot be below zero."
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
    "file_has_active_content": _(
        "“%(name)s” holds a script, a macro or an action of its own. Save it without, for example by printing it to a new PDF, and upload it again."
    ),
    "file_holds_files": _(
        "“%(name)s” holds other files inside. Save it without them and upload it again; upload each of them by itself where it is asked for."
    ),
    "file_is_two_kinds": _(
        "“%(name)s” is a %(extension)s file and something else at once: there is more before, inside or behind it than that. Save it anew and upload it again."
    ),
    "file_has_entities": _(
        "“%(name)s” declares abbreviations (XML entities), which may stand for anything, and was not read. Save it without a document type."
    ),
    "file_page_too_large": _("Page %(page)s of “%(name)s” is larger than 5 metres and cannot be shown."),
    "file_too_many_pages": _("“%(name)s” has more than %(limit)s pages."),
    "file_picture_too_large": _(
        "“%(name)s” holds a picture of more than %(millions)s million pixels. Make it smaller and upload it again."
    ),
    "file_too_heavy": _(
        "“%(name)s” takes more time or memory to open than a file may. Save it anew, for example by printing it to a new PDF, and upload it again."
    ),
    "file_name_too_long": _(
        "The name of “%(name)s” is too long: at most 255 characters. Give the file a shorter one."
    ),
    "file_name_hidden": _(
        "In the name of “%(name)s” there is a character that cannot be seen or that turns the direction of writing. Give the file another name."
    ),
    "file_name_has_path": _(
        "“%(name)s” names a folder besides the file. Give the file, and what it holds, plain names."
    ),
    "file_name_reserved": _(
        "“%(name)s” is the name of a device in Windows, where nobody could open it. Give the file another name."
    ),
    "file_name_deceives": _(
        "“%(name)s” bears the ending of a program in its name. Give the file another name."
    ),
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
    (MailState.CANCELLED, _("taken back")),
    (MailState.UNSUBSCRIBED, _("not sent: unsubscribed")),
    (MailState.OUTDATED, _("not sent: no longer true")),
    (MailKind.REQUIRED, _("Part of the procedure")),
    (MailKind.REMINDER, _("Reminders before deadlines")),
    (MailKind.NEWS, _("News of calls")),
    (MailKind.ALERT, _("Alerts")),
]
