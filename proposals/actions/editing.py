"""What every change of a draft begins and ends with."""

import hashlib
import json
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import is_writer
from proposals.rules.deadline import deadline_violation


@action
def lock_for_editing(*, proposal: Proposal, by: Any) -> Proposal:
    """The proposal as the database has it now, locked, if `by` may change it at this moment.

    Raises:
        NotAllowed: `by` is neither principal investigator nor co-investigator.
        RuleBroken: `deadline_passed`; `proposal_not_draft` once it is submitted, locked or withdrawn.
    """
    locked = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=proposal.pk)
    )
    require(is_writer(by, locked))
    refuse_if(
        deadline_violation(now(), locked.deadline_at)
        or (Violation("proposal_not_draft") if locked.state != ProposalState.DRAFT else None)
    )
    return locked


def fingerprint(row: Any) -> str:
    """What a row of a part holds, as a short text: a form carries the one that it was made from."""
    held = {field.attname: str(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:32]


def refuse_stale(row: Any, seen: str, *, writer: Any, verb: str) -> None:
    """Refuse a form that was made before the last change of a locked row; a form that carries nothing is not asked.

    Raises:
        RuleBroken: `stale_version`, `stale_version_own`.
    """
    if seen and seen != fingerprint(row):
        raise RuleBroken(stale(by=writer, editor_id=audit.last_actor_id(verb, row.proposal)))


def touch(proposal: Proposal, *fields: str) -> None:
    """Save `fields` of a locked proposal, counting one more change of the whole."""
    proposal.version += 1
    proposal.changed_at = now()
    proposal.save(update_fields=[*fields, "version", "changed_at"])
