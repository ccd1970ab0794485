"""That many papers at once were taken away."""

from collections.abc import Sequence
from typing import Any

from accounts.permissions import is_agency_officer
from kernel import audit
from kernel.actions import action, require
from proposals.queries import office_proposals

NOTED_AT_ONCE = 500


@action
def note_archive(*, by: Any, proposals: Sequence[int]) -> None:
    """Write into the trail that `by` took the PDFs of these proposals away; one entry for so many of them each.

    Raises:
        NotAllowed: `by` is no officer, or does not handle one of them.
    """
    require(is_agency_officer(by))
    found: list[str] = []
    for start in range(0, len(proposals), NOTED_AT_ONCE):
        keys = proposals[start : start + NOTED_AT_ONCE]
        found += map(str, office_proposals(by).filter(pk__in=keys).values_list("receipt_number", flat=True))
    require(len(found) == len(set(proposals)))
    for start in range(0, len(found), NOTED_AT_ONCE):
        receipts = sorted(found[start : start + NOTED_AT_ONCE])
        audit.record(
            "archive_taken", by.person, by=by, details={"receipts": receipts, "items": len(receipts)}
        )
