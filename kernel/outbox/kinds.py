"""What kind a mail is of: whether somebody may do without it."""

from enum import StrEnum


class MailKind(StrEnum):
    # Receipts, decisions, invitations, what was returned for correction: part of the procedure itself.
    REQUIRED = "required"
    REMINDER = "reminder"
    NEWS = "news"
    ALERT = "alert"


OPTIONAL = (MailKind.REMINDER, MailKind.NEWS, MailKind.ALERT)
