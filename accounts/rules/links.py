"""Links that a mail carries and that let somebody in without an account: the token goes out, its hash alone is kept."""

import hashlib
import secrets


def new_token() -> str:
    """A token that nobody guesses (256 bits), fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token; of any text, whatever somebody typed into the address."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


# For so many seconds a link that was just used up is known again by the browser that did: a second click on its button.
MOMENT = 60


def browser_mark(token: str, secret: str) -> str:
    """What is kept of a link together with the browser that has used it up; "" where the browser has no secret of its own, which
    then is never known again. `secret` is its CSRF cookie, which nobody else has."""
    if not secret:
        return ""
    return hashlib.sha256(f"{token}\n{secret}".encode(errors="replace")).hexdigest()
