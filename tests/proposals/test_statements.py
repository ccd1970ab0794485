"""Statements on compliance: Japan's annex, required or warned as the call sets."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.violations import NotAllowed, RuleBroken, sentence
from program.actions.calls import change_call
from program.agreed import call_digest
from program.models import Call
from proposals.actions.approval import submission_gap
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of
from proposals.actions.putting_back import put_back
from proposals.actions.signing import core_digest
from proposals.actions.statement_content import statement_gaps
from proposals.actions.statements import change_statement, make_statement, remove_statement
from proposals.actions.submission import submit_proposal
from proposals.documents import proposal_pdf, sheet_of
from proposals.models import Proposal, Statement
from proposals.rules.completeness import gaps
from tests.builders.approval import make_approval, make_approving_call, make_signed, sign_all
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal, make_statement_row

pytestmark = pytest.mark.django_db
TRAINING = {"course": "eAPRIN", "done_on": dt.date(2025, 4, 1)}


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def state(proposal: Proposal, kind: str, **fields: Any) -> Statement:
    if kind in ("ethics_training", "integrity"):
        fields = {"member": proposal.team.get(role="pi"), **fields}
    return make_statement(proposal=proposal, by=proposal.pi.user, kind=kind, **fields)


def want(proposal: Proposal, *kinds: str) -> Proposal:
    with writing():
        Call.objects.filter(pk=proposal.call_id).update(required_statements=" ".join(kinds))
    return Proposal.objects.select_related("call__programme").get(pk=proposal.pk)


def test_a_statement_bears_its_day_and_who_made_it(draft: Proposal) -> None:
    with time_machine.travel(dt.datetime(2026, 10, 31, 15, 30, tzinfo=dt.UTC)):
        made = state(draft, "export_control", text=" 該当なし ")
    # It is 1 November in Japan.
    assert (made.text, made.stated_on, made.stated_by) == ("該当なし", dt.date(2026, 11, 1), draft.pi)
    with translation.override("ja"):
        rows = sheet_of(content_of(draft), "ja", draft.created_at)["statements"]["rows"]
    assert rows[0][:3] == ["安全保障輸出管理", "提案全体", "該当なし"]


def approval_gap_of(proposal: Proposal) -> str:
    gap = submission_gap(proposal, content_of(proposal))
    return gap.code if gap else ""


def test_what_says_the_same_keeps_its_day_and_the_content(draft: Proposal) -> None:
    made = state(draft, "ethics_training", **TRAINING)
    before, member = content_of(draft), draft.team.get(role="pi")
    with time_machine.travel(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)):
        same = change_statement(statement=made, by=draft.pi.user, member=member, **TRAINING)
        assert content_of(draft) == before
        other = change_statement(
            statement=same, by=draft.pi.user, member=member, **{**TRAINING, "course": "ORI"}
        )
    assert other.stated_on == dt.date(2026, 12, 1)


def test_it_is_of_the_teams_writers_and_made_once(draft: Proposal) -> None:
    state(draft, "data_management", text="x")
    assert refused(lambda: state(draft, "data_management", text="y")) == ["statement_twice"]
    partner = draft.team.get(role="partner_pi")
    assert refused(lambda: state(draft, "integrity", member=partner, text="x")) == ["member_of_another_team"]
    with pytest.raises(NotAllowed):
        make_statement(proposal=draft, by=make_user(), kind="export_control", text="x")
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        make_statement_row(draft, kind="data_management")


def test_a_change_voids_the_institutions_approval_and_no_signature() -> None:
    stage = make_stage()
    proposal = make_signed(make_approving_call(stage))
    sign_all(proposal)
    make_approval(proposal)
    core, before = core_digest(content_of(proposal)), approval_gap_of(proposal)
    state(proposal, "export_control", text="該当なし")
    assert core_digest(content_of(proposal)) == core
    assert (before, approval_gap_of(proposal)) == ("approval_asked", "approval_outdated")


def test_the_call_says_what_must_be_there_and_the_rest_is_warned(draft: Proposal) -> None:
    assert not [v for v in gaps(written_of(draft)) if v.field == "statements"]
    assert len(statement_gaps(draft, required=False)) == 4
    draft = want(draft, "export_control", "ethics_training")
    assert [v.code for v in gaps(written_of(draft))] == ["statement_missing", "statement_missing_of"]
    assert len(statement_gaps(draft, required=False)) == 2
    assert refused(lambda: submit_proposal(proposal=draft, by=draft.pi.user)) == [
        "statement_missing",
        "statement_missing_of",
    ]
    state(draft, "export_control", text="該当なし")
    state(draft, "ethics_training", **TRAINING, valid_until=dt.date(2025, 12, 31))
    draft = want(draft, "export_control", "ethics_training")
    assert [v.code for v in gaps(written_of(draft))] == ["training_expired"]


def test_it_is_put_back_as_it_was_submitted_and_taken_back(draft: Proposal) -> None:
    kept = state(draft, "integrity", text="兼業なし")
    content = content_of(draft)
    remove_statement(statement=kept, by=draft.pi.user)
    assert "statements" not in content_of(draft)
    state(draft, "export_control", text="後から")
    with writing():
        put_back(draft, content)
    assert content_of(draft) == content


def test_the_pdf_has_them(draft: Proposal) -> None:
    state(draft, "integrity", text="見本大学 教授\n兼業なし")
    state(draft, "ethics_training", **TRAINING, text="備考")
    assert proposal_pdf(content_of(draft), issued_at=draft.created_at).startswith(b"%PDF")


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_ask_for_each_kind_and_keep_what_was_typed(draft: Proposal, language: str) -> None:
    draft = want(draft, "ethics_training")
    client = client_of(draft.pi.user)
    with translation.override(language):
        listed = reverse("proposals:statements", args=[draft.public_id])
        add = reverse("proposals:statement_add", args=[draft.public_id, "ethics_training"])
        unknown = reverse("proposals:statement_add", args=[draft.public_id, "gossip"])
        check = reverse("proposals:check", args=[draft.public_id])
    assert add in client.get(listed).content.decode()
    assert client.get(unknown).status_code == 404
    values = {"member": draft.team.get(role="pi").public_id, "course": "eAPRIN", "done_on": "2025-04-01"}
    for changes, field in (
        ({"course": "x\x00"}, "course"),
        ({"done_on": "昨日"}, "done_on"),
        ({"done_on": "2099-01-01"}, "done_on"),
        ({"valid_until": "2025-03-31"}, "valid_until"),
        ({"text": "x" * 2_001}, "text"),
        ({"member": ""}, "member"),
    ):
        response = client.post(add, {**values, **changes})
        assert response.status_code == 200, changes
        assert list(response.context["form"].errors) == [field]
    assert [error["url"] for error in client.get(check).context["errors"]] == [listed]
    assert client.post(add, {**values, "done_on": "２０２５-04-01"}).status_code == 302
    assert client.get(check).context["errors"] == []
    assert Statement.objects.get().done_on == dt.date(2025, 4, 1)


def test_agencies_agree_to_what_is_wanted_and_a_call_from_before_is_as_it_was() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    before = call_digest(call)
    change_call(call=call, by=stage.home1, required_statements="export_control")
    call.refresh_from_db()
    assert call_digest(call) != before
    change_call(call=call, by=stage.home1, required_statements="")
    call.refresh_from_db()
    assert call_digest(call) == before


def test_the_call_page_says_what_is_wanted() -> None:
    stage = make_stage()
    call = make_call(stage)
    with writing():
        Call.objects.update(required_statements="export_control integrity")
    page = client_of(stage.home1).get(f"/ja/calls/{call.public_id}/").content.decode()
    assert "安全保障輸出管理、研究インテグリティ" in page
