"""The applicant's pages, in both languages, with good and with hostile input."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.outbox.models import OutboxMail
from proposals.actions.submission import reopen_proposal
from proposals.contributions import call_moves
from proposals.models import Proposal, TeamMember
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
OWN_PAGES = ("tasks", "core", "budget", "check", "preview", "submit", "withdraw")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(route: str, *args: Any, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.fixture
def pi() -> User:
    return make_pi()


@pytest.fixture
def proposal(pi: User) -> Proposal:
    return make_proposal(make_call(make_stage()), pi=pi)


def core_data(proposal: Proposal, **changes: Any) -> dict[str, Any]:
    return {
        "title_ja": "新しい題",
        "title_en": "New title",
        "designation": proposal.designation_id,
        "years": "5",
        "version": proposal.version,
        **changes,
    }


def budget_data(proposal: Proposal, **cells: str) -> dict[str, Any]:
    return {"version": proposal.version, **cells}


@LANGUAGES
@pytest.mark.parametrize("page", OWN_PAGES)
def test_own_page_opens(pi: User, proposal: Proposal, page: str, language: str) -> None:
    assert client_of(pi).get(url(page, proposal.public_id, language=language)).status_code == 200


@LANGUAGES
@pytest.mark.parametrize(
    "state", ["submitted", "locked", "eligible", "ineligible", "adopted", "reserved", "not_adopted"]
)
def test_submitted_pages_open_in_every_state(pi: User, state: str, language: str) -> None:
    proposal = make_proposal(make_call(make_stage()), pi=pi, state=state)
    for page in ("tasks", "check", "receipt", "submission_pdf"):
        assert client_of(pi).get(url(page, proposal.public_id, language=language)).status_code == 200


@LANGUAGES
def test_an_empty_draft_shows_what_it_lacks(pi: User, language: str) -> None:
    proposal = make_proposal(make_call(make_stage()), pi=pi, is_complete=False, title_ja="", title_en="")
    client = client_of(pi)
    for page in ("tasks", "core", "budget", "check", "preview"):
        assert client.get(url(page, proposal.public_id, language=language)).status_code == 200
    errors = client.get(url("check", proposal.public_id)).context["errors"]
    assert len(errors) == 13
    assert client.get(url("submit", proposal.public_id)).status_code == 302


@LANGUAGES
def test_section_opens_and_saves(pi: User, proposal: Proposal, language: str) -> None:
    client, address = client_of(pi), url("section", proposal.public_id, "plan", language=language)
    assert client.get(address).status_code == 200
    response = client.post(address, {"text": "本文\r\n二行", "revision": "1", "next": "1"})
    assert response["Location"] == url("section", proposal.public_id, "dispatch", language=language)
    assert proposal.sections.get(section__key="plan").text == "本文\n二行"
    response = client.post(address, {"text": "本文", "revision": "2"})
    assert response["Location"] == url("tasks", proposal.public_id, language=language)


@LANGUAGES
def test_a_conflict_shows_both_texts_and_loses_none(pi: User, proposal: Proposal, language: str) -> None:
    client, address = client_of(pi), url("section", proposal.public_id, "plan", language=language)
    client.post(address, {"text": "先に保存した文", "revision": "1"})
    response = client.post(address, {"text": "後から書いた文", "revision": "1"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "先に保存した文" in page
    assert "後から書いた文" in page
    assert proposal.sections.get(section__key="plan").text == "先に保存した文"
    revision = response.context["form"].data["revision"]
    assert client.post(address, {"text": "まとめた文", "revision": revision}).status_code == 302


def test_core_conflict_shows_both_titles(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("core", proposal.public_id)
    assert client.post(address, core_data(proposal, title_ja="先の題")).status_code == 302
    response = client.post(address, core_data(proposal, title_ja="後の題"))
    assert response.status_code == 409
    assert "先の題" in response.content.decode()
    assert "後の題" in response.content.decode()
    version = response.context["form"].data["version"]
    assert client.post(address, core_data(proposal, title_ja="後の題", version=version)).status_code == 302


def test_stale_title_and_stale_budget_are_both_kept(pi: User, proposal: Proposal) -> None:
    client = client_of(pi)
    client.post(url("core", proposal.public_id), core_data(proposal))
    response = client.post(url("budget", proposal.public_id), budget_data(proposal, goods_2026="7"))
    assert response.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.title_ja, proposal.budget.get().amount) == ("新しい題", 7)


def test_budget_conflict_shows_both_tables(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("budget", proposal.public_id)
    client.post(address, budget_data(proposal, goods_2026="1234567"))
    response = client.post(address, budget_data(proposal, goods_2026="7654321"))
    assert response.status_code == 409
    assert "1,234,567" in response.content.decode()
    assert "7654321" in response.content.decode()


@LANGUAGES
@pytest.mark.parametrize(
    ("typed", "amount"),
    [("１，２３４，０００", 1_234_000), ("1,234,000", 1_234_000), ("¥5", 5), ("0", None), ("", None)],
)
def test_amounts_are_read_as_typed(
    pi: User, proposal: Proposal, typed: str, amount: int | None, language: str
) -> None:
    address = url("budget", proposal.public_id, language=language)
    response = client_of(pi).post(address, budget_data(proposal, goods_2026=typed))
    assert response.status_code == 302
    line = proposal.budget.first()
    assert (line.amount if line else None) == amount


@LANGUAGES
@pytest.mark.parametrize(
    "typed",
    ["－５００", "ー５００", "-500", "1.5", "abc", "1e9", "\x00", "9" * 40, "9" * 400, "1 000 円ぐらい"],
)
def test_amounts_that_are_none_are_refused(pi: User, proposal: Proposal, typed: str, language: str) -> None:
    address = url("budget", proposal.public_id, language=language)
    response = client_of(pi).post(address, budget_data(proposal, goods_2026=typed))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["goods_2026"]
    assert proposal.budget.count() == 25


def test_calculating_saves_nothing(pi: User, proposal: Proposal) -> None:
    data = budget_data(proposal, goods_2026="100", travel_2026="11", indirect_2026="34", calculate="1")
    response = client_of(pi).post(url("budget", proposal.public_id), data)
    table = response.context["table"]
    assert table["direct"]["values"][0] == 111
    assert table["limit"]["values"][0] == 33
    assert table["total"] == {"values": [145, 0, 0, 0, 0], "total": 145}
    assert len(response.context["warnings"]) == 5
    assert proposal.budget.count() == 25


def test_one_yen_over_the_cap_is_said_and_not_submitted(pi: User, proposal: Proposal) -> None:
    client = client_of(pi)
    cells = {f"goods_{year}": "100000000" for year in proposal.fiscal_years} | {"goods_2028": "100000001"}
    client.post(url("budget", proposal.public_id), budget_data(proposal, **cells))
    page = client.get(url("budget", proposal.public_id))
    assert page.context["warnings"] == [
        "2028年度：間接経費を含む総額の上限は100,000,000円です。1円超過しています。"
    ]
    response = client.post(url("submit", proposal.public_id))
    assert response["Location"] == url("check", proposal.public_id)
    assert proposal.submissions.count() == 0


@LANGUAGES
@pytest.mark.parametrize(
    "changes",
    [
        {"title_ja": "研究\x00計画"},
        {"title_ja": "あ" * 201},
        {"years": "0"},
        {"years": "6"},
        {"years": "-1"},
        {"years": "4.5"},
        {"years": "９９９９９９９９９９９９９９９９"},
        {"designation": "x"},
        {"designation": str(2**70)},
        {"designation": ""},
        {"version": ""},
        {"version": "x"},
        {"version": str(2**70)},
    ],
)
def test_hostile_core_is_an_error_beside_its_field(
    pi: User, proposal: Proposal, changes: dict[str, str], language: str
) -> None:
    response = client_of(pi).post(
        url("core", proposal.public_id, language=language), core_data(proposal, **changes)
    )
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(changes)
    assert Proposal.objects.get().version == 1


@LANGUAGES
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"text": "研究\x00計画", "revision": "1"}, "text"),
        ({"text": "あ" * 2001, "revision": "1"}, "text"),
        ({"text": "x", "revision": ""}, "revision"),
        ({"text": "x", "revision": "-1"}, "revision"),
        ({"text": "x", "revision": str(2**70)}, "revision"),
        ({"text": " ", "revision": "1", "is_complete": "on"}, "text"),
        ({}, "revision"),
    ],
)
def test_hostile_section_is_an_error_beside_its_field(
    pi: User, proposal: Proposal, data: dict[str, str], field: str, language: str
) -> None:
    address = url("section", proposal.public_id, "plan", language=language)
    response = client_of(pi).post(address, data or {"x": "y"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_length_is_counted_as_the_browser_counts(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("section", proposal.public_id, "plan")
    text = "あ" * 1998 + "\r\n" + "𠮷"
    assert client.post(address, {"text": text, "revision": "1"}).status_code == 302
    assert client.post(address, {"text": text + "𠮷", "revision": "2"}).status_code == 200
    assert len(proposal.sections.get(section__key="plan").text) == 2000


def test_autosave_answers_with_the_new_revision(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("section", proposal.public_id, "plan")
    headers = {"X-Requested-With": "autosave"}
    saved = client.post(address, {"text": "一", "revision": "1"}, headers=headers)
    base = {"text": "", "answers": {}, "is_complete": False}
    expected = {"revision": 2, "base": base, "is_merged": False}
    assert (saved.status_code, saved.json()) == (200, expected)
    assert client.post(address, {"text": "二", "revision": "1"}, headers=headers).status_code == 409
    refused = client.post(address, {"text": "\x00", "revision": "2"}, headers=headers)
    assert (refused.status_code, len(refused.json()["sentences"])) == (422, 1)


def test_an_autosave_without_a_session_is_led_to_sign_in(proposal: Proposal) -> None:
    address = url("section", proposal.public_id, "plan")
    response = Client().post(address, {"text": "一"}, headers={"X-Requested-With": "autosave"})
    assert response.status_code == 302
    assert f"next={address}" in response["Location"]


@LANGUAGES
def test_start_makes_one_proposal_for_two_clicks(pi: User, language: str) -> None:
    stage = make_stage()
    call, client = make_call(stage), client_of(pi)
    address = url("start", call.public_id, language=language)
    assert client.get(address).status_code == 200
    data = {
        "institution": pi.person.memberships.get().organisation_id,
        "designation": stage.designation.pk,
        "form_token": "token-1",
    }
    first, second = client.post(address, data), client.post(address, data)
    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


@LANGUAGES
@pytest.mark.parametrize(
    "data", [{}, {"institution": "x", "designation": "\x00"}, {"institution": str(2**70)}]
)
def test_hostile_start_is_an_error(pi: User, data: dict[str, str], language: str) -> None:
    call = make_call(make_stage())
    response = client_of(pi).post(url("start", call.public_id, language=language), {"x": "y", **data})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"institution", "designation"}


def test_start_says_when_the_call_is_closed(pi: User) -> None:
    call = make_call(make_stage(), state="closed")
    response = client_of(pi).get(url("start", call.public_id))
    assert response.status_code == 422
    assert "この公募は現在" in response.content.decode()


@LANGUAGES
def test_submission_twice_and_resent_is_one_receipt_and_one_mail(
    pi: User, proposal: Proposal, language: str
) -> None:
    client = client_of(pi)
    address = url("submit", proposal.public_id, language=language)
    receipt = url("receipt", proposal.public_id, language=language)
    for token in ("one", "one", "two"):
        assert client.post(address, {"form_token": token})["Location"] == receipt
    page = client.get(receipt).content.decode()
    proposal.refresh_from_db()
    assert proposal.receipt_number in page
    assert proposal.submissions.get().sha256 in page
    assert (proposal.submissions.count(), OutboxMail.objects.count()) == (1, 1)


def test_receipt_shows_progress_then_the_pdf(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("receipt", proposal.public_id)
    client.post(url("submit", proposal.public_id))
    going = client.get(address, headers={"HX-Request": "true"})
    assert going.status_code == 200
    assert "<html" not in going.content.decode()
    assert run_job(Job.objects.get().pk) == "done"
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 286
    pdf = client.get(url("submission_pdf", proposal.public_id))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


@LANGUAGES
def test_late_posts_say_so_and_keep_what_was_typed(pi: User, proposal: Proposal, language: str) -> None:
    client = client_of(pi)
    words = {"ja": "締切を過ぎています", "en": "The deadline has passed"}[language]
    address = url("section", proposal.public_id, "plan", language=language)
    with clock.set_to(proposal.call.deadline_at):
        page = client.post(address, {"text": "遅れた文", "revision": "1"}).content.decode()
        assert words in page
        assert "遅れた文" in page
        response = client.post(url("submit", proposal.public_id, language=language))
        assert response.status_code == 422
        assert words in response.content.decode()
        assert client.get(address).status_code == 302
    assert proposal.submissions.count() == 0


def test_withdrawal_asks_for_a_reason(pi: User, proposal: Proposal) -> None:
    client, address = client_of(pi), url("withdraw", proposal.public_id)
    for reason in ("", "\x00", "あ" * 2001):
        assert client.post(address, {"reason": reason}).status_code == 200
    assert client.post(address, {"reason": "事情による"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert client.get(address).status_code == 302
    assert client.post(address, {"reason": "もう一度"}).status_code == 200


def test_reopening_by_a_button(pi: User) -> None:
    proposal = make_proposal(make_call(make_stage()), pi=pi, state="submitted")
    client = client_of(pi)
    assert client.post(url("reopen", proposal.public_id)).status_code == 302
    assert "有効です" in client.get(url("tasks", proposal.public_id)).content.decode()
    assert client.post(url("reopen", proposal.public_id)).status_code == 422


def test_after_every_order_of_steps_the_button_is_there_when_it_is_complete(pi: User) -> None:
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    client, check = client_of(pi), url("check", proposal.public_id)
    section = url("section", proposal.public_id, "plan")

    def can_submit() -> bool:
        return url("submit", proposal.public_id) in client.get(check).content.decode()

    for revision, (text, is_complete) in enumerate(
        [("文", "on"), ("文", ""), ("", ""), ("別の文", ""), ("別の文", "on")], start=1
    ):
        client.post(section, {"text": text, "revision": str(revision), "is_complete": is_complete})
        assert can_submit() == bool(text and is_complete)
    client.post(url("submit", proposal.public_id))
    assert not can_submit()
    client.post(url("reopen", proposal.public_id))
    assert can_submit()
    client.post(url("submit", proposal.public_id))
    subjects = list(OutboxMail.objects.values_list("subject", flat=True))
    assert len(subjects) == 2
    assert all("受付" in subject for subject in subjects)


def test_strangers_and_officers_find_nothing(proposal: Proposal) -> None:
    stage_officer = proposal.call.lead_agency
    for user in (make_user(), make_pi(), stage_officer and make_user()):
        client = client_of(user)
        for page in (*OWN_PAGES, "receipt", "submission_pdf"):
            assert client.get(url(page, proposal.public_id)).status_code == 404
        assert client.get(url("section", proposal.public_id, "plan")).status_code == 404
        assert client.post(url("reopen", proposal.public_id)).status_code == 404
        assert client.post(url("submit", proposal.public_id)).status_code == 404


@LANGUAGES
def test_what_cannot_be_printed_is_said_at_once(pi: User, proposal: Proposal, language: str) -> None:
    client, address = client_of(pi), url("section", proposal.public_id, "plan", language=language)
    page = client.post(address, {"text": "笑顔😀と髙﨑𠮷", "revision": "1", "is_complete": "on"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["success", "warning"]
    check = client.get(url("check", proposal.public_id, language=language))
    assert [warning for warning in check.context["warnings"] if warning.endswith("😀")]
    assert not check.context["errors"]


def test_a_section_that_is_not_there(pi: User, proposal: Proposal) -> None:
    assert client_of(pi).get(url("section", proposal.public_id, "nothing")).status_code == 404


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7|add:7 }}"])
def test_markup_in_texts_is_shown_as_text(pi: User, proposal: Proposal, name: str) -> None:
    client = client_of(pi)
    client.post(url("core", proposal.public_id), core_data(proposal, title_ja=name))
    client.post(url("section", proposal.public_id, "plan"), {"text": name, "revision": "1"})
    for page in ("mine", "tasks", "core", "check", "submit"):
        args = () if page == "mine" else (proposal.public_id,)
        assert "<script>alert" not in client.get(url(page, *args), follow=True).content.decode()
    assert client.get(url("preview", proposal.public_id)).content[:5] == b"%PDF-"


@LANGUAGES
def test_my_list_is_flat(pi: User, language: str) -> None:
    call = make_call(make_stage())
    client, address = client_of(pi), url("mine", language=language)

    def asked(rows: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(address).context["rows"]) == rows
        return sum(asks(query["sql"]) for query in queries)

    make_proposal(call, pi=pi)
    client.get(address)
    with_one = asked(1)
    for _ in range(2):
        make_proposal(call, pi=pi, state="submitted")
    assert asked(3) == with_one <= 12


def test_nobody_with_one_name_is_called_none() -> None:
    pi = make_pi()
    with writing():
        pi.person.family_kanji = pi.person.given_kanji = pi.person.family_romaji = ""
        pi.person.given_romaji = "Wayan"
        pi.person.save()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    client = client_of(pi)
    client.post(url("submit", proposal.public_id))
    page = client.get(url("check", proposal.public_id)).content.decode()
    assert "Wayan" in page
    assert "None" not in page
    body = OutboxMail.objects.get().body
    assert "Wayan" in body
    assert "None" not in body


def test_a_day_that_a_year_later_is_not_there(pi: User) -> None:
    with clock.set_to(dt.datetime(2028, 2, 29, 3, tzinfo=dt.UTC)):
        proposal = make_proposal(make_call(make_stage(), first_year=2028), pi=pi)
        client = client_of(pi)
        for page in ("mine", *OWN_PAGES):
            args = () if page == "mine" else (proposal.public_id,)
            assert client.get(url(page, *args)).status_code == 200


def test_partner_team_reads_and_does_not_write(proposal: Proposal) -> None:
    partner = make_user()
    with writing():
        TeamMember.objects.create(
            joined_at=now(),
            proposal=proposal,
            person=partner.person,
            role="partner_member",
            institution_name="X",
            country_code="US",
        )
    client = client_of(partner)
    assert [
        client.get(url(page, proposal.public_id)).status_code for page in ("tasks", "check", "preview")
    ] == [200] * 3
    for page in ("core", "budget", "submit", "withdraw"):
        assert client.get(url(page, proposal.public_id)).status_code == 404


@LANGUAGES
def test_an_officer_gives_one_proposal_more_time(language: str) -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="locked")
    client = client_of(stage.home1)
    address = url("extend", proposal.public_id, language=language)
    assert client.get(address).status_code == 200
    for data in (
        {"on": "\x00", "time": "25:00", "reason": ""},
        {"on": "0001-01-01", "time": "17:00", "reason": "x"},
        {"on": "2020-01-01", "time": "17:00", "reason": "x"},
    ):
        assert client.post(address, data).status_code == 200
    response = client.post(address, {"on": "2199-12-31", "time": "17:00", "reason": "障害のため"})
    assert response.status_code == 302, response.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.extended_until.isoformat()) == ("draft", "2199-12-31T08:00:00+00:00")


@LANGUAGES
def test_what_waits_names_the_draft_and_its_deadline(pi: User, proposal: Proposal, language: str) -> None:
    client = client_of(pi)
    page = client.get(f"/{language}/")
    (item,) = [i for i in page.context["waiting"] if proposal.public_id in i.url]
    assert item.due == proposal.call.deadline_at.astimezone(ZoneInfo("Asia/Tokyo")).date()
    assert url("mine", language=language) in page.content.decode()
    with clock.set_to(proposal.call.deadline_at):
        page = client.get(f"/{language}/")
    assert [i for i in page.context["waiting"] if proposal.public_id in i.url] == []


@LANGUAGES
def test_what_is_reopened_is_not_called_a_draft_that_nobody_has_received(pi: User, language: str) -> None:
    """cases.md, 27: what was submitted stands, and the lists say so."""
    reopened = make_proposal(make_call(make_stage()), pi=pi, state="submitted")
    reopen_proposal(proposal=reopened, by=pi)
    client = client_of(pi)
    page = client.get(f"/{language}/")
    (item,) = [i for i in page.context["waiting"] if reopened.public_id in i.url]
    assert reopened.receipt_number in str(item.label)
    stands = {"ja": "前回提出した版が引き続き有効です。", "en": "The version submitted last stays valid."}
    assert stands[language] in client.get(url("mine", language=language)).content.decode()


def test_an_open_call_leads_a_researcher_to_a_proposal(pi: User) -> None:
    stage = make_stage()
    call = make_call(stage)

    def ways(user: User, call: Any) -> list[str]:
        with translation.override("ja"):
            return [move.url for move in call_moves(user, call) if move.tone == "primary"]

    assert ways(pi, call) == [url("start", call.public_id)]
    assert ways(stage.home1, call) == []
    assert ways(pi, make_call(stage, state="closed")) == []


@pytest.mark.parametrize(
    ("language", "own", "others"),
    [
        ("ja", "ウィンドウで内容を変更しました", "別の方が内容を変更しました"),
        ("en", "You have changed this yourself", "Another person has changed this"),
    ],
)
@pytest.mark.parametrize("part", ["core", "budget", "section"])
def test_a_conflict_says_whether_it_is_with_oneself(
    pi: User, proposal: Proposal, part: str, language: str, own: str, others: str
) -> None:
    member = make_user()
    with writing():
        TeamMember.objects.create(
            joined_at=now(),
            proposal=proposal,
            person=member.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    key = ("plan",) if part == "section" else ()
    address = url(part, proposal.public_id, *key, language=language)
    first, second = {
        "core": (core_data(proposal, title_ja="一"), core_data(proposal, title_ja="二")),
        "budget": (
            budget_data(proposal, goods_2026="1"),
            budget_data(proposal, goods_2026="2"),
        ),
        "section": ({"text": "一", "revision": "1"}, {"text": "二", "revision": "1"}),
    }[part]
    client_of(pi).post(address, first)
    same, other = (client_of(user).post(address, second) for user in (pi, member))
    assert (same.status_code, other.status_code) == (409, 409)
    assert (own in same.content.decode(), others in same.content.decode()) == (True, False)
    assert (own in other.content.decode(), others in other.content.decode()) == (False, True)


def test_no_rule_speaks_over_a_budget_that_could_not_be_read(pi: User, proposal: Proposal) -> None:
    first = next(iter(proposal.fiscal_years))
    data = budget_data(proposal, **{f"goods_{first}": "１２x"})
    page = client_of(pi).post(url("budget", proposal.public_id), data)
    assert page.context["form"].errors and page.context["warnings"] == []
