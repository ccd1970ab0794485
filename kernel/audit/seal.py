"""Sealing audit entries into a hash chain, and finding what was changed afterwards."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from kernel.actions import action
from kernel.audit.models import AuditEntry, AuditHead, AuditSeal
from kernel.audit.record import digest_of_private

BATCH = 2_000


@dataclass(frozen=True)
class Fault:
    """A place where the trail is not what was sealed: `code` is `changed`, `missing` or `private_changed`."""

    code: str
    sequence: int
    entry_id: int


def entry_digest(previous: str, entry: AuditEntry) -> str:
    """SHA-256 over the previous digest and all of the entry that is not personal."""
    payload = {
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "acting_for": entry.acting_for,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "details": entry.details,
        "private_digest": entry.private_digest,
    }
    text = previous + json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@action
def seal_new_entries(*, limit: int = BATCH) -> int:
    """Chain entries that are not chained yet, oldest first; returns how many. Safe to run at any time, many times."""
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entries = list(AuditEntry.objects.filter(seal__isnull=True).order_by("id")[:limit])
    seals = []
    for entry in entries:
        head.sequence += 1
        head.digest = entry_digest(head.digest, entry)
        seals.append(AuditSeal(sequence=head.sequence, entry=entry, digest=head.digest))
    AuditSeal.objects.bulk_create(seals)
    head.save()
    return len(seals)


def verify_chain() -> Iterator[Fault]:
    """Walk the chain from its beginning and name every entry that differs from what was sealed."""
    previous = "0" * 64
    expected = 1
    for seal in AuditSeal.objects.select_related("entry").order_by("sequence").iterator(chunk_size=BATCH):
        entry = seal.entry
        if seal.sequence != expected:
            yield Fault("missing", expected, 0)
        if entry_digest(previous, entry) != seal.digest:
            yield Fault("changed", seal.sequence, entry.pk)
        if entry.private and digest_of_private(entry.private_salt, entry.private) != entry.private_digest:
            yield Fault("private_changed", seal.sequence, entry.pk)
        previous = seal.digest
        expected = seal.sequence + 1
    head = AuditHead.objects.filter(pk=1).first()
    if head is not None and (head.sequence != expected - 1 or head.digest != previous):
        yield Fault("missing", expected, 0)
