"""Reviewers, assignments and reviews as rows, and a call whose scores are locked."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import Organisation, User
from kernel.actions import writing
from kernel.clock import now
from kernel.documents.columns import Column
from kernel.documents.sheets import Workbook
from kernel.files import store_bytes
from program.models import Call
from proposals.models import Proposal, ProposalAccess
from review.actions.publishing import set_publication
from review.confidentiality import VERSION
from review.enums import ListKind
from review.models import (
    AgencyAnswer,
    AgencyList,
    AgencyListItem,
    Assignment,
    AssignmentPair,
    AssignmentRun,
    ConfidentialityAgreement,
    Decision,
    DecisionItem,
    DecisionLetter,
    DiscussionEntry,
    OfflineForm,
    Reviewer,
    ReviewPlan,
    Score,
    ScoreLock,
)
from review.rules.agreement import agreement_of
from review.rules.matching.settings import Settings
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal

DUE = dt.date(2027, 3, 31)
DEFAULT = (4, 4, 4, 4, 4)


def make_reviewer(
    call: Call, agency: Organisation, user: User | None = None, *, has_agreed: bool = True, **fields: Any
) -> Reviewer:
    """Somebody of an agency's pool who has accepted, and agreed to confidentiality; `reviewer.person.user` signs in."""
    with writing():
        reviewer = Reviewer.objects.create(
            **{
                "call": call,
                "agency": agency,
                "person": (user or make_user()).person,
                "institution_name": "Example College",
                "country_code": "JP",
                "state": "accepted",
                **fields,
            }
        )
        if has_agreed:
            agree_as_row(reviewer)
    return reviewer


def agree_as_row(reviewer: Reviewer) -> None:
    with writing():
        ConfidentialityAgreement.objects.create(reviewer=reviewer, version=VERSION)


def make_assignment(
    proposal: Proposal, reviewer: Reviewer, *, state: str = "in_progress", due_on: dt.date = DUE
) -> Assignment:
    """A proposal given to a reviewer; past the declaration, they may read it."""
    with writing():
        assignment = Assignment.objects.create(
            proposal=proposal, reviewer=reviewer, state=state, due_on=due_on
        )
        if state in ("in_progress", "submitted"):
            ProposalAccess.objects.create(
                proposal=proposal, person=reviewer.person, kind="reader", source="review"
            )
    return assignment


def make_review(
    proposal: Proposal, agency: Organisation, scores: tuple[int | None, ...] = DEFAULT, **fields: Any
) -> Assignment:
    """A submitted review with these scores, in the order of the criteria."""
    confidence = fields.pop("confidence", "medium")
    reviewer = make_reviewer(proposal.call, agency, **fields)
    assignment = make_assignment(proposal, reviewer, state="submitted")
    with writing():
        for criterion, value in zip(proposal.form_version.criteria.all(), scores, strict=True):
            Score.objects.create(assignment=assignment, criterion=criterion, value=value)
        assignment.submitted_at, assignment.confidence = now(), confidence
        assignment.save(update_fields=["submitted_at", "confidence"])
    return assignment


def name_on_behalf(stage: Stage, call: Call, **fields: Any) -> Reviewer:
    """A reviewer of the partner agency, recorded from its letter by the home agency's officer, not confirmed yet."""
    behalf = {
        "on_behalf": True,
        "letter": store_bytes(name="names.pdf", content=b"%PDF-1.7 names"),
        "letter_dated": dt.date(2026, 11, 2),
        "recorded_by": stage.home1.person,
    }
    return make_reviewer(call, stage.partner, **{**behalf, **fields})


def lock_as_row(call: Call, agency: Organisation, by: User) -> ScoreLock:
    with writing():
        return ScoreLock.objects.create(call=call, agency=agency, by=by)


def lock_on_behalf(stage: Stage, call: Call, *, confirmed: bool = False) -> ScoreLock:
    """The partner agency's lock, recorded from its letter by the home agency's officer; not confirmed yet, unless told."""
    with writing():
        return ScoreLock.objects.create(
            call=call,
            agency=stage.partner,
            by=stage.home1,
            on_behalf=True,
            letter=store_bytes(name="letter.pdf", content=b"%PDF-1.7 a letter"),
            letter_dated=dt.date(2026, 11, 2),
            recorded_by=stage.home1.person,
            confirmed_by=stage.home2.person if confirmed else None,
            confirmed_at=now() if confirmed else None,
        )


def make_entry(review: Assignment, text: str) -> DiscussionEntry:
    """What the reviewer of a submitted review said in the discussion."""
    with writing():
        return DiscussionEntry.objects.create(
            proposal=review.proposal,
            agency=review.reviewer.agency,
            person=review.reviewer.person,
            text=text,
        )


def make_offline(user: User, content: bytes | None = None) -> OfflineForm:
    """A workbook that a reviewer has sent; without a form in it, unless one is given."""
    if content is None:
        book = Workbook(created=now(), language="ja")
        book.add_sheet("Sheet", [Column("A")], [["B"]])
        content = book.to_bytes()
    with writing():
        return OfflineForm.objects.create(file=store_bytes(name="reviews.xlsx", content=content), by=user)


def make_plan(stage: Stage, call: Call, agency: Organisation | None = None, **fields: Any) -> ReviewPlan:
    """How the home agency's review proceeds, unless another agency is named."""
    with writing():
        return ReviewPlan.objects.create(call=call, agency=agency or stage.home, set_by=stage.home1, **fields)


def make_scored_call(
    stage: Stage | None = None, *, proposals: int = 2, is_locked: bool = True, **call: Any
) -> tuple[Stage, Call, list[Proposal]]:
    """A call under review with eligible proposals; each side has locked and recommends all, unless told."""
    stage = stage or make_stage()
    made = make_call(stage, state="review", **call)
    found = [make_proposal(made, state="eligible") for _ in range(proposals)]
    if is_locked:
        for agency, user in ((stage.home, stage.home1), (stage.partner, stage.partner1)):
            lock_as_row(made, agency, user)
            list_as_row(made, agency, user, found)
    return stage, made, found


def list_as_row(call: Call, agency: Organisation, by: User, proposals: list[Proposal], **said: Any) -> None:
    """An agency's list, as far as the call's agreement model asks for one: it recommends every proposal, or ranks them in their
    order."""
    kind = agreement_of(call.agreement).lists
    if kind is ListKind.NONE:
        return
    with writing():
        found = AgencyList.objects.create(call=call, agency=agency, by=by)
        for rank, proposal in enumerate(proposals, 1):
            own = {"is_recommended": True} if kind is ListKind.RECOMMENDATION else {"rank": rank}
            AgencyListItem.objects.create(agency_list=found, proposal=proposal, **{**own, **said})


def publish(decision: Decision, at: dt.datetime | None = None) -> Decision:
    """Publish an adopted decision now, or set the instant."""
    return set_publication(decision=decision, by=decision.proposed_by, at=at)


def make_decision(stage: Stage, proposals: list[Proposal], **fields: Any) -> Decision:
    """A decision before the agencies, proposed by the home agency's officer: the first proposal to be adopted. With the state
    `adopted` it is so by its row alone."""
    if fields.get("state") == "adopted":
        fields.setdefault("adopted_at", fields.get("publish_at") or now())
    with writing():
        decision = Decision.objects.create(call=proposals[0].call, proposed_by=stage.home1, **fields)
        for rank, proposal in enumerate(proposals, 1):
            DecisionItem.objects.create(
                decision=decision,
                proposal=proposal,
                rank=rank,
                outcome="adopt" if rank == 1 else "reject",
            )
    return decision


def answer_on_behalf(stage: Stage, decision: Decision) -> AgencyAnswer:
    """The partner agency's yes, recorded from its letter by the home agency's officer and not confirmed yet."""
    with writing():
        return AgencyAnswer.objects.create(
            decision=decision,
            agency=stage.partner,
            vote="yes",
            on_behalf=True,
            letter=store_bytes(name="letter.pdf", content=b"%PDF-1.7 a letter"),
            letter_dated=dt.date(2026, 11, 2),
            recorded_by=stage.home1.person,
        )


def answer_to_second(stage: Stage, decision: Decision) -> AgencyAnswer:
    """The partner agency's yes by its approver, which a second person of the agency has to confirm."""
    with writing():
        return AgencyAnswer.objects.create(
            decision=decision,
            agency=stage.partner,
            vote="yes",
            person=stage.partner2.person,
            needs_second=True,
        )


def list_on_behalf(stage: Stage, call: Call) -> AgencyList:
    """The partner agency's list, recorded from its letter by the home agency's officer and not confirmed yet."""
    with writing():
        AgencyList.objects.filter(call=call, agency=stage.partner).delete()
        found = AgencyList.objects.create(
            call=call,
            agency=stage.partner,
            by=stage.home1,
            on_behalf=True,
            letter=store_bytes(name="letter.pdf", content=b"%PDF-1.7 a letter"),
            letter_dated=dt.date(2026, 11, 2),
            recorded_by=stage.home1.person,
        )
        for proposal in call.proposals.order_by("pk"):
            AgencyListItem.objects.create(agency_list=found, proposal=proposal, is_recommended=True)
    return found


def letter_as_row(decision: Decision) -> DecisionLetter:
    """A letter of the decision to the principal investigator of its first proposal."""
    item = decision.items.select_related("proposal__pi").first()
    assert item is not None
    with writing():
        return DecisionLetter.objects.create(
            item=item,
            addressee="pi",
            person=item.proposal.pi,
            number=f"{decision.call.code}-01-0001",
            dated=dt.date(2026, 11, 2),
            subject_ja="審査結果の通知",
            subject_en="Result of the review",
            body_ja="採択となりました。",
            body_en="The proposal has been adopted.",
        )


def make_run(
    call: Call, by: User, pairs: Sequence[tuple[Proposal, Reviewer]], **fields: Any
) -> AssignmentRun:
    """A search for an assignment that has ended and proposes these pairs."""
    wanted = {**Settings(least={}).as_plain(), "due_on": DUE.isoformat()}
    with writing():
        run = AssignmentRun.objects.create(
            call=call, asked_by=by, **{"wanted": wanted, "found_at": now(), "seconds": 1.5, **fields}
        )
        AssignmentPair.objects.bulk_create(
            AssignmentPair(
                run=run,
                proposal=p,
                reviewer=r,
                expertise=0.25,
                reasons={"terms": ["qubits"], "languages": ["en"]},
            )
            for p, r in pairs
        )
    return run
