"""A call may ask for a notice of intent before the full proposal, with a deadline of its own."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken
from program.actions import calls
from program.actions.call_copies import copy_call
from program.actions.call_dates import set_milestone
from program.actions.call_openings import open_due_calls
from program.agreed import call_digest, changed_since, shown_state
from program.calendar import calendar_of, dates_of
from program.documents import form_pdf
from program.enums import CallTerm
from program.models import Call
from program.rules.opening import notice_violations
from tests.builders.program import Stage, make_call, make_stage, settle
from tests.program.test_pages import signed_in, text_of

JST = ZoneInfo("Asia/Tokyo")
REASONS = {"reason_ja": "周知のため延長します。", "reason_en": "Extended, so that more hear of it."}
OPENS = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
CLOSES = dt.datetime(2027, 1, 29, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rule", "due", "code"),
    [
        ("off", None, None),
        ("off", CLOSES, "notice_not_asked"),
        ("required", None, "notice_deadline_missing"),
        ("optional", OPENS, "notice_deadline_outside_call"),
        ("required", CLOSES, "notice_deadline_outside_call"),
        ("required", CLOSES - dt.timedelta(microseconds=1), None),
    ],
)
def test_the_notice_is_due_between_opening_and_deadline(
    rule: str, due: dt.datetime | None, code: str | None
) -> None:
    found = notice_violations(rule, due, opens_at=OPENS, deadline_at=CLOSES)
    assert [(v.code, v.field) for v in found] == ([(code, "notice_deadline_at")] if code else [])


def asking(stage: Stage, **fields: Any) -> Call:
    values = {"notice": "required", "notice_deadline_at": now() + dt.timedelta(days=10)}
    return make_call(stage, **{**values, **fields})


def refused(**change: Any) -> set[str]:
    with pytest.raises(RuleBroken) as broken:
        calls.change_call(**change)
    return {violation.code for violation in broken.value.violations}


@pytest.mark.django_db
def test_the_database_knows_that_a_notice_has_its_deadline() -> None:
    call = make_call(make_stage())
    for values in (
        {"notice": "required"},
        {"notice_deadline_at": call.deadline_at - dt.timedelta(days=1)},
        {"notice": "optional", "notice_deadline_at": call.deadline_at},
    ):
        with pytest.raises(IntegrityError), writing(), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**values)


@pytest.mark.django_db
def test_of_an_open_call_its_deadline_moves_later_alone_and_only_before_it_has_come() -> None:
    stage = make_stage()
    call = asking(stage)
    due = call.notice_deadline_at
    assert due is not None
    later = due + dt.timedelta(days=2)
    change: dict[str, Any] = {"call": call, "by": stage.home1, **REASONS}
    assert refused(**change, notice="optional") == {"call_no_longer_prepared"}
    assert refused(**change, notice_deadline_at=None) == {"call_no_longer_prepared"}
    earlier = due - dt.timedelta(days=1)
    assert refused(**change, notice_deadline_at=earlier) == {"notice_deadline_only_later"}
    assert refused(**change, notice_deadline_at=call.deadline_at) == {"notice_deadline_outside_call"}
    assert refused(call=call, by=stage.home1, notice_deadline_at=later) == {"reason_missing"}
    calls.change_call(**change, notice_deadline_at=later)
    row = call.changes.get().rows[0]
    assert (row["what"], dt.datetime.fromisoformat(row["after"])) == ("notice_deadline_at", later)
    with clock.set_to(later):
        again = later + dt.timedelta(days=1)
        assert refused(**change, notice_deadline_at=again) == {"notice_deadline_only_later"}
    without = make_call(stage)
    assert refused(call=without, by=stage.home1, notice_deadline_at=later, **REASONS) == {
        "call_no_longer_prepared"
    }


@pytest.mark.django_db
def test_it_stands_among_the_dates_in_the_calendar_on_the_page_and_in_the_pdf() -> None:
    stage = make_stage()
    due = dt.datetime(2027, 1, 15, 17, tzinfo=JST)
    call = asking(
        stage,
        opens_at=OPENS,
        deadline_at=dt.datetime(2027, 3, 1, 17, tzinfo=JST),
        notice_deadline_at=due,
    )
    assert [date.event.kind for date in dates_of(call)] == ["opening", "notice_of_intent", "full_proposal"]
    assert b"DTSTART:20270115T080000Z" in calendar_of(call)
    page = text_of(signed_in(stage.home1).get(f"/en/calls/{call.public_id}/"))
    assert "Notice of intent (required before a full proposal):" in page
    assert "2027-01-15 08:00 UTC" in page
    assert form_pdf(call, language="en").startswith(b"%PDF")
    with pytest.raises(RuleBroken) as broken:
        set_milestone(call=call, by=stage.home1, kind="notice_of_intent", starts_on=dt.date(2027, 1, 10))
    assert broken.value.violations[0].code == "milestone_is_the_calls"


@pytest.mark.django_db
def test_agencies_agree_to_it_and_a_call_without_one_keeps_its_digest() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    before, shown = call_digest(call), shown_state(call)
    call = calls.change_call(
        call=call, by=stage.home1, notice="optional", notice_deadline_at=now() + dt.timedelta(days=3)
    )
    assert call_digest(call) != before
    assert changed_since(call, shown) == [CallTerm.DATES]
    call = calls.change_call(call=call, by=stage.home1, notice="off", notice_deadline_at=None)
    assert call_digest(call) == before


@pytest.mark.django_db
def test_a_copy_asks_for_it_a_year_later() -> None:
    stage = make_stage()
    call = asking(stage, notice_deadline_at=dt.datetime(2026, 12, 4, 17, tzinfo=JST))
    new = copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    assert (new.notice, new.notice_deadline_at) == ("required", dt.datetime(2027, 12, 4, 17, tzinfo=JST))


@pytest.mark.django_db
def test_the_form_asks_for_both_or_neither_and_loses_nothing() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client, path = signed_in(stage.home1), f"/en/calls/{call.public_id}/change/"
    form = client.get(path).context["form"]
    values = {
        name: form[name].value() if form[name].value() is not None else ""
        for name in form.fields
        if form[name].value() is not False
    }
    for name in ("opens_at", "deadline_at"):
        values[name] = getattr(call, name).astimezone(JST).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(path, {**values, "notice": "required"})
    assert answer.context["form"].errors == {
        "notice_deadline_at": ["Enter until when the notice of intent is to be given."]
    }
    answer = client.post(path, {**values, "notice": "required", "notice_deadline_at": "soon"})
    assert answer.context["form"].errors == {
        "notice_deadline_at": ["Enter a day and a time like 2027-03-15 17:00."]
    }
    due = (now() + dt.timedelta(days=5)).astimezone(JST).strftime("%Y-%m-%dT%H:%M")
    assert client.post(path, {**values, "notice": "required", "notice_deadline_at": due}).status_code == 302
    assert Call.objects.get(pk=call.pk).notice == "required"


@pytest.mark.django_db
def test_the_form_of_an_open_call_has_it_only_where_one_is_asked_for() -> None:
    stage = make_stage()
    for call, has_it in ((make_call(stage), False), (asking(stage), True)):
        form = signed_in(stage.home1).get(f"/en/calls/{call.public_id}/change/").context["form"]
        assert ("notice_deadline_at" in form.fields) == has_it


@pytest.mark.django_db
def test_a_call_is_not_opened_once_the_notices_deadline_has_passed_and_its_officers_are_told() -> None:
    stage = make_stage()
    call = settle(asking(stage, state="draft"))
    due = call.notice_deadline_at
    assert due is not None
    with clock.set_to(due):
        assert open_due_calls() == 0
    body = OutboxMail.objects.get(template="call_not_opened", recipient=stage.home1.email).body
    assert "趣意書" in body or "notice of intent" in body
