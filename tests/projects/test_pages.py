"""The pages of projects, in both languages, with good and with hostile input."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.clock import set_to
from kernel.contributions import counted, navigation, waiting
from kernel.documents.tables import read_csv
from kernel.documents.workbooks import read_xlsx
from projects.actions import ledger
from projects.models import LedgerEntry, Project
from projects.verification import ledger_differences
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_envelope, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])
READ = ("project", "ledger", "chart", "budget_csv", "ledger_export")
FORMS = ("payment", "change", "carry_over", "return")
GOOD = {"fiscal_year": "2026", "category": "goods", "amount": "1,000", "reason": "理由", "on": "2026-11-20"}


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def project(stage: Stage) -> Project:
    return make_project(stage)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(route: str, *args: Any, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"projects:{route}", args=args)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@LANGUAGES
@pytest.mark.parametrize("route", READ)
def test_a_page_of_a_project_opens(stage: Stage, project: Project, route: str, language: str) -> None:
    for user in (stage.home1, stage.partner1, stage.ministry1, project.pi.user):
        response = client_of(user).get(url(route, project.public_id, language=language))
        assert response.status_code == 200
        assert body(response)


@LANGUAGES
@pytest.mark.parametrize("route", ["project", "ledger", "budget_csv", "ledger_export", *FORMS])
def test_yen_are_written_in_one_way(stage: Stage, project: Project, route: str, language: str) -> None:
    response = client_of(stage.home1).get(url(route, project.public_id, language=language))
    wrong, right = {"ja": (("JPY", "¥", "yen"), "円"), "en": (("JPY", "円"), "yen")}[language]
    # An address may hold any letters.
    page = re.sub(r'="[^"]*"', "", body(response).decode())
    assert [sign for sign in wrong if sign in page] == []
    assert right in page


@LANGUAGES
@pytest.mark.parametrize("route", [*READ, *FORMS])
def test_a_stranger_finds_nothing(project: Project, route: str, language: str) -> None:
    address = url(route, project.public_id, language=language)
    assert client_of(make_user()).get(address).status_code == 404


@LANGUAGES
@pytest.mark.parametrize("route", FORMS)
def test_a_form_opens_for_those_who_keep_the_ledger_alone(
    stage: Stage, project: Project, route: str, language: str
) -> None:
    address = url(route, project.public_id, language=language)
    assert client_of(stage.home1).get(address).status_code == 200
    for user in (stage.home2, stage.partner1, stage.ministry1, project.pi.user):
        assert client_of(user).get(address).status_code == 404
        assert client_of(user).post(address, GOOD).status_code == 404
    assert not LedgerEntry.objects.exclude(kind="allocation").exists()


def test_a_form_is_not_there_before_the_project_begins(stage: Stage) -> None:
    project = make_project(stage, is_active=False)
    client = client_of(stage.home1)
    assert client.get(url("payment", project.public_id)).status_code == 404
    assert client.post(url("activate", project.public_id)).status_code == 302
    assert client.get(url("payment", project.public_id)).status_code == 200
    assert client.post(url("activate", project.public_id)).status_code == 422
    assert client.post(url("end", project.public_id)).status_code == 302
    assert client.get(url("payment", project.public_id)).status_code == 404


@pytest.mark.parametrize(
    ("route", "more", "made"),
    [
        ("payment", {}, [("payment", 2026, 1_000)]),
        ("change", {"direction": "up"}, [("change", 2026, 1_000)]),
        ("change", {"direction": "down", "category": "indirect"}, [("change", 2026, -1_000)]),
        ("carry_over", {}, [("carry_out", 2026, 1_000), ("carry_in", 2027, 1_000)]),
        ("return", {}, [("return", 2026, 1_000)]),
        (
            "virement",
            {"source": "goods", "target": "travel"},
            [("change", 2026, -1_000), ("change", 2026, 1_000)],
        ),
    ],
)
def test_an_entry_is_made_once(
    stage: Stage, project: Project, route: str, more: dict[str, str], made: list[Any]
) -> None:
    client, address = client_of(stage.home1), url(route, project.public_id)
    data = {**GOOD, **more, "form_token": "one"}
    for _ in range(2):
        assert client.post(address, data)["Location"] == url("ledger", project.public_id)
    entries = LedgerEntry.objects.exclude(kind="allocation").order_by("id")
    assert list(entries.values_list("kind", "fiscal_year", "amount")) == made
    assert list(ledger_differences()) == []


@LANGUAGES
@pytest.mark.parametrize("route", FORMS)
def test_a_preview_says_what_would_be_left_and_records_nothing(
    stage: Stage, project: Project, route: str, language: str
) -> None:
    data = {**GOOD, "direction": "up", "preview": "1", "form_token": "one"}
    response = client_of(stage.home1).post(url(route, project.public_id, language=language), data)
    assert response.status_code == 200
    before, after = {
        "payment": ("20,000,000", "19,999,000"),
        "change": ("20,000,000", "20,001,000"),
        "carry_over": ("20,000,000", "19,999,000"),
        "return": ("20,000,000", "19,999,000"),
    }[route]
    first = response.context["preview"][0]
    assert (first["before"], first["after"]) == (before, after)
    assert not LedgerEntry.objects.exclude(kind="allocation").exists()


@LANGUAGES
@pytest.mark.parametrize(
    "amount", ["", "-1", "−1", "ー500", "－５００", "1.5", "1\x00", "0", "abc", "9" * 30, "20,000,001"]
)
def test_an_amount_that_cannot_be_is_refused_in_words(
    stage: Stage, project: Project, amount: str, language: str
) -> None:
    for route in FORMS:
        address = url(route, project.public_id, language=language)
        data = {**GOOD, "amount": amount, "direction": "down"}
        for extra in ({}, {"preview": "1"}):
            response = client_of(stage.home1).post(address, {**data, **extra})
            assert response.status_code == 200
            assert response.context["form"].errors
    assert not LedgerEntry.objects.exclude(kind="allocation").exists()


def test_full_width_digits_are_read(stage: Stage, project: Project) -> None:
    client_of(stage.home1).post(url("payment", project.public_id), {**GOOD, "amount": "１，２３４，０００"})
    assert LedgerEntry.objects.get(kind="payment").amount == 1_234_000


@LANGUAGES
@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("22,000,000", {}),
        ("22,000,001", {"ja": "を加えると1円超過します", "en": "it would be exceeded by ¥1."}),
    ],
)
def test_an_increase_up_to_the_cap_is_recorded_and_one_yen_more_is_not(
    stage: Stage, project: Project, language: str, amount: str, words: dict[str, str]
) -> None:
    address = url("change", project.public_id, language=language)
    response = client_of(stage.home1).post(address, {**GOOD, "direction": "up", "amount": amount})
    if words:
        assert words[language] in str(response.context["form"].errors)
        assert not LedgerEntry.objects.filter(kind="change").exists()
    else:
        assert response.status_code == 302
        page = client_of(stage.home1).get(url("project", project.public_id, language=language))
        expected = {"ja": "ちょうど達しています", "en": "exactly"}[language]
        assert expected in page.context["budget"].figure["finding"]


@pytest.mark.parametrize("field", ["fiscal_year", "category", "reason", "on", "direction"])
@pytest.mark.parametrize("value", ["", "\x00", "1999", "9" * 30, "あ" * 5_000])
def test_a_field_that_cannot_be_is_no_server_error(
    stage: Stage, project: Project, field: str, value: str
) -> None:
    for route in FORMS:
        data = {**GOOD, "direction": "up", field: value}
        assert client_of(stage.home1).post(url(route, project.public_id), data).status_code in (200, 302)
    assert list(ledger_differences()) == []


@pytest.mark.parametrize(("route", "year"), [("carry_over", 2027), ("payment", 2028), ("return", 2028)])
def test_a_year_that_cannot_be_is_refused_beside_its_field(
    stage: Stage, project: Project, route: str, year: int
) -> None:
    address = url(route, project.public_id)
    for more in ({}, {"preview": "1"}):
        data = {**GOOD, "fiscal_year": str(year), "form_token": "one", **more}
        errors = client_of(stage.home1).post(address, data).context["form"].errors
        assert (list(errors), len(errors["fiscal_year"])) == (["fiscal_year"], 1)
    assert not LedgerEntry.objects.exclude(kind="allocation").exists()


def test_a_year_to_which_money_was_only_carried_promises_no_moves(stage: Stage, project: Project) -> None:
    with set_to(dt.datetime(2031, 3, 1, tzinfo=dt.UTC)):
        ledger.carry_over(
            project=project, by=stage.home1, fiscal_year=2030, category="goods", amount=5, reason="理由"
        )
    spending = client_of(stage.home1).get(url("project", project.public_id)).context["budget"].spending
    assert [row["movable"] for row in spending] == ["30,000,000"] * 5 + ["–"]


@LANGUAGES
def test_an_entry_is_put_right(stage: Stage, project: Project, language: str) -> None:
    client = client_of(stage.home1)
    entry = ledger.record_payment(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="goods",
        amount=7,
        on=project.programme.calendar.first_day(2026),
    )
    page = client.get(url("ledger", project.public_id, language=language))
    address = url("correct", project.public_id, entry.public_id, language=language)
    assert address in page.content.decode()
    assert client.get(address).status_code == 200
    preview = client.post(address, {"reason": "誤入力", "preview": "1"}).context["preview"]
    assert (preview[0]["before"], preview[0]["after"]) == ("19,999,993", "20,000,000")
    assert client.post(address, {"reason": ""}).context["form"].errors
    assert client.post(address, {"reason": "誤入力"}).status_code == 302
    again = client.post(address, {"reason": "誤入力"})
    assert again.status_code == 200
    assert again.context["form"].errors
    assert address not in client.get(url("ledger", project.public_id, language=language)).content.decode()
    other = make_project(stage)
    assert client.get(url("correct", other.public_id, entry.public_id)).status_code == 404


@LANGUAGES
def test_the_ledger_is_filtered_and_its_sums_follow(stage: Stage, project: Project, language: str) -> None:
    address = url("ledger", project.public_id, language=language)
    client = client_of(project.pi.user)
    page = client.get(address, {"year": "2027", "kind": "allocation"})
    assert [row["entry"].fiscal_year for row in page.context["rows"]] == [2027] * 5
    assert [row["amount"] for row in page.context["sums"]] == ["78,000,000"]
    assert client.get(address, {"category": "goods"}).context["sums"][0]["amount"] == "100,000,000"
    for query in ({"year": "nonsense"}, {"kind": "\x00"}, {"page": "99999"}, {"year": "9" * 40}):
        assert client.get(address, query).status_code == 200
    assert client.get(address, {"kind": "payment"}).context["rows"] == []


@LANGUAGES
def test_the_ledger_leaves_as_csv_and_xlsx_with_the_filter(
    stage: Stage, project: Project, language: str
) -> None:
    ledger.record_return(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="goods",
        amount=5,
        on=project.programme.calendar.first_day(2026),
        reason="=1+1",
    )
    address = url("ledger_export", project.public_id, language=language)
    client = client_of(stage.home1)
    table = read_csv(body(client.get(address, {"kind": "return"})))
    assert [(row[1], row[6], row[8]) for row in table.rows] == [(project.number, "5", "=1+1")]
    assert b"'=1+1" in body(client.get(address))
    response = client.get(address, {"format": "xlsx", "year": "2026"})
    rows = read_xlsx(io.BytesIO(body(response)).getvalue())[0].rows
    assert len(rows) == 1 + 6
    assert project.number in response["Content-Disposition"]
    assert len(read_csv(body(client.get(address))).rows) == 26


@LANGUAGES
def test_envelopes_are_shown_to_their_agency_and_to_the_ministry(
    stage: Stage, project: Project, language: str
) -> None:
    make_envelope(stage, 2026, 7, agency=stage.partner)
    ledger.record_payment(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="goods",
        amount=9,
        on=project.programme.calendar.first_day(2026),
    )
    address = url("envelopes", language=language)
    row = client_of(stage.home2).get(address).context["tables"][0]["rows"][3]["cells"]
    assert row == ["0", "2,000,000,000", "78,000,000", "9", "1,922,000,000"]
    seen = {
        user.pk: [table["agency"] for table in client_of(user).get(address).context["tables"]]
        for user in (stage.home1, stage.partner1, stage.ministry1)
    }
    assert seen == {
        stage.home1.pk: [stage.home],
        stage.partner1.pk: [stage.partner],
        stage.ministry1.pk: [stage.home, stage.partner],
    }
    assert client_of(project.pi.user).get(address).status_code == 404
    for route in ("envelopes_chart", "envelopes_csv"):
        key = (stage.programme.public_id, stage.home.public_id)
        assert client_of(stage.ministry1).get(url(route, *key, language=language)).status_code == 200
        assert client_of(stage.partner1).get(url(route, *key, language=language)).status_code == 404


@LANGUAGES
def test_the_list_finds_by_number_title_and_name(stage: Stage, project: Project, language: str) -> None:
    make_project(stage, is_active=False)
    client, address = client_of(stage.home1), url("projects", language=language)
    assert len(client.get(address).context["rows"]) == 2
    for q in (project.number, project.title_ja, str(project.pi.family_romaji)):
        assert project.number in [
            row["project"].number for row in client.get(address, {"q": q}).context["rows"]
        ]
    assert [r["project"] for r in client.get(address, {"state": "active"}).context["rows"]] == [project]
    assert client.get(address, {"q": "nowhere to be found"}).context["rows"] == []
    assert client.get(address, {"q": "\x00", "state": "\x00"}).status_code == 200


def test_navigation_and_what_waits(stage: Stage) -> None:
    make_project(stage, is_active=False)
    project = make_project(stage)

    def entries(user: User) -> list[str]:
        return [route for give in navigation for _, route in give(user) if route.startswith("projects:")]

    def counts(user: User) -> list[int]:
        found = [item for give in waiting for item in counted(user, give(user))]
        return [item.count for item in found if "/projects/" in item.url]

    assert entries(stage.home1) == ["projects:projects"]
    assert entries(project.pi.user) == ["projects:projects"]
    assert entries(make_user()) == []
    assert counts(stage.home1) == [1]
    assert counts(stage.home2) == counts(stage.partner1) == counts(project.pi.user) == []


def queries(user: User, address: str) -> int:
    """How many queries a page takes; the savepoints around the session's own are those of the test's transaction."""
    client = client_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


# What the frame of each page asks for the navigation of all apps is counted with it.
MOST = 12


@pytest.mark.parametrize("route", ["projects", "envelopes"])
def test_a_list_asks_the_same_at_one_row_and_at_three(stage: Stage, route: str) -> None:
    call = make_call(stage, state="review")
    make_project(stage, call=call)
    one = queries(stage.home1, url(route))
    for _ in range(2):
        make_project(stage, call=call)
    assert queries(stage.home1, url(route)) == one <= MOST


@pytest.mark.parametrize("route", ["project", "ledger", "payment"])
def test_a_page_asks_the_same_for_one_year_and_for_five(stage: Stage, route: str) -> None:
    short, long = make_project(stage, years=1), make_project(stage)
    one, five = (queries(stage.home1, url(route, project.public_id)) for project in (short, long))
    assert five == one <= MOST


def test_an_adopted_proposal_leads_its_team_to_the_project(stage: Stage, project: Project) -> None:
    proposal = project.proposal
    address = reverse("proposals:tasks", args=[proposal.public_id])
    moves = client_of(project.pi.user).get(address).context["moves"]
    assert url("project", project.public_id) in [move.url for move in moves]
    other = make_proposal(make_call(stage), pi=project.pi.user)
    moves = (
        client_of(project.pi.user).get(reverse("proposals:tasks", args=[other.public_id])).context["moves"]
    )
    assert not [move for move in moves if "/projects/" in move.url]
