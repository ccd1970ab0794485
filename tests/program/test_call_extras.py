"""A call's dates, support types, documents and copy; its public pages."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.actions import writing
from kernel.violations import RuleBroken
from program.actions import calls
from program.actions.call_copies import copy_call
from program.actions.programmes import set_agency_profile
from program.models import Call, CallCap, CallDocument, Designation, Milestone
from registries.models import Holiday
from tests.builders.program import add_fields_section, make_call, make_stage, make_support_type
from tests.program.test_pages import signed_in, text_of
from tests.proposals.test_answers import one_page

pytestmark = pytest.mark.django_db


def test_milestones_are_set_replaced_pointed_out_and_taken_away() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    with writing():
        Holiday.objects.create(on=dt.date(2027, 5, 3), name_ja="憲法記念日")
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/milestones/"
    panel = {"kind": "panel", "starts_on": "2027-05-03", "at": "17:00", "note_ja": "東京"}
    assert client.post(path, panel).status_code == 302
    page = text_of(client.get(path))
    for words in (
        "2027年5月3日（令和9年）は日本の祝日・休日（憲法記念日）です。",
        f"{stage.partner.short_name}の現地時間で2027-05-03 04:00（America/New_York）",
        "2027年5月3日（令和9年） 17:00 JST",
        "東京",
    ):
        assert words in page
    assert (
        client.post(path, {"kind": "panel", "starts_on": "2027-05-06", "ends_on": "2027-05-07"}).status_code
        == 302
    )
    milestone = call.milestones.get()
    assert (milestone.starts_on, milestone.at, milestone.ends_on) == (
        dt.date(2027, 5, 6),
        None,
        dt.date(2027, 5, 7),
    )
    assert client.post(f"/ja/calls/milestones/{milestone.public_id}/remove/").status_code == 302
    assert not call.milestones.exists()


def test_milestones_are_held_against_the_hours_of_the_agencys_own_page() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    set_agency_profile(
        agency=stage.partner,
        by=stage.home1,
        office_zone="Asia/Dubai",
        office_opens=dt.time(8),
        office_closes=dt.time(14),
        closed_days=[4, 5],
    )
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/milestones/"

    def shown(**values: str) -> str:
        assert client.post(path, {"kind": "panel", **values}).status_code == 302
        return text_of(client.get(path))

    # 17:00 in Japan is noon there on a Thursday, and closed on a Friday.
    assert "2027-05-06 12:00" not in shown(starts_on="2027-05-06", at="17:00")
    name = stage.partner.short_name
    assert f"{name}の現地時間で2027-05-07 12:00（Asia/Dubai）" in shown(starts_on="2027-05-07", at="17:00")
    assert f"{name}の休業曜日に当たります" in shown(starts_on="2027-05-07")
    with writing():
        call.call_agencies.filter(agency=stage.partner).update(zone="America/New_York")
    assert "2027-05-06 04:00（America/New_York）" in shown(starts_on="2027-05-06", at="17:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2027-05-05"}, "ends_on"),
        ({"ends_on": "2027-05-07", "at": "10:00"}, "at"),
        ({"starts_on": "2027-02-29"}, "starts_on"),
        ({"at": "25:00"}, "at"),
        ({"kind": "full_proposal"}, "kind"),
        ({"kind": ""}, "kind"),
    ],
)
def test_a_milestone_that_cannot_be_is_refused_beside_its_field(changes: dict[str, str], field: str) -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/milestones/"
    answer = client.post(path, {"kind": "panel", "starts_on": "2027-05-06", **changes})
    assert list(answer.context["form"].errors) == [field]
    assert not call.milestones.exists()


def test_the_calendar_file_holds_every_date_and_each_has_its_own_name() -> None:
    stage = make_stage()
    call = make_call(stage, deadline_at=dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC))
    with writing():
        Milestone.objects.create(call=call, kind="start", starts_on=dt.date(2027, 10, 1))
    answer = Client().get(f"/ja/calls/{call.public_id}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")][1:] == [
        "DTSTART:20270315T080000Z",
        "DTSTART;VALUE=DATE:20271001",
    ]
    uids = [line for line in lines if line.startswith("UID")]
    assert len(set(uids)) == 3
    assert f"SUMMARY:共同研究の開始: {call.title_ja}" in lines


def test_visitors_read_published_calls_and_nothing_of_drafts() -> None:
    stage = make_stage()
    opened, draft = make_call(stage), make_call(stage, state="draft")
    cancelled = make_call(stage, state="cancelled")
    visitor = Client()
    for language in ("ja", "en"):
        page = text_of(visitor.get(f"/{language}/calls/"))
        assert opened.title_ja in page or opened.title_en in page
        assert draft.title_ja not in page
        assert draft.title_en not in page
        for end in ("", "form.pdf", "calendar.ics"):
            assert visitor.get(f"/{language}/calls/{opened.public_id}/{end}").status_code == 200
            assert visitor.get(f"/{language}/calls/{draft.public_id}/{end}").status_code == 404
        # It was open before it was cancelled: whoever has its address reads why.
        assert visitor.get(f"/{language}/calls/{cancelled.public_id}/").status_code == 200
    rows = visitor.get(f"/ja/calls/?state=draft&q={draft.code}").context["rows"]
    assert draft not in [row["call"] for row in rows]


def test_structured_data_says_who_funds_what_until_when_and_cannot_end_its_element() -> None:
    stage = make_stage()
    call = make_call(stage, title_en="</script><script>alert(1)</script>")
    html = Client().get(f"/en/calls/{call.public_id}/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found is not None
    graph = json.loads(found.group(1))["@graph"]
    assert graph[0]["name"] == "</script><script>alert(1)</script>"
    assert [funder["name"] for funder in graph[0]["funder"]] == [stage.home.name_en, stage.partner.name_en]
    assert graph[0]["amount"] == [{"@type": "MonetaryAmount", "currency": "JPY", "maxValue": "100000000"}]
    assert [event["startDate"] for event in graph[1:]][1] == call.deadline_at.isoformat()


def a_type(**changes: Any) -> dict[str, Any]:
    return {
        "key": "top",
        "title_ja": "トップ",
        "title_en": "Top",
        "min_years": "3",
        "max_years": "5",
        "early_career_ja": "博士号取得後10年以内",
        **changes,
    }


def test_support_types_are_added_changed_shown_and_taken_away() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/support-types/"
    assert client.post(path, a_type()).status_code == 302
    assert list(client.post(path, a_type()).context["form"].errors) == ["key"]
    one = call.support_types.get()
    assert client.post(f"/ja/calls/support-types/{one.public_id}/", a_type(max_years="4")).status_code == 302
    calls.set_cap(call=call, by=stage.home1, amount=30_000_000, support_type=one)
    page = text_of(client.get(f"/ja/calls/{call.public_id}/"))
    assert "博士号取得後10年以内" in page
    assert page.count("30,000,000") == 1
    assert client.post(f"/ja/calls/support-types/{one.public_id}/remove/").status_code == 302
    assert not call.support_types.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"max_years": "6"}, "max_years"),
        ({"min_years": "5", "max_years": "4"}, "min_years"),
        ({"key": "Ａ"}, "key"),
    ],
)
def test_a_support_type_that_cannot_be_is_refused_beside_its_field(
    changes: dict[str, str], field: str
) -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    answer = signed_in(stage.home1).post(f"/ja/calls/{call.public_id}/support-types/", a_type(**changes))
    assert list(answer.context["form"].errors) == [field]


def test_documents_are_published_fetched_by_visitors_and_taken_away() -> None:
    stage = make_stage()
    call = make_call(stage)
    client, path = signed_in(stage.home1), f"/ja/calls/{call.public_id}/documents/"
    reasons = {"reason_ja": "要領を公表します。", "reason_en": "The guidelines are published."}
    values = {"title_ja": "公募要領", "title_en": "Guidelines", **reasons}
    bad = client.post(path, {**values, "file": SimpleUploadedFile("x.exe", b"MZ")})
    assert list(bad.context["form"].errors) == ["file"]

    page = one_page()
    good = client.post(path, {**values, "file": SimpleUploadedFile("要領.pdf", page)})
    assert good.status_code == 302
    document = call.documents.get()
    visitor = Client()
    assert "公募要領" in text_of(visitor.get(f"/ja/calls/{call.public_id}/"))
    fetched = visitor.get(f"/ja/calls/documents/{document.public_id}/")
    assert b"".join(fetched.streaming_content) == page
    assert client.post(f"/ja/calls/documents/{document.public_id}/remove/", reasons).status_code == 302
    assert visitor.get(f"/ja/calls/documents/{document.public_id}/").status_code == 404


def test_a_copy_has_everything_a_year_later_and_no_state() -> None:
    stage = make_stage()
    zone = dt.timezone(dt.timedelta(hours=9))
    call = make_call(
        stage,
        state="decided",
        opens_at=dt.datetime(2027, 11, 1, 10, tzinfo=zone),
        deadline_at=dt.datetime(2028, 2, 29, 17, tzinfo=zone),
        last_receipt=9,
        summary_ja="概要",
    )
    add_fields_section(call)
    with writing():
        CallCap.objects.create(call=call, amount=1_000_00, currency="USD", period="whole_term", limit_yen=99)
        Milestone.objects.create(call=call, kind="panel", starts_on=dt.date(2028, 2, 29), at=dt.time(10))
        call.form_versions.update(reason_ja="理由")
    make_support_type(call, yearly=40_000_000)
    new = copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    new = Call.objects.get(pk=new.pk)
    assert (new.state, new.last_receipt, new.first_year, new.summary_ja) == (
        "draft",
        0,
        call.first_year + 1,
        "概要",
    )
    assert new.opens_at == dt.datetime(2028, 11, 1, 10, tzinfo=zone)
    assert new.deadline_at == dt.datetime(2029, 2, 28, 17, tzinfo=zone)
    milestone = new.milestones.get()
    assert (milestone.starts_on, milestone.at) == (dt.date(2029, 2, 28), dt.time(10))
    top = new.support_types.get()
    assert set(new.caps.values_list("amount", "currency", "limit_yen", "support_type")) == {
        (100_000_000, "JPY", None, None),
        (1_000_00, "USD", None, None),
        (40_000_000, "JPY", None, top.pk),
    }
    assert top.key == "top"
    assert {part.agency_id for part in new.call_agencies.all()} == {stage.home.pk, stage.partner.pk}
    assert [link.designation for link in new.call_designations.all()] == [stage.designation]
    version = new.form_versions.get()
    assert (version.number, version.frozen_at, version.reason_ja) == (1, None, "")
    assert version.sections.get(key="facts").fields.count() == 8


def test_a_copy_beyond_the_programme_or_under_a_taken_code_is_refused_and_leaves_nothing() -> None:
    stage = make_stage()
    call = make_call(stage)
    path = f"/ja/calls/{call.public_id}/copy/"
    client = signed_in(stage.home1)
    values = {"code": call.code, "title_ja": "次", "title_en": "Next"}
    assert list(client.post(path, values).context["form"].errors) == ["code"]
    with writing():
        Call.objects.filter(pk=call.pk).update(first_year=2032)
    with pytest.raises(RuleBroken) as broken:
        copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    assert [v.code for v in broken.value.violations] == ["year_outside_programme"]
    assert Call.objects.count() == 1
    assert CallDocument.objects.count() == 0


def test_a_zone_that_does_not_exist_is_refused() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    path = f"/ja/calls/{call.public_id}/agencies/"
    values = {"agency": stage.partner.pk, "starts_on": "2026-11-01", "zone": "America/Nowhere"}
    assert "zone" in signed_in(stage.home1).post(path, values).context["form"].errors


def test_designations_to_choose_from_say_their_dates_and_those_that_have_ended_are_not_among_them() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    with writing():
        call.call_designations.all().delete()
        Designation.objects.filter(pk=stage.designation.pk).update(valid_until=dt.date(2030, 3, 31))
    client = signed_in(stage.home1)
    address = f"/ja/calls/{call.public_id}/designations/"
    assert "2030年3月31日（令和12年）まで" in client.get(address).content.decode()
    with writing():
        Designation.objects.filter(pk=stage.designation.pk).update(valid_until=dt.date(2026, 9, 30))
    assert "2026年9月30日" not in client.get(address).content.decode()
