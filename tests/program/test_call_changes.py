"""An announced call is changed: with a reason, before and after, and everybody whom it concerns is told."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from kernel.actions import writing
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.jobs.run import run_job
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken, Violation, sentence
from program.actions import calls
from program.actions.call_agreements import agree_to_call
from program.actions.call_changes import TELL_JOB, tell_call_change
from program.actions.call_dates import set_milestone
from program.agreed import shown_state
from program.models import Call
from registries.models import Holiday
from tests.builders.program import Stage, make_call, make_stage, settle
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
JST = ZoneInfo("Asia/Tokyo")
REASONS = {"reason_ja": "災害のため延長します。", "reason_en": "Extended after the disaster."}


def later_than(call: Call) -> dt.datetime:
    """A Wednesday at 17:00 after the deadline, on no holiday."""
    day = call.deadline_at.astimezone(JST).date() + dt.timedelta(days=7)
    day += dt.timedelta(days=(2 - day.weekday()) % 7)
    return dt.datetime.combine(day, dt.time(17), JST)


def words_of(call: Call, **values: str) -> dict[str, str]:
    own = {name: getattr(call, name) for name in ("title_ja", "title_en", "summary_ja", "summary_en")}
    deadline = call.deadline_at.astimezone(JST).strftime("%Y-%m-%dT%H:%M")
    return {**own, "deadline_at": deadline, **values}


def known_holidays(day: dt.date) -> None:
    with writing():
        Holiday.objects.create(on=day, name_ja="建国記念の日")


def test_without_a_reason_nothing_of_an_open_call_changes() -> None:
    stage = make_stage()
    call = make_call(stage)
    for change in (
        lambda: calls.change_call(call=call, by=stage.home1, deadline_at=later_than(call)),
        lambda: calls.change_call(call=call, by=stage.home1, title_en="Other words", reason_ja="誤記"),
        lambda: set_milestone(call=call, by=stage.home1, kind="panel", starts_on=dt.date(2028, 3, 1)),
    ):
        with pytest.raises(RuleBroken) as broken:
            change()
        assert {v.code for v in broken.value.violations} == {"reason_missing"}
    fresh = Call.objects.get(pk=call.pk)
    assert (fresh.deadline_at, fresh.title_en) == (call.deadline_at, call.title_en)
    assert not fresh.milestones.exists()


def test_a_moved_deadline_is_told_once_to_applicants_and_agencies() -> None:
    stage = make_stage()
    call = make_call(stage)
    pi, other = make_pi(), make_pi()
    make_proposal(call, pi=pi)
    make_proposal(call, pi=other, state="submitted")
    gone = make_proposal(call, state="withdrawn")
    calls.change_call(call=call, by=stage.home1, deadline_at=later_than(call), **REASONS)
    job = Job.objects.get(name=TELL_JOB)
    run_job(job.pk)
    mails = OutboxMail.objects.filter(template="call_changed")
    told = set(mails.values_list("recipient", flat=True))
    assert {pi.email, other.email, stage.home2.email, stage.partner1.email, stage.partner2.email} <= told
    assert gone.pi.user.email not in told
    assert "災害のため延長します。" in mails.get(recipient=pi.email).body
    assert "17:00 JST" in mails.get(recipient=pi.email).body
    assert tell_call_change(change=call.changes.get()) == 0


def test_visitors_read_what_was_changed_and_why_and_officers_find_it_in_the_history() -> None:
    stage = make_stage()
    call = make_call(stage)
    until = later_than(call)
    client = signed_in(stage.home1)
    path = f"/en/calls/{call.public_id}/change/"
    answer = client.post(path, words_of(call, deadline_at=until.strftime("%Y-%m-%dT%H:%M")))
    assert {"reason_ja", "reason_en"} <= set(answer.context["form"].errors)
    known_holidays(dt.date(until.year, 1, 1))
    values = words_of(call, deadline_at=until.strftime("%Y-%m-%dT%H:%M"), **REASONS, is_seen="on")
    assert client.post(path, values).status_code == 302
    page = client.get(f"/en/calls/{call.public_id}/")
    assert "Changes since the opening" in text_of(page)
    assert "Reason: Extended after the disaster." in text_of(page)
    assert page.context["events"][0]["text"].startswith("Deadline: ")
    client.logout()
    assert "Reason: Extended after the disaster." in text_of(client.get(f"/en/calls/{call.public_id}/"))


def test_a_deadline_on_a_holiday_is_asked_about_before_it_is_told() -> None:
    stage = make_stage()
    call = make_call(stage)
    until = later_than(call)
    known_holidays(until.date())
    client, path = signed_in(stage.home1), f"/en/calls/{call.public_id}/change/"
    values = words_of(call, deadline_at=until.strftime("%Y-%m-%dT%H:%M"), **REASONS)
    answer = client.post(path, values)
    errors = answer.context["form"].errors["deadline_at"]
    assert "is a holiday in Japan (National Foundation Day)." in " ".join(errors)
    assert "Tick the box below to keep this date." in errors
    names = list(answer.context["form"].fields)
    assert names.index("is_seen") == names.index("deadline_at") + 1
    assert Call.objects.get(pk=call.pk).deadline_at == call.deadline_at
    assert client.post(path, {**values, "is_seen": "on"}).status_code == 302
    assert Call.objects.get(pk=call.pk).deadline_at == until


@pytest.mark.parametrize("days", [-1, -400])
def test_an_earlier_deadline_is_refused_at_once_and_offered_no_tick(days: int) -> None:
    """Even on a holiday, or before the opening."""
    stage = make_stage()
    call = make_call(stage)
    until = call.deadline_at + dt.timedelta(days=days)
    known_holidays(until.date())
    client, path = signed_in(stage.home1), f"/en/calls/{call.public_id}/change/"
    values = words_of(call, deadline_at=until.strftime("%Y-%m-%dT%H:%M"), **REASONS)
    form = client.post(path, values).context["form"]
    assert form.errors == {"deadline_at": [sentence(Violation("deadline_only_later"))]}
    assert form.fields["is_seen"].widget.is_hidden
    assert client.post(path, {**values, "is_seen": "on"}).context["form"].errors == form.errors


def test_milestones_and_documents_of_an_open_call_are_announced_too() -> None:
    stage: Stage = make_stage()
    call = make_call(stage)
    set_milestone(call=call, by=stage.home1, kind="panel", starts_on=dt.date(2028, 3, 1), **REASONS)
    set_milestone(call=call, by=stage.home1, kind="panel", starts_on=dt.date(2028, 3, 1))  # nothing changed
    milestone = call.milestones.get()
    client, path = signed_in(stage.home1), f"/en/calls/milestones/{milestone.public_id}/remove/"
    assert set(client.post(path).context["form"].errors) == {"reason_ja", "reason_en"}
    assert client.post(path, REASONS).status_code == 302
    lines = [
        line
        for change in client.get(f"/en/calls/{call.public_id}/").context["changes"]
        for line in change["lines"]
    ]
    assert lines == [
        "Panel meeting: 1 March 2028 (Reiwa 10) → –",
        "Panel meeting: – → 1 March 2028 (Reiwa 10)",
    ]


def test_an_agency_that_agreed_sees_that_the_call_is_no_longer_as_it_agreed() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    part = call.call_agencies.get(agency=stage.partner)
    agree_to_call(part=part, by=stage.partner1, shown=shown_state(call))
    settle(call)
    with writing():
        Call.objects.filter(pk=call.pk).update(state="open", opens_at=now() - dt.timedelta(days=1))
    call.refresh_from_db()
    calls.change_call(call=call, by=stage.home1, deadline_at=later_than(call), **REASONS)
    rows = signed_in(stage.home1).get(f"/en/calls/{call.public_id}/agencies/").context["rows"]
    assert {row["agreement"] for row in rows} == {"to an earlier state of the call"}
    assert "Changes since the opening" in text_of(
        signed_in(stage.partner1).get(f"/en/calls/{call.public_id}/")
    )


def test_a_deadline_of_a_call_in_preparation_is_saved_and_pointed_out() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    until = later_than(call)
    known_holidays(until.date())
    client, path = signed_in(stage.home1), f"/en/calls/{call.public_id}/change/"
    page = client.get(path)
    values = {name: value for name, value in page.context["form"].initial.items() if value not in (None, "")}
    for name in ("opens_at", "deadline_at"):
        values[name] = call.opens_at.astimezone(JST).strftime("%Y-%m-%dT%H:%M")
    values["deadline_at"] = until.strftime("%Y-%m-%dT%H:%M")
    answer = client.post(path, values, follow=True)
    assert Call.objects.get(pk=call.pk).deadline_at == until
    assert "is a holiday in Japan (National Foundation Day)." in text_of(answer)
