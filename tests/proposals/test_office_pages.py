"""The officers' pages: what was received, each agency's verdicts, answers on behalf."""

import csv
import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.contributions import counted
from kernel.contributions import navigation as frame
from proposals.actions.access import exclude
from proposals.actions.eligibility import confirm_on_behalf, judge_eligibility
from proposals.contributions import call_moves, navigation, waiting
from proposals.models import EligibilityVerdict, Proposal, TeamMember
from tests.builders.people import give_role, make_agency, make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks
from tests.proposals.test_eligibility import letter

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def blank_pdf() -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(route: str, *args: Any, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


def shown(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def received(stage: Stage, *, state: str = "locked", signs_in: bool = True, **fields: Any) -> Proposal:
    call = make_call(stage, state="closed", signs_in=signs_in)
    return make_proposal(call, state=state, **fields)


def eligibility_url(proposal: Proposal, agency: Any) -> str:
    return url("eligibility", proposal.public_id, agency.public_id)


@LANGUAGES
def test_list_and_page_open_for_officers_of_both_agencies(stage: Stage, language: str) -> None:
    proposal = received(stage)
    for user in (stage.home1, stage.home2, stage.partner1, stage.partner2):
        page = client_of(user).get(url("office", language=language))
        assert proposal.receipt_number in shown(page)
        page = client_of(user).get(url("office_proposal", proposal.public_id, language=language))
        assert page.status_code == 200
        assert proposal.awards.get().number in shown(page)


@LANGUAGES
@pytest.mark.parametrize(
    "state", ["eligible", "ineligible", "adopted", "reserved", "not_adopted", "withdrawn"]
)
def test_page_opens_in_every_state(stage: Stage, state: str, language: str) -> None:
    proposal = received(stage, state="locked")
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
        type(proposal.call).objects.filter(pk=proposal.call_id).update(
            opens_at="2025-12-01T00:00:00Z", deadline_at="2026-01-01T00:00:00Z"
        )
    page = client_of(stage.partner1).get(url("office_proposal", proposal.public_id, language=language))
    assert page.status_code == 200


def test_before_the_deadline_officers_see_a_number_and_nothing_else(stage: Stage) -> None:
    proposal = make_proposal(make_call(stage), state="submitted")
    for user in (stage.home1, stage.partner2):
        client = client_of(user)
        page = shown(client.get(url("office", language="en")))
        assert "1 proposal submitted" in page
        assert str(proposal.receipt_number) not in page
        assert proposal.title_en not in page
        assert client.get(url("office_proposal", proposal.public_id)).status_code == 404
        assert client.get(url("submission_pdf", proposal.public_id)).status_code == 404


def test_who_works_in_no_agency_has_no_list(stage: Stage) -> None:
    proposal = received(stage)
    for user in (stage.ministry1, proposal.pi.user, make_pi()):
        for address in (
            url("office"),
            url("office_export", "csv"),
            url("office_proposal", proposal.public_id),
            eligibility_url(proposal, stage.home),
        ):
            assert client_of(user).get(address).status_code == 404
    stranger = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    assert proposal.title_ja not in shown(client_of(stranger).get(url("office")))
    assert client_of(stranger).get(url("office_proposal", proposal.public_id)).status_code == 404


def test_an_officer_on_the_team_handles_it_not_as_officer(stage: Stage) -> None:
    proposal = received(stage)
    with writing():
        TeamMember.objects.create(
            proposal=proposal,
            person=stage.home1.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    client = client_of(stage.home1)
    assert client.get(url("office_proposal", proposal.public_id)).status_code == 404
    assert client.post(eligibility_url(proposal, stage.home), {"verdict": "yes"}).status_code == 404
    assert proposal.eligibility.count() == 0


def test_an_officer_in_conflict_finds_nothing(stage: Stage) -> None:
    proposal = received(stage)
    exclude(proposal=proposal, person=stage.home1.person, source="conflict", by=stage.home1)
    client = client_of(stage.home1)
    assert proposal.title_ja not in shown(client.get(url("office")))
    assert proposal.title_ja not in b"".join(
        client.get(url("office_export", "csv")).streaming_content
    ).decode("utf-8-sig")
    assert client.get(url("office_proposal", proposal.public_id)).status_code == 404
    assert client.get(eligibility_url(proposal, stage.home)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_is_flat(stage: Stage, rows: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(frame, "_items", {})  # what the frame asks is no list's
    call = make_call(stage, state="closed")
    for _ in range(rows):
        proposal = make_proposal(call, state="locked")
        with writing():
            for agency, by in ((stage.home, stage.home1), (stage.partner, stage.partner1)):
                EligibilityVerdict.objects.create(proposal=proposal, agency=agency, verdict="yes", by=by)
    client = client_of(stage.home1)
    client.get(url("office"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(url("office"))
    assert shown(page).count("<tr>") == rows + 1
    assert len(list(filter(asks, (query["sql"] for query in queries)))) == 9


@pytest.mark.parametrize("rows", [1, 3])
def test_the_export_is_flat(stage: Stage, rows: int) -> None:
    call = make_call(stage, state="closed")
    for _ in range(rows):
        make_proposal(call, state="locked")
    client = client_of(stage.partner1)
    client.get(url("office"))
    with CaptureQueriesContext(connection) as queries:
        b"".join(client.get(url("office_export", "csv")).streaming_content)
    # seven to read it, and three to write down that it was taken away
    assert len(queries) == 10


def test_filters_stand_in_the_address(stage: Stage) -> None:
    one, other = received(stage, title_ja="量子もつれの長距離分配"), received(stage, state="eligible")
    client = client_of(stage.home1)

    def found(**query: str) -> list[bool]:
        page = shown(client.get(url("office"), query))
        return [str(proposal.receipt_number) in page for proposal in (one, other)]

    assert found() == [True, True]
    assert found(q="量子 長距離") == [True, False]
    assert found(q=str(other.receipt_number)) == [False, True]
    assert found(q=other.pi.family_kanji) == [False, True]
    assert found(state="locked") == [True, False]
    assert found(call=other.call.public_id) == [False, True]
    assert found(todo="verdict") == [True, False]
    assert found(state="draft") == [True, True]  # no such choice: said beside the field, nothing filtered


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a\0b"},
        {"q": "x" * 5000},
        {"call": "nonsense"},
        {"state": "submitted"},
        {"todo": "'--"},
        {"page": "-1"},
        {"page": "99999999999"},
    ],
)
def test_a_hostile_filter_is_no_error(stage: Stage, query: dict[str, str]) -> None:
    received(stage)
    client = client_of(stage.home1)
    assert client.get(url("office"), query).status_code == 200
    assert client.get(url("office_export", "csv"), query).status_code == 200
    assert client.get(url("office_export", "xlsx"), query).status_code == 200


@LANGUAGES
def test_exports_hold_what_the_list_shows_and_no_formula(stage: Stage, language: str) -> None:
    proposal = received(stage, title_ja="=1+1", title_en="@A1")
    received(stage, state="eligible")
    client = client_of(stage.home1)
    query = {"state": "locked"}
    response = client.get(url("office_export", "csv", language=language), query)
    assert response.streaming
    table = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [len(table), table[1][:4]] == [
        2,
        [proposal.receipt_number, proposal.call.code, "'=1+1", "'@A1"],
    ]
    assert table[1][10] == str(5 * 78_000_000)
    book = load_workbook(
        io.BytesIO(client.get(url("office_export", "xlsx", language=language), query).content)
    )
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert (len(rows), rows[1][0], rows[1][2], rows[1][10]) == (
        2,
        proposal.receipt_number,
        "=1+1",
        390_000_000,
    )
    assert book.worksheets[0].cell(2, 3).data_type == "s"
    assert client.get(url("office_export", "pdf")).status_code == 404


@LANGUAGES
def test_both_agencies_judge_by_their_forms(stage: Stage, language: str) -> None:
    proposal = received(stage)
    for user, agency in ((stage.home1, stage.home), (stage.partner1, stage.partner)):
        address = url("eligibility", proposal.public_id, agency.public_id, language=language)
        assert client_of(user).get(address).status_code == 200
        assert client_of(user).post(address, {"verdict": "yes", "reasons": ""}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "eligible"
    assert client_of(stage.home1).get(eligibility_url(proposal, stage.home)).status_code == 302


def test_no_officer_answers_for_the_other_agency(stage: Stage) -> None:
    proposal = received(stage)
    for user, agency in (
        (stage.home1, stage.partner),
        (stage.partner1, stage.home),
        (stage.home2, stage.home),
    ):
        for answer in (client_of(user).get, client_of(user).post):
            assert answer(eligibility_url(proposal, agency)).status_code == 404
    award = url("award_verdict", proposal.public_id, proposal.awards.get().public_id)
    assert client_of(stage.home1).post(award, {"verdict": "yes"}).status_code == 404
    assert client_of(stage.partner1).post(award, {"verdict": "yes"}).status_code == 302
    assert (proposal.awards.get().verdict, proposal.eligibility.count()) == ("yes", 0)


def test_one_person_of_both_agencies_is_told_so(stage: Stage) -> None:
    proposal = received(stage)
    both = give_role(stage.home1, stage.partner, Role.PROGRAMME_OFFICER)
    client = client_of(both)
    assert client.post(eligibility_url(proposal, stage.home), {"verdict": "yes"}).status_code == 302
    page = client.post(eligibility_url(proposal, stage.partner), {"verdict": "yes"})
    assert page.status_code == 200
    assert proposal.eligibility.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verdict": "perhaps"},
        {"verdict": "no", "reasons": ""},
        {"verdict": "no", "reasons": "a\0b"},
        {"verdict": "no", "reasons": "あ" * 2001},
    ],
)
def test_a_faulty_verdict_comes_back_with_its_errors(stage: Stage, data: dict[str, str]) -> None:
    proposal = received(stage)
    page = client_of(stage.home1).post(eligibility_url(proposal, stage.home), data)
    assert page.status_code == 200
    assert "field__errors" in shown(page)
    assert proposal.eligibility.count() == 0


def test_the_other_agency_sees_the_verdict_and_its_reasons_only_when_all_have_answered(stage: Stage) -> None:
    proposal = received(stage)
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict="no", reasons="内部の理由"
    )
    address = url("office_proposal", proposal.public_id)
    assert "内部の理由" in shown(client_of(stage.home2).get(address))
    before = shown(client_of(stage.partner1).get(address))
    assert "内部の理由" not in before
    assert "badge--error" in before
    judge_eligibility(proposal=proposal, agency=stage.partner, by=stage.partner1, verdict="yes")
    assert "内部の理由" in shown(client_of(stage.partner1).get(address))


def test_the_applicant_is_not_told_one_agencys_verdict(stage: Stage) -> None:
    proposal = received(stage)
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict="no", reasons="内部の理由"
    )
    client = client_of(proposal.pi.user)
    for page in ("tasks", "check", "receipt"):
        assert "内部の理由" not in shown(client.get(url(page, proposal.public_id)))


@LANGUAGES
def test_on_behalf_with_letter_then_a_second_officer(stage: Stage, language: str) -> None:
    proposal = received(stage, signs_in=False)
    address = url("eligibility", proposal.public_id, stage.partner.public_id, language=language)
    first, second = client_of(stage.home1), client_of(stage.home2)
    assert "field__errors" in shown(first.post(address, {"verdict": "yes"}))
    data = {
        "verdict": "yes",
        "reasons": "",
        "letter_dated": "2026-10-01",
        "letter": SimpleUploadedFile("回答書.pdf", blank_pdf()),
    }
    assert first.post(address, data).status_code == 302
    answer = proposal.eligibility.get()
    assert (answer.counts, answer.letter.name) == (False, "回答書.pdf")
    page = url("office_proposal", proposal.public_id, language=language)
    confirm = url("eligibility_confirm", proposal.public_id, answer.public_id, language=language)
    assert confirm not in shown(first.get(page))
    shown_to_second = shown(second.get(page))
    assert "csrfmiddlewaretoken" in shown_to_second[shown_to_second.index(f'action="{confirm}"') :][:300]
    assert first.post(confirm).status_code == 404
    assert first.get(confirm).status_code == 405
    assert second.get(url("eligibility_letter", proposal.public_id, answer.public_id)).status_code == 200
    assert second.post(confirm).status_code == 302
    assert second.post(confirm).status_code == 302  # once more: told that there is nothing to confirm
    answer.refresh_from_db()
    assert answer.counts
    judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes")
    proposal.refresh_from_db()
    assert proposal.state == "eligible"
    assert stage.home1.person.name in shown(second.get(page))  # who recorded it stays said


@pytest.mark.parametrize(
    "upload",
    [("letter.exe", b"MZ"), ("letter.pdf", b"no pdf at all"), ("letter.pdf", b""), ("../../x.html", b"<p>")],
)
def test_a_hostile_letter_is_refused_beside_its_field(stage: Stage, upload: tuple[str, bytes]) -> None:
    proposal = received(stage, signs_in=False)
    data = {"verdict": "yes", "letter_dated": "2026-10-01", "letter": SimpleUploadedFile(*upload)}
    page = client_of(stage.home1).post(eligibility_url(proposal, stage.partner), data)
    assert page.status_code == 200
    assert 'id="id_letter_error"' in shown(page)
    assert proposal.eligibility.count() == 0


def test_a_letter_is_for_the_two_agencies_that_it_concerns(stage: Stage) -> None:
    proposal = received(stage, signs_in=False)
    answer = judge_eligibility(
        proposal=proposal,
        agency=stage.partner,
        by=stage.home1,
        verdict="yes",
        letter=letter(),
        letter_dated=dt.date(2026, 10, 1),
    )
    third = make_agency("THIRD", "GB")
    with writing():
        proposal.call.call_agencies.create(agency=third, starts_on=dt.date(2023, 4, 1))
    officer = make_member(third, Role.PROGRAMME_OFFICER)
    address = url("eligibility_letter", proposal.public_id, answer.public_id)
    assert client_of(officer).get(url("office_proposal", proposal.public_id)).status_code == 200
    assert client_of(officer).get(address).status_code == 404
    assert client_of(stage.home2).get(address).status_code == 200


def test_what_waits_for_an_officer(stage: Stage) -> None:
    proposal = received(stage, signs_in=False)

    def of(user: User) -> list[tuple[str, int]]:
        return [(entry.url.partition("?")[2], entry.count) for entry in counted(user, waiting(user))]

    assert of(stage.home1) == [("todo=verdict", 1), ("todo=award", 1)]
    assert [of(user) for user in (stage.home2, stage.ministry1)] == [[], []]
    judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes")
    answer = judge_eligibility(
        proposal=proposal,
        agency=stage.partner,
        by=stage.home1,
        verdict="yes",
        letter=letter(),
        letter_dated=dt.date(2026, 10, 1),
    )
    assert of(stage.home1) == [("todo=award", 1)]
    assert of(stage.home2) == [("todo=confirmation", 1)]
    confirm_on_behalf(answer=answer, by=stage.home2)
    assert of(stage.home2) == []


def test_officers_find_the_list_in_the_navigation_and_on_the_call(stage: Stage) -> None:
    call = make_call(stage)
    assert [name for _label, name in navigation(stage.partner1)] == ["proposals:office"]
    assert [move.url.partition("?")[2] for move in call_moves(stage.partner1, call)] == [
        f"call={call.public_id}"
    ]
    assert call_moves(stage.ministry1, call) == []


def test_a_second_click_records_one_verdict(stage: Stage) -> None:
    proposal = received(stage)
    client = client_of(stage.home1)
    data = {"verdict": "yes", "form_token": "t" * 32}
    for _ in range(2):
        assert client.post(eligibility_url(proposal, stage.home), data).status_code == 302
    assert AuditEntry.objects.filter(verb="judged", subject_id=proposal.public_id).count() == 1


def test_the_buttons_say_for_whom_a_verdict_is_recorded(stage: Stage) -> None:
    proposal = received(stage, signs_in=False)
    page = url("office_proposal", proposal.public_id, language="en")
    text = shown(client_of(stage.home1).get(page))
    partner = stage.partner.short_name
    assert "Give the verdict" in text and f"Record the answer of {partner} on its behalf" in text
    judge_eligibility(
        proposal=proposal,
        agency=stage.partner,
        by=stage.home1,
        verdict="yes",
        letter=letter(),
        letter_dated=dt.date(2026, 10, 1),
    )
    rows = client_of(stage.home2).get(page).context["verdicts"]
    (row,) = [row for row in rows if row["agency"] == stage.partner]
    assert (row["label"], row["tone"]) == ("yes: awaiting the second officer", "neutral")


def test_the_team_reads_why_its_proposal_is_not_eligible(stage: Stage) -> None:
    proposal = received(stage)
    address = url("tasks", proposal.public_id)
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict="no", reasons="相手国の研究費がない"
    )
    pi = client_of(proposal.pi.user)
    assert "相手国の研究費がない" not in shown(pi.get(address))
    judge_eligibility(
        proposal=proposal, agency=stage.partner, by=stage.partner1, verdict="yes", reasons="OK!"
    )
    text = shown(pi.get(address))
    assert "相手国の研究費がない" in text and "OK!" not in text
