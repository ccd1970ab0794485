"""Statements on compliance as plain data, in and out of a content; and what a proposal lacks of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import today
from kernel.violations import Violation
from program.enums import StatementKind
from program.rules.statements import required_kinds
from proposals.models import Proposal, Statement
from proposals.permissions import WRITERS
from proposals.rules.completeness import STATEMENTS
from proposals.rules.statements import Stated, as_violations, lacking

SAID = ("public_id", "kind", "text", "course", "done_on", "valid_until", "stated_on")
NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")


def statements_of(statements: Iterable[Statement]) -> dict[str, Any]:
    """The statements, Japan's annex; a proposal without any says nothing, so that its digest is what it always was."""
    found = []
    for statement in statements:
        values = {name: getattr(statement, name) for name in SAID}
        by = statement.stated_by
        found.append(
            {
                **{key: v.isoformat() if isinstance(v, dt.date) else v for key, v in values.items()},
                # As with a proposal without statements: one that lists no post says what it always said.
                **({"posts": statement.posts} if statement.posts else {}),
                "person": statement.person.public_id if statement.person else None,
                # Whoever made it may have left the team.
                "stated_by": {name: getattr(by, name) for name in ("public_id", *NAMES)},
            }
        )
    return {"statements": found} if found else {}


def statement_gaps(proposal: Proposal, *, required: bool) -> list[Violation]:
    """What the proposal lacks today of the statements that its call wants before submission, or of the others."""
    wanted = required_kinds(proposal.call.required_statements)
    kinds = [kind for kind in StatementKind if (kind in wanted) is required]
    team = sorted(proposal.team.all(), key=lambda member: member.pk)
    members = {member.person_id: member.person.name for member in team if member.role in WRITERS}
    stated = [Stated(one.kind, one.person_id, one.valid_until) for one in proposal.statements.all()]
    return [
        violation
        for what in lacking(kinds, members, stated, today(proposal.call.programme.zone))
        for violation in as_violations(what, label(StatementKind(what.kind)), _(", "), STATEMENTS)
    ]
