"""A second click does nothing twice: each form carries a token, and a token is used once."""

from kernel.idempotency.guard import idempotent

__all__ = ["idempotent"]
