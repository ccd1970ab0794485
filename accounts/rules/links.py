"""Links that a mail carries and that let somebody in without an account: the token goes out, its hash alone is kept."""

import hashlib
import secrets


def new_token() -> str:
    """A token that nobody guesses (256 bits), fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token; of any text, whatever somebody typed into the address."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
