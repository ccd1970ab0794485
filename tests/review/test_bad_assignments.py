"""An assignment that cannot exist, a proposal whose reviewers are all in conflict, an agency that decides twice or for the other, however
they come in: by the page, by CSV and XLSX, by the action, in both languages. Each is refused in words, and nothing is written."""

from typing import Any

import pytest

from accounts.enums import Role
from kernel.actions import writing
from kernel.jobs import run_job
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import ProposalAccess
from review.actions import assignments, decisions, handing_over, locks
from review.actions.agreeing import record_list
from review.actions.matching import add_pair, request_run
from review.models import (
    AgencyAnswer,
    AgencyList,
    Assignment,
    AssignmentPair,
    Reviewer,
    ScoreLock,
)
from review.rules.agreement import Place
from review.rules.matching.settings import Settings
from tests.builders.people import make_member
from tests.builders.program import make_call
from tests.builders.review import (
    DUE,
    make_assignment,
    make_decision,
    make_reviewer,
    make_run,
    make_scored_call,
)
from tests.review.faults import codes, page_after, plain, table_page, words_of
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])


def shut_out(proposal: Any, *reviewers: Reviewer) -> None:
    with writing():
        for one in reviewers:
            ProposalAccess.objects.create(
                proposal=proposal, person=one.person, kind="excluded", source="review"
            )


def impossible(case: str) -> tuple[Any, Any, Any, Reviewer]:
    """(stage, call, proposal, reviewer): a pair that cannot be."""
    stage, call, (proposal, _other) = make_scored_call(is_locked=False)
    own = make_reviewer(call, stage.home)
    found = {
        "conflict": lambda: own,
        "partner": lambda: make_reviewer(call, stage.partner),
        "elsewhere": lambda: make_reviewer(make_call(stage, state="review"), stage.home),
        "retired": lambda: make_reviewer(call, stage.home, state="retired"),
        "given": lambda: make_assignment(proposal, own).reviewer,
    }[case]()
    if case == "conflict":
        shut_out(proposal, own)
    return stage, call, proposal, found


CASES = pytest.mark.parametrize("case", ["conflict", "partner", "elsewhere", "retired", "given"])


@LANGUAGES
@CASES
def test_an_impossible_assignment_is_refused_by_the_page(case: str, language: str) -> None:
    stage, _call, proposal, reviewer = impossible(case)
    before = Assignment.objects.count()
    at = f"/{language}/review/proposals/{proposal.public_id}/assign/"
    sent = {"reviewer": reviewer.public_id, "due_on": "2027-03-31"}
    followed, text = page_after(signed_in(stage.home1), at, sent)
    assert (followed, Assignment.objects.count()) == (0, before)
    assert 'class="error-summary' in text


@CASES
def test_an_impossible_assignment_is_refused_by_the_action(case: str) -> None:
    stage, call, proposal, reviewer = impossible(case)
    before = Assignment.objects.count()
    whole: dict[str, Any] = {"proposal": proposal, "reviewer": reviewer, "by": stage.home1, "due_on": DUE}
    if case == "partner":
        with pytest.raises(NotAllowed):
            assignments.assign_reviewer(**whole)
    else:
        expected = {
            "conflict": "reviewer_in_conflict",
            "elsewhere": "reviewer_of_other_call",
            "retired": "reviewer_not_available",
            "given": "assigned_already",
        }[case]
        assert expected in codes(lambda: assignments.assign_reviewer(**whole))
    handed = make_assignment(proposal, make_reviewer(call, stage.home), state="handed_back")
    with pytest.raises((RuleBroken, NotAllowed)):
        handing_over.reassign(assignment=handed, reviewer=reviewer, by=stage.home1, due_on=DUE)
    assert Assignment.objects.count() == before + 1


@LANGUAGES
@KINDS
@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("conflict", "match_row_conflict"),
        ("partner", "match_row_reviewer"),
        ("elsewhere", "match_row_reviewer"),
        ("retired", "reviewer_not_available"),
    ],
)
def test_an_impossible_pair_is_refused_in_the_table_of_a_search(
    case: str, code: str, kind: str, language: str
) -> None:
    stage, call, proposal, reviewer = impossible(case)
    run = make_run(call, stage.home1, [(proposal, make_reviewer(call, stage.home))])
    rows = [["receipt_number", "reviewer_id"], [str(proposal.receipt_number), reviewer.public_id]]
    client = signed_in(stage.home1)
    where, text = table_page(client, f"/{language}/review/runs/{run.public_id}/table/", kind, rows)
    params = {"name": reviewer.person.name, "value": reviewer.public_id}
    assert words_of(language, code, **params) in text
    client.post(where, {"seen": "whatever"})
    assert list(AssignmentPair.objects.values_list("state", "is_by_hand")) == [("proposed", False)]


@pytest.mark.parametrize("case", ["conflict", "partner", "elsewhere", "retired"])
def test_an_impossible_pair_is_not_added_to_a_search_by_hand(case: str) -> None:
    stage, call, proposal, reviewer = impossible(case)
    run = make_run(call, stage.home1, [(proposal, make_reviewer(call, stage.partner))])
    with pytest.raises((RuleBroken, NotAllowed)):
        add_pair(run=run, proposal=proposal, reviewer=reviewer, by=stage.home1)
    assert AssignmentPair.objects.count() == 1


@LANGUAGES
def test_where_all_reviewers_are_in_conflict_every_page_says_so_and_the_search_how_many_are_missing(
    language: str,
) -> None:
    stage, call, (proposal, other) = make_scored_call(is_locked=False)
    pool = [make_reviewer(call, agency) for agency in (stage.home, stage.partner)]
    shut_out(proposal, *pool)
    client, at = signed_in(stage.home1), f"/{language}/review/calls/{call.public_id}/"
    assert "notice--error" in page(client, f"{at}conflicts/")
    assert (
        signed_in(stage.home1)
        .get(f"/{language}/review/proposals/{proposal.public_id}/assign/")
        .context["nobody_is_free"]
    )
    least = {stage.home.public_id: 1, stage.partner.public_id: 1}
    run = request_run(call=call, settings=Settings(places=2, least=least, load=2), due_on=DUE, by=stage.home1)
    assert run_job(run.job_id) == "done"
    run.refresh_from_db()
    assert {p.proposal_id for p in run.pairs.all()} == {other.pk}
    missing = {one["missing"] for one in run.short if one["proposal"] == proposal.public_id}
    assert missing == {1, 2}
    text = plain(page(client, f"/{language}/review/runs/{run.public_id}/"))
    assert {"ja": "2名不足", "en": "2 reviewers"}[language] in text


# an agency that decides twice, or for the other


@LANGUAGES
def test_an_agency_that_answers_twice_is_told_and_the_first_answer_stands(language: str) -> None:
    stage, _call, proposals = make_scored_call()
    decision = make_decision(stage, proposals)
    at = f"/{language}/review/decisions/{decision.public_id}/agencies/{stage.home.public_id}/answer/"
    signed_in(stage.home2).post(at, {"vote": "yes", "is_confirmed": "on"})
    second = signed_in(make_member(stage.home, Role.APPROVER))
    _followed, text = page_after(second, at, {"vote": "no", "reason": "一度考え直した", "is_confirmed": "on"})
    assert words_of(language, "agency_answered_already") in text
    assert "一度考え直した" in text
    assert list(AgencyAnswer.objects.values_list("agency", "vote")) == [(stage.home.pk, "yes")]
    assert second.get(at)["Location"].endswith(f"/decisions/{decision.public_id}/")


@pytest.mark.parametrize("who", ["home1", "home2", "ministry1"])
def test_nobody_decides_for_the_other_agency_by_any_page(who: str) -> None:
    stage, call, proposals = make_scored_call()
    decision = make_decision(stage, proposals)
    client, partner = signed_in(getattr(stage, who)), stage.partner.public_id
    at, of_call = (
        f"/en/review/decisions/{decision.public_id}/agencies/{partner}/",
        f"/en/review/calls/{call.public_id}/agencies/{partner}/",
    )
    pages = (f"{at}answer/", f"{at}on-behalf/", f"{of_call}list/", f"{of_call}lock/", f"{of_call}plan/")
    assert {client.post(one, {"vote": "yes"}).status_code for one in pages} == {404}
    assert AgencyAnswer.objects.count() == 0


@pytest.mark.parametrize("who", ["home1", "home2", "ministry1"])
def test_nobody_decides_for_the_other_agency_by_any_action(who: str) -> None:
    stage, call, proposals = make_scored_call()
    decision, by = make_decision(stage, proposals), getattr(stage, who)
    with writing():
        AgencyList.objects.filter(agency=stage.partner).delete()
        ScoreLock.objects.filter(agency=stage.partner).delete()
    places = [Place(p.public_id, True, None, "") for p in proposals]
    for act in (
        lambda: decisions.answer_decision(
            decision=decision, agency=stage.partner, by=by, vote="yes", reason=""
        ),
        lambda: locks.lock_scores(call=call, agency=stage.partner, by=by),
        lambda: record_list(call=call, agency=stage.partner, by=by, places=places),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (AgencyAnswer.objects.count(), ScoreLock.objects.count(), AgencyList.objects.count()) == (0, 1, 1)


@LANGUAGES
def test_an_agency_that_locks_twice_is_led_back_and_told(language: str) -> None:
    stage, call, _proposals = make_scored_call(is_locked=False)
    at = f"/{language}/review/calls/{call.public_id}/agencies/{stage.home.public_id}/lock/"
    client = signed_in(stage.home1)
    client.post(at, {"is_confirmed": "on"})
    _followed, text = page_after(client, at, {"is_confirmed": "on"})
    assert words_of(language, "scores_locked_already") in text
    assert ScoreLock.objects.count() == 1
