"""Evidence of the partner's standing as plain data, in and out of a content."""

from collections.abc import Iterable
from typing import Any

from proposals.models import StandingRecord

STANDING = ("public_id", "kind", "title", "body", "first_year", "last_year", "source_url", "doi")


def standing_of(records: Iterable[StandingRecord]) -> dict[str, Any]:
    """The records, which both sides sign; a proposal without any says nothing, so that its digest is what it always was."""
    found = [
        {
            **{name: getattr(record, name) for name in STANDING},
            **({"paper": record.paper} if record.paper else {}),
            "person": record.person.public_id,
        }
        for record in records
    ]
    return {"standing": found} if found else {}


def standing_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a content with all that a row of one holds."""
    return [{"paper": {}, **record} for record in content.get("standing", [])]
