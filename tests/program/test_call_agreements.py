"""The agencies' agreement to a call: to what it says now, by each for itself, or from a letter that two officers stand for."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from program.actions import calls
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.actions.call_dates import set_milestone
from program.actions.call_outcomes import set_outcome_rules
from program.agreed import shown_agreement, shown_state
from program.models import Call, CallAgreement
from program.plan import opening_plan
from tests.builders.program import make_call, make_stage
from tests.program.test_pages import signed_in, text_of
from tests.proposals.test_answers import one_page

pytestmark = pytest.mark.django_db


def lacking(call: Call) -> tuple[str, ...]:
    return opening_plan(Call.objects.get(pk=call.pk), now().date()).not_agreed


def test_each_agency_agrees_for_itself_and_a_change_asks_again() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    home, partner = (call.call_agencies.get(agency=agency) for agency in (stage.home, stage.partner))
    with pytest.raises(NotAllowed):
        agree_to_call(part=partner, by=stage.home1, shown=shown_state(call))
    agree_to_call(part=home, by=stage.home1, shown=shown_state(call))
    assert lacking(call) == (stage.partner.short_name,)
    agree_to_call(part=partner, by=stage.partner2, shown=shown_state(call))
    assert lacking(call) == ()
    calls.change_call(call=call, by=stage.home1, title_en="Other words")
    assert lacking(call) == ()
    calls.set_cap(call=call, by=stage.home1, amount=90_000_000, replaces=True)
    assert set(lacking(call)) == {stage.home.short_name, stage.partner.short_name}


def test_what_was_changed_after_its_page_was_opened_is_not_agreed_to() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    part = call.call_agencies.get(agency=stage.partner)
    client, path = signed_in(stage.partner1), f"/en/calls/agencies/{part.public_id}/agree/"
    page = client.get(path)
    seen = page.context["form"]["shown"].value()
    assert [row["label"] for row in page.context["terms"] if row["is_changed"]] == []
    calls.change_call(call=call, by=stage.home1, title_en="Other words")
    calls.set_cap(call=call, by=stage.home1, amount=90_000_000, replaces=True)
    answer = client.post(path, {"shown": seen})
    assert not CallAgreement.objects.filter(part=part).exists()
    assert "the call was changed (Title and summary, Caps)" in text_of(answer)
    changed = [row for row in answer.context["terms"] if row["is_changed"]]
    assert [row["label"] for row in changed] == ["Title and summary", "Caps"]
    assert changed[0]["lines"][1] == "Other words"
    assert changed[1]["lines"] == ["¥90,000,000 a project and a fiscal year (total, indirect cost included)"]
    assert client.post(path, {"shown": answer.context["form"]["shown"].value()}).status_code == 302
    assert lacking(call) == (stage.home.short_name,)


def test_milestones_and_documents_belong_to_what_is_agreed_and_the_next_page_marks_them() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    part = call.call_agencies.get(agency=stage.partner)
    agree_to_call(part=part, by=stage.partner1, shown=shown_state(call))
    set_milestone(call=call, by=stage.home1, kind="panel", starts_on=dt.date(2027, 9, 1))
    assert stage.partner.short_name in lacking(call)
    rows = signed_in(stage.home1).get(f"/en/calls/{call.public_id}/agencies/").context["rows"]
    assert rows[1]["agreement"] == "to an earlier state of the call"
    page = signed_in(stage.partner1).get(f"/en/calls/agencies/{part.public_id}/agree/")
    assert [row["label"] for row in page.context["terms"] if row["is_changed"]] == ["Milestones"]


def test_a_second_officer_confirms_the_record_that_the_page_shows() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    part = call.call_agencies.get(agency=stage.partner)

    def recorded(dated: dt.date) -> CallAgreement:
        letter = SimpleUploadedFile("letter.pdf", one_page())
        return agree_to_call(
            part=part, by=stage.home1, shown=shown_state(call), letter=letter, letter_dated=dated
        )

    agreement = recorded(dt.date(2026, 10, 1))
    client, path = signed_in(stage.home2), f"/en/calls/agreements/{agreement.public_id}/confirm/"
    seen = client.get(path).context["form"]["shown"].value()
    recorded(dt.date(2026, 10, 2))
    answer = client.post(path, {"shown": seen})
    assert "the agreement was recorded again" in text_of(answer)
    calls.set_cap(call=call, by=stage.home1, amount=90_000_000, replaces=True)
    answer = client.post(path, {"shown": answer.context["form"]["shown"].value()})
    assert "The call was changed after this agreement had been recorded" in text_of(answer)
    assert CallAgreement.objects.get(part=part).confirmed_at is None
    recorded(dt.date(2026, 10, 3))
    seen = client.get(path).context["form"]["shown"].value()
    assert client.post(path, {"shown": seen}).status_code == 302
    assert stage.partner.short_name not in lacking(call)


def test_an_agreement_on_behalf_counts_once_a_second_officer_has_confirmed_it() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    part = call.call_agencies.get(agency=stage.partner)
    with pytest.raises(RuleBroken) as broken:
        agree_to_call(part=part, by=stage.home1, shown=shown_state(call))
    assert [v.code for v in broken.value.violations] == ["letter_missing", "letter_date_missing"]
    agreement = agree_to_call(
        part=part,
        by=stage.home1,
        shown=shown_state(call),
        letter=SimpleUploadedFile("letter.pdf", one_page()),
        letter_dated=dt.date(2026, 10, 1),
    )
    assert stage.partner.short_name in lacking(call)
    shown = shown_agreement(agreement)
    with pytest.raises(NotAllowed):
        confirm_agreement(agreement=agreement, by=stage.home1, shown=shown)
    confirm_agreement(agreement=agreement, by=stage.home2, shown=shown)
    assert stage.partner.short_name not in lacking(call)


def test_pages_lead_each_agency_to_its_agreement() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client, page = signed_in(stage.partner1), f"/ja/calls/{call.public_id}/"
    part = call.call_agencies.get(agency=stage.partner)
    link = f"/ja/calls/agencies/{part.public_id}/agree/"
    assert link in text_of(client.get(page))
    assert client.post(link, {"shown": shown_state(call)}).status_code == 302
    assert link not in text_of(client.get(page))
    rows = signed_in(stage.home1).get(f"{page}agencies/").context["rows"]
    assert {row["part"].agency.short_name: row["agreement"] for row in rows} == {
        stage.home.short_name: "未同意",
        stage.partner.short_name: "同意済み",
    }


def test_a_letter_that_is_no_pdf_or_dated_ahead_is_refused_beside_its_field() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    part = call.call_agencies.get(agency=stage.partner)
    client, path = signed_in(stage.home1), f"/ja/calls/agencies/{part.public_id}/agree/"
    for values, field in (
        ({"letter": SimpleUploadedFile("a.pdf", b"no"), "letter_dated": "2026-10-01"}, "letter"),
        ({"letter": SimpleUploadedFile("a.pdf", one_page()), "letter_dated": "2099-10-01"}, "letter_dated"),
        ({"letter": SimpleUploadedFile("a.pdf", one_page())}, "letter_dated"),
    ):
        answer = client.post(path, {**values, "shown": shown_state(call)})
        assert list(answer.context["form"].errors) == [field]


def test_an_open_call_is_agreed_to_no_more() -> None:
    stage = make_stage()
    call = make_call(stage)
    part = call.call_agencies.get(agency=stage.partner)
    with pytest.raises(RuleBroken):
        agree_to_call(part=part, by=stage.partner1, shown=shown_state(call))
    assert signed_in(stage.partner1).get(f"/ja/calls/agencies/{part.public_id}/agree/").status_code == 404


def test_an_instant_is_the_same_in_whatever_zone_it_was_written() -> None:
    call = make_call(make_stage(), state="draft")
    before = shown_state(call)
    call.opens_at = call.opens_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert shown_state(call) == before


# feedback and objections


def outcome(call: Call, by: User, feedback: str = "means", appeal_days: int | None = None) -> Call:
    return set_outcome_rules(call=call, by=by, feedback=feedback, appeal_days=appeal_days, second_pair=[])


@pytest.mark.parametrize("rules", [{"appeal_days": 14}, {"feedback": "nothing"}])
def test_feedback_and_objections_belong_to_what_is_agreed(rules: dict[str, Any]) -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    for part, user in zip(call.call_agencies.order_by("pk"), (stage.home1, stage.partner1), strict=True):
        agree_to_call(part=part, by=user, shown=shown_state(call))
    assert lacking(call) == ()
    call = outcome(call, stage.home1, **rules)
    assert set(lacking(call)) == {stage.home.short_name, stage.partner.short_name}
    part = call.call_agencies.get(agency=stage.partner)
    page = signed_in(stage.partner1).get(f"/en/calls/agencies/{part.public_id}/agree/")
    assert [row["label"] for row in page.context["terms"] if row["is_changed"]] == ["Feedback and objections"]
    agree_to_call(part=part, by=stage.partner1, shown=shown_state(call))
    assert lacking(call) == (stage.home.short_name,)


def test_an_agreement_to_a_page_that_did_not_show_them_holds_until_they_are_set() -> None:
    """As it was kept before a page had the part: without its name."""
    stage = make_stage()
    call = make_call(stage, state="draft")
    part = call.call_agencies.get(agency=stage.partner)
    agreement = agree_to_call(part=part, by=stage.partner1, shown=shown_state(call))
    assert "outcome" not in agreement.shown
    assert stage.partner.short_name not in lacking(call)
    outcome(call, stage.home1, appeal_days=30)
    assert stage.partner.short_name in lacking(call)


def test_page_in_words_says_what_is_agreed_of_the_outcome() -> None:
    stage = make_stage()
    call = outcome(make_call(stage, state="draft"), stage.home1, appeal_days=14)
    part = call.call_agencies.get(agency=stage.partner)
    page = signed_in(stage.partner1).get(f"/en/calls/agencies/{part.public_id}/agree/")
    lines = next(row["lines"] for row in page.context["terms"] if row["label"] == "Feedback and objections")
    assert lines == [
        "Applicants read of the review: comments and the mean of each criterion",
        "Objections: within 14 days from the publication",
    ]


def test_from_the_opening_on_they_stay_and_the_second_pair_of_eyes_may_change() -> None:
    stage = make_stage()
    call = make_call(stage, state="review")
    with pytest.raises(RuleBroken) as broken:
        outcome(call, stage.home1, appeal_days=14)
    assert [v.code for v in broken.value.violations] == ["outcome_rules_agreed"]
    part = call.call_agencies.get(agency=stage.partner)
    set_outcome_rules(call=call, by=stage.home1, feedback="means", appeal_days=None, second_pair=[part])
    part.refresh_from_db()
    assert part.second_pair
