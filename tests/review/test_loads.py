"""A reviewer's own limit and days away: by hand, by reassigning, by a search, by its table, and by accepting it."""

import datetime as dt
from typing import Any

import pytest

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.documents.uploads import read_table
from kernel.jobs import run_job
from kernel.violations import RuleBroken, Violation, sentence
from proposals.models import ProposalAccess
from review.actions.assignments import assign_reviewer
from review.actions.handing_over import reassign
from review.actions.matching import add_pair, apply_table
from review.actions.taking import accept_pairs
from review.enums import PairKind, PairState
from review.matching_table import compare
from review.models import Assignment, AssignmentPair, ReviewerAbsence
from tests.builders.review import DUE, make_assignment, make_reviewer, make_run, make_scored_call
from tests.review.test_matching_pages import address, as_csv, upload
from tests.review.test_officer_pages import cells
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def scene(most: int | None = 1, proposals: int = 3) -> tuple[Any, Any, Any, Any]:
    """A reviewer of the home agency who takes at most `most`, and has the first of the proposals."""
    stage, call, found = make_scored_call(is_locked=False, proposals=proposals)
    busy = make_reviewer(call, stage.home, max_load=most)
    make_assignment(found[0], busy)
    return stage, call, found, busy


def give(proposal: Any, reviewer: Any, by: Any, **more: Any) -> Assignment:
    return assign_reviewer(proposal=proposal, reviewer=reviewer, by=by, due_on=DUE, **more)


def refused(function: Any) -> list[Violation]:
    with pytest.raises(RuleBroken) as broken:
        function()
    return broken.value.violations


def away(reviewer: Any) -> None:
    with writing():
        ReviewerAbsence.objects.create(reviewer=reviewer, from_day=dt.date(2020, 1, 1), to_day=DUE)


# by hand


def test_nobody_is_given_more_than_they_take() -> None:
    stage, _call, proposals, busy = scene()
    (violation,) = refused(lambda: give(proposals[1], busy, stage.home1))
    assert (violation.code, violation.params["load"], violation.params["most"]) == (
        "reviewer_load_reached",
        1,
        1,
    )
    assert busy.person.name in sentence(violation)
    assert Assignment.objects.count() == 1


def test_nobody_is_given_anything_while_they_are_away() -> None:
    stage, call, proposals, _busy = scene()
    gone = make_reviewer(call, stage.home)
    away(gone)
    (violation,) = refused(lambda: give(proposals[0], gone, stage.home1))
    assert violation.code == "reviewer_away"


def test_officer_goes_beyond_with_a_reason_that_the_trail_keeps() -> None:
    stage, _call, proposals, busy = scene()
    away(busy)
    assert [v.code for v in refused(lambda: give(proposals[1], busy, stage.home1, beyond=" \n"))] == [
        "reviewer_load_reached",
        "reviewer_away",
    ]
    made = give(proposals[1], busy, stage.home1, beyond="本人の同意を得た")
    entry = AuditEntry.objects.get(verb="assigned", subject_id=made.public_id)
    assert (entry.details["beyond"], entry.details["load"]) == (["reviewer_load_reached", "reviewer_away"], 1)
    assert entry.private == {"beyond": "本人の同意を得た"}


def test_reason_that_was_not_needed_is_kept_nowhere() -> None:
    stage, _call, proposals, busy = scene(most=2)
    made = give(proposals[1], busy, stage.home1, beyond="as a precaution")
    entry = AuditEntry.objects.get(verb="assigned", subject_id=made.public_id)
    assert "beyond" not in entry.details
    assert not entry.private


@pytest.mark.parametrize("state", ["withdrawn", "handed_back", "conflicted"])
def test_what_came_to_nothing_makes_room(state: str) -> None:
    stage, _call, proposals, busy = scene()
    with writing():
        Assignment.objects.update(state=state)
    assert give(proposals[1], busy, stage.home1).state == "assigned"


def test_refusal_tells_nothing_of_a_proposal_with_which_the_officer_is_in_conflict() -> None:
    stage, _call, proposals, busy = scene()
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    assert give(proposals[1], busy, stage.home1).state == "assigned"


@LANGUAGES
def test_page_says_why_and_takes_a_reason(language: str) -> None:
    stage, _call, proposals, busy = scene()
    client = signed_in(stage.home1)
    url = f"/{language}/review/proposals/{proposals[1].public_id}/assign/"
    assert ": 1 / 1" in page(client, url)
    values = {"reviewer": busy.public_id, "due_on": DUE.isoformat(), "beyond": ""}
    answer = client.post(url, values)
    assert answer.status_code == 200
    assert sentence(
        Violation("reviewer_load_reached", "", {"name": busy.person.name, "load": 1, "most": 1})
    ) in (answer.content.decode())
    assert client.post(url, {**values, "beyond": "同意あり"}).status_code == 302
    assert Assignment.objects.filter(reviewer=busy).count() == 2


# reassigning


def test_who_takes_over_has_a_limit_too_and_nothing_is_taken_back_in_vain() -> None:
    stage, call, proposals, busy = scene()
    late = make_assignment(proposals[1], make_reviewer(call, stage.home))
    values = {"assignment": late, "reviewer": busy, "by": stage.home1, "due_on": DUE}
    assert [v.code for v in refused(lambda: reassign(**values))] == ["reviewer_load_reached"]
    late.refresh_from_db()
    assert late.state == "in_progress"
    assert reassign(**values, beyond="同意あり").reviewer == busy


# a search


def test_pair_is_not_proposed_beyond_a_limit_without_a_reason() -> None:
    stage, call, proposals, busy = scene(most=2)
    run = make_run(call, stage.home1, [(proposals[1], busy)])
    values = {"run": run, "proposal": proposals[2], "reviewer": busy, "by": stage.home1}
    (violation,) = refused(lambda: add_pair(**values))
    # What the search would give counts with what was given.
    assert (violation.code, violation.params["load"]) == ("reviewer_load_reached", 2)
    assert add_pair(**values, beyond="同意あり").beyond == "同意あり"


def test_accepting_refuses_who_is_full_by_now_and_gives_who_was_to_go_beyond() -> None:
    stage, call, proposals, busy = scene(most=2)
    run = make_run(call, stage.home1, [(proposals[1], busy)])
    give(proposals[2], busy, stage.home1)
    assert run_job(accept_pairs(run=run, due_on=DUE, by=stage.home1).taking_id) == "done"
    pair = AssignmentPair.objects.get(run=run)
    assert (pair.state, pair.refusal[0]["code"]) == (PairState.REFUSED, "reviewer_load_reached")
    assert pair.refusal[0]["params"]["load"] == "2"
    add_pair(run=run, proposal=proposals[1], reviewer=busy, by=stage.home1, beyond="同意あり")
    assert run_job(accept_pairs(run=run, due_on=DUE, by=stage.home1).taking_id) == "done"
    pair.refresh_from_db()
    assert (pair.state, pair.refusal) == (PairState.TAKEN, [])


def test_accepting_takes_back_before_it_gives() -> None:
    stage, call, proposals, busy = scene()
    run = make_run(call, stage.home1, [(proposals[1], busy)])
    with writing():
        AssignmentPair.objects.create(
            run=run,
            proposal=proposals[0],
            reviewer=busy,
            kind=PairKind.REMOVE,
            assignment=Assignment.objects.get(),
        )
    assert run_job(accept_pairs(run=run, due_on=DUE, by=stage.home1).taking_id) == "done"
    assert dict(Assignment.objects.values_list("proposal", "state")) == {
        proposals[0].pk: "withdrawn",
        proposals[1].pk: "assigned",
    }


@LANGUAGES
def test_page_of_a_search_asks_for_the_reason(language: str) -> None:
    stage, call, proposals, busy = scene()
    run = make_run(call, stage.home1, [(proposals[1], make_reviewer(call, stage.home))])
    client = signed_in(stage.home1)
    rest = f"proposals/{proposals[2].public_id}/"
    row = next(row for row in cells(page(client, address(run, rest, language))) if busy.person.name in row[0])
    assert row[2] == "1 / 1"
    url = address(run, f"{rest}{busy.public_id}/", language)
    assert busy.person.name in page(client, url)
    assert client.post(url, {"beyond": " "}).status_code == 200
    assert client.post(url, {"beyond": "同意あり"}).status_code == 302
    assert AssignmentPair.objects.get(run=run, reviewer=busy).beyond == "同意あり"


# its table


def table_of(*rows: tuple[str, ...]) -> Any:
    return read_table(
        as_csv([["receipt_number", "reviewer_id", "beyond_reason"], *[list(r) for r in rows]]), max_rows=99
    )


def test_table_is_held_against_the_loads_that_it_makes_itself() -> None:
    stage, call, proposals, busy = scene(most=2)
    run = make_run(call, stage.home1, [])
    rows = [(p.receipt_number, busy.public_id, "") for p in proposals[1:]]
    found = compare(run=run, table=table_of(*rows), by=stage.home1)
    assert found is not None
    assert [[p.code for p in row.problems] for row in found.rows] == [[], ["reviewer_load_reached"]]
    found = compare(run=run, table=table_of(rows[0], (*rows[1][:2], "同意あり")), by=stage.home1)
    assert found is not None
    assert [row.problems for row in found.rows] == [(), ()]
    apply_table(run=run, add=[row.adds for row in found.rows if row.adds], drop=[], by=stage.home1)
    assert list(AssignmentPair.objects.order_by("pk").values_list("beyond", flat=True)) == ["", "同意あり"]


def test_table_that_drops_one_makes_room_for_another() -> None:
    stage, call, proposals, busy = scene(most=2)
    run = make_run(call, stage.home1, [(proposals[1], busy)])
    table = table_of((proposals[2].receipt_number, busy.public_id, ""))
    found = compare(run=run, table=table, by=stage.home1)
    assert found is not None
    assert [row.problems for row in found.rows] == [(), ()]


def test_table_says_who_is_away_and_nothing_is_changed() -> None:
    stage, call, proposals, _busy = scene()
    run = make_run(call, stage.home1, [])
    gone = make_reviewer(call, stage.home)
    away(gone)
    client = signed_in(stage.home1)
    url = upload(
        client,
        run,
        as_csv([["receipt_number", "reviewer_id"], [proposals[0].receipt_number, gone.public_id]]),
    )
    assert gone.person.name in page(client, url)
    assert not AssignmentPair.objects.exists()
