"""Shutting somebody out of a proposal for a conflict of interest: what every way of learning of it ends in."""

import datetime as dt
from typing import Any

from accounts.models import Person
from kernel import audit
from kernel.actions import action
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation
from proposals.actions import access
from proposals.models import Proposal
from review.enums import AssignmentState, ConflictKind
from review.models import Assignment, ConflictDeclaration
from review.permissions import identities
from review.rules.scoring import LONGEST_COMMENT
from review.states import ASSIGNMENT

# Why somebody reads a proposal, or must not: as `ProposalAccess.source`.
SOURCE = "review"


def declaration_violations(
    kind: str, words: str, since: dt.date | None = None, until: dt.date | None = None
) -> list[Violation | None]:
    """What is wrong with a declaration of a conflict: its kind, its words, its dates."""
    kinds = [k.value for k in ConflictKind if k is not ConflictKind.NONE]
    return [
        Violation("conflict_kind_missing", "kind") if kind not in kinds else None,
        Violation("conflict_words_missing", "words")
        if kind == ConflictKind.OTHER and is_blank_text(words)
        else None,
        Violation("text_too_long", "words", {"limit": LONGEST_COMMENT})
        if len(words) > LONGEST_COMMENT
        else None,
        Violation("text_has_null", "words") if "\x00" in words else None,
        Violation("conflict_ends_before_start", "until") if since and until and until < since else None,
    ]


@action
def shut_out(*, proposal: Proposal, person: Person, kind: str, by: Any, **fields: Any) -> ConflictDeclaration:
    """Record the conflict, and let the person, under every id that they have, see nothing of the proposal from the next
    request on. What they wrote leaves every figure, and stays in the audit trail. The caller has checked the right to.

    `fields` are those of `ConflictDeclaration`.
    """
    keys = identities(person)
    given = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("reviewer__person")
        .filter(proposal=proposal, reviewer__person__in=keys)
        .exclude(state=AssignmentState.CONFLICTED)
    )
    for assignment in given.order_by("pk"):
        scores = {str(score.criterion_id): score.value for score in assignment.scores.all()}
        if ASSIGNMENT.allows("declare_conflict", assignment.state):
            apply_transition(
                assignment,
                "declare_conflict",
                by=by,
                details={"kind": kind},
                private={"scores": scores} if scores else None,
            )
    declaration = ConflictDeclaration.objects.create(proposal=proposal, person=person, kind=kind, **fields)
    audit.record("declared", declaration, by=by, details={"proposal": proposal.public_id, "kind": kind})
    for one in Person.objects.filter(pk__in=keys).order_by("pk"):
        access.stop_reading(proposal=proposal, person=one, source=SOURCE, by=by)
        access.exclude(proposal=proposal, person=one, source=SOURCE, by=by)
    return declaration
