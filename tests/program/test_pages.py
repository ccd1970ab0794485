"""The pages of the programme and its designations, in both languages."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from kernel.actions import writing
from program.models import (
    CountryGroup,
    CountryGroupMember,
    Designation,
    Envelope,
    EvidenceItem,
    Field,
)
from registries.models import Country
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.counting import asks

pytestmark = pytest.mark.django_db
LANGUAGES = ("ja", "en")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def count(user: User, path: str) -> int:
    client = signed_in(user)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return sum(asks(query["sql"]) for query in queries)


def draft(stage: Stage) -> Designation:
    with writing():
        return Designation.objects.create(programme=stage.programme, field=stage.field, country_id="US")


EVIDENCE = {
    "kind": "benefit",
    "measure_ja": "国際共著論文",
    "value": "１，８４０",
    "unit_ja": "件",
    "year": "2021",
    "source_ja": "調査",
    "source_url": "https://evidence.example/",
    "score": "2",
    "reason_ja": "世界第2位",
    "weight": "3",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("事業の目的", "2026年度（令和8年度）", "要求額")),
        ("en", ("Purpose", "FY2026 (Reiwa 8)", "Requested")),
    ],
)
def test_programme_shows_its_envelopes_by_year(language: str, words: tuple[str, ...]) -> None:
    stage = make_stage()
    page = text_of(signed_in(stage.ministry1).get(f"/{language}/programme/"))
    for word in (*words, "2,000,000,000", "20,000,000,000"):
        assert word in page


def test_envelopes_are_shown_to_the_ministry_and_to_their_own_agency_alone() -> None:
    stage = make_stage()
    seen = {
        who: "2,000,000,000" in text_of(signed_in(getattr(stage, who)).get("/ja/programme/"))
        for who in ("ministry1", "home1", "home2", "partner1")
    }
    assert seen == {"ministry1": True, "home1": True, "home2": True, "partner1": False}


def test_several_programmes_are_listed() -> None:
    stage, other = make_stage(), make_stage()
    page = text_of(signed_in(stage.home1).get("/en/programme/"))
    for programme in (stage.programme, other.programme):
        assert f"/en/programme/{programme.public_id}/" in page


def test_reduction_is_typed_without_a_sign() -> None:
    stage = make_stage()
    path = f"/ja/programme/{stage.programme.public_id}/envelopes/add/"
    client = signed_in(stage.ministry1)
    entry = {
        "agency": stage.home.pk,
        "fiscal_year": 2026,
        "kind": "reduction",
        "amount": "1,000,000",
        "reason": "執行停止",
    }
    assert client.post(path, entry).status_code == 302
    assert Envelope.objects.get(agency=stage.home, fiscal_year=2026).appropriated == 1_999_000_000
    for amount in ("-5", "ー５", "1.5", "2,000,000,000", "1\x00", "9" * 39, ""):
        response = client.post(path, {**entry, "amount": amount})
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["amount"])
    assert Envelope.objects.get(agency=stage.home, fiscal_year=2026).appropriated == 1_999_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_dossier_shows_its_balance_with_its_arithmetic(language: str) -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/{language}/designations/{designation.public_id}/"
    assert client.post(f"{path}evidence/add/", EVIDENCE).status_code == 302
    loss = {**EVIDENCE, "kind": "loss", "measure_ja": "費用", "value": "420", "score": "-1", "weight": "1"}
    assert client.post(f"{path}evidence/add/", loss).status_code == 302
    page = text_of(client.get(path))
    assert "(3×2 + 1×(−1)) / (3 + 1) = 5/4" in page
    assert "+1.25" in page
    assert "1,840" in page
    assert "2,260" not in page  # values in unlike units are never summed


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", "「費用」の重みを1から6以上に引き上げると、結果が逆転します。"),
        ("en", "The result turns if the weight of “Cost” is raised from 1 to 6 or more."),
    ],
)
def test_dossier_says_which_weight_would_turn_its_result(language: str, words: str) -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/{language}/designations/{designation.public_id}/"
    client.post(f"{path}evidence/add/", EVIDENCE)
    loss = {"kind": "loss", "measure_ja": "費用", "measure_en": "Cost", "score": "-1", "weight": "1"}
    client.post(f"{path}evidence/add/", {**EVIDENCE, **loss})
    assert words in text_of(client.get(path))


def test_reader_tries_weights_without_saving_them() -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/en/designations/{designation.public_id}/"
    client.post(f"{path}evidence/add/", EVIDENCE)
    client.post(f"{path}evidence/add/", {**EVIDENCE, "kind": "loss", "score": "-2", "weight": "1"})
    loss = EvidenceItem.objects.get(kind="loss")
    page = text_of(client.get(path, {f"w-{loss.public_id}": "5"}))
    assert "(3×2 + 5×(−2)) / (3 + 5) = −4/8" in page
    assert "−0.50" in page
    assert "(3×2 + 5×(−2)) / (3 + 5) = −4/8" in text_of(client.get(path, {f"w-{loss.public_id}": "５"}))
    loss.refresh_from_db()
    assert loss.weight == 1
    for nonsense in ("-1", "x", "1e9", "9999"):
        page = text_of(client.get(path, {f"w-{loss.public_id}": nonsense}))
        assert "A weight is a whole number from 0 to 100." in page
        assert "With these weights" not in page


def test_the_whole_way_of_a_designation() -> None:
    stage = make_stage()
    one, two = signed_in(stage.ministry1), signed_in(stage.ministry2)
    made = one.post(
        "/ja/designations/prepare/", {"field": stage.field.pk, "country": "GB", "summary_ja": "概要"}
    )
    designation = Designation.objects.get(state="draft")
    path = f"/ja/designations/{designation.public_id}/"
    assert made["Location"] == path
    refused = one.post(f"{path}propose/")
    assert refused.status_code == 422
    assert "内閣府との協議を記録してください。" in text_of(refused)
    assert one.post(f"{path}evidence/add/", EVIDENCE).status_code == 302
    assert (
        one.post(f"{path}policies/add/", {"title_ja": "基本計画", "decided_on": "2021-03-26"}).status_code
        == 302
    )
    consultation = {"held_on": "2026-05-20", "offices_ja": "内閣府", "points_ja": "分野"}
    assert one.post(f"{path}consultations/add/", consultation).status_code == 302
    assert one.post(f"{path}propose/").status_code == 302
    assert one.get(f"{path}review/").status_code == 404
    waiting = ("確認待ちの指定案", "1人目の決裁待ちの指定案", "決定待ちの指定")

    def told(client: Client) -> list[str]:
        page = text_of(client.get("/ja/"))
        return [words for words in waiting if words in page]

    assert (told(one), told(two)) == ([], ["確認待ちの指定案"])
    assert list(two.post(f"{path}review/", {"comment": ""}).context["form"].errors) == ["comment"]
    assert two.post(f"{path}review/", {"comment": "出典を確認した"}).status_code == 302
    assert "出典を確認した" in text_of(one.get(path))
    assert one.post(f"{path}sign/", {"valid_from": "2026-04-01"}).status_code == 302
    assert (told(one), told(two)) == ([], ["決定待ちの指定"])
    assert one.post(f"{path}decide/").status_code == 404
    assert two.post(f"{path}decide/").status_code == 302
    designation.refresh_from_db()
    assert (designation.state, designation.decided_by) == ("decided", stage.ministry2)
    assert two.post(f"{path}suspend/", {"reason": "", "on": "2026-05-01"}).status_code == 200
    assert two.post(f"{path}suspend/", {"reason": "確認中", "on": "2026-05-01"}).status_code == 302
    designation.refresh_from_db()
    assert designation.state == "suspended"


@pytest.mark.parametrize(("language", "words"), [("ja", "作成中に差戻し"), ("en", "Returned to preparation")])
def test_proposer_reads_why_a_designation_was_returned(language: str, words: str) -> None:
    stage = make_stage()
    designation = draft(stage)
    with writing():
        Designation.objects.filter(pk=designation.pk).update(state="proposed", proposed_by=stage.ministry1)
    path = f"/{language}/designations/{designation.public_id}/"
    assert signed_in(stage.ministry2).post(f"{path}return/", {"reason": "根拠が古い"}).status_code == 302
    page = text_of(signed_in(stage.ministry1).get(path))
    assert words in page
    assert "根拠が古い" in page


def test_envelope_leads_back_to_its_entries() -> None:
    stage = make_stage()
    envelope = Envelope.objects.get(agency=stage.home, fiscal_year=2026)
    path = f"/en/envelopes/{envelope.public_id}/"
    assert path in text_of(signed_in(stage.ministry1).get("/en/programme/"))
    page = text_of(signed_in(stage.home1).get(path))
    assert "appropriation" in page
    assert "2,000,000,000" in page
    assert signed_in(stage.partner1).get(path).status_code == 404


def test_others_see_what_was_decided_and_no_dossier() -> None:
    stage = make_stage()
    hidden = draft(stage)
    client = signed_in(make_user())
    assert client.get(f"/ja/designations/{hidden.public_id}/").status_code == 404
    page = text_of(client.get(f"/ja/designations/{stage.designation.public_id}/"))
    assert "量子 × アメリカ合衆国" in page
    assert "ベネフィット" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure_ja": "研究\x00計画"},
        {"measure_ja": "x" * 201},
        {"value": "1e400"},
        {"value": "NaN"},
        {"value": "9" * 30},
        {"year": "99999999999999999999"},
        {"score": "3"},
        {"score": "-1"},
        {"weight": "-1"},
        {"weight": "1.5"},
        {"source_url": "javascript:alert(1)"},
        {"kind": "other"},
        {"reason_ja": ""},
        {"source_ja": ""},
        {"source_ja": "　"},
        {"weight": "101"},
    ],
)
def test_bad_evidence_comes_back_beside_its_field(wrong: dict[str, str]) -> None:
    stage = make_stage()
    path = f"/ja/designations/{draft(stage).public_id}/evidence/add/"
    response = signed_in(stage.ministry1).post(path, {**EVIDENCE, **wrong})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(wrong)
    assert not EvidenceItem.objects.exists()


@pytest.mark.parametrize("day", ["1900-01-01", "0001-01-01", "9999-12-31", "2027-02-30", "x"])
def test_impossible_day_is_a_field_error(day: str) -> None:
    stage = make_stage()
    path = f"/ja/designations/{draft(stage).public_id}/policies/add/"
    response = signed_in(stage.ministry1).post(path, {"title_ja": "計画", "decided_on": day})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["decided_on"])


def test_second_click_adds_evidence_once() -> None:
    stage = make_stage()
    path = f"/ja/designations/{draft(stage).public_id}/evidence/add/"
    client = signed_in(stage.ministry1)
    for _ in range(2):
        assert client.post(path, {**EVIDENCE, "form_token": "one-token"}).status_code == 302
    assert EvidenceItem.objects.count() == 1


def test_stale_form_changes_no_proposed_dossier() -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/ja/designations/{designation.public_id}/evidence/add/"
    with writing():
        Designation.objects.filter(pk=designation.pk).update(state="proposed", proposed_by=stage.ministry1)
    response = client.post(path, EVIDENCE)
    assert response.status_code == 200
    assert "分析資料を変更できるのは作成中の間だけです。" in text_of(response)
    assert not EvidenceItem.objects.exists()


def more_of(stage: Stage, rows: int) -> None:
    with writing():
        for number in range(rows - 1):
            code = f"{'ABC'[number]}X"
            Country.objects.create(code=code, name_ja=code, name_en=code)
            field = Field.objects.create(
                programme=stage.programme,
                code=f"f{number}",
                title_ja=f"分野{number}",
                title_en=f"Field {number}",
            )
            Designation.objects.create(programme=stage.programme, field=field, country_id=code)
        for number in range(rows):
            group = CountryGroup.objects.create(
                programme=stage.programme, code=f"g{number}", title_ja="国群", title_en="Group"
            )
            CountryGroupMember.objects.create(group=group, country_id="US", starts_on=dt.date(2023, 4, 1))
    for _ in range(rows):
        make_call(stage)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/ja/designations/", 7), ("/ja/calls/", 8), ("/ja/fields/", 9), ("/ja/agencies/", 8)],
)
def test_list_is_flat(path: str, queries: int, rows: int) -> None:
    stage = make_stage()
    more_of(stage, rows)
    assert count(stage.ministry1, path) == queries


def test_ministry_sets_up_a_programme_and_changes_it() -> None:
    stage = make_stage()
    client = signed_in(stage.ministry1)
    values = {
        "code": "next",
        "ministry": stage.ministry.pk,
        "title_ja": "次の事業",
        "title_en": "Next",
        "first_year": "2030",
        "last_year": "2034",
        "year_begins_in_month": "4",
        "currency": "jpy",
        "fund_model": "multi_year",
        "default_tier": "3",
    }
    for wrong in ({"last_year": "2029"}, {"year_begins_in_month": "13"}, {"code": stage.programme.code}):
        response = client.post("/ja/programme/create/", {**values, **wrong})
        assert (response.status_code, list(response.context["form"].errors)) == (200, list(wrong))
    assert client.post("/ja/programme/create/", values).status_code == 302
    path = f"/ja/programme/{stage.programme.public_id}/change/"
    words = {"title_ja": "改題", "title_en": "New"}
    assert list(client.post(path, {**words, "last_year": "2030"}).context["form"].errors) == ["last_year"]
    assert client.post(path, {**words, "last_year": "2034"}).status_code == 302
    stage.programme.refresh_from_db()
    assert (stage.programme.title_ja, stage.programme.last_year) == ("改題", 2034)


def test_what_was_entered_by_mistake_is_taken_out_of_a_draft_alone() -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/ja/designations/{designation.public_id}/"
    for number in range(2):
        client.post(f"{path}policies/add/", {"title_ja": f"計画{number}"})
        client.post(
            f"{path}consultations/add/",
            {"held_on": "2026-05-20", "offices_ja": "内閣府", "points_ja": "分野"},
        )
    first, second = designation.policies.order_by("id")
    talk, other_talk = designation.consultations.order_by("id")
    assert f"/ja/policies/{first.public_id}/remove/" in text_of(client.get(path))
    assert client.post(f"/ja/policies/{first.public_id}/remove/").status_code == 302
    assert client.post(f"/ja/consultations/{talk.public_id}/remove/").status_code == 302
    with writing():
        Designation.objects.filter(pk=designation.pk).update(state="proposed", proposed_by=stage.ministry1)
    assert client.post(f"/ja/policies/{second.public_id}/remove/").status_code == 422
    assert client.post(f"/ja/consultations/{other_talk.public_id}/remove/").status_code == 422
    assert (list(designation.policies.all()), list(designation.consultations.all())) == (
        [second],
        [other_talk],
    )


def test_statement_and_evaluation_are_taken_away_by_the_ministry() -> None:
    stage = make_stage()
    client = signed_in(stage.ministry1)
    path = f"/ja/programme/{stage.programme.public_id}/"
    fact = {"about": "years", "dated": "2022"}
    fact |= {f"{name}_{code}": "x" for name in ("value", "source") for code in ("ja", "en")}
    assert client.post(f"{path}facts/add/", fact).status_code == 302
    assert (
        client.post(
            f"{path}evaluations/add/", {"kind": "interim", "year": "2027", "remind_days": "90"}
        ).status_code
        == 302
    )
    wrong = stage.programme.facts.get(), stage.programme.evaluations.get()
    for route, part in zip(("facts", "evaluations"), wrong, strict=True):
        assert signed_in(stage.home1).post(f"/ja/{route}/{part.public_id}/remove/").status_code == 404
        assert client.post(f"/ja/{route}/{part.public_id}/remove/").status_code == 302
    assert (stage.programme.facts.count(), stage.programme.evaluations.count()) == (0, 0)


def test_designations_are_filtered_in_the_address() -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    rows = client.get("/ja/designations/?state=draft").context["rows"]
    assert [row["designation"] for row in rows] == [designation]
    assert client.get("/ja/designations/?state=%00").status_code == 200


def test_a_draft_offers_its_next_step_first_and_the_proposal_once_it_is_whole() -> None:
    stage = make_stage()
    designation = draft(stage)
    client = signed_in(stage.ministry1)
    path = f"/ja/designations/{designation.public_id}/"

    def primary() -> list[str]:
        return [move.url for move in client.get(path).context["moves"] if move.tone == "primary"]

    assert primary() == [f"{path}evidence/add/"]
    client.post(f"{path}evidence/add/", EVIDENCE)
    assert primary() == [f"{path}policies/add/"]
    client.post(f"{path}policies/add/", {"title_ja": "計画"})
    assert primary() == [f"{path}consultations/add/"]
    client.post(
        f"{path}consultations/add/", {"held_on": "2026-05-20", "offices_ja": "内閣府", "points_ja": "分野"}
    )
    assert primary() == [f"{path}propose/"]
