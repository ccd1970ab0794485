"""What the routes of `accounts` answer."""

from tests.matrix.answer import Answer, form, read

ANSWERS: dict[str, Answer] = {
    "accounts:profile": form(),
    "accounts:memberships": form("staff"),
    "accounts:membership_end": form("staff", objects=("membership",)),
    "accounts:audit": read("staff"),
    "accounts:audit_csv": read("staff"),
}
