"""Support types of a call: chosen by every applicant, held by the rules, shown wherever the proposal is."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.actions import writing
from kernel.violations import RuleBroken
from program.actions.call_extras import remove_support_type
from program.models import Call, SupportType
from projects.actions.adoption import adopt_proposal
from projects.actions.ledger import record_change
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of
from proposals.actions.core import save_core, start_proposal
from proposals.actions.putting_back import put_back
from proposals.actions.signing import core_digest
from proposals.actions.submission import reopen_proposal, submit_proposal
from proposals.actions.trials import start_trial
from proposals.documents import submission_pdf
from proposals.models import Proposal
from proposals.rules.completeness import gaps
from tests.builders.program import Stage, make_call, make_stage, make_support_type
from tests.builders.projects import make_project
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_documents import words_of

pytestmark = pytest.mark.django_db
NEXT_YEARLY = 60_000_000


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def call(stage: Stage) -> Call:
    """Three to five years in all; "Top" as the call, "Next generation" for three years and 60 million yen a year."""
    made = make_call(stage)
    make_support_type(made, "top")
    make_support_type(
        made,
        "next",
        yearly=NEXT_YEARLY,
        max_years=3,
        early_career_ja="博士号取得後10年以内",
        early_career_en="within ten years of the doctorate",
    )
    return made


def of(call: Call, key: str) -> SupportType:
    return call.support_types.get(key=key)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(route: str, *args: Any) -> str:
    with translation.override("ja"):
        return reverse(f"proposals:{route}", args=args)


def refused(act: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [(violation.code, violation.field) for violation in broken.value.violations]


def start(call: Call, pi: User, support_type: SupportType | None) -> Proposal:
    return start_proposal(
        call=call,
        by=pi,
        institution=pi.person.memberships.get().organisation,
        designation=call.call_designations.get().designation,
        support_type=support_type,
    )


def save(proposal: Proposal, pi: User, **values: Any) -> Proposal:
    given = {"title_ja": "題", "title_en": "Title", "years": 3, "version": 10, **values}
    return save_core(proposal=proposal, by=pi, **given)


def test_a_draft_begins_with_a_type_and_as_many_years_as_it_allows(call: Call) -> None:
    pi, foreign = make_pi(), make_support_type(make_call(make_stage()))
    assert refused(lambda: start(call, pi, None)) == [("support_type_missing", "support_type")]
    assert refused(lambda: start(call, pi, foreign)) == [("support_type_not_of_call", "support_type")]
    assert [start(call, pi, of(call, key)).years for key in ("top", "next")] == [5, 3]


def test_a_call_without_types_asks_for_none(stage: Stage) -> None:
    proposal = make_proposal(make_call(stage))
    assert gaps(written_of(proposal)) == []
    assert "support_type" not in content_of(proposal)


def test_the_type_is_changed_while_a_draft_and_its_years_hold(call: Call) -> None:
    pi = make_pi()
    proposal = make_proposal(call, pi=pi, support_type=of(call, "top"))
    assert refused(lambda: save(proposal, pi, years=5, support_type=of(call, "next"))) == [
        ("years_outside_type", "years")
    ]
    foreign = make_support_type(make_call(make_stage()))
    assert refused(lambda: save(proposal, pi, support_type=foreign)) == [
        ("support_type_not_of_call", "support_type")
    ]
    saved = save(proposal, pi, support_type=of(call, "next"))
    assert (saved.support_type.key, saved.years) == ("next", 3)
    assert save(saved, pi, title_ja="改題").support_type.key == "next"


def test_what_lacks_names_the_type_its_years_and_its_caps(call: Call) -> None:
    proposal = make_proposal(call)  # 78 million yen a year over five years, no type chosen
    assert [(found.code, found.field) for found in gaps(written_of(proposal))] == [
        ("support_type_missing", "core")
    ]
    proposal.support_type = of(call, "next")
    assert {(found.code, found.field) for found in gaps(written_of(proposal))} == {
        ("years_outside_type", "core"),
        ("cap_year_total_exceeded", "budget"),
    }
    proposal.support_type = of(call, "top")
    assert gaps(written_of(proposal)) == []


def test_nothing_is_submitted_over_the_cap_of_the_type(call: Call) -> None:
    pi = make_pi()
    proposal = make_proposal(
        call, pi=pi, years=3, support_type=of(call, "next"), yearly={"goods": 60_000_001}
    )
    assert (
        refused(lambda: submit_proposal(proposal=proposal, by=pi))
        == [("cap_year_total_exceeded", "budget")] * 3
    )
    fits = make_proposal(call, pi=pi, years=3, support_type=of(call, "next"), yearly={"goods": NEXT_YEARLY})
    assert submit_proposal(proposal=fits, by=pi).content["support_type"]["key"] == "next"


def test_the_type_is_in_what_is_signed_printed_and_put_back(call: Call) -> None:
    pi = make_pi()
    yearly = {"goods": NEXT_YEARLY}
    proposal = make_proposal(call, pi=pi, years=3, support_type=of(call, "next"), yearly=yearly)
    signed = core_digest(content_of(proposal))
    submission = submit_proposal(proposal=proposal, by=pi)
    text = words_of(submission_pdf(submission))
    assert "支援タイプSupporttype次世代" in text
    assert "博士号取得後10年以内" in text
    proposal = reopen_proposal(proposal=proposal, by=pi)
    proposal = save(proposal, pi, support_type=of(call, "top"))
    assert core_digest(content_of(proposal)) != signed
    with writing():
        put_back(proposal, submission.content)
    assert Proposal.objects.get(pk=proposal.pk).support_type.key == "next"


def test_the_award_takes_the_caps_of_the_type_and_the_ledger_holds_them(stage: Stage) -> None:
    call = make_call(stage, state="review")
    next_type = make_support_type(call, "next", yearly=NEXT_YEARLY)
    make_support_type(call, "top", yearly=90_000_000)
    chosen = {"support_type": next_type, "years": 3}
    over = make_proposal(call, state="adopted", yearly={"goods": 60_000_001}, **chosen)
    assert {code for code, _field in refused(lambda: adopt_proposal(proposal=over, by=stage.home2))} == {
        "cap_exceeded"
    }
    project = make_project(stage, call=call, yearly={"goods": 59_000_000}, **chosen)
    limits = project.cap_accounts.filter(fiscal_year=2026).order_by("limit").values_list("limit", flat=True)
    assert list(limits) == [NEXT_YEARLY, 100_000_000]
    client = client_of(stage.home1)
    with translation.override("ja"):
        page = client.get(reverse("projects:project", args=[project.public_id])).content.decode()
    assert page.count("次世代") == 1 + 3  # in the outline, and with each of its caps
    found = refused(
        lambda: record_change(
            project=project,
            by=stage.home1,
            fiscal_year=2026,
            category="goods",
            amount=1_000_001,
            reason="理由",
        )
    )
    assert found == [("cap_reached", "amount")]


def test_a_type_that_only_a_test_of_the_form_has_chosen_can_go(stage: Stage) -> None:
    draft = make_call(stage, state="draft")
    top = make_support_type(draft)
    trial = start_trial(call=draft, by=stage.home1)
    save(trial, stage.home1, support_type=top)
    remove_support_type(support_type=top, by=stage.home1)
    assert Proposal.objects.get(pk=trial.pk).support_type is None


def test_the_applicant_chooses_and_sees_what_is_left_of_every_cap(call: Call) -> None:
    pi = make_pi()
    client = client_of(pi)
    begin = url("start", call.public_id)
    page = client.get(begin).content.decode()
    assert "博士号取得後10年以内" in page
    values = {
        "institution": pi.person.memberships.get().organisation_id,
        "designation": call.call_designations.get().designation_id,
    }
    assert list(client.post(begin, values).context["form"].errors) == ["support_type"]
    made = client.post(begin, {**values, "support_type": of(call, "next").pk})
    proposal = Proposal.objects.get(pi=pi.person)
    assert (made.status_code, proposal.support_type.key) == (302, "next")
    budget = client.post(
        url("budget", proposal.public_id),
        {"version": 1, "goods_2026": "60,000,001", "goods_2027": "1", "calculate": "1"},
    ).content.decode()
    for words in ("次世代：上限 60,000,000円", "1 超過", "59,999,999", "39,999,999"):
        assert words in budget
    core = url("core", proposal.public_id)
    changed = {"title_ja": "題", "title_en": "T", "years": "4", "version": 1, **values}
    answer = client.post(core, {**changed, "support_type": of(call, "next").pk})
    assert list(answer.context["form"].errors) == ["years"]
    assert client.post(core, {**changed, "support_type": of(call, "top").pk}).status_code == 302
    assert "トップ" in client.get(url("check", proposal.public_id)).content.decode()


def test_officers_filter_by_type_see_it_and_export_it(stage: Stage) -> None:
    call = make_call(stage, state="review")
    top, following = make_support_type(call, "top"), make_support_type(call, "next")
    for one in (top, following, following):
        make_proposal(call, state="eligible", support_type=one)
    client = client_of(stage.home1)
    office = url("office")
    rows = client.get(office, {"support_type": following.public_id}).context["rows"]
    assert ["次世代" in [cell.text for cell in row["cells"]] for row in rows] == [True, True]
    export = client.get(url("office_export", "csv"), {"support_type": top.public_id})
    table = list(csv.DictReader(io.StringIO(b"".join(export.streaming_content).decode("utf-8-sig"))))
    assert [row["支援タイプ"] for row in table] == ["トップ"]


def test_calls_without_types_show_officers_neither_column_nor_filter(stage: Stage) -> None:
    make_proposal(make_call(stage, state="review"), state="eligible")
    page = client_of(stage.home1).get(url("office"))
    assert "support_type" not in page.context["filter_form"].fields
    assert "支援タイプ" not in page.content.decode()
