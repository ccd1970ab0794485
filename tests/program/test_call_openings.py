"""An announced opening comes by itself; a call that was public and is cancelled says so."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.jobs.run import run_job
from kernel.outbox.models import OutboxMail
from program.actions import calls
from program.actions.call_changes import TELL_JOB
from program.actions.call_openings import open_due_calls
from program.models import Call
from proposals.actions.form_versions import issue_form_version
from tests.builders.program import Stage, make_call, make_stage, settle
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in, text_of
from tests.proposals.test_form_versions import REASONS, changed

pytestmark = pytest.mark.django_db


def announced(stage: Stage) -> Call:
    opens = now() + dt.timedelta(minutes=5)
    return make_call(stage, state="draft", opens_at=opens, deadline_at=opens + dt.timedelta(days=60))


def test_a_complete_call_opens_at_its_instant_and_the_officers_are_told() -> None:
    stage = make_stage()
    call = settle(announced(stage))
    assert open_due_calls() == 0
    with clock.set_to(call.opens_at - dt.timedelta(microseconds=1)):
        assert open_due_calls() == 0
    with clock.set_to(call.opens_at):
        assert [open_due_calls(), open_due_calls()] == [1, 0]
        assert Client().get(f"/en/calls/{call.public_id}/").status_code == 200
    call.refresh_from_db()
    assert call.state == "open"
    assert call.caps.get().limit_yen == 100_000_000
    assert AuditEntry.objects.get(subject_id=call.public_id, verb="open").actor is None
    told = OutboxMail.objects.filter(template="call_opened").values_list("recipient", flat=True)
    officers = {stage.home1, stage.home2, stage.partner1, stage.partner2}
    assert {user.email for user in officers} <= set(told)
    assert len(told) == len(set(told))


def test_an_incomplete_call_stays_closed_and_its_officers_are_told_once_what_lacks() -> None:
    stage = make_stage()
    call = announced(stage)
    with clock.set_to(call.opens_at):
        assert [open_due_calls(), open_due_calls()] == [0, 0]
        mail = OutboxMail.objects.get(template="call_not_opened", recipient=stage.home1.email)
        assert stage.partner.short_name in mail.body
        assert not OutboxMail.objects.filter(recipient=stage.partner1.email).exists()
        settle(call)
        assert open_due_calls() == 1


def test_the_clock_asks_for_openings() -> None:
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "program.open_due_calls" in tasks


def test_a_cancelled_call_stays_public_with_its_reason_and_everybody_concerned_is_told() -> None:
    stage = make_stage()
    call, never_open = make_call(stage), make_call(stage, state="draft")
    pi = make_pi()
    make_proposal(call, pi=pi)
    client = signed_in(stage.home1)
    path = f"/en/calls/{call.public_id}/"
    assert list(client.post(f"{path}cancel/", {"reason": "予算"}).context["form"].errors) == ["reason_en"]
    reasons = {"reason": "予算の見直し", "reason_en": "The budget was cut"}
    assert client.post(f"{path}cancel/", reasons).status_code == 302
    run_job(Job.objects.get(name=TELL_JOB).pk)
    assert "予算の見直し" in OutboxMail.objects.get(recipient=pi.email).body
    page = text_of(Client().get(path))
    assert "This call was cancelled. Nothing can be submitted." in page
    assert "The budget was cut" in page
    assert "Sign in to apply" not in page
    calls.cancel_call(call=never_open, by=stage.home1, reason="重複")
    assert Client().get(f"/en/calls/{never_open.public_id}/").status_code == 404


def test_agencies_are_told_of_a_new_version_of_the_form() -> None:
    stage = make_stage()
    call = make_call(stage)
    pi = make_pi()
    with writing():
        make_proposal(call, pi=pi, title_ja="", title_en="")
    changed(stage, call)
    issue_form_version(call=call, by=stage.home1, **REASONS)
    for job in Job.objects.all():
        run_job(job.pk)
    mail = OutboxMail.objects.get(template="call_changed", recipient=stage.partner1.email)
    assert REASONS[f"reason_{stage.partner1.language}"] in mail.body
    mails = OutboxMail.objects.filter(recipient=pi.email)
    assert [mail.template for mail in mails] == ["form_changed"]
    assert "「」" not in mails.get().body


def test_visitors_are_offered_no_state_that_they_never_see() -> None:
    stage = make_stage()
    make_call(stage)

    def offered(client: Client) -> list[str]:
        return [
            key for key, _label in client.get("/en/calls/").context["filter_form"].fields["state"].choices
        ]

    assert "draft" not in offered(Client())
    assert "draft" in offered(signed_in(stage.home1))
