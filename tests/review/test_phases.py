"""Phases of an agency's review: its plan, others' reviews, the discussion, amending, and own scores beside the others'."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import today
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from proposals.models import Proposal, ProposalAccess
from review.actions import assignments, discussion, plans, reviews
from review.comparing import compared
from review.figures import figures_of
from review.models import Assignment, DiscussionEntry, ReviewPlan
from review.rules.phases import Dates
from tests.builders.people import make_member
from tests.builders.program import Stage
from tests.builders.review import (
    lock_as_row,
    make_decision,
    make_entry,
    make_plan,
    make_review,
    make_reviewer,
    make_scored_call,
)
from tests.counting import asks
from tests.review.test_reviewer_pages import answers, page, signed_in

pytestmark = pytest.mark.django_db
DISCUSSED = {"closes_on": -9, "discussion_from": -5}


def codes(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def days(**offsets: int) -> dict[str, dt.date]:
    return {name: today() + dt.timedelta(days=count) for name, count in offsets.items()}


def scored(*, is_locked: bool = False, **call: Any) -> tuple[Stage, Call, Proposal]:
    stage, made, (proposal, _) = make_scored_call(is_locked=is_locked, **call)
    return stage, made, proposal


def reading(review: Assignment) -> tuple[Any, str]:
    client = signed_in(review.reviewer.person.user)
    return client, f"/ja/review/assignments/{review.public_id}/reading/"


def together(**fields: Any) -> tuple[Stage, Call, Proposal, Assignment, Assignment]:
    """Both agencies have locked and discuss: a review of each."""
    stage, call, proposal = scored(is_locked=True)
    for agency in (stage.home, stage.partner):
        make_plan(stage, call, agency, **{**days(**DISCUSSED), **fields})
    return stage, call, proposal, make_review(proposal, stage.home), make_review(proposal, stage.partner)


# the plan


def test_officer_sets_the_plan_of_their_agency() -> None:
    stage, call, _ = scored()
    dates = Dates(**days(others_from=1, closes_on=5, discussion_from=8, frozen_from=12))
    plan = plans.set_plan(
        call=call, agency=stage.home, by=stage.home1, dates=dates, may_amend=True, reminder_days="1、７ 14"
    )
    assert (plan.closes_on, plan.may_amend, plan.reminder_days) == (dates.closes_on, True, "14, 7, 1")
    assert AuditEntry.objects.get(verb="review_plan_set").details["closes_on"] == dates.closes_on.isoformat()
    for user in (stage.partner1, stage.home2, stage.ministry1):
        with pytest.raises(NotAllowed):
            plans.set_plan(call=call, agency=stage.home, by=user, dates=dates)


def test_plan_with_days_out_of_order_is_refused_beside_the_field() -> None:
    stage, call, _ = scored()
    address = f"/ja/review/calls/{call.public_id}/agencies/{stage.home.public_id}/plan/"
    client = signed_in(stage.home1)
    text = page(client, address)
    assert text.count("本日") == 1  # the phase that holds today
    sent = {name: day.isoformat() for name, day in days(closes_on=5, discussion_from=5).items()}
    response = client.post(address, sent)
    assert (response.status_code, "最終日" in response.content.decode()) == (200, True)
    assert ReviewPlan.objects.count() == 0
    assert client.post(address, sent | {"reminder_days": "いつか"}).status_code == 200
    sent["discussion_from"] = days(x=6)["x"].isoformat()
    assert client.post(address, sent).headers["Location"].endswith("/progress/")
    assert ReviewPlan.objects.get().closes_on == days(x=5)["x"]


def test_plan_changed_by_somebody_else_meanwhile_is_shown_beside() -> None:
    stage, call, _ = scored()
    address = f"/ja/review/calls/{call.public_id}/agencies/{stage.home.public_id}/plan/"
    client = signed_in(stage.home1)
    seen = client.get(address).context["form"]["seen"].value()
    other = make_member(stage.home, Role.PROGRAMME_OFFICER)
    plans.set_plan(call=call, agency=stage.home, by=other, dates=Dates(**days(closes_on=3)), reminder_days="")
    sent = {"closes_on": days(x=4)["x"].isoformat(), "seen": seen}
    response = client.post(address, sent)
    assert response.status_code == 409
    assert ReviewPlan.objects.get().closes_on == days(x=3)["x"]
    sent["seen"] = response.context["form"]["seen"].value()
    assert client.post(address, sent).status_code == 302


# others' reviews


def test_others_are_read_only_after_submitting_and_only_in_the_phase() -> None:
    stage, call, proposal = scored()
    mine, other = make_review(proposal, stage.home), make_review(proposal, stage.home, (2,) * 5)
    with writing():
        Assignment.objects.filter(pk=other.pk).update(comment_to_agency="他の評価者の文")
    client, address = reading(mine)
    assert client.get(address).status_code == 302  # own reviews only
    make_plan(stage, call, **days(others_from=0, closes_on=5))
    assert "他の評価者の文" in page(client, address)
    with writing():
        Assignment.objects.filter(pk=mine.pk).update(state="in_progress")
    assert client.get(address).status_code == 302


def test_the_other_agencys_reviews_open_once_all_have_locked_and_discuss() -> None:
    stage, call, proposal = scored()
    home, partner = make_review(proposal, stage.home), make_review(proposal, stage.partner)
    with writing():
        Assignment.objects.filter(pk=partner.pk).update(
            comment_to_applicant="相手側の所見", comment_to_agency="相手側の内部所見"
        )
    client, address = reading(home)
    make_plan(stage, call, stage.home, **days(**DISCUSSED))
    make_plan(stage, call, stage.partner, **days(**DISCUSSED))
    assert "相手側の所見" not in page(client, address)
    lock_as_row(call, stage.home, stage.home1)
    assert "相手側の所見" not in page(client, address)
    lock_as_row(call, stage.partner, stage.partner1)
    text = page(client, address)
    assert ("相手側の所見" in text, "相手側の内部所見" in text) == (True, False)
    # An agency that keeps to itself keeps the others apart, too.
    with writing():
        ReviewPlan.objects.filter(agency=stage.partner).update(discussion_from=None)
    assert "相手側の所見" not in page(client, address)


@pytest.mark.parametrize("shows", [True, False])
def test_names_are_shown_as_each_agency_says(shows: bool) -> None:
    stage, call, proposal = scored()
    mine, other = make_review(proposal, stage.home), make_review(proposal, stage.home)
    make_entry(other, "発言")
    make_plan(stage, call, shows_names=shows, **days(**DISCUSSED))
    client, address = reading(mine)
    text = page(client, address)
    assert (other.reviewer.person.name in text) == shows
    assert ("評価者2" in text) != shows
    # Their own officers know them anyhow.
    officers = page(signed_in(stage.home1), f"/ja/review/proposals/{proposal.public_id}/reading/")
    assert other.reviewer.person.name in officers


def shut_out(proposal: Proposal, person: Any) -> None:
    with writing():
        ProposalAccess.objects.create(proposal=proposal, person=person, kind="excluded", source="x")


def test_who_is_in_conflict_sees_nothing_of_it_and_what_they_wrote_vanishes() -> None:
    stage, _call, proposal, home, partner = together()
    make_entry(partner, "利益相反者の発言")
    client, address = reading(home)
    assert "利益相反者の発言" in page(client, address)
    conflicted, conflicted_address = reading(partner)
    page(conflicted, conflicted_address)
    assignments.declare_conflict(assignment=partner, by=partner.reviewer.person.user, kind="kin")
    assert conflicted.get(conflicted_address).status_code == 404
    text = page(client, address)
    assert ("利益相反者の発言" in text, "review-2" in text) == (False, False)
    officer = make_member(stage.home, Role.PROGRAMME_OFFICER)
    at = f"/ja/review/proposals/{proposal.public_id}/reading/"
    page(signed_in(officer), at)
    shut_out(proposal, officer.person)
    page(signed_in(officer), at, 404)


def test_officers_page_is_the_same_with_and_without_the_hidden_reviewer_and_the_control_differs() -> None:
    """The leak test, and its control: an officer without the conflict does see the difference."""
    stage, call, proposal, _, _ = together()
    shut = make_member(stage.home, Role.PROGRAMME_OFFICER)
    shut_out(proposal, shut.person)
    pages = (
        f"/ja/review/proposals/{proposal.public_id}/reading/",
        f"/ja/review/calls/{call.public_id}/progress/",
    )

    def seen(user: Any) -> list[tuple[int, bool]]:
        found = [signed_in(user).get(address) for address in pages]
        return [(r.status_code, "隠れた評価者" in r.content.decode()) for r in found]

    before, control = seen(shut), seen(stage.home1)
    reviewer = make_reviewer(call, stage.home)
    with writing():
        person = reviewer.person
        person.family_kanji, person.given_kanji = "隠れた評価者", "見本"
        person.save()
    hidden = make_review(proposal, stage.home, user=None)
    with writing():
        Assignment.objects.filter(pk=hidden.pk).update(reviewer=reviewer)
    hidden.refresh_from_db()
    make_entry(hidden, "隠れた評価者の発言")
    assert seen(shut) == before
    assert seen(stage.home1) != control


# the discussion


def test_both_agencies_discuss_a_proposal_and_an_officer_hides_an_entry_with_a_reason() -> None:
    stage, _call, proposal, home, partner = together()
    client, address = reading(home)
    assert client.post(address, {"text": "方法に疑問がある。"}).headers["Location"] == address
    other, other_address = reading(partner)
    assert "方法に疑問がある。" in page(other, other_address)
    officers = f"/ja/review/proposals/{proposal.public_id}/reading/"
    officer = signed_in(stage.home1)
    assert officer.post(officers, {"text": "論点を絞ってください。"}).status_code == 302
    assert f"{stage.home.short_name}担当者" in page(other, other_address)
    entry = DiscussionEntry.objects.get(person=home.reviewer.person)
    hide = f"/ja/review/discussion/{entry.public_id}/hide/"
    assert hide in page(officer, officers)
    assert officer.post(hide, {"reason": " "}).status_code == 200
    assert officer.post(hide, {"reason": "個人への言及"}).headers["Location"] == officers
    text = page(other, other_address)
    assert ("方法に疑問がある。" in text, "個人への言及" in text) == (False, True)
    assert "方法に疑問がある。" in page(officer, officers)  # nothing is lost
    assert codes(lambda: discussion.hide_entry(entry=entry, by=stage.home1, reason="x")) == [
        "entry_hidden_already"
    ]


def test_who_may_say_and_hide() -> None:
    stage, call, proposal, home, partner = together()
    unfinished = make_review(proposal, stage.home)
    with writing():
        Assignment.objects.filter(pk=unfinished.pk).update(state="closed")
    for review, user in ((unfinished, unfinished.reviewer.person.user), (home, stage.home1)):
        with pytest.raises(NotAllowed):
            discussion.say_as_reviewer(assignment=review, by=user, text="x")
    entry = make_entry(home, "x")
    for user in (stage.partner1, stage.home2, partner.reviewer.person.user):
        with pytest.raises(NotAllowed):
            discussion.hide_entry(entry=entry, by=user, reason="x")
    # The lead agency moderates what the other's reviewers say, too.
    other = make_entry(partner, "y")
    assert discussion.hide_entry(entry=other, by=stage.home1, reason="z").hidden_reason == "z"
    with pytest.raises(NotAllowed):
        discussion.say_as_officer(proposal=proposal, agency=stage.partner, by=stage.home1, text="x")
    assert Call.objects.get(pk=call.pk).state == "review"


@pytest.mark.parametrize(
    ("offsets", "found"),
    [
        ({"others_from": -9, "closes_on": 5}, ["discussion_not_open"]),
        ({"closes_on": -9, "discussion_from": -8, "frozen_from": 0}, ["discussion_not_open"]),
    ],
)
def test_nothing_is_said_outside_the_discussion(offsets: dict[str, int], found: list[str]) -> None:
    stage, call, proposal = scored()
    review = make_review(proposal, stage.home)
    make_plan(stage, call, **days(**offsets))
    user = review.reviewer.person.user
    assert codes(lambda: discussion.say_as_reviewer(assignment=review, by=user, text="x")) == found
    client, address = reading(review)
    assert client.post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [(" \n", "discussion_text_missing"), ("髙" * 4001, "text_too_long"), ("a\x00", "text_has_null")],
)
def test_what_is_no_entry(text: str, found: str) -> None:
    _, _, _, home, _ = together()
    user = home.reviewer.person.user
    assert codes(lambda: discussion.say_as_reviewer(assignment=home, by=user, text=text)) == [found]


# amending


def amended(review: Assignment, **values: Any) -> Assignment:
    review.refresh_from_db()
    scores = {criterion.pk: 2 for criterion in review.proposal.form_version.criteria.all()}
    whole = {
        "assignment": review,
        "by": review.reviewer.person.user,
        "revision": review.revision,
        "scores": scores,
        "confidence": "high",
        "reason": "討議を踏まえて",
        **values,
    }
    return reviews.amend_review(**whole)


def test_amended_review_enters_the_figures_and_its_first_version_stays_beside_it() -> None:
    stage, _call, proposal, home, _ = together(may_amend=True)
    key = (proposal.pk, stage.home.pk)
    assert figures_of([proposal])[key].mean == 4
    amended(home)
    assert figures_of([proposal])[key].mean == 2
    (version,) = home.versions.all()
    assert (version.number, {one["value"] for one in version.scores}, version.reason) == (
        1,
        {4},
        "討議を踏まえて",
    )
    client, address = reading(home)
    for text in (page(client, address), page(client, address.replace("reading/", ""))):
        assert ("討議を踏まえて" in text, "第1版" in text) == (True, True)
    assert AuditEntry.objects.get(verb="review_amended").private["reason"] == "討議を踏まえて"


def test_review_is_amended_on_its_page() -> None:
    _, _, _, home, _ = together(may_amend=True)
    client, address = reading(home)
    here = address.replace("reading/", "amend/")
    assert here in page(client, address)
    sent = answers(home, score="3", reason="再考した")
    assert client.post(here, sent | {"reason": ""}).status_code == 200
    response = client.post(here, sent)
    assert response.headers["Location"] == address.replace("reading/", "")
    assert set(home.scores.values_list("value", flat=True)) == {3}
    # An older tab changes nothing.
    assert client.post(here, sent | {"comment_to_agency": "古い画面"}).status_code == 200
    assert home.versions.count() == 1


def test_when_a_review_is_not_amended() -> None:
    stage, call, proposal, home, partner = together()
    assert codes(lambda: amended(home)) == ["amending_not_open"]
    with writing():
        ReviewPlan.objects.update(may_amend=True)
    first, *others = [criterion.pk for criterion in proposal.form_version.criteria.all()]
    assert codes(lambda: amended(home, scores=dict.fromkeys(others, 2), reason=" ")) == [
        "score_missing",
        "reason_missing",
    ]
    assert codes(lambda: amended(home, scores={first: 9, **dict.fromkeys(others, 2)})) == [
        "score_out_of_scale"
    ]
    same = {"scores": dict.fromkeys([first, *others], 4), "confidence": "medium"}
    assert codes(lambda: amended(home, **same)) == ["amending_changes_nothing"]
    with pytest.raises(NotAllowed):
        amended(home, by=partner.reviewer.person.user)
    make_decision(stage, [proposal])
    assert codes(lambda: amended(home)) == ["decision_waits"]
    with writing():
        ReviewPlan.objects.update(frozen_from=today())
    assert codes(lambda: amended(home)) == ["amending_not_open"]
    assert Call.objects.get(pk=call.pk).state == "review"


# own scores beside the others'


def test_own_distribution_is_shown_only_after_submitting_and_only_against_enough_others() -> None:
    stage, call, proposal = scored()
    mine = make_review(proposal, stage.home, (5, 5, 5, None, 5))
    user = mine.reviewer.person.user
    for _ in range(2):
        make_review(proposal, stage.home, (3,) * 5)
    found = compared(user, call)
    assert found is not None
    assert (list(found.shares), found.others_mean) == ([], None)
    make_review(proposal, stage.home, (1,) * 5)
    make_review(proposal, stage.partner, (1,) * 5)  # the other agency's stay apart
    found = compared(user, call)
    assert found is not None
    assert [(s.step, s.own, s.others, s.own_percent, s.others_percent) for s in found.shares] == [
        (5, 4, 0, 100, 0),
        (4, 0, 0, 0, 0),
        (3, 0, 10, 0, 67),
        (2, 0, 0, 0, 0),
        (1, 0, 5, 0, 33),
    ]
    client = signed_in(user)
    address = f"/ja/review/calls/{call.public_id}/own-figures/"
    assert address in page(client, "/ja/review/")
    assert "高めに評価しています" in page(client, address)
    chart = client.get(address.removesuffix("/") + ".svg")
    assert (chart["Content-Type"], chart.content[:5]) == ("image/svg+xml", b"<?xml")
    table: Any = client.get(address.removesuffix("/") + ".csv")
    assert b"".join(table.streaming_content).decode("utf-8-sig").splitlines()[1:4] == [
        "5,4,100,0,0",
        "4,0,0,0,0",
        "3,0,0,10,67",
    ]
    with writing():
        Assignment.objects.filter(pk=mine.pk).update(state="in_progress")
    assert compared(user, call) is None
    assert client.get(address).headers["Location"] == "/ja/review/"
    assert client.get(address.removesuffix("/") + ".svg").status_code == 404


def test_a_review_of_who_is_in_conflict_is_in_no_distribution() -> None:
    stage, call, proposal = scored()
    mine = make_review(proposal, stage.home)
    *_, last = [make_review(proposal, stage.home, (value,) * 5) for value in (3, 3, 3, 1)]
    before = compared(mine.reviewer.person.user, call)
    shut_out(proposal, last.reviewer.person)
    after = compared(mine.reviewer.person.user, call)
    assert before is not None
    assert after is not None
    assert (before.others_mean, after.others_mean, after.other_reviews) == (2.5, 3, 3)


def test_pages_of_the_discussion_take_as_many_queries_for_three_as_for_one() -> None:
    stage, _call, proposal, home, _ = together()
    client, address = reading(home)
    officer, officers = signed_in(stage.home1), f"/ja/review/proposals/{proposal.public_id}/reading/"
    found = []
    for count in (1, 2):
        for _ in range(count):
            make_entry(make_review(proposal, stage.home), "発言")
        for browser, where in ((client, address), (officer, officers)):
            with CaptureQueriesContext(connection) as captured:
                page(browser, where)
            found.append(sum(asks(query["sql"]) for query in captured))
    assert found[:2] == found[2:]
