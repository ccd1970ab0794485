"""The officers' list: full-text search, columns, order, saved filters."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.search.models import SearchEntry
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.access import exclude
from proposals.actions.indexing import index_missing
from proposals.actions.saved_filters import make_default, remove_filter, save_filter
from proposals.models import Proposal, ProposalSection, SavedFilter
from proposals.rules.searched import texts_of
from tests.builders.people import make_agency, make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal, submit_as_row
from tests.proposals.test_office_pages import client_of, shown, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def received(stage: Stage, **fields: Any) -> Proposal:
    return make_proposal(make_call(stage, state="closed"), **{"state": "locked", **fields})


def found(user: Any, *proposals: Proposal, **query: Any) -> list[bool]:
    page = shown(client_of(user).get(url("office"), query))
    return [str(proposal.receipt_number) in page for proposal in proposals]


def test_two_letters_are_found_in_what_was_submitted(stage: Stage) -> None:
    one, other = received(stage, title_ja="藻類もつれの長距離分配"), received(stage)
    with writing():
        ProposalSection.objects.filter(proposal=other).update(text="超伝導の\n藻類ビットを用いる。")
        ProposalSection.objects.filter(proposal=one).update(text="提出の後に書いた地震。")
        submit_as_row(other, other.pi.user)
    assert found(stage.home1, one, other, q="藻類") == [True, True]
    assert found(stage.home1, one, other, q="藻類 ビット") == [False, True]
    assert found(stage.home1, one, other, q="地震") == [False, False]  # written, and not submitted
    assert found(stage.home1, one, other, q="類ビ") == [False, True]


@pytest.mark.parametrize("asked", ["髙﨑", "花子", "ハナコ", "ﾊﾅｺ", "takasaki", "ＴＡＫＡＳＡＫＩ", "高崎"])
def test_people_are_found_in_every_script(stage: Stage, asked: str) -> None:
    pi = make_pi()
    with writing():
        person = pi.person
        person.family_kanji, person.given_kanji = "髙﨑", "花子"
        person.family_kana, person.given_kana = "タカサキ", "ハナコ"
        person.family_romaji, person.given_romaji = "Takasaki", "Hanako"
        person.save()
    one, other = received(stage, pi=pi), received(stage)
    # 髙 and 高 are two letters, and stay so
    assert found(stage.home1, one, other, q=asked) == [asked != "高崎", False]


def test_numbers_partners_and_institutions_are_found(stage: Stage) -> None:
    one, other = received(stage), received(stage)
    award = one.awards.get()
    for words in (str(one.receipt_number), award.number, award.pi_name, one.institution.name_ja):
        assert found(stage.partner1, one, other, q=words) == [True, False], words


def test_the_newest_submission_is_what_is_searched(stage: Stage) -> None:
    one = received(stage, title_ja="藻類")
    with writing():
        Proposal.objects.filter(pk=one.pk).update(title_ja="地震")
        one.refresh_from_db()
        submit_as_row(one, one.pi.user)
    assert (found(stage.home1, one, q="藻類"), found(stage.home1, one, q="地震")) == ([False], [True])


def test_what_was_not_indexed_is_indexed_later_and_once(stage: Stage) -> None:
    one = received(stage, title_ja="藻類")
    with writing():
        SearchEntry.objects.all().delete()
    assert found(stage.home1, one, q="藻類") == [False]
    assert (index_missing(), index_missing()) == (1, 0)
    assert found(stage.home1, one, q="藻類") == [True]


def test_the_search_of_a_conflicted_officer_tells_nothing(stage: Stage) -> None:
    one, other = received(stage, title_ja="藻類の一"), received(stage, title_ja="藻類の二")
    exclude(proposal=one, person=stage.home1.person, source="conflict", by=stage.home1)
    client = client_of(stage.home1)
    page = client.get(url("office"), {"q": "藻類"})
    with_it = (page.context["page"].total, found(stage.home1, one, other, q="藻類"))
    with writing():
        SearchEntry.objects.filter(object_id=one.pk).delete()
    page = client.get(url("office"), {"q": "藻類"})
    assert with_it == (page.context["page"].total, found(stage.home1, one, other, q="藻類"))
    assert with_it == ("1", [False, True])


def test_drafts_are_in_no_index(stage: Stage) -> None:
    make_proposal(make_call(stage), title_ja="藻類")
    assert SearchEntry.objects.count() == 0


def test_texts_are_those_of_the_content(stage: Stage) -> None:
    one = received(stage)
    content = one.submissions.get().content
    content["sections"][0]["answers"] = [
        {"answer": ["選んだ語"]},
        {"answer": {"name": "図.pdf", "sha256": "0" * 64}},
        {"answer": None},
    ]
    texts = list(texts_of(content, "R-1"))
    assert {"R-1", one.title_ja, one.title_en, "選んだ語"} < set(texts)
    assert not {"図.pdf", "0" * 64} & set(texts)


def test_columns_stand_in_the_address_and_in_the_export(stage: Stage) -> None:
    received(stage)
    client = client_of(stage.home1)
    query = {"col": ["years", "received", "asked"]}
    page = shown(client.get(url("office", language="en"), query))
    assert "Received at" in page and "Award of the partner agency</" not in page.split("<thead>")[1]
    lines = b"".join(client.get(url("office_export", "csv", language="en"), query).streaming_content)
    assert lines.decode("utf-8-sig").splitlines()[0] == (
        "Receipt number,Title in Japanese,Title in English,Received at (JST),First fiscal year,Fiscal years,"
        "Asked for in all (yen),Collected elsewhere"
    )


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", "b"),
        ("receipt", "a"),
        ("title", "b"),
        ("asked_most", "a"),
        ("asked_least", "b"),
        ("received_first", "b"),
        ("received_last", "a"),
        ("pi", "a"),
        ("state", "b"),
        ("nonsense", "b"),
    ],
)
def test_the_order_stands_in_the_address(stage: Stage, sort: str, first: str) -> None:
    call = make_call(stage, state="closed")
    a = make_proposal(call, state="locked", title_ja="乙", yearly={"goods": 2_000_000})
    b = make_proposal(call, state="eligible", title_ja="一", yearly={"goods": 1_000_000})
    with writing():
        a.submissions.update(at=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
        b.submissions.update(at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
        for proposal, kana in ((a, "ア"), (b, "イ")):
            proposal.pi.family_kana = kana
            proposal.pi.save()
    page = client_of(stage.home1).get(url("office"), {"sort": sort, "col": "pi"})
    assert page.context["rows"][0]["proposal"] == {"a": a, "b": b}[first]


def test_a_filter_is_saved_with_columns_and_order_and_opens_the_list(stage: Stage) -> None:
    one, other = received(stage), received(stage, state="eligible")
    client = client_of(stage.home1)
    asked = "?sort=title&state=locked&col=pi&col=nonsense&page=2&q="
    client.post(url("office_filters") + asked, {"name": "未判定", "is_default": "on", "form_token": "t"})
    saved = SavedFilter.objects.get()
    assert (saved.query, saved.is_default, saved.agency) == ("state=locked&sort=title", True, None)
    opened = client.get(url("office"))
    assert opened.status_code == 302 and opened["Location"].endswith("?state=locked&sort=title")
    page = shown(client.get(opened["Location"]))
    assert (str(one.receipt_number) in page, str(other.receipt_number) in page) == (True, False)
    assert 'aria-current="true">未判定' in page.replace("\n", "")
    assert str(other.receipt_number) in shown(client.get(url("office") + "?all"))
    assert "未判定" in shown(client.get(url("office_filters")))
    client.post(url("office_filter_default", saved.public_id))
    assert client.get(url("office")).status_code == 200
    client.post(url("office_filter_remove", saved.public_id))
    assert not SavedFilter.objects.exists()
    assert list(
        AuditEntry.objects.filter(subject_type="proposals.savedfilter")
        .order_by("id")
        .values_list("verb", flat=True)
    ) == ["filter_saved", "filter_default_set", "filter_removed"]


def test_a_filter_is_shared_within_its_agency_alone(stage: Stage) -> None:
    save_filter(by=stage.home1, name="共有", query="state=locked", agency=stage.home, is_default=True)
    save_filter(by=stage.home1, name="自分用", query="")
    colleague, other = shown(client_of(stage.home2).get(url("office"))), client_of(stage.partner1)
    assert ("共有" in colleague, "自分用" in colleague) == (True, False)
    assert client_of(stage.home2).get(url("office")).status_code == 200  # the default is its owner's
    assert "共有" not in shown(other.get(url("office")))
    with pytest.raises(NotAllowed):
        save_filter(by=stage.home1, name="よそ", query="", agency=stage.partner)
    with pytest.raises(NotAllowed):
        save_filter(by=make_pi(), name="申請者", query="")
    saved = SavedFilter.objects.get(name="共有")
    for act in (make_default, remove_filter):
        with pytest.raises(NotAllowed):
            act(saved=saved, by=stage.home2)
    assert client_of(stage.home2).post(url("office_filter_remove", saved.public_id)).status_code == 404


def test_a_name_is_there_once_and_one_filter_is_the_default(stage: Stage) -> None:
    save_filter(by=stage.home1, name="一", query="state=locked", is_default=True)
    save_filter(by=stage.home1, name="一 ", query="state=eligible")
    save_filter(by=stage.home1, name="二", query="", is_default=True)
    save_filter(by=stage.home1, name="三", query="", is_default=True)
    saved = SavedFilter.objects.order_by("pk").values_list("name", "query", "is_default")
    assert list(saved) == [("一", "state=eligible", False), ("二", "", False), ("三", "", True)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " \u200b"}, "filter_name_missing"),
        ({"name": "あ" * 61}, "text_over_limit"),
        ({"name": "a\0"}, "text_has_nul"),
        ({"query": "q=" + "x" * 1000}, "filter_too_long"),
    ],
)
def test_what_cannot_be_saved_is_refused(stage: Stage, changes: dict[str, str], code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        save_filter(by=stage.home1, **{"name": "名", "query": "", **changes})
    assert [violation.code for violation in broken.value.violations] == [code]


def test_no_more_than_so_many_filters_are_saved(stage: Stage, monkeypatch: Any) -> None:
    monkeypatch.setattr("proposals.actions.saved_filters.MOST_FILTERS", 1)
    save_filter(by=stage.home1, name="一", query="")
    save_filter(by=stage.home1, name="一", query="state=locked")
    with pytest.raises(RuleBroken):
        save_filter(by=stage.home1, name="二", query="")


def test_a_filter_form_with_faults_comes_back(stage: Stage) -> None:
    client = client_of(stage.home1)
    for data in ({"name": ""}, {"name": "x", "agency": stage.partner.public_id}):
        page = client.post(reverse("proposals:office_filters"), {**data, "form_token": "x"})
        assert (page.status_code, SavedFilter.objects.count()) == (200, 0)
    stranger = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    assert client_of(stranger).get(url("office_filters")).status_code == 200
    assert client_of(make_pi()).get(url("office_filters")).status_code == 404
