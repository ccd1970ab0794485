"""Taking a table of evidence into a dossier: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.violations import RuleBroken, Violation
from program.actions.dossiers import add_evidence, change_evidence
from program.models import Designation, EvidenceItem


@dataclass(frozen=True)
class WantedEvidence:
    """An item as it shall stand: `public_id` names one that is there, and is blank for a new one."""

    public_id: str
    values: dict[str, Any]


@action
def import_evidence(
    *, designation: Designation, wanted: Sequence[WantedEvidence], file_name: str, sha256: str, by: User
) -> tuple[int, int]:
    """Add and change the evidence of a draft as a file says; returns how many were added and how many changed.

    Whatever one item is refused for refuses all of them: nothing is taken in by halves. Nothing is ever removed.

    Raises:
        RuleBroken: as `add_evidence` and `change_evidence`; `evidence_gone`.
    """
    there = {
        item.public_id: item
        for item in EvidenceItem.objects.select_related("designation").filter(
            designation=designation, public_id__in=[one.public_id for one in wanted if one.public_id]
        )
    }
    changed = 0
    for one in wanted:
        if not one.public_id:
            add_evidence(designation=designation, by=by, **one.values)
        elif one.public_id in there:
            change_evidence(item=there[one.public_id], by=by, **one.values)
            changed += 1
        else:
            raise RuleBroken(Violation("evidence_gone"))
    added = len(wanted) - changed
    details = {"file": file_name, "sha256": sha256, "added": added, "changed": changed}
    audit.record("evidence_imported", designation, by=by, details=details)
    return added, changed
