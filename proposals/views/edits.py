"""Who edited each part of a proposal last, as the trail tells it; sections tell it themselves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Max

from kernel.audit.models import AuditEntry
from proposals.models import Proposal
from proposals.rules.completeness import (
    AWARD,
    BUDGET,
    CORE,
    EXCHANGE,
    GRANTS,
    STANDING,
    STATEMENTS,
    TEAM,
)
from proposals.rules.correction import ATTACHMENT
from proposals.views.parts import Part, edited_words

# What the trail calls a change of each part.
VERBS = {
    CORE: ("changed_core",),
    TEAM: ("member_added", "member_changed", "member_removed", "member_linked"),
    GRANTS: ("grant_declared", "grant_changed", "grant_removed"),
    AWARD: ("award_claimed", "award_changed", "award_removed"),
    STANDING: ("standing_added", "standing_changed", "standing_removed"),
    EXCHANGE: ("stay_planned", "stay_changed", "stay_removed"),
    BUDGET: ("changed_budget",),
    STATEMENTS: ("stated", "statement_changed", "statement_removed"),
    ATTACHMENT: ("attached", "attachment_removed"),
}


def with_editors(proposal: Proposal, parts: Sequence[Part]) -> list[Part]:
    """The parts, each with who edited it last; two queries, however long the trail is."""
    trail = AuditEntry.objects.filter(
        subject_type=proposal._meta.label_lower,
        subject_id=proposal.public_id,
        verb__in=[verb for verbs in VERBS.values() for verb in verbs],
        actor__isnull=False,
    ).order_by()
    last = trail.values("verb").annotate(last=Max("id")).values("last")
    entries: dict[str, Any] = {
        entry.verb: entry
        for entry in AuditEntry.objects.filter(pk__in=last).select_related("actor__person").defer("private")
    }
    found = []
    for part in parts:
        own = [entries[verb] for verb in VERBS.get(part.name, ()) if verb in entries]
        newest = max(own, key=lambda entry: entry.pk, default=None)
        found.append(replace(part, hint=edited_words(newest.actor, newest.at)) if newest else part)
    return found
