"""A form changed after the opening: compared, issued, told; what is written stays as it is."""

import pytest
from django.test import Client

from kernel.actions import writing
from kernel.jobs.models import Job
from kernel.jobs.run import run_job
from kernel.outbox.models import OutboxMail
from program.actions import calls
from program.models import Call
from program.versions import form_as_plain, latest_form
from proposals.actions.content import content_of, digest
from proposals.actions.core import start_proposal
from proposals.actions.form_versions import TELL_JOB
from proposals.models import Proposal, ProposalAccess
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
REASONS = {"reason_ja": "倫理の欄を追加しました。", "reason_en": "A section on ethics was added."}


def changed(stage: Stage, call: Call) -> None:
    version = latest_form(call)
    assert version is not None
    sections, criteria = form_as_plain(version)
    ethics = {"key": "ethics", "title_ja": "研究倫理", "title_en": "Ethics", "limit": 500}
    sections[0] = {**sections[0], "limit": 1500}
    calls.set_form(call=call, by=stage.home1, sections=[*sections, ethics], criteria=criteria)


def versions(call: Call) -> str:
    return f"/ja/calls/{call.public_id}/form/versions/"


def issued(stage: Stage, call: Call) -> Client:
    changed(stage, call)
    client = signed_in(stage.home1)
    shown = client.get(versions(call)).context["form"]["shown"].value()
    assert client.post(versions(call), {**REASONS, "shown": shown}).status_code == 302
    return client


def test_what_was_changed_after_the_page_was_opened_is_not_issued() -> None:
    stage = make_stage()
    call = make_call(stage)
    changed(stage, call)
    client = signed_in(stage.home1)
    seen = client.get(versions(call)).context["form"]["shown"].value()
    version = latest_form(call)
    assert version is not None
    sections, _criteria = form_as_plain(version)
    calls.set_form(call=call, by=stage.home1, sections=[{**sections[0], "limit": 1400}, *sections[1:]])
    answer = client.post(versions(call), {**REASONS, "shown": seen})
    assert "この版が変更されたため" in text_of(answer)
    assert call.form_versions.get(number=2).frozen_at is None
    again = {**REASONS, "shown": answer.context["form"]["shown"].value()}
    assert client.post(versions(call), again).status_code == 302
    assert call.form_versions.get(number=2).frozen_at is not None


def test_an_earlier_draft_opens_unchanged_and_a_new_one_begins_on_the_new_version() -> None:
    stage = make_stage()
    call = make_call(stage)
    pi = make_pi()
    draft = make_proposal(call, pi=pi)
    before = digest(content_of(draft))
    issued(stage, call)
    draft = Proposal.objects.get(pk=draft.pk)
    assert digest(content_of(draft)) == before
    client = signed_in(pi)
    page = client.get(f"/ja/proposals/{draft.public_id}/sections/plan/")
    assert "共同研究計画の本文。" in text_of(page)
    assert 'data-max-codepoints="2000"' in page.content.decode()
    assert client.get(f"/ja/proposals/{draft.public_id}/sections/ethics/").status_code == 404
    other = make_pi()
    home = other.person.memberships.get().organisation
    assert start_proposal(call=call, by=other, institution=home).form_version.number == 2


def test_the_comparison_says_what_was_added_and_changed() -> None:
    stage = make_stage()
    call = make_call(stage)
    changed(stage, call)
    page = text_of(signed_in(stage.home1).get(versions(call)))
    for words in (
        "第1版から第2版への変更",
        "欄: 研究倫理",
        "追加",
        "欄: 共同研究計画",
        "2,000",
        "1,500",
        "準備中",
    ):
        assert words in page
    assert "順序変更" not in page


def test_those_who_write_are_told_once_by_mail_and_on_their_task_list() -> None:
    stage = make_stage()
    call = make_call(stage)
    pi = make_pi()
    draft, _submitted, withdrawn = (
        make_proposal(call, pi=pi),
        make_proposal(call, state="submitted"),
        make_proposal(call, state="withdrawn"),
    )
    issued(stage, call)
    job = Job.objects.get(name=TELL_JOB)
    run_job(job.pk)
    mails = OutboxMail.objects.filter(template="form_changed")
    assert mails.count() == 2
    mail = mails.get(recipient=pi.email)
    assert "倫理の欄を追加しました。" in mail.body
    assert f"/ja/proposals/{draft.public_id}/form-changes/" in mail.body
    assert not mails.filter(recipient=withdrawn.pi.user.email).exists()
    client = signed_in(pi)
    assert "公募の様式が変更されました" in text_of(client.get(f"/ja/proposals/{draft.public_id}/"))
    assert "研究倫理" in text_of(client.get(f"/ja/proposals/{draft.public_id}/form-changes/"))


def test_a_draft_on_the_newest_version_is_told_nothing() -> None:
    stage = make_stage()
    call = make_call(stage)
    issued(stage, call)
    pi = make_pi()
    draft = make_proposal(call, pi=pi)
    client = signed_in(pi)
    assert "公募の様式が変更されました" not in text_of(client.get(f"/ja/proposals/{draft.public_id}/"))
    assert "様式は変更されていません" in text_of(client.get(f"/ja/proposals/{draft.public_id}/form-changes/"))


def test_officers_see_how_many_proposals_stand_on_which_version_but_for_conflicts() -> None:
    stage = make_stage()
    call = make_call(stage)
    make_proposal(call)
    hidden = make_proposal(call, state="submitted")
    client = issued(stage, call)
    make_proposal(call)
    rows = client.get(versions(call)).context["rows"]
    assert [(r["version"].number, r["drafts"], r["received"]) for r in rows] == [(2, 1, 0), (1, 1, 1)]
    with writing():
        ProposalAccess.objects.create(
            proposal=hidden, person=stage.home1.person, kind="excluded", source="conflict"
        )
    rows = client.get(versions(call)).context["rows"]
    assert [(r["drafts"], r["received"]) for r in rows] == [(1, 0), (1, 0)]


def test_bad_reasons_stand_beside_their_fields_and_nothing_is_issued() -> None:
    stage = make_stage()
    call = make_call(stage)
    changed(stage, call)
    client = signed_in(stage.home1)
    answer = client.post(versions(call), {"reason_ja": "理由", "reason_en": ""})
    assert list(answer.context["form"].errors) == ["reason_en"]
    assert call.form_versions.get(number=2).frozen_at is None
    assert client.post(f"{versions(call)}drop/").status_code == 302
    assert call.form_versions.count() == 1
    assert client.post(versions(call), REASONS).status_code == 404
