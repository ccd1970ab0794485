"""Letters to thousands: written by a job, some at a time, once; and who is told beforehand that they get none, or a blank."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.actions import writing
from kernel.fragments import STOP_POLLING
from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.outbox import MailKind, send_waiting_mail
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import set_kinds
from kernel.violations import RuleBroken
from proposals import tasks
from proposals.actions import mailing
from proposals.actions.mailing import release_mails, undo_mails, write_next
from proposals.models import MailRun, RunMail
from proposals.rules.letters import blank_places
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.counting import asks
from tests.proposals.test_office_mails import LETTER, received, states, written
from tests.proposals.test_office_pages import client_of, shown, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def few(monkeypatch: Any) -> None:
    """Two mails are many."""
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    monkeypatch.setattr(mailing, "BATCH", 2)


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


@pytest.mark.usefixtures("few")
def test_many_mails_are_written_by_a_job_and_nothing_moves_before_all_are_there(stage: Stage) -> None:
    run = written(stage, *(received(stage) for _one in range(5)))
    assert (run.written_at, states(), RunMail.objects.count()) == (None, [], 5)
    write_next(run=run)
    assert states() == ["held"] * 2
    for act in (release_mails, undo_mails):
        assert refused(lambda act=act: act(run=run, by=stage.home1)) == ["mails_being_written"]
    job = Job.objects.get(name=mailing.WRITE_JOB)
    assert run_job(job.pk) == "done"
    job.refresh_from_db()
    assert (states(), job.done_units, job.total_units) == (["held"] * 5, 5, 5)
    run.refresh_from_db()
    assert run.written_at is not None
    assert release_mails(run=run, by=stage.home1) == 5
    assert send_waiting_mail() == 5


@pytest.mark.usefixtures("few")
def test_a_job_that_was_cut_goes_on_where_it_was_and_writes_none_twice(
    stage: Stage, monkeypatch: Any
) -> None:
    run = written(stage, *(received(stage) for _one in range(5)))
    job = Job.objects.get(name=mailing.WRITE_JOB)

    def cut(**given: Any) -> int:
        if OutboxMail.objects.filter(template="run").count() >= 2:
            raise KeyboardInterrupt  # as a worker that is killed: nothing is noted
        return write_next(**given)

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "write_next", cut)
        with pytest.raises(KeyboardInterrupt):
            run_job(job.pk)
    assert len(states()) == 2
    with writing():
        Job.objects.update(state="queued")  # as the sweeper does
    assert run_job(job.pk) == "done"
    assert len(states()) == 5
    assert RunMail.objects.filter(run=run).values("mail").distinct().count() == 5


@pytest.mark.usefixtures("few")
def test_the_page_tells_how_far_it_is(stage: Stage) -> None:
    run = written(stage, *(received(stage) for _one in range(3)))
    client, page = client_of(stage.home1), url("office_mail_run", run.public_id)
    assert "hx-get" in shown(client.get(page))
    assert url("office_mails_release", run.public_id) not in shown(client.get(page))
    assert client.get(page, headers={"HX-Request": "true"}).status_code == 200
    run_job(Job.objects.get(name=mailing.WRITE_JOB).pk)
    assert "hx-get" not in shown(client.get(page))
    assert url("office_mails_release", run.public_id) in shown(client.get(page))
    assert client.get(page, headers={"HX-Request": "true"}).status_code == STOP_POLLING


@pytest.mark.usefixtures("few")
def test_what_a_failed_job_has_written_can_be_taken_back(stage: Stage) -> None:
    run = written(stage, *(received(stage) for _one in range(3)))
    write_next(run=run)
    with writing():
        Job.objects.update(state="failed")
    assert client_of(stage.home1).get(url("office_mail_run", run.public_id)).context["has_failed"]
    assert undo_mails(run=run, by=stage.home1) == 2


@pytest.mark.parametrize("size", [4, 12])
def test_a_batch_asks_as_often_however_many_mails_it_writes(
    stage: Stage, size: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    call = make_call(stage, state="closed")
    run = written(stage, *(make_proposal(call, state="locked", is_complete=False) for _one in range(size)))
    with CaptureQueriesContext(connection) as queries:
        assert write_next(run=run) == size
    assert len([one for one in queries if asks(one["sql"])]) == 6


def test_whoever_does_without_news_is_named_and_left_out(stage: Stage) -> None:
    one, other = received(stage), received(stage)
    set_kinds(address=one.pi.user.email.upper(), stopped=[MailKind.NEWS])
    address = url("office_mail_write", language="en")
    data = {"agency": stage.home.public_id, "recipients": "pi", **LETTER, "kind": "news", "step": "preview"}
    client = client_of(stage.home1)
    page = client.post(address, data)
    assert page.context["reached"] == 1
    [_blank, unsubscribed, _unknown] = page.context["left_out"]
    assert unsubscribed["people"] == [f"{one.receipt_number} {one.pi.name_in('ja')}"]
    page = client.post(address, {**data, "step": "hold", "seen": page.context["seen"]})
    assert page.status_code == 302
    assert [mail.recipient for mail in OutboxMail.objects.filter(template="run")] == [other.pi.user.email]
    assert MailRun.objects.get().kind == OutboxMail.objects.get(template="run").kind == MailKind.NEWS


def test_what_belongs_to_the_procedure_reaches_them_too(stage: Stage) -> None:
    one = received(stage)
    set_kinds(address=one.pi.user.email, stopped=[MailKind.NEWS, MailKind.REMINDER])
    written(stage, one)
    assert len(states()) == 1


def test_whoever_unsubscribed_after_the_preview_makes_it_another_letter(stage: Stage) -> None:
    one = received(stage)
    received(stage)
    data = {"agency": stage.home.public_id, "recipients": "pi", **LETTER, "kind": "news", "step": "preview"}
    client, address = client_of(stage.home1), url("office_mail_write")
    seen = client.post(address, data).context["seen"]
    set_kinds(address=one.pi.user.email, stopped=[MailKind.NEWS])
    page = client.post(address, {**data, "step": "hold", "seen": seen})
    assert (page.status_code, states()) == (200, [])
    assert page.context["seen"] != seen


def test_a_blank_value_is_told_of_each_person_before_anything_is_written(stage: Stage) -> None:
    one = received(stage, title_ja="", title_en="")
    received(stage)
    data = {
        "agency": stage.home.public_id,
        "recipients": "pi",
        **LETTER,
        "kind": "required",
        "step": "preview",
    }
    page = client_of(stage.home1).post(url("office_mail_write", language="en"), data)
    [blank, _unsubscribed, _unknown] = page.context["left_out"]
    assert blank["people"] == [f"{one.receipt_number} {one.pi.name_in('ja')}: {{title}}"]
    assert "Blank for this person: {title}" in shown(page)


def test_an_earlier_letter_is_begun_with(stage: Stage) -> None:
    run = written(stage, received(stage), kind=MailKind.NEWS)
    client, address = client_of(stage.home1), url("office_mail_write")
    [earlier] = client.get(address).context["earlier"]
    assert f"letter={run.public_id}" in earlier["url"]
    form = client.get(address + earlier["url"]).context["form"]
    assert {name: form.initial[name] for name in LETTER} == LETTER
    assert form.initial["kind"] == "news"
    assert client.get(address, {"letter": "x\0"}).context["form"].initial["body_en"].startswith("Dear")


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("{title} {name} {title}", ["{title}"]),
        ("{receipt}", []),
        ("", []),
        ("{other} title", []),
        ("{call}", ["{call}"]),
    ],
)
def test_which_places_are_blank(text: str, blank: list[str]) -> None:
    assert blank_places(text, {"title": " ", "name": "A", "receipt": "1"}) == blank
