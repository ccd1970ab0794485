"""Appending to the audit trail."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any

from kernel.audit.models import AuditEntry

# Where an entry's details keep who came by a link: `{"invitation": ..., "person": ...}`, their public ids.
BY_LINK = "by_link"


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

    `subject` is any object with a `public_id`; `details` must hold no personal data, `private` may. `by` is a user, None for
    the portal itself, or somebody without an account, whose `recorded_as` (ids alone) says by which way they came.
    """
    entry = _entry(verb, _of(subject), by, details, private, acting_for)
    entry.save(force_insert=True)
    return entry


def record_about(
    verb: str,
    subject_type: str,
    subject_id: str,
    *,
    by: Any,
    details: dict[str, Any],
    private: dict[str, Any] | None = None,
) -> None:
    """Append one entry, as `record` does, about a thing whose kind and public id are known and which need not be read."""
    _entry(verb, (subject_type, subject_id), by, details, private, "").save(force_insert=True)


def _of(subject: Any) -> tuple[str, str]:
    return subject._meta.label_lower, subject.public_id


def record_all(verb: str, of_each: Iterable[tuple[Any, dict[str, Any], dict[str, Any]]], *, by: Any) -> None:
    """Append one entry for each (subject, details, private), as `record` would, in few statements."""
    entries = [_entry(verb, _of(subject), by, details, private, "") for subject, details, private in of_each]
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def _entry(
    verb: str,
    subject: tuple[str, str],
    by: Any,
    details: dict[str, Any] | None,
    private: dict[str, Any] | None,
    acting_for: str,
) -> AuditEntry:
    salt = secrets.token_hex(16) if private else ""
    came_by: dict[str, Any] | None = getattr(by, "recorded_as", None)
    return AuditEntry(
        actor=None if came_by else by,
        acting_for=acting_for,
        verb=verb,
        subject_type=subject[0],
        subject_id=subject[1],
        details={**(details or {}), **(came_by or {})},
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
