"""A proposed assignment as a table, and what a changed table would change of it."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kernel.documents.uploads import UploadedTable, as_text
from kernel.violations import Violation
from program.enums import ImportedRow
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import PairKind, PairState
from review.findings import findings_between, unavailable_violations
from review.matching import agencies_to_assign, pairs_visible_to
from review.models import AssignmentPair, AssignmentRun, Reviewer
from review.queries import proposals_under_review, reviewers_visible_to

# The first two say which pair; the others are for the reader.
KEYS = ("receipt_number", "reviewer_id")


def headings() -> list[str]:
    return [
        *KEYS,
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
    adds: tuple[Proposal, Reviewer] | None = None
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
            change.rows.append(_added(number, proposals[receipt], pool[key]))
    for pair, one in standing.items():
        is_open = one.kind != PairKind.KEEP and one.state == PairState.PROPOSED
        if pair not in seen and is_open:
            change.rows.append(Row(0, ImportedRow.CHANGED, pair[0], one.reviewer.person.name, drops=one))
    return change


def _added(number: int, proposal: Proposal, reviewer: Reviewer) -> Row:
    receipt, name = proposal.receipt_number or "", reviewer.person.name
    if findings_between(proposal, [reviewer])[reviewer.pk]:
        problem = Violation("match_row_conflict", params={"name": name})
        return Row(number, ImportedRow.WRONG, receipt, name, (problem,))
    if problems := unavailable_violations(reviewer):
        return Row(number, ImportedRow.WRONG, receipt, name, tuple(problems))
    return Row(number, ImportedRow.NEW, receipt, name, adds=(proposal, reviewer))
