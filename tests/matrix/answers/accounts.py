"""What the routes of `accounts` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import ROLES, SIGNED_IN

ANSWERS: dict[str, Answer] = {
    "accounts:profile": form(),
    "accounts:mail_settings": form(empty=302),
    # nothing is kept for anybody here: the top page
    "accounts:kept": Answer(get={302: SIGNED_IN}, post={302: SIGNED_IN}),
    # the link of a mail is its own proof: it works without signing in, for whoever has it
    "accounts:mail_stop": Answer(
        ("optional_mail", "mail_signature"), get={200: ROLES}, post={200: ROLES}, anonymous=200
    ),
    "accounts:mail_resume": Answer(
        ("optional_mail", "mail_signature"), get=None, post={200: ROLES}, anonymous=405
    ),
    # officers of an institution see its people; only staff give a role that nobody has asked for
    "accounts:memberships": Answer(get={200: ("staff", "institution")}, post={200: ("staff",)}),
    "accounts:membership_end": form("staff", "institution", objects=("membership",)),
    # a deputy is named by the institution's own officer, and by nobody else
    "accounts:deputies": form("institution"),
    "accounts:role_ask": form(),
    "accounts:request_answer": form("staff", "institution", objects=("membership_request",)),
    "accounts:request_withdraw": button("nobody", objects=("membership_request",)),
    "accounts:audit": read("staff"),
    "accounts:audit_csv": read("staff"),
}
