"""What the sign-in library's routes answer: they speak of nobody but the person who asks, so all roles are alike.

A 302 of somebody who has signed in leads on to what they wanted, or to a page that asks for the password once more
before a sign-in factor may be changed.
"""

from dataclasses import dataclass
from typing import Any

from tests.matrix.roles import ANONYMOUS, GUEST


@dataclass(frozen=True)
class Library:
    """Each method's status: for somebody who has not signed in, and for everybody who has."""

    get: tuple[int, int]
    post: tuple[int, int]
    delete: tuple[int, int]
    objects: tuple[Any, ...] = ()
    # A redirect of somebody who has not signed in need not lead to the sign-in page here.
    data = {}

    def expected(self, method: str, role: str) -> int:
        statuses = {"GET": self.get, "POST": self.post, "DELETE": self.delete}[method]
        return statuses[role not in (ANONYMOUS, GUEST)]


LEADS_ON = (302, 302)
READ_BY_ALL = Library(get=(200, 200), post=(405, 405), delete=(405, 405))
OWN_FORM = Library(get=(302, 200), post=(302, 200), delete=(302, 405))
OWN_PAGE = Library(get=(302, 200), post=(302, 405), delete=(302, 405))
ASKS_AGAIN = Library(get=LEADS_ON, post=LEADS_ON, delete=LEADS_ON)
NOT_SET_UP = Library(get=(302, 404), post=(302, 404), delete=(302, 404))
FOR_STRANGERS = Library(get=(200, 302), post=(200, 302), delete=(405, 302))

ANSWERS: dict[str, Library] = {
    "account_login": FOR_STRANGERS,
    "account_logout": Library(get=(302, 200), post=LEADS_ON, delete=(405, 405)),
    "account_inactive": READ_BY_ALL,
    "account_signup": FOR_STRANGERS,
    "account_reauthenticate": OWN_FORM,
    "account_email": Library(get=(302, 200), post=LEADS_ON, delete=(302, 405)),
    "account_email_verification_sent": READ_BY_ALL,
    "account_change_password": OWN_FORM,
    "account_set_password": ASKS_AGAIN,
    "account_reset_password": Library(get=(200, 200), post=(200, 200), delete=(405, 405)),
    "account_confirm_login_code": ASKS_AGAIN,
    "account_confirm_email": Library(
        get=(200, 200), post=(404, 404), delete=(405, 405), objects=("unknown",)
    ),
    "account_reset_password_from_key_done": READ_BY_ALL,
    # An unknown key is told so, whatever the method.
    "account_reset_password_from_key": Library(
        get=(200, 200), post=(200, 200), delete=(200, 200), objects=("zz", "aa-bb")
    ),
    "account_reset_password_done": READ_BY_ALL,
    "mfa_index": OWN_PAGE,
    "mfa_authenticate": ASKS_AGAIN,
    "mfa_reauthenticate": ASKS_AGAIN,
    "mfa_activate_totp": ASKS_AGAIN,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": Library(get=(302, 404), post=(302, 405), delete=(302, 405)),
    "mfa_generate_recovery_codes": ASKS_AGAIN,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_list_webauthn": OWN_PAGE,
    "mfa_add_webauthn": ASKS_AGAIN,
    "mfa_reauthenticate_webauthn": ASKS_AGAIN,
    "mfa_remove_webauthn": Library(get=LEADS_ON, post=LEADS_ON, delete=LEADS_ON, objects=(1,)),
    "mfa_edit_webauthn": Library(get=LEADS_ON, post=LEADS_ON, delete=LEADS_ON, objects=(1,)),
    "mfa_login_webauthn": Library(get=LEADS_ON, post=LEADS_ON, delete=(405, 302)),
    "usersessions_list": Library(get=(302, 200), post=LEADS_ON, delete=(302, 405)),
}
