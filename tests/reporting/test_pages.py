"""The pages of outcomes and reports, in both languages and for each role."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel import jobs
from kernel.actions import writing
from kernel.jobs.models import Job
from program.models import Baseline, Indicator
from reporting.models import OutcomeReport, ProjectPublication, Stay
from tests.builders.outcomes import make_paper, make_stay
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.projects import make_project

pytestmark = pytest.mark.django_db
LANGUAGES = ("ja", "en")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def stage():
    stage = make_stage()
    for position, (measure, title) in enumerate(
        (("dispatched", "派遣者数"), ("coauthored_papers", "国際共著論文数"))
    ):
        with writing():
            indicator = Indicator.objects.create(
                programme=stage.programme,
                kind="output",
                measure=measure,
                title_ja=title,
                title_en=measure,
                unit_ja="人",
                unit_en="people",
                position=position,
            )
            Baseline.objects.create(
                indicator=indicator, year=2018, value=4_291, source_ja="調査", source_en="Survey"
            )
    return stage


@pytest.fixture
def project(stage):
    return make_project(stage)


def client_of(user):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def path(route, *keys, language="ja"):
    with translation.override(language):
        return reverse(f"reporting:{route}", args=keys)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def made_report(stage, user=None):
    client = client_of(user or stage.home1)
    values = {"programme": stage.programme.public_id, "agency": "", "fiscal_year": "2026"}
    response = client.post(path("report_request"), values)
    assert response.status_code == 302, text_of(response)
    job = Job.objects.latest("id")
    assert response["Location"] == path("report_progress", job.public_id)
    assert jobs.run_job(job.pk) == "done", Job.objects.get(pk=job.pk).error
    return OutcomeReport.objects.get(job=job)


NEWCOMER = {
    "direction": "dispatch",
    "career_stage": "doctoral",
    "home": "見本大学",
    "host": "Example Institute",
    "country_code": "US",
    "starts_on": "2026-05-01",
    "ends_on": "2026-06-30",
    "family_romaji": "Sample",
    "given_romaji": "Kim",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_in_both_languages(stage, project, language):
    stay, paper = make_stay(project), make_paper(project=project)
    report = made_report(stage)
    indicator = stage.programme.indicators.first()
    client = client_of(stage.home1)
    key = project.public_id
    for route, keys in (
        ("projects", ()),
        ("stays", (key,)),
        ("stay_add", (key,)),
        ("stay_change", (stay.public_id,)),
        ("stay_remove", (stay.public_id,)),
        ("papers", (key,)),
        ("paper_link", (key,)),
        ("indicators", ()),
        ("indicator_records", (indicator.public_id, 2026)),
        ("reports", ()),
        ("report_request", ()),
        ("report_progress", (report.job.public_id,)),
        ("report", (report.public_id,)),
    ):
        response = client.get(path(route, *keys, language=language))
        assert (route, response.status_code) == (route, 200)
        assert f'lang="{language}"' in text_of(response)
    assert paper.title in text_of(client.get(path("papers", key, language=language)))


def test_who_reads_and_who_writes(stage, project):
    stay = make_stay(project)
    report = made_report(stage)
    key, pi = project.public_id, project.pi.user
    document = report.documents.first()
    readers = {"home": stage.home1, "ministry": stage.ministry1, "partner": stage.partner1, "pi": pi}
    found = {
        who: [
            client_of(user).get(path(route, *keys)).status_code
            for route, keys in (
                ("stays", (key,)),
                ("stay_add", (key,)),
                ("stay_remove", (stay.public_id,)),
                ("paper_link", (key,)),
                ("indicators", ()),
                ("reports", ()),
                ("report", (report.public_id,)),
                ("report_document", (document.public_id,)),
                ("report_request", ()),
                ("report_progress", (report.job.public_id,)),
            )
        ]
        for who, user in {**readers, "stranger": make_user()}.items()
    }
    assert found == {
        "home": [200] * 10,
        "ministry": [200, 404, 404, 404, 200, 200, 200, 200, 404, 404],
        "partner": [200, 404, 404, 404, 200, 200, 200, 200, 404, 404],
        "pi": [200, 200, 200, 200, 404, 404, 404, 404, 404, 404],
        "stranger": [404] * 10,
    }


def test_a_report_with_a_project_of_another_call_is_hidden_from_a_partner_agency(stage, project):
    other = make_call(stage, state="review")
    with writing():
        other.call_agencies.filter(agency=stage.partner).update(ends_on=dt.date(2024, 1, 1))
    make_project(stage, call=other)
    report = made_report(stage)
    address = path("report", report.public_id)
    assert [client_of(user).get(address).status_code for user in (stage.ministry1, stage.partner1)] == [
        200,
        404,
    ]
    document = path("report_document", report.documents.first().public_id)
    assert client_of(stage.partner1).get(document).status_code == 404
    assert report.public_id not in text_of(client_of(stage.partner1).get(path("reports")))


def test_a_stay_is_recorded_changed_and_removed_through_its_pages(stage, project):
    client = client_of(project.pi.user)
    response = client.post(path("stay_add", project.public_id), NEWCOMER)
    assert response["Location"] == path("stays", project.public_id)
    stay = Stay.objects.get()
    assert (stay.person.name_in("en"), stay.country_code) == ("Kim Sample", "US")
    page = text_of(client.get(path("stays", project.public_id)))
    assert "61" in page and "2026年度に計上" in page
    client.post(path("stay_change", stay.public_id), {**NEWCOMER, "ends_on": "2026-05-30"})
    stay.refresh_from_db()
    assert stay.ends_on == dt.date(2026, 5, 30)
    assert client.post(path("stay_remove", stay.public_id), {"reason": ""}).status_code == 200
    client.post(path("stay_remove", stay.public_id), {"reason": "誤り"})
    assert not Stay.objects.exists()


def test_a_known_person_is_chosen(stage, project):
    known = make_stay(project).person
    client = client_of(stage.home1)
    client.post(
        path("stay_add", project.public_id),
        {**NEWCOMER, "person": known.public_id, "starts_on": "2026-08-01", "ends_on": "2026-08-02"},
    )
    assert Stay.objects.latest("id").person == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_rule_stands_beside_its_field_and_nothing_is_lost(stage, project, language):
    client = client_of(stage.home1)
    address = path("stay_add", project.public_id, language=language)
    page = text_of(client.post(address, {**NEWCOMER, "country_code": "JP"}))
    sentence = {"ja": "派遣", "en": "A dispatch leads abroad"}[language]
    assert sentence in page and "Example Institute" in page
    assert not Stay.objects.exists()


@pytest.mark.parametrize(
    "junk", ["\x00", "あ" * 20_000, "-1", "99999999999999999999", "9999-12-31", "１．５", ""]
)
def test_no_input_is_too_much(stage, project, junk):
    stay, client = make_stay(project), client_of(stage.home1)
    for route, keys in (
        ("stay_add", (project.public_id,)),
        ("stay_change", (stay.public_id,)),
        ("paper_link", (project.public_id,)),
        ("report_request", ()),
    ):
        values = dict.fromkeys(
            [*NEWCOMER, "person", "orcid", "publication", "programme", "agency", "fiscal_year"], junk
        )
        assert client.post(path(route, *keys), values).status_code == 200
    for query in ({"q": junk}, {"page": junk}, {"programme": junk}):
        for route, keys in (
            ("paper_link", (project.public_id,)),
            ("indicators", ()),
            ("reports", ()),
            ("projects", ()),
        ):
            assert client.get(path(route, *keys), query).status_code == 200
    indicator = stage.programme.indicators.first()
    for year in (0, 10**30):
        assert client.get(path("indicator_records", indicator.public_id, year)).status_code == 404


def test_a_paper_is_found_by_its_doi_linked_once_and_unlinked(stage, project):
    paper = make_paper("JP", "US", "DE")
    client = client_of(project.pi.user)
    address = path("paper_link", project.public_id)
    assert paper.title in text_of(client.get(address, {"q": f"https://doi.org/{paper.doi.upper()}"}))
    token = {"publication": paper.public_id, "form_token": "once"}
    for _ in range(2):
        assert client.post(address, token)["Location"] == path("papers", project.public_id)
    assert ProjectPublication.objects.count() == 1
    assert client.post(address, {"publication": paper.public_id}).status_code == 200
    assert "計上（多国間）" in text_of(client.get(path("papers", project.public_id)))
    client.post(path("paper_unlink", project.public_id, paper.public_id))
    assert not ProjectPublication.objects.exists()


def test_a_paper_older_than_the_project_is_found_and_cannot_be_linked(stage, project):
    paper = make_paper(year=2021)
    client = client_of(project.pi.user)
    address = path("paper_link", project.public_id)
    page = text_of(client.get(address, {"q": paper.doi}))
    assert "研究課題の開始前に公表された論文" in page
    assert f'value="{paper.public_id}"' not in page
    assert "2026年4月1日" in text_of(client.post(address, {"publication": paper.public_id}))
    assert not ProjectPublication.objects.exists()


def test_each_paper_says_whether_it_counts_or_why_not(stage, project):
    make_paper(project=project, is_retracted=True)
    make_paper("JP", project=project)
    make_paper(project=project, year=2025)
    page = text_of(client_of(stage.home1).get(path("papers", project.public_id, language="en")))
    assert "not counted: retracted" in page
    assert "not counted: no affiliation abroad" in page
    assert "not counted: published before the project" in page
    assert "Papers counted by country: 0 (multilateral: 0)" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_stands_beside_its_baseline_and_leads_to_its_records(stage, project, language):
    make_stay(project, "2026-05-01", "2026-05-31")
    make_stay(project, "2026-05-01", "2026-05-30")
    client = client_of(stage.ministry1)
    indicator = stage.programme.indicators.get(measure="dispatched")
    page = text_of(client.get(path("indicators", language=language)))
    records = path("indicator_records", indicator.public_id, 2026, language=language)
    assert "4,291" in page and records in page and "4,292" not in page
    assert project.number in text_of(client.get(records))
    chart = client.get(path("indicator_chart", indicator.public_id, language=language))
    assert (chart["Content-Type"], b"<svg" in chart.content) == ("image/svg+xml", True)
    csv = b"".join(
        client.get(path("indicator_csv", indicator.public_id, language=language)).streaming_content
    )
    rows = csv.decode("utf-8-sig").splitlines()
    assert (rows[1][:10], rows[-1][:7]) == ("2018,,4291", "2026,1,")


def test_the_progress_is_polled_until_the_report_is_there(stage, project):
    client = client_of(stage.home1)
    client.post(
        path("report_request"), {"programme": stage.programme.public_id, "agency": "", "fiscal_year": "2026"}
    )
    job = Job.objects.get()
    address = path("report_progress", job.public_id)
    waiting = client.get(address, headers={"HX-Request": "true"})
    assert (waiting.status_code, b"<html" in waiting.content) == (200, False)
    page = client.get(address)
    assert ("hx-get" in text_of(page), page.context["heading"]) == (True, "報告書を作成しています")
    jobs.run_job(job.pk)
    done = client.get(address, headers={"HX-Request": "true"})
    report = OutcomeReport.objects.get()
    assert (done.status_code, path("report", report.public_id) in text_of(done)) == (286, True)
    whole = client.get(address)
    assert (whole.status_code, "hx-get" in text_of(whole)) == (200, False)
    assert whole.context["heading"] == "報告書が作成されました"


def test_a_report_that_failed_says_so(stage, project):
    client = client_of(stage.home1)
    client.post(
        path("report_request"), {"programme": stage.programme.public_id, "agency": "", "fiscal_year": "2026"}
    )
    with writing():
        Job.objects.update(state="failed", error="x")
    page = client.get(path("report_progress", Job.objects.get().public_id))
    assert page.context["heading"] == "報告書を作成できませんでした"
    assert "作成できなかった成果報告書" in text_of(client.get("/ja/"))


def test_a_second_click_asks_for_one_report(stage, project):
    client = client_of(stage.home1)
    values = {"programme": stage.programme.public_id, "fiscal_year": "2026", "form_token": "once"}
    first, second = (client.post(path("report_request"), values) for _ in range(2))
    assert (first["Location"], Job.objects.count()) == (second["Location"], 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_are_sent_as_they_were_made(stage, project, language):
    report = made_report(stage)
    client = client_of(stage.partner1)
    page = text_of(client.get(path("report", report.public_id, language=language)))
    assert report.sha256 in page
    for document in report.documents.all():
        address = path("report_document", document.public_id, language=language)
        assert address in page
        response = client.get(address)
        assert b"".join(response.streaming_content) == document.file.read()


def count_queries(user, address):
    client = client_of(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_stay_flat(stage):
    def counts(project):
        return [
            count_queries(stage.home1, path(route, *keys))
            for route, keys in (
                ("projects", ()),
                ("stays", (project.public_id,)),
                ("papers", (project.public_id,)),
                ("indicators", ()),
                ("reports", ()),
            )
        ]

    first = make_project(stage)
    make_stay(first)
    make_paper(project=first)
    made_report(stage)
    one = counts(first)
    for _ in range(2):
        other = make_project(stage)
        for project in (first, other):
            make_stay(project)
            make_paper(project=project)
        made_report(stage)
    assert counts(first) == one
