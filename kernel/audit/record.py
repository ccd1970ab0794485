"""Appending to the audit trail."""

import hashlib
import json
import secrets
from typing import Any

from kernel.audit.models import AuditEntry


def record(
    verb: str,
    subject: Any,
    *,
    by: Any,
    details: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
    acting_for: str = "",
) -> AuditEntry:
    """Append one entry, in the transaction of the change it speaks of.

    `subject` is any object with a `public_id`; `details` must hold no personal data, `private` may.
    """
    salt = secrets.token_hex(16) if private else ""
    return AuditEntry.objects.create(
        actor=by,
        acting_for=acting_for,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.public_id,
        details=details or {},
        private=private or {},
        private_salt=salt,
        private_digest=digest_of_private(salt, private) if private else "",
    )


def last_actor_id(verb: str, subject: Any) -> int | None:
    """The user who last did this to the subject; None if nobody has."""
    entries = AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.public_id, verb=verb
    )
    return entries.order_by("-id").values_list("actor_id", flat=True).first()


def digest_of_private(salt: str, private: dict[str, Any]) -> str:
    """The salted digest that stands for personal data in the chain."""
    return hashlib.sha256(
        (salt + json.dumps(private, sort_keys=True, ensure_ascii=False)).encode()
    ).hexdigest()
