"""A proposed assignment as a table, and what a changed table would change of it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kernel.documents.uploads import UploadedTable, as_text
from kernel.violations import Violation
from program.enums import ImportedRow
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import PairKind, PairState
from review.findings import findings_in, unavailable_violations
from review.loads import proposed_loads, room_violations
from review.matching import agencies_to_assign, due_of, pairs_visible_to
from review.models import AssignmentPair, AssignmentRun, Reviewer
from review.queries import proposals_under_review, reviewers_visible_to
from review.rules.availability import load_violation

# The first two say which pair; the others are for the reader.
KEYS = ("receipt_number", "reviewer_id")
# Need not be there: why a reviewer is given more than they take, or something while they are away.
BEYOND = "beyond_reason"


def headings() -> list[str]:
    return [
        *KEYS,
        BEYOND,
        _("Title"),
        _("Reviewer"),
        _("Agency"),
        _("What happens"),
        _("State"),
        _("Expertise"),
        _("Why"),
    ]


@dataclass(frozen=True)
class Row:
    """A row of the table, or (number 0) a pair that the table leaves out."""

    number: int
    state: ImportedRow
    receipt: str
    reviewer: str
    problems: tuple[Violation, ...] = ()
    adds: tuple[Proposal, Reviewer, str] | None = None
    drops: AssignmentPair | None = None


@dataclass
class Change:
    rows: list[Row] = field(default_factory=list)

    def of(self, state: ImportedRow) -> list[Row]:
        return [row for row in self.rows if row.state == state]

    @property
    def digest(self) -> str:
        """Changes with whatever the table would change."""
        plain = [(row.state, row.receipt, row.reviewer, [p.code for p in row.problems]) for row in self.rows]
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def compare(*, run: AssignmentRun, table: UploadedTable, by: Any) -> Change | None:
    """What the table would change of the open pairs of the officer's side; None where its two key columns are not there."""
    header = [as_text(cell).strip().lower() for cell in table.header]
    if any(key not in header for key in KEYS):
        return None
    places = [header.index(key) for key in KEYS]
    reasons = header.index(BEYOND) if BEYOND in header else None
    kept = [agency.pk for agency in agencies_to_assign(by, run.call)]
    pairs = list(pairs_visible_to(by).filter(run=run, reviewer__agency__in=kept))
    standing = {
        (p.proposal.receipt_number or "", p.reviewer.public_id): p
        for p in pairs
        if p.state != PairState.DROPPED
    }
    own = proposals_under_review(by).filter(call=run.call, state=ProposalState.ELIGIBLE)
    proposals = {p.receipt_number or "": p for p in own}
    pool = {r.public_id: r for r in reviewers_visible_to(by).filter(call=run.call, agency__in=kept)}
    change, seen = Change(), set()
    added: list[tuple[int, Proposal, Reviewer, str]] = []
    for number, cells in table.rows:
        receipt, key = (as_text(cells[at]).strip() if at < len(cells) else "" for at in places)
        pair = (receipt, key)
        name = pool[key].person.name if key in pool else key[:40]
        problem = None
        if receipt not in proposals:
            problem = Violation("match_row_proposal", params={"value": receipt[:40]})
        elif key not in pool:
            problem = Violation("match_row_reviewer", params={"value": key[:40]})
        elif pair in seen:
            problem = Violation("match_row_twice")
        seen.add(pair)
        if problem:
            change.rows.append(Row(number, ImportedRow.WRONG, receipt[:40], name, (problem,)))
        elif pair in standing:
            change.rows.append(Row(number, ImportedRow.UNCHANGED, receipt, name))
        else:
            given = as_text(cells[reasons]).strip() if reasons is not None and reasons < len(cells) else ""
            added.append((number, proposals[receipt], pool[key], given))
    for pair, one in standing.items():
        is_open = one.kind != PairKind.KEEP and one.state == PairState.PROPOSED
        if pair not in seen and is_open:
            change.rows.append(Row(0, ImportedRow.CHANGED, pair[0], one.reviewer.person.name, drops=one))
    change.rows += _added(run, by, added, [row.drops for row in change.rows if row.drops])
    return change


def _added(
    run: AssignmentRun,
    by: Any,
    added: Sequence[tuple[int, Proposal, Reviewer, str]],
    drops: Sequence[AssignmentPair],
) -> list[Row]:
    """The rows that would propose something, held against conflicts, and against loads and days away with all that the table
    proposes and drops; the same number of queries for any number of rows."""
    if not added:
        return []
    reviewers = list({reviewer.pk: reviewer for _n, _p, reviewer, _why in added}.values())
    shut = findings_in(list({p.pk: p for _n, p, _r, _why in added}.values()), reviewers)
    loads = proposed_loads(run, by, [one.pk for one in reviewers])
    for pair in drops:
        if pair.kind == PairKind.ADD:
            loads[pair.reviewer_id].discard(pair.proposal_id)
        elif pair.kind == PairKind.REMOVE:
            loads[pair.reviewer_id].add(pair.proposal_id)
    rows = []
    # With no proposal at all nobody is at their limit: what is left is who is away.
    away = room_violations(reviewers, loads={}, due_on=due_of(run))
    for number, proposal, reviewer, why in added:
        receipt, name = proposal.receipt_number or "", reviewer.person.name
        full = load_violation(name, len(loads[reviewer.pk]), reviewer.max_load)
        problems = [*([full] if full else []), *away[reviewer.pk]] if not why else []
        if unavailable := unavailable_violations(reviewer):
            problems = unavailable
        if (proposal.pk, reviewer.pk) in shut:
            problems = [Violation("match_row_conflict", params={"name": name})]
        if problems:
            rows.append(Row(number, ImportedRow.WRONG, receipt, name, tuple(problems)))
            continue
        loads[reviewer.pk].add(proposal.pk)
        rows.append(Row(number, ImportedRow.NEW, receipt, name, adds=(proposal, reviewer, why)))
    return rows
