"""A test of the form before the opening: filled in by the officer, marked, and counted nowhere."""

import pytest
from django.db import IntegrityError, transaction

from kernel.actions import writing
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from program.actions import calls
from program.plan import opening_plan
from program.rules.opening import opening_violations
from proposals.actions.sections import save_section
from proposals.actions.submission import submit_proposal
from proposals.actions.trials import send_trial, start_trial
from proposals.models import Proposal
from proposals.queries import calls_with_counts, office_proposals, proposals_by_version
from tests.builders.program import make_call, make_stage
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def written(proposal: Proposal) -> None:
    for section in proposal.form_version.sections.all():
        save_section(
            proposal=proposal, section=section, by=proposal.pi.user, text="本文", revision=0, is_complete=True
        )


def lacks(call: object) -> list[str]:
    plan = opening_plan(call, now().date())  # type: ignore[arg-type]  # a call
    return [violation.code for violation in opening_violations(plan)]


def test_a_test_that_is_sent_off_lets_the_call_open_and_a_change_of_the_form_asks_for_another() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    assert "call_form_not_tried" in lacks(call)
    trial = start_trial(call=call, by=stage.home1)
    assert start_trial(call=call, by=stage.home1) == trial
    with pytest.raises(RuleBroken):
        send_trial(proposal=trial, by=stage.home1)
    written(trial)
    send_trial(proposal=trial, by=stage.home1)
    assert "call_form_not_tried" not in lacks(call)
    section = {"key": "plan", "title_ja": "計画", "title_en": "Plan"}
    assert calls.set_form(call=call, by=stage.home1, sections=[section]).number == 2
    assert "call_form_not_tried" in lacks(call)
    assert trial.sections.count() == 3  # what was written in the test stays


def test_only_officers_of_the_lead_agency_test_and_only_before_the_opening() -> None:
    stage = make_stage()
    draft, opened = make_call(stage, state="draft"), make_call(stage)
    with pytest.raises(NotAllowed):
        start_trial(call=draft, by=stage.partner1)
    with pytest.raises(RuleBroken) as broken:
        start_trial(call=opened, by=stage.home1)
    assert [v.code for v in broken.value.violations] == ["call_no_longer_prepared"]


def test_a_test_is_received_counted_and_listed_nowhere() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    trial = start_trial(call=call, by=stage.home1)
    written(trial)
    send_trial(proposal=trial, by=stage.home1)
    with writing():
        call.state = "open"
        call.save()
        call.form_versions.update(frozen_at=now())
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=trial, by=stage.home1)
    assert [v.code for v in broken.value.violations] == ["proposal_not_draft"]
    assert proposals_by_version(stage.home1, call) == {}
    assert list(office_proposals(stage.home1)) == []
    assert [found.submitted for found in calls_with_counts(stage.home1)] == [0]
    page = text_of(signed_in(stage.home1).get("/ja/proposals/mine/"))
    assert "試験入力" in page


def test_the_database_holds_a_test_to_its_draft() -> None:
    stage = make_stage()
    trial = start_trial(call=make_call(stage, state="draft"), by=stage.home1)
    for values in ({"state": "submitted"}, {"receipt_number": "x-0001"}):
        with writing(), pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=trial.pk).update(**values)


def test_the_page_of_the_test_leads_through_it() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client = signed_in(stage.home1)
    path = f"/ja/calls/{call.public_id}/trial/"
    assert path in text_of(client.get(f"/ja/calls/{call.public_id}/preparation/"))
    begun = client.post(path)
    trial = Proposal.objects.get(is_test=True)
    assert begun["Location"] == f"/ja/proposals/{trial.public_id}/"
    page = text_of(client.get(begun["Location"]))
    assert "これは様式の試験入力です。" in page
    written(trial)
    sent = client.post(f"/ja/proposals/{trial.public_id}/trial/")
    assert sent["Location"] == f"/ja/calls/{call.public_id}/preparation/"
    assert "この版の様式は試験済みです。" in text_of(client.get(path))
