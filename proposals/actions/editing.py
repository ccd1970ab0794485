"""What every change of a draft begins and ends with."""

from typing import Any, TypeVar

from django.db.models import Model

from kernel import revisions
from kernel.actions import action, require
from kernel.clock import now
from kernel.violations import Violation, refuse_if
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import is_writer
from proposals.queries import open_correction
from proposals.rules.correction import part_violation
from proposals.rules.deadline import deadline_violation

Row = TypeVar("Row", bound=Model)


@action
def lock_for_editing(*, proposal: Proposal, by: Any, part: str | None) -> Proposal:
    """The proposal as the database has it now, locked, if `by` may change this part of it at this moment; None: no part of
    what is submitted is changed.

    Raises:
        NotAllowed: `by` is neither principal investigator nor co-investigator.
        RuleBroken: `deadline_passed`; `proposal_not_draft` once it is submitted, locked or withdrawn; `part_not_returned`
            where it was returned for correction, and of other parts.
    """
    locked = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=proposal.pk)
    )
    require(is_writer(by, locked))
    refuse_if(draft_violation(locked))
    returned = open_correction(locked)
    if returned is not None and part is not None:
        refuse_if(part_violation(part, returned.parts))
    return locked


def draft_violation(proposal: Proposal) -> Violation | None:
    """`deadline_passed`, or `proposal_not_draft`, unless the proposal may be changed and signed at this moment."""
    is_draft = proposal.state == ProposalState.DRAFT
    return deadline_violation(now(), proposal.deadline_at) or (
        None if is_draft else Violation("proposal_not_draft")
    )


def refuse_stale(row: Any, seen: str, *, writer: Any, verb: str) -> None:
    """`kernel.revisions.refuse_stale`, with the proposal of the row as the subject of the trail."""
    revisions.refuse_stale(row, seen, writer=writer, verb=verb, subject=row.proposal)


def held(row: Row) -> Row:
    """One row of a locked proposal as the database has it now, locked.

    Raises:
        RuleBroken: `entry_removed`.
    """
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    refuse_if(Violation("entry_removed") if found is None else None)
    return found  # type: ignore[return-value]  # None was refused


def refuse_changed(row: Any, seen: str) -> None:
    """Refuse to remove what was changed after it was `seen` (its `fingerprint`; blank where nobody says): whoever has just
    written there must not lose it unseen.

    Raises:
        RuleBroken: `entry_changed`.
    """
    refuse_if(Violation("entry_changed") if seen and seen != revisions.fingerprint(row) else None)


def touch(proposal: Proposal, *fields: str) -> None:
    """Save `fields` of a locked proposal, counting one more change of the whole."""
    proposal.version += 1
    proposal.changed_at = now()
    proposal.save(update_fields=[*fields, "version", "changed_at"])
