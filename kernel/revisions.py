"""Two tabs, or two people, on one row: a form carries what it was made from, and is refused once the row has changed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kernel import audit
from kernel.violations import RuleBroken, stale


def fingerprint(row: Any) -> str:
    """What a row, or a part in plain values, holds, as a short text: a form carries the one that it was made from."""
    held = (
        row
        if isinstance(row, Mapping)
        else {field.attname: str(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    )
    return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()[:32]


def refuse_stale(row: Any, seen: str, *, writer: Any, verb: str, subject: Any) -> None:
    """Refuse a form that was made before the last change of a locked row; a form that carries nothing is not asked. The
    trail tells by `verb` and `subject` who made that change.

    Raises:
        RuleBroken: `stale_version`, `stale_version_own`.
    """
    if seen and seen != fingerprint(row):
        raise RuleBroken(stale(by=writer, editor_id=audit.last_actor_id(verb, subject)))
