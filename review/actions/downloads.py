"""That a reviewer took papers away."""

from collections.abc import Sequence
from typing import Any

from kernel import audit
from kernel.actions import action, require
from proposals.queries import proposals_visible_to
from review.queries import own_assignments


@action
def note_own_archive(*, by: Any, proposals: Sequence[int]) -> None:
    """Write into the trail that the reviewer took the PDFs of these proposals away.

    Raises:
        NotAllowed: one of them is none that was given to them, or that they may not read.
    """
    own = own_assignments(by).filter(proposal__in=proposals_visible_to(by).filter(pk__in=proposals))
    receipts = sorted(map(str, own.values_list("proposal__receipt_number", flat=True)))
    require(len(receipts) == len(set(proposals)))
    audit.record("archive_taken", by.person, by=by, details={"receipts": receipts, "items": len(receipts)})
