"""The pages of calls, from preparation to review, in both languages."""

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from program.contributions import call_moves
from program.models import Call, Criterion, Milestone
from program.queries import open_calls
from tests.builders.people import make_agency, make_user
from tests.builders.program import (
    Stage,
    add_fields_section,
    make_call,
    make_stage,
    make_support_type,
    settle,
)
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
PREPARED = dt.datetime(2026, 11, 25, 1, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)


def new_call(stage: Stage, **changes: Any) -> dict[str, Any]:
    return {
        "programme": stage.programme.pk,
        "lead_agency": stage.home.pk,
        "code": "2027q-us",
        "title_ja": "2027年度 量子 日米共同公募",
        "title_en": "Quantum, 2027",
        "mode": "joint_call",
        "tier": "3",
        "agreement": "joint_panel",
        "opens_at": "2026-12-01T10:00",
        "deadline_at": "2027-03-15 17:00",
        "first_year": "2027",
        "min_years": "3",
        "max_years": "５",
        "indirect_percent": "30",
        "notice": "off",
        "sufficient_yearly_yen": "10,000,000",
        **changes,
    }


def prepared(stage: Stage) -> tuple[Client, Call, str]:
    client = signed_in(stage.home1)
    with clock.set_to(PREPARED):
        made = client.post("/ja/calls/prepare/", new_call(stage))
    call = Call.objects.get()
    assert made["Location"] == f"/ja/calls/{call.public_id}/preparation/"
    return client, call, f"/ja/calls/{call.public_id}/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            (
                "2027年3月15日（令和9年） 17:00 JST",
                "2027-03-15 08:00 UTC",
                "1課題につき各年度100,000,000円、総額（間接経費を含む）",
                "3年から5年",
                "極めて優れている",
                "共同公募型",
            ),
        ),
        (
            "en",
            (
                "15 March 2027 (Reiwa 9), 17:00 JST",
                "2027-03-15 08:00 UTC",
                "¥100,000,000 a project and a fiscal year (total, indirect cost included)",
                "3 to 5 years",
                "Outstanding",
                "joint call",
            ),
        ),
    ],
)
def test_call_says_all_that_an_applicant_must_know(language: str, words: tuple[str, ...]) -> None:
    stage = make_stage()
    call = make_call(stage, deadline_at=dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC))
    page = text_of(signed_in(make_user()).get(f"/{language}/calls/{call.public_id}/"))
    for word in (*words, stage.home.short_name, stage.partner.short_name):
        assert word in page
    assert "data-instant" in page  # by which a script adds the reader's own zone


def test_agency_that_does_not_sign_in_is_named_as_such() -> None:
    stage = make_stage()
    call = make_call(stage, signs_in=False)
    page = text_of(signed_in(make_user()).get(f"/ja/calls/{call.public_id}/"))
    assert "回答は文書に基づき代理で記録" in page


def test_call_from_preparation_to_review() -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    with clock.set_to(PREPARED):
        page = text_of(client.get(f"{path}preparation/"))
        assert "公募の対象とする指定を1件以上選んでください。" in page
        assert "合意を要する機関が2機関以上参加する必要があります。" in page
        assert f"{path}open/" not in page
        assert client.post(f"{path}open/").status_code == 422
        assert client.post(f"{path}designations/", {"designation": stage.designation.pk}).status_code == 302
        partner = {
            "agency": stage.partner.pk,
            "starts_on": "2026-11-01",
            "must_agree": "on",
            "signs_in": "on",
        }
        assert client.post(f"{path}agencies/", partner).status_code == 302
        page = text_of(client.get(f"{path}preparation/"))
        for words in (
            f"{stage.partner.short_name}は現在の内容の公募に同意していません。",
            "様式の試験入力を行い、試験送信してください。",
        ):
            assert words in page
        settle(call)
        page = text_of(client.get(f"{path}preparation/"))
        assert "不足はありません。" in page
    with clock.set_to(OPENS):
        assert f"{path}open/" in text_of(client.get(f"{path}preparation/"))
        assert client.post(f"{path}open/").status_code == 302
        assert client.post(f"{path}close/").status_code == 422
        assert client.get(f"{path}preparation/").status_code == 404
    call.refresh_from_db()
    assert (call.state, call.caps.get().limit_yen) == ("open", 100_000_000)
    with writing():
        Call.objects.filter(pk=call.pk).update(deadline_at=now(), opens_at=now() - dt.timedelta(days=1))
    assert "締切を過ぎ、締め切るべき公募" in text_of(client.get("/ja/"))
    assert client.post(f"{path}close/").status_code == 302
    assert "審査を開始できる公募" in text_of(client.get("/ja/"))
    assert client.post(f"{path}begin-review/").status_code == 302
    call.refresh_from_db()
    assert call.state == "review"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"max_years": "4"}, ["max_years"]),
        ({"min_years": "6"}, ["min_years"]),
        ({"tier": "2"}, ["mode"]),
        ({"tier": "9"}, ["tier"]),
        ({"deadline_at": "2026-12-01T10:00"}, ["deadline_at"]),
        ({"deadline_at": "9999-12-31T23:59"}, ["deadline_at"]),
        ({"deadline_at": "0001-01-01T00:00"}, ["deadline_at"]),
        ({"opens_at": "tomorrow"}, ["opens_at"]),
        ({"first_year": "2050"}, ["first_year"]),
        ({"first_year": "9" * 30}, ["first_year"]),
        ({"code": "a b"}, ["code"]),
        ({"code": "x" * 41}, ["code"]),
        ({"title_ja": "量子\x00"}, ["title_ja"]),
        ({"title_en": "x" * 201}, ["title_en"]),
        ({"summary_ja": "字" * 4_001}, ["summary_ja"]),
        ({"sufficient_yearly_yen": "-1"}, ["sufficient_yearly_yen"]),
        ({"indirect_percent": "30.5"}, ["indirect_percent"]),
        ({"lead_agency": "999999"}, ["lead_agency"]),
    ],
)
def test_bad_call_comes_back_beside_its_field(wrong: dict[str, str], fields: list[str]) -> None:
    stage = make_stage()
    response = signed_in(stage.home1).post("/ja/calls/prepare/", new_call(stage, **wrong))
    assert (response.status_code, list(response.context["form"].errors)) == (200, fields)
    assert not Call.objects.exists()


def test_call_with_a_taken_code_is_refused_in_words() -> None:
    stage = make_stage()
    client, _call, _path = prepared(stage)
    response = client.post("/en/calls/prepare/", new_call(stage))
    assert response.context["form"].errors == {"code": ["Another call has this code."]}


def test_nobody_leads_a_call_for_another_agency() -> None:
    stage = make_stage()
    other = make_agency()
    response = signed_in(stage.home1).post("/ja/calls/prepare/", new_call(stage, lead_agency=other.pk))
    assert list(response.context["form"].errors) == ["lead_agency"]
    assert signed_in(stage.partner1).get("/ja/calls/prepare/").status_code == 404


@pytest.mark.parametrize(
    ("cap", "fields"),
    [
        ({"amount": "0"}, ["amount"]),
        ({"amount": "-1"}, ["amount"]),
        ({"amount": "1.5"}, ["amount"]),
        ({"amount": "x"}, ["amount"]),
        ({"currency": "円"}, ["currency"]),
        ({"currency": "US\x00"}, ["currency"]),
        ({"basis": "all"}, ["basis"]),
    ],
)
def test_bad_cap_comes_back_beside_its_field(cap: dict[str, str], fields: list[str]) -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    good = {"amount": "1", "currency": "JPY", "basis": "direct", "period": "whole_term"}
    response = client.post(f"{path}caps/", {**good, **cap})
    assert (response.status_code, list(response.context["form"].errors)) == (200, fields)
    assert call.caps.count() == 1


def test_foreign_cap_is_read_in_its_own_minor_units() -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    cap = {"amount": "1,500,000.50", "currency": "usd", "basis": "direct", "period": "whole_term"}
    assert client.post(f"{path}caps/", cap).status_code == 302
    assert call.caps.get(period="whole_term").amount == 150_000_050
    page = text_of(client.get(f"{path}caps/"))
    assert "1課題につき全期間1,500,000.50 USD" in page
    assert "円換算額は公募開始時に確定" in page


def test_criterion_is_changed_with_the_words_of_its_steps() -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    people = call.form_versions.get().criteria.get(aspect="people")
    url = f"{path}form/criteria/{people.position}/"
    shown = client.get(url).context["form"].initial
    values = {
        **{
            name: shown[name] for name in ("aspect", "title_ja", "title_en", "lowest", "highest", "direction")
        },
        "weight": "4",
        "anchors_ja": "1：計画がない\r\n5: 数十年続く",
        "anchors_en": "5: Ties for decades",
    }
    assert client.post(url, values).status_code == 302
    changed = Criterion.objects.get(version__call=call, aspect="people")
    assert (changed.weight, changed.anchors) == (
        4,
        {"1": {"ja": "計画がない"}, "5": {"ja": "数十年続く", "en": "Ties for decades"}},
    )
    response = client.post(url, {**values, "anchors_ja": "計画がない"})
    assert list(response.context["form"].errors) == ["anchors_ja"]
    refused = client.post(url, {**values, "aspect": "plan"})
    assert list(refused.context["form"].errors) == ["aspect"]
    assert client.post(f"{url}remove/").status_code == 422


def test_sections_are_added_changed_and_taken_out() -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    section = {
        "key": "ethics",
        "title_ja": "研究倫理",
        "title_en": "Ethics",
        "kind": "text",
        "unit": "characters",
        "limit": "500",
        "is_required": "on",
    }
    assert client.post(f"{path}form/add-section/", section).status_code == 302
    assert list(client.post(f"{path}form/add-section/", section).context["form"].errors) == ["key"]
    assert client.post(f"{path}form/sections/ethics/", {**section, "limit": "800"}).status_code == 302
    sections = call.form_versions.get().sections
    assert sections.get(key="ethics").limit == 800
    assert client.post(f"{path}form/sections/plan/remove/").status_code == 302
    assert [s.key for s in sections.all()] == ["collaboration", "dispatch", "acceptance", "benefit", "ethics"]
    assert client.get(f"{path}form/sections/plan/").status_code == 404
    assert client.get(f"{path}form/criteria/{10**40}/").status_code == 404


def a_field(**changes: Any) -> dict[str, Any]:
    return {"key": "cost", "title_ja": "経費", "title_en": "Cost", "is_required": "on", **changes}


def test_fields_of_a_section_are_added_changed_ordered_and_taken_out() -> None:
    stage = make_stage()
    client, call, path = prepared(stage)
    here = f"{path}form/sections/plan/"
    table = a_field(options="goods | 物品費 | Goods\ntravel｜旅費｜Travel")
    assert client.post(f"{here}add-field/yen_table/", table).status_code == 302
    assert (
        client.post(f"{here}add-field/number/", a_field(key="people", lowest="1", highest="99")).status_code
        == 302
    )
    section = call.form_versions.get().sections.get(key="plan")
    assert [(f.key, f.kind) for f in section.fields.all()] == [("cost", "yen_table"), ("people", "number")]
    assert section.fields.get(key="cost").options[1] == {"key": "travel", "ja": "旅費", "en": "Travel"}
    assert client.post(f"{here}fields/people/move/up/").status_code == 302
    assert client.post(f"{here}fields/people/move/up/").status_code == 302  # it is the first already
    assert client.post(f"{here}fields/people/", a_field(title_en="People", highest="9")).status_code == 302
    page = text_of(client.get(f"{path}form/"))
    for words in ("物品費／旅費", "年度別の金額表（円）"):
        assert words in page
    section = call.form_versions.get().sections.get(key="plan")
    assert [(f.key, f.title_en) for f in section.fields.all()] == [("people", "People"), ("cost", "Cost")]
    assert client.post(f"{here}fields/cost/remove/").status_code == 302
    assert client.get(f"{here}fields/cost/").status_code == 404
    assert client.get(f"{here}add-field/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("choice", {"options": "a | あ | A"}, "options"),
        ("choice", {"options": "a | あ | A\na | い | B"}, "options"),
        ("choice", {"options": "a | あ | A\nB! | い | B"}, "options"),
        ("choice", {"options": "a | あ"}, "options"),
        ("choice", {"options": ""}, "options"),
        ("number", {"lowest": "5", "highest": "4"}, "highest"),
        ("text", {"limit": "0", "unit": "words"}, "limit"),
        ("text", {"limit": "10", "unit": "metres"}, "unit"),
        ("date", {"key": "1st"}, "key"),
        ("person", {"title_ja": ""}, "title_ja"),
    ],
)
def test_a_field_that_cannot_be_is_refused_beside_what_is_wrong(
    kind: str, changes: dict[str, str], field: str
) -> None:
    client, _call, path = prepared(make_stage())
    answer = client.post(f"{path}form/sections/plan/add-field/{kind}/", a_field(**changes))
    assert list(answer.context["form"].errors) == [field]


def test_sections_and_criteria_change_places_by_buttons() -> None:
    client, call, path = prepared(make_stage())
    version = call.form_versions.get()
    sections, criteria = ([p.title_en for p in parts.all()] for parts in (version.sections, version.criteria))
    assert client.post(f"{path}form/sections/plan/move/down/").status_code == 302
    assert client.post(f"{path}form/criteria/3/move/up/").status_code == 302
    version = call.form_versions.get()
    assert [s.title_en for s in version.sections.all()] == [sections[1], sections[0], *sections[2:]]
    assert [c.title_en for c in version.criteria.all()] == [
        criteria[0],
        criteria[2],
        criteria[1],
        *criteria[3:],
    ]
    assert client.post(f"{path}form/sections/plan/move/away/").status_code == 404
    assert client.get(f"{path}form/sections/plan/move/up/").status_code == 405


def test_open_call_is_changed_in_words_alone() -> None:
    stage = make_stage()
    call = make_call(stage)
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/change/"
    assert "mode" not in client.get(path).context["form"].fields
    deadline = (call.deadline_at + dt.timedelta(days=9)).astimezone(dt.timezone(dt.timedelta(hours=9)))
    values = {
        "title_ja": "改題",
        "title_en": "New",
        "deadline_at": f"{deadline:%Y-%m-%dT%H:%M}",
        "max_years": "9",
        "reason_ja": "災害のため",
        "reason_en": "After the disaster",
        "is_seen": "on",
    }
    assert client.post(path, values).status_code == 302
    call.refresh_from_db()
    assert (call.title_ja, call.max_years) == ("改題", 5)
    response = client.post(path, {**values, "deadline_at": "2026-11-30T10:00"})
    assert list(response.context["form"].errors) == ["deadline_at"]


def test_call_list_is_filtered_in_the_address() -> None:
    stage = make_stage()
    opened, draft = make_call(stage), make_call(stage, state="draft")
    client = signed_in(stage.home1)
    assert [row["call"] for row in client.get("/ja/calls/?state=draft").context["rows"]] == [draft]
    assert [row["call"] for row in client.get(f"/ja/calls/?q={opened.code}").context["rows"]] == [opened]
    for nonsense in ("?state=x", "?q=%00", "?page=0", "?page=-1", f"?page={'9' * 40}", f"?q={'x' * 500}"):
        assert client.get(f"/ja/calls/{nonsense}").status_code == 200


def test_apps_above_add_their_moves_to_a_call() -> None:
    from kernel.moves import Move

    stage = make_stage()
    call = make_call(stage)
    call_moves.add("test", lambda user, found: [Move("申請書を作成する", f"/ja/{found.code}/")])
    try:
        page = text_of(signed_in(make_user()).get(f"/ja/calls/{call.public_id}/"))
    finally:
        del call_moves._items["test"]
    assert f"/ja/{call.code}/" in page


def test_agency_joins_an_open_call_with_a_reason_and_leaves_with_one() -> None:
    stage = make_stage()
    call, third = make_call(stage), make_agency("UKRI", "GB")
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/agencies/"
    join = {"agency": third.pk, "starts_on": "2026-11-01", "signs_in": "on"}
    assert list(client.post(path, join).context["form"].errors) == ["reason"]
    assert client.post(path, {**join, "reason": "英国の参加"}).status_code == 302
    part = call.call_agencies.get(agency=third)
    end = f"/ja/calls/agencies/{part.public_id}/end/"
    assert client.post(end, {"ends_on": "2026-10-31", "reason": "離脱"}).status_code == 200
    assert client.post(end, {"ends_on": "2027-10-31", "reason": "離脱"}).status_code == 302
    part.refresh_from_db()
    assert part.ends_on == dt.date(2027, 10, 31)
    assert signed_in(stage.partner1).get(end).status_code == 404


def test_profile_of_an_agency_is_kept_by_officers_of_japanese_agencies() -> None:
    stage = make_stage()
    client, path = signed_in(stage.home1), f"/ja/agencies/{stage.partner.public_id}/profile/"
    hours = {"office_opens": "08:30", "office_closes": "16:00", "closed_days": ["4", "5"]}
    good = {"currency": "eur", "office_zone": "Asia/Dubai", **hours}
    for values, fields in (
        ({"currency": "dollars"}, ["currency"]),
        ({"award_number_pattern": "("}, ["award_number_pattern"]),
        ({"office_opens": "16:00"}, ["office_closes"]),
        ({"office_opens": "25:00"}, ["office_opens"]),
        ({"closed_days": [str(day) for day in range(7)]}, ["closed_days"]),
        ({"closed_days": ["7"]}, ["closed_days"]),
        ({"office_zone": "Asia/Nowhere"}, ["office_zone"]),
    ):
        assert list(client.post(path, {**good, **values}).context["form"].errors) == fields
    assert client.post(path, {**good, "early_career_en": "Untenured"}).status_code == 302
    profile = stage.partner.agency_profile
    profile.refresh_from_db()
    assert (profile.currency, profile.closed_days) == ("EUR", [4, 5])
    page = text_of(client.get(f"/ja/agencies/{stage.partner.public_id}/"))
    assert "08:30～16:00（Asia/Dubai）、休業曜日：金曜日、土曜日" in page
    assert "Untenured" in text_of(client.get("/en/agencies/"))


def test_agency_entered_by_mistake_is_taken_out_while_the_call_is_prepared() -> None:
    stage = make_stage()
    client = signed_in(stage.home1)
    for state, status, left in (("draft", 302, 1), ("open", 422, 2)):
        call = make_call(stage, state=state)
        part = call.call_agencies.get(agency=stage.partner)
        assert client.post(f"/ja/calls/agencies/{part.public_id}/remove/").status_code == status
        assert call.call_agencies.count() == left


@pytest.mark.parametrize(("language", "words"), [("ja", "極めて優れている"), ("en", "Outstanding")])
def test_call_is_printed_with_its_blank_form(language: str, words: str) -> None:
    call = make_call(make_stage())
    client, path = signed_in(make_user()), f"/{language}/calls/{call.public_id}/form.pdf"
    first, second = client.get(path), client.get(path)
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first.content == second.content  # it bears the instant at which the form was frozen
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(first.content))
    for expected in (words, call.code, "100,000,000"):
        assert expected in text
    assert client.get(f"/{language}/calls/{'0' * 12}/form.pdf").status_code == 404


def test_the_blank_form_holds_what_one_fills_in_by_hand_and_all_that_the_call_says() -> None:
    stage = make_stage()
    call = make_call(stage)
    add_fields_section(call)
    make_support_type(call, yearly=40_000_000)
    with writing():
        Milestone.objects.create(call=call, kind="panel", starts_on=dt.date(2027, 6, 1), note_en="Tokyo")
        Criterion.objects.filter(version__call=call, aspect="plan").update(anchors={}, highest=9)
    sheet = pypdfium2.PdfDocument(signed_in(make_user()).get(f"/en/calls/{call.public_id}/form.pdf").content)
    pages = [page.get_textpage().get_text_range() for page in sheet]
    text = "\n".join(pages)
    for expected in (
        "Panel meeting",
        "1 June 2027",
        "Support types",
        "Equipment",
        "FY2026",
        "FY2030",
        "Journeys",
    ):
        assert expected in text
    titles = [criterion.title_en for criterion in call.form_versions.get().criteria.all()]
    assert all(title in text for title in titles)
    # a scale without words has no table of dashes, and no heading ends its page
    assert "7\r\n–" not in text
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert not any(line.endswith(title) for title in titles for line in lines[-3:-2])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("次の手順：指定", "不足がある項目は4件です。", "任意")),
        ("en", ("Next: Designations", "4 steps lack something.", "optional")),
    ],
)
def test_preparation_says_what_comes_next_how_much_lacks_and_what_is_optional(
    language: str, words: tuple[str, ...]
) -> None:
    stage = make_stage()
    client, call, _path = prepared(stage)
    page = client.get(f"/{language}/calls/{call.public_id}/preparation/")
    states = [task["state_label"] for task in page.context["tasks"]]
    assert states[4:7] == [words[2]] * 3  # support types, milestones, documents
    assert page.context["tasks"][-1]["url"] == f"/{language}/calls/{call.public_id}/agencies/"
    for word in words:
        assert word in text_of(page)
    make_support_type(call)
    page = client.get(f"/{language}/calls/{call.public_id}/preparation/")
    assert page.context["tasks"][4]["tone"] == "success"


def test_an_open_call_is_closed_to_submissions_from_its_deadline_on() -> None:
    stage = make_stage()
    call = make_call(
        stage,
        state="open",
        deadline_at=now() - dt.timedelta(seconds=1),
        opens_at=now() - dt.timedelta(days=9),
    )
    with translation.override("ja"):
        addresses = [reverse("program:call", args=[call.public_id]), reverse("program:calls")]
        office = reverse("proposals:office")
    assert Client().get(addresses[0]).context["state"] == "受付終了"
    assert [row["state"] for row in Client().get(addresses[1]).context["rows"]] == ["受付終了"]
    assert list(open_calls(AnonymousUser())) == []
    client = Client()
    client.force_login(stage.home1)
    page = client.get(office)
    assert page.context["past_deadline"] == [call.public_id]
    assert "締切を過ぎました" in page.content.decode()
