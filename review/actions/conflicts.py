"""Conflicts of interest beside the reviewers' own declarations: an officer's verdict on what the portal found, what an officer
records, and what an officer declares of themselves."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.models import Proposal
from review.actions.exclusion import declaration_violations, shut_out
from review.enums import ConflictKind, Finding, Verdict
from review.findings import evidence_in
from review.models import ConflictDeclaration, FindingVerdict, Reviewer
from review.permissions import may_assign, may_declare_of_oneself
from review.rules.conflicts import CERTAIN
from review.rules.scoring import LONGEST_COMMENT

# The kind under which what the portal found is declared once an officer has upheld it.
KINDS = {
    Finding.SAME_INSTITUTION: ConflictKind.SAME_UNIT,
    Finding.SAME_DOMAIN: ConflictKind.SAME_UNIT,
    Finding.COAUTHOR: ConflictKind.COAUTHOR,
    Finding.CO_APPLICANT: ConflictKind.COAUTHOR,
    Finding.APPLICANT: ConflictKind.COMPETITOR,
}


def _locked(proposal: Proposal, reviewer: Reviewer, by: Any) -> tuple[Proposal, Reviewer]:
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "pi", "institution")
        .get(pk=proposal.pk)
    )
    reviewer = Reviewer.objects.select_related("person", "agency").get(pk=reviewer.pk)
    require(may_assign(by, proposal, reviewer.agency) and reviewer.call_id == proposal.call_id)
    return proposal, reviewer


@action
def judge_finding(
    *,
    proposal: Proposal,
    reviewer: Reviewer,
    finding: str,
    verdict: str,
    reason: str,
    seen: Iterable[str],
    by: Any,
) -> FindingVerdict:
    """Uphold what the portal found, which shuts the reviewer out, or set it aside with a reason. `seen` are the keys of the
    evidence that the officer had before them.

    Raises:
        NotAllowed: `by` does not assign for the reviewer's agency, or has a conflict with the proposal.
        RuleBroken: `finding_certain` (what was declared, and membership of the team, cannot be set aside),
            `finding_gone`, `finding_changed` where another piece of evidence has come in, `verdict_missing`,
            `reason_missing`, `text_too_long`, `text_has_null`.
    """
    proposal, reviewer = _locked(proposal, reviewer, by)
    found = evidence_in([proposal], [reviewer]).get((proposal.pk, reviewer.pk), [])
    keys = {one.key for one in found if one.finding == finding}
    if not keys:
        raise RuleBroken(Violation("finding_gone"))
    refuse_if(
        Violation("verdict_missing", "verdict") if verdict not in list(Verdict) else None,
        Violation("finding_certain", "verdict")
        if verdict == Verdict.SET_ASIDE and finding in CERTAIN
        else None,
        Violation("finding_changed") if keys - set(seen) else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("text_too_long", "reason", {"limit": LONGEST_COMMENT})
        if len(reason) > LONGEST_COMMENT
        else None,
        Violation("text_has_null", "reason") if "\x00" in reason else None,
    )
    made = FindingVerdict.objects.create(
        proposal=proposal,
        reviewer=reviewer,
        finding=finding,
        verdict=verdict,
        reason=reason,
        evidence=sorted(keys),
        by=by,
    )
    audit.record(
        verdict,
        made,
        by=by,
        details={"proposal": proposal.public_id, "reviewer": reviewer.public_id, "finding": finding},
        private={"reason": reason},
    )
    if verdict == Verdict.UPHELD and finding != Finding.DECLARED:
        shut_out(
            proposal=proposal,
            person=reviewer.person,
            kind=KINDS.get(Finding(finding), ConflictKind.OTHER),
            by=by,
            words=reason,
            found_by_portal=True,
            recorded_by=by,
        )
    return made


@action
def record_conflict(
    *,
    proposal: Proposal,
    reviewer: Reviewer,
    by: Any,
    kind: str,
    words: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> ConflictDeclaration:
    """An officer records a conflict of which they have learned: kin, for example, of which no register knows.

    Raises:
        NotAllowed: as `judge_finding`.
        RuleBroken: as `declare_conflict`; `conflict_words_missing` for every kind: somebody else's word needs its reason.
    """
    proposal, reviewer = _locked(proposal, reviewer, by)
    refuse_if(
        *declaration_violations(kind, words, since, until),
        Violation("conflict_words_missing", "words")
        if kind != ConflictKind.OTHER and is_blank_text(words)
        else None,
    )
    return shut_out(
        proposal=proposal,
        person=reviewer.person,
        kind=kind,
        by=by,
        words=words,
        since=since,
        until=until,
        recorded_by=by,
    )


@action
def declare_of_oneself(
    *,
    proposal: Proposal,
    by: Any,
    kind: str,
    words: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> ConflictDeclaration:
    """An officer declares a conflict of their own: from the next request on they see nothing of the proposal.

    Raises:
        NotAllowed: `by` is no officer of the call's agencies, or sees the proposal no more.
        RuleBroken: as `declare_conflict`.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(may_declare_of_oneself(by, proposal))
    refuse_if(*declaration_violations(kind, words, since, until))
    person = person_of(by)
    assert person is not None
    return shut_out(proposal=proposal, person=person, kind=kind, by=by, words=words, since=since, until=until)
