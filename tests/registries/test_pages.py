"""The pages of the registries, in both languages, for those who may and those who may not."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from kernel import jobs
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.jobs.models import Job
from registries.models import Holiday, ImportRun, InstitutionSuccession
from tests.builders.people import make_agency, make_member, make_ministry, make_user
from tests.builders.registries import (
    make_budget_item,
    make_country,
    make_import_run,
    make_publication,
    make_rate,
    make_registered_award,
    make_review_project,
    make_ror_institution,
)
from tests.builders.registry_files import extract
from tests.counting import asks

pytestmark = pytest.mark.django_db
LANGUAGES = ("ja", "en")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def officer(country_code: str = "JP") -> User:
    return make_member(make_agency(country_code=country_code), Role.PROGRAMME_OFFICER)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def queries_of(user: User, path: str) -> int:
    """How often a page asks the registries' tables; with what the frame of every page asks, at most twelve in all."""
    client = signed_in(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert sum(asks(q["sql"]) for q in queries) <= 12, [q["sql"][:150] for q in queries]
    return sum('"registries_' in query["sql"] for query in queries)


def upload(name: str = "syukujitsu.csv", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, extract("calendar/syukujitsu.csv") if content is None else content)


MAKERS = {
    "": lambda: make_import_run(),
    "imports/": lambda: make_import_run(),
    "institutions/": lambda: make_ror_institution(),
    "publications/": lambda: make_publication(("Tohoku University, Japan", "JP")),
    "awards/": lambda: make_registered_award(),
    "rates/": lambda: make_rate(),
    "countries/": lambda: make_country(),
    "review-record/": lambda: make_review_project(),
    "budget-items/": lambda: make_budget_item(),
}
QUERIES = {
    "": 2,
    "imports/": 2,
    "institutions/": 3,
    "publications/": 3,
    "awards/": 3,
    "rates/": 3,
    "countries/": 2,
    "review-record/": 2,
    "budget-items/": 4,
}


@pytest.mark.parametrize("path", MAKERS)
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(path: str) -> None:
    reader = officer()
    MAKERS[path]()
    assert queries_of(reader, f"/ja/registries/{path}") == QUERIES[path]
    if path == "countries/":
        make_country("US", "アメリカ合衆国", "United States")
        make_country("GB", "イギリス", "United Kingdom")
    else:
        MAKERS[path]()
        MAKERS[path]()
    assert queries_of(reader, f"/ja/registries/{path}") == QUERIES[path]


def worked_on() -> int:
    """Do what waits for a worker; returns how many files."""
    waiting = list(Job.objects.filter(state="queued").values_list("pk", flat=True))
    assert all(jobs.run_job(pk) == "done" for pk in waiting)
    return len(waiting)


def send(client: Client, kind: str, file: SimpleUploadedFile, language: str = "ja") -> str:
    """Send a file; returns the address at which it can be followed."""
    sent = client.post(f"/{language}/registries/import/", {"kind": kind, "file": file})
    assert sent.status_code == 302, text_of(sent)
    return str(sent["Location"])


def test_an_officer_sees_what_a_file_would_change_before_it_is_taken_in() -> None:
    client = signed_in(officer())
    sent = send(client, "holidays", upload())
    assert "ファイルを読み込んでいます" in text_of(client.get(sent))
    assert worked_on() == 1
    assert (Holiday.objects.count(), ImportRun.objects.count()) == (0, 0)
    preview = client.get(sent)
    assert "取込みによる変更内容の確認" in text_of(preview)
    assert "指摘事項" in text_of(preview)
    taking = client.post(sent)["Location"]
    assert Holiday.objects.count() == 0
    assert client.get(taking).status_code == 200
    assert worked_on() == 1
    run = ImportRun.objects.get()
    assert client.get(taking)["Location"] == f"/ja/registries/imports/{run.public_id}/"
    assert run.created == Holiday.objects.count() > 900
    assert AuditEntry.objects.filter(verb="imported").count() == 1


def test_the_progress_box_asks_until_the_work_has_ended() -> None:
    client = signed_in(officer())
    sent = send(client, "holidays", upload())
    assert client.get(sent, headers={"HX-Request": "true"}).status_code == 200
    worked_on()
    ended = client.get(sent, headers={"HX-Request": "true"})
    assert ended.status_code == 286
    assert "<html" not in text_of(ended)


def test_the_second_click_imports_nothing_more() -> None:
    client = signed_in(officer())
    sent = send(client, "holidays", upload())
    worked_on()
    first = client.post(sent, {"form_token": "once"})
    assert client.post(sent, {"form_token": "once"})["Location"] == first["Location"]
    assert worked_on() == 1
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", "論文.json 1行目"),
        ("en", "論文.json, line 1"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_place(language: str, words: str) -> None:
    client = signed_in(officer())
    broken = upload("論文.json", b'{"message": {"items": [')
    sent = send(client, "publications", broken, language)
    worked_on()
    assert words in text_of(client.get(sent))
    assert client.post(sent).status_code == 404
    assert (Job.objects.count(), ImportRun.objects.count()) == (1, 0)


HOSTILE = {
    "blank": ("a.csv", b" "),
    "empty": ("a.csv", b""),
    "nul": ("a.json", b"\x00" * 5_000),
    "gzip": ("a.json.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"),
    "program": ("a.zip", b"MZ\x90\x00" * 100),
    "half a zip": ("a.zip", b"PK\x03\x04\x14\x00"),
    "entities": (
        "a.xml",
        b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><PubmedArticleSet>&c;</PubmedArticleSet>',
    ),
    "another ending": ("a.exe", b"{}"),
    "ten megabytes": ("a.json", b"[" * 10_000_000),
    "name with a path": ("../../etc/\u202epasswd.csv", b"x"),
    "long name": ("あ" * 300 + ".csv", b"x"),
}


@pytest.mark.parametrize(
    "kind", ["institutions", "publications", "erad_codes", "budget_items", "", "nonsense"]
)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_comes_back_with_words(kind: str, name: str) -> None:
    client = signed_in(officer())
    answer = client.post("/ja/registries/import/", {"kind": kind, "file": upload(*HOSTILE[name])})
    if answer.status_code == 302:
        assert worked_on() == 1
        assert "このファイルは取り込めません" in text_of(client.get(answer["Location"]))
    else:
        assert "error-summary" in text_of(answer)
    assert ImportRun.objects.count() == 0


def test_a_file_is_seen_by_its_sender_alone() -> None:
    sender, other = officer(), officer()
    sent = send(signed_in(sender), "holidays", upload())
    worked_on()
    assert signed_in(sender).get(sent).status_code == 200
    assert signed_in(other).get(sent).status_code == 404
    assert signed_in(other).post(sent).status_code == 404
    assert ImportRun.objects.count() == 0


def test_a_file_that_no_worker_could_work_on_says_so() -> None:
    client = signed_in(officer())
    sent = send(client, "holidays", upload())
    with writing():
        Job.objects.update(state="failed", error="OSError: the disk is full")
    page = text_of(client.get(sent))
    assert "ファイルを処理できませんでした" in page
    assert "disk" not in page


@pytest.mark.parametrize("path", ["", "import/"])
def test_partner_officers_and_applicants_do_not_import(path: str) -> None:
    expected = {"": 200, "import/": 404}[path]
    assert signed_in(officer("US")).get(f"/ja/registries/{path}").status_code == expected
    ministry = make_member(make_ministry(), Role.MINISTRY_OFFICER)
    assert signed_in(ministry).get(f"/ja/registries/{path}").status_code == expected
    assert signed_in(make_user()).get(f"/ja/registries/{path}").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "syukujitsu.csv"), ("en", "“2026-02-30” is no date.")],
)
def test_a_run_names_each_problem_with_its_record(language: str, words: str) -> None:
    run = make_import_run()
    page = text_of(signed_in(officer()).get(f"/{language}/registries/imports/{run.public_id}/"))
    assert words in page
    assert "2026-02-30" in page


def test_an_institution_leads_to_its_predecessor_and_its_successor() -> None:
    old, new = make_ror_institution(status="inactive"), make_ror_institution()
    with writing():
        InstitutionSuccession.objects.create(predecessor=old, successor_ror_id=new.ror_id)
        InstitutionSuccession.objects.create(predecessor=old, successor_ror_id="0notthere")
    reader = signed_in(make_user())
    before = text_of(reader.get(f"/en/registries/institutions/{old.public_id}/"))
    assert f"/en/registries/institutions/{new.public_id}/" in before
    assert "https://ror.org/0notthere" in before
    after = text_of(reader.get(f"/ja/registries/institutions/{new.public_id}/"))
    assert f"/ja/registries/institutions/{old.public_id}/" in after
    assert "前身機関" in after


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_shows_each_affiliation_and_the_country_recognised_in_it(language: str) -> None:
    make_country()
    paper = make_publication(
        ("Tohoku University, Sendai, Japan", "JP"), ("Somewhere", ""), is_retracted=True, title="<b>Bold</b>"
    )
    page = text_of(signed_in(make_user()).get(f"/{language}/registries/publications/{paper.public_id}/"))
    assert {"ja": "（国を判別できません）", "en": "country not recognised"}[language].strip("（）") in page
    assert {"ja": "(日本)", "en": "(Japan)"}[language] in page
    assert {"ja": "撤回", "en": "retracted"}[language] in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=JP", ["Joint"]),
        ("country=US", ["Joint", "American"]),
        ("year=2020", ["American"]),
        ("year=２０２０", ["American"]),
        ("q=joint", ["Joint"]),
        ("q=https://doi.org/10.1234/US", ["American"]),
        ("q=joint&country=US&year=2026", ["Joint"]),
        ("q=nothing", []),
        ("year=nonsense", ["Joint", "American"]),
    ],
)
def test_papers_are_found_by_country_year_and_words(query: str, found: list[str]) -> None:
    make_country()
    make_country("US", "アメリカ合衆国", "United States")
    make_publication(("Japan", "JP"), ("USA", "US"), title="Joint", year=2026)
    make_publication(("USA", "US"), title="American", year=2020, doi="10.1234/us")
    page = text_of(signed_in(make_user()).get(f"/en/registries/publications/?{query}"))
    assert [title for title in ("Joint", "American") if f">{title}</a>" in page] == found


def test_an_award_shows_its_amount_with_the_currency() -> None:
    award = make_registered_award(amount=12_345_600, currency="USD")
    page = text_of(signed_in(make_user()).get(f"/en/registries/awards/{award.public_id}/"))
    assert "123,456.00 USD" in page
