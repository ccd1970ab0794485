"""Searching for an assignment, changing it by hand, accepting and undoing it."""

import datetime as dt
from typing import Any

import pytest

from kernel.actions import writing
from kernel.jobs import run_job
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import Proposal, ProposalAccess
from review.actions import assignments
from review.actions.matching import add_pair, drop_pair, request_run, set_wish
from review.actions.taking import accept_pairs, undo_taking
from review.enums import PairKind, PairState, RunMode, WishKind
from review.matching import pairs_visible_to, runs_visible_to
from review.models import Assignment, AssignmentPair, AssignmentRun, Reviewer, ReviewerAbsence
from review.rules.matching.settings import Settings
from tests.builders.people import make_user
from tests.builders.review import (
    DUE,
    lock_as_row,
    make_assignment,
    make_reviewer,
    make_run,
    make_scored_call,
)

pytestmark = pytest.mark.django_db


def scene(proposals: int = 2, **reviewer: Any) -> tuple[Any, Any, list[Proposal], list[Reviewer]]:
    """A call under review, two reviewers of each agency; those of the partner come from a third country."""
    stage, call, found = make_scored_call(is_locked=False, proposals=proposals)
    pool = [
        make_reviewer(call, agency, country_code=code, **reviewer)
        for agency, code in (
            (stage.home, "JP"),
            (stage.home, "JP"),
            (stage.partner, "FR"),
            (stage.partner, "FR"),
        )
    ]
    return stage, call, found, pool


def wanted(stage: Any, **fields: Any) -> Settings:
    least = {stage.home.public_id: 1, stage.partner.public_id: 1}
    return Settings(**{"places": 2, "least": least, "load": 2, **fields})


def searched(stage: Any, call: Any, by: Any = None, **fields: Any) -> AssignmentRun:
    run = request_run(call=call, settings=wanted(stage, **fields), due_on=DUE, by=by or stage.home1)
    assert run_job(run.job_id) == "done"
    run.refresh_from_db()
    return run


def accepted(run: AssignmentRun, by: Any) -> AssignmentRun:
    run = accept_pairs(run=run, due_on=DUE, by=by)
    assert run_job(run.taking_id) == "done"
    run.refresh_from_db()
    return run


def kinds(run: AssignmentRun) -> dict[tuple[int, int], str]:
    return {(p.proposal_id, p.reviewer_id): p.kind for p in AssignmentPair.objects.filter(run=run)}


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


# searching


def test_search_covers_each_proposal_by_both_agencies() -> None:
    stage, call, proposals, _pool = scene()
    run = searched(stage, call, outside=1)
    pairs = AssignmentPair.objects.filter(run=run)
    sides = {(p.proposal_id, p.reviewer.agency_id) for p in pairs.select_related("reviewer")}
    assert sides == {(p.pk, a.pk) for p in proposals for a in (stage.home, stage.partner)}
    assert (run.short, run.bottlenecks, Assignment.objects.count()) == ([], [], 0)


def test_search_prefers_who_knows_the_subject_and_says_by_which_words() -> None:
    stage, call, proposals, pool = scene(1)
    with writing():
        Proposal.objects.filter(pk=proposals[0].pk).update(
            title_en="Superconducting qubits", title_ja="超伝導量子ビット"
        )
        Reviewer.objects.filter(pk=pool[1].pk).update(keywords=["qubits", "超伝導"])
        Reviewer.objects.filter(pk=pool[0].pk).update(keywords=["medieval history"])
    run = searched(stage, call)
    pair = AssignmentPair.objects.get(run=run, reviewer__agency=stage.home)
    assert pair.reviewer == pool[1]
    assert {"qubits", "超伝導"} <= set(pair.reasons["terms"])
    assert pair.expertise > 0


def test_search_gives_nothing_to_somebody_in_conflict_away_or_who_cannot_read_it() -> None:
    stage, call, proposals, pool = scene(1)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=pool[0].person, kind="excluded", source="review"
        )
        Proposal.objects.filter(pk=proposals[0].pk).update(title_en="", title_ja="量子")
        proposals[0].sections.update(text="")
        Reviewer.objects.filter(pk=pool[2].pk).update(languages=["fr"])
        ReviewerAbsence.objects.create(reviewer=pool[3], from_day=dt.date(2020, 1, 1), to_day=DUE)
    run = searched(stage, call)
    assert set(kinds(run)) == {(proposals[0].pk, pool[1].pk)}
    assert [(one["rule"], one["missing"]) for one in run.short] == [("reviewers", 1), ("agency", 1)]


def test_assignment_that_cannot_exist_is_kept_with_what_is_missing_and_why() -> None:
    stage, call, _proposals, _pool = scene(3)
    run = searched(stage, call, load=1)
    assert AssignmentPair.objects.filter(run=run).count() == 4
    assert sum(one["missing"] for one in run.short if one["rule"] == "reviewers") == 2
    whole = next(one for one in run.bottlenecks if one["rule"] == "reviewers")
    assert (whole["needed"], whole["room"], whole["reviewers"]) == (6, 4, 4)


@pytest.mark.parametrize(("mode", "kind"), [("new", "remove"), ("ensure", "keep"), ("adjust", "keep")])
def test_modes_treat_what_was_given_and_not_begun_differently(mode: str, kind: str) -> None:
    stage, call, proposals, pool = scene(1)
    with writing():
        Proposal.objects.filter(pk=proposals[0].pk).update(title_en="Superconducting qubits")
        Reviewer.objects.filter(pk=pool[0].pk).update(keywords=["qubits", "medieval history"])
        Reviewer.objects.filter(pk=pool[1].pk).update(keywords=["qubits"])
    make_assignment(proposals[0], pool[0], state="assigned")
    run = searched(stage, call, mode=RunMode(mode))
    assert kinds(run)[proposals[0].pk, pool[0].pk] == kind


@pytest.mark.parametrize("mode", list(RunMode))
def test_no_mode_touches_a_submitted_review(mode: RunMode) -> None:
    stage, call, proposals, pool = scene(1)
    make_assignment(proposals[0], pool[0], state="submitted")
    assert kinds(searched(stage, call, mode=mode))[proposals[0].pk, pool[0].pk] == PairKind.KEEP


def test_agency_that_has_locked_is_given_nothing_more() -> None:
    stage, call, _proposals, _pool = scene(1)
    lock_as_row(call, stage.partner, stage.partner1)
    run = searched(stage, call)
    assert not AssignmentPair.objects.filter(run=run, reviewer__agency=stage.partner).exists()


def test_pin_and_veto_hold_in_the_next_search() -> None:
    stage, call, proposals, pool = scene(1)
    set_wish(proposal=proposals[0], reviewer=pool[1], kind=WishKind.PIN, by=stage.home1)
    set_wish(proposal=proposals[0], reviewer=pool[2], kind=WishKind.FORBID, by=stage.partner1)
    assert set(kinds(searched(stage, call))) == {(proposals[0].pk, pool[1].pk), (proposals[0].pk, pool[3].pk)}
    set_wish(proposal=proposals[0], reviewer=pool[1], kind=None, by=stage.home1)
    set_wish(proposal=proposals[0], reviewer=pool[1], kind=WishKind.FORBID, by=stage.home1)
    assert (proposals[0].pk, pool[0].pk) in kinds(searched(stage, call))


def test_pin_of_somebody_in_conflict_is_refused() -> None:
    stage, _call, proposals, pool = scene(1)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=pool[0].person, kind="excluded", source="review"
        )
    with pytest.raises(RuleBroken) as broken:
        set_wish(proposal=proposals[0], reviewer=pool[0], kind=WishKind.PIN, by=stage.home1)
    assert codes(broken) == ["reviewer_in_conflict"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"places": 0}, "places_out_of_range"),
        ({"places": 21}, "places_out_of_range"),
        ({"places": 1}, "least_more_than_places"),
        ({"load": 0}, "run_load_out_of_range"),
        ({"outside": 3}, "outside_more_than_places"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(fields: dict[str, int], code: str) -> None:
    stage, call, _proposals, _pool = scene(1)
    with pytest.raises(RuleBroken) as broken:
        request_run(call=call, settings=wanted(stage, **fields), due_on=DUE, by=stage.home1)
    assert code in codes(broken)


@pytest.mark.parametrize("who", ["home2", "partner2", "ministry1"])
def test_nobody_but_programme_officers_searches(who: str) -> None:
    stage, call, _proposals, _pool = scene(1)
    with pytest.raises(NotAllowed):
        request_run(call=call, settings=wanted(stage), due_on=DUE, by=getattr(stage, who))


def test_search_waits_for_the_one_before() -> None:
    stage, call, _proposals, _pool = scene(1)
    request_run(call=call, settings=wanted(stage), due_on=DUE, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        request_run(call=call, settings=wanted(stage), due_on=DUE, by=stage.home1)
    assert codes(broken) == ["run_waits_already"]


# who sees what


def test_officers_see_the_pairs_of_their_own_side_alone() -> None:
    stage, call, _proposals, _pool = scene()
    searched(stage, call)
    for user, agency in ((stage.home1, stage.home), (stage.partner1, stage.partner)):
        assert {p.reviewer.agency for p in pairs_visible_to(user)} == {agency}
    assert not pairs_visible_to(make_user()).exists()
    assert not runs_visible_to(make_user()).exists()


def test_officer_in_conflict_sees_no_pair_of_the_proposal_and_searches_without_it() -> None:
    stage, call, proposals, _pool = scene()
    run = searched(stage, call)
    assert pairs_visible_to(stage.home1).filter(run=run).count() == 2
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    assert {p.proposal for p in pairs_visible_to(stage.home1).filter(run=run)} == {proposals[1]}
    assert {p for p, _r in kinds(searched(stage, call))} == {proposals[1].pk}


# by hand


def test_pair_is_dropped_and_added_by_hand() -> None:
    stage, call, proposals, pool = scene(1)
    run = searched(stage, call)
    pair = AssignmentPair.objects.get(run=run, reviewer__agency=stage.home)
    drop_pair(pair=pair, by=stage.home1)
    other = next(r for r in pool[:2] if r != pair.reviewer)
    made = add_pair(run=run, proposal=proposals[0], reviewer=other, by=stage.home1)
    assert (made.is_by_hand, made.state) == (True, PairState.PROPOSED)
    accepted(run, stage.home1)
    assert [a.reviewer for a in Assignment.objects.all()] == [other]


def test_pair_of_the_other_side_cannot_be_changed() -> None:
    stage, call, proposals, pool = scene(1)
    run = searched(stage, call)
    with pytest.raises(NotAllowed):
        drop_pair(pair=AssignmentPair.objects.get(run=run, reviewer__agency=stage.partner), by=stage.home1)
    with pytest.raises(NotAllowed):
        add_pair(run=run, proposal=proposals[0], reviewer=pool[2], by=stage.home1)


# accepting and undoing


def test_each_side_accepts_its_own() -> None:
    stage, call, proposals, _pool = scene()
    run = accepted(searched(stage, call), stage.home1)
    assert {a.reviewer.agency for a in Assignment.objects.all()} == {stage.home}
    accepted(run, stage.partner1)
    assert Assignment.objects.count() == 2 * len(proposals)
    assert OutboxMail.objects.filter(template="review_assigned").count() == 4


def test_some_proposals_are_accepted_alone() -> None:
    stage, call, proposals, _pool = scene()
    run = searched(stage, call)
    run = accept_pairs(run=run, due_on=DUE, by=stage.home1, proposals=[proposals[1].public_id])
    run_job(run.taking_id)
    assert [a.proposal for a in Assignment.objects.all()] == [proposals[1]]


def test_conflict_that_came_up_since_is_refused_and_holds_up_nothing_else() -> None:
    stage, call, proposals, _pool = scene()
    run = searched(stage, call)
    pair = AssignmentPair.objects.get(run=run, proposal=proposals[0], reviewer__agency=stage.home)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=pair.reviewer.person, kind="excluded", source="review"
        )
    accepted(run, stage.home1)
    pair.refresh_from_db()
    assert (pair.state, pair.refusal[0]["code"]) == (PairState.REFUSED, "reviewer_in_conflict")
    assert [a.proposal for a in Assignment.objects.all()] == [proposals[1]]


def test_accepting_a_new_search_takes_back_what_it_replaces() -> None:
    stage, call, proposals, pool = scene(1)
    with writing():
        Proposal.objects.filter(pk=proposals[0].pk).update(title_en="Superconducting qubits")
        Reviewer.objects.filter(pk=pool[1].pk).update(keywords=["qubits"])
    old = make_assignment(proposals[0], pool[0], state="assigned")
    accepted(searched(stage, call, mode=RunMode.NEW), stage.home1)
    old.refresh_from_db()
    assert old.state == "withdrawn"
    assert Assignment.objects.get(reviewer=pool[1]).state == "assigned"


def test_nothing_is_accepted_twice() -> None:
    stage, call, _proposals, _pool = scene(1)
    run = accepted(searched(stage, call), stage.home1)
    with pytest.raises(RuleBroken) as broken:
        accept_pairs(run=run, due_on=DUE, by=stage.home1)
    assert codes(broken) == ["nothing_to_accept"]


def test_acceptance_is_undone_as_if_it_had_never_been() -> None:
    stage, call, _proposals, _pool = scene()
    run = accepted(searched(stage, call), stage.home1)
    accepted(run, stage.partner1)
    assert undo_taking(run=run, by=stage.home1) == 2
    assert {a.reviewer.agency for a in Assignment.objects.all()} == {stage.partner}
    assert OutboxMail.objects.filter(template="review_assigned", state="cancelled").count() == 2
    again = searched(stage, call)
    accepted(again, stage.home1)
    assert Assignment.objects.count() == 4


@pytest.mark.parametrize("state", ["sent", "sending", "uncertain"])
def test_whoever_was_told_by_mail_is_told_that_it_was_taken_back(state: str) -> None:
    stage, call, _proposals, _pool = scene()
    run = accepted(searched(stage, call, load=1), stage.home1)
    mails = list(OutboxMail.objects.filter(template="review_assigned").order_by("pk"))
    with writing():
        OutboxMail.objects.filter(pk=mails[0].pk).update(state=state)
    undo_taking(run=run, by=stage.home1)
    assert dict(OutboxMail.objects.filter(template="review_assigned").values_list("pk", "state")) == {
        mails[0].pk: state,
        mails[1].pk: "cancelled",
    }
    told = OutboxMail.objects.get(template="review_taken_back")
    assert (told.recipient, told.state) == (mails[0].recipient, "waiting")
    titles = [title for p in Proposal.objects.all() for title in (p.title_ja, p.title_en) if title]
    assert not any(title in told.subject + told.body for title in titles)


def test_reviewer_from_whom_two_are_taken_back_has_one_mail() -> None:
    stage, call, proposals, pool = scene()
    run = make_run(call, stage.home1, [(proposal, pool[0]) for proposal in proposals])
    accepted(run, stage.home1)
    with writing():
        OutboxMail.objects.update(state="sent")
    undo_taking(run=run, by=stage.home1)
    told = OutboxMail.objects.get(template="review_taken_back")
    assert "2" in told.body


def test_acceptance_stays_once_somebody_has_begun() -> None:
    stage, call, _proposals, _pool = scene(1)
    run = accepted(searched(stage, call), stage.home1)
    assignment = Assignment.objects.get()
    with writing():
        Assignment.objects.filter(pk=assignment.pk).update(state="in_progress")
    with pytest.raises(RuleBroken) as broken:
        undo_taking(run=run, by=stage.home1)
    assert codes(broken) == ["review_begun"]
    assert Assignment.objects.count() == 1


def test_refused_search_leaves_nothing_behind() -> None:
    stage, call, _proposals, _pool = scene(1)
    with pytest.raises(RuleBroken) as broken:
        request_run(call=call, settings=wanted(stage), due_on=dt.date(2020, 1, 1), by=stage.home1)
    assert codes(broken) == ["due_in_the_past"]
    assert AssignmentRun.objects.count() == 0


def test_reviewer_given_something_by_hand_meanwhile_is_not_given_it_twice() -> None:
    stage, call, proposals, _pool = scene(1)
    run = searched(stage, call)
    pair = AssignmentPair.objects.get(run=run, reviewer__agency=stage.home)
    assignments.assign_reviewer(proposal=proposals[0], reviewer=pair.reviewer, by=stage.home1, due_on=DUE)
    accepted(run, stage.home1)
    pair.refresh_from_db()
    assert pair.refusal[0]["code"] == "assigned_already"
    assert Assignment.objects.count() == 1
