"""An outcome report: one version a request, the same data the same digest, and every sum as the database has it."""

import datetime as dt
import io
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import translation

from kernel import jobs
from kernel.actions import writing
from kernel.documents.workbooks import read_xlsx
from kernel.jobs.models import Job
from program.models import Baseline, Indicator
from projects.actions.ledger import record_payment
from reporting.actions.reports import request_report
from reporting.documents import words
from reporting.models import OutcomeReport, ReportDocument
from reporting.rules.canonical import digest_of
from reporting.snapshot import gather
from tests.builders.outcomes import link_paper, make_paper, make_stay
from tests.builders.people import make_person
from tests.builders.program import make_stage
from tests.builders.projects import make_project

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def world():
    """Two projects with payments, stays and papers; a third of the partners' that nothing has come of yet."""
    stage = make_stage()
    first, second = make_project(stage), make_project(stage)
    make_project(stage, is_active=False)
    for number, project in enumerate((first, second)):
        for category, amount in (("goods", 8_000_001), ("travel", 3_200_000), ("indirect", 999)):
            record_payment(
                project=project,
                by=stage.home1,
                fiscal_year=2026,
                category=category,
                amount=amount + number,
                on=dt.date(2026, 10, 1),
                reason="=実績払い",
            )
    person = make_person(family_romaji="Nameless")
    make_stay(first, "2026-05-01", "2026-05-20", person=person)
    make_stay(first, "2026-05-21", "2026-06-10", person=person)
    make_stay(
        second, "2026-04-01", "2026-04-30", direction="acceptance", country_code="JP", career_stage="postdoc"
    )
    shared = make_paper("JP", "US", "DE", project=first)
    link_paper(second, shared)
    make_paper("JP", "US", project=first, is_retracted=True)
    make_paper("JP", project=second)
    with writing():
        indicator = Indicator.objects.create(
            programme=stage.programme,
            kind="output",
            measure="dispatched",
            title_ja="派遣者数",
            title_en="Dispatched",
            unit_ja="人",
            unit_en="people",
        )
        Baseline.objects.create(
            indicator=indicator, year=2018, value=4_291, source_ja="調査", source_en="Survey"
        )
    return stage


def made(stage, **asked):
    job = request_report(programme=stage.programme, fiscal_year=2026, by=stage.home1, **asked)
    assert jobs.run_job(job.pk) == "done", Job.objects.get(pk=job.pk).error
    return OutcomeReport.objects.get(job=job)


def sql(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def workbook(report, language):
    content = report.documents.get(language=language, format="xlsx").file.read()
    return {sheet.name: sheet for sheet in read_xlsx(content)}


def pdf_text(report, language, tmp_path):
    path = Path(tmp_path) / "report.pdf"
    path.write_bytes(report.documents.get(language=language, format="pdf").file.read())
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout


def test_a_report_is_a_version_with_four_documents(world):
    report = made(world)
    assert (report.number, report.sha256, report.projects.count()) == (1, digest_of(report.snapshot), 3)
    assert sorted(report.documents.values_list("language", "format")) == [
        ("en", "pdf"),
        ("en", "xlsx"),
        ("ja", "pdf"),
        ("ja", "xlsx"),
    ]
    assert Job.objects.get(pk=report.job_id).result == {"report": report.public_id}


def test_the_same_data_have_the_same_digest_and_other_data_another(world):
    first, second = made(world), made(world)
    assert (first.sha256 == second.sha256, [first.number, second.number]) == (True, [1, 2])
    make_paper("JP", "US", project=second.projects.first())
    assert made(world).sha256 != first.sha256


def test_the_versions_of_an_agency_and_of_the_programme_run_apart(world):
    numbers = [made(world).number, made(world, agency=world.home).number, made(world).number]
    assert numbers == [1, 1, 2]


def test_a_second_attempt_makes_one_version(world, monkeypatch):
    from reporting import tasks

    job = request_report(programme=world.programme, fiscal_year=2026, by=world.home1)
    monkeypatch.setattr(tasks, "_write", _once(tasks._write))
    assert jobs.run_job(job.pk) == "superseded"
    assert (OutcomeReport.objects.count(), ReportDocument.objects.count()) == (1, 4)


def _once(write):
    """`write`, before whose first call another attempt takes over and ends."""
    calls = Counter()

    def wrapped(run, snapshot, **about):
        calls["n"] += 1
        if calls["n"] == 1:
            with writing():
                Job.objects.filter(pk=run.job.pk).update(lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
            assert jobs.return_lost_jobs() == 1
            assert jobs.run_job(run.job.pk) == "done"
        return write(run, snapshot, **about)

    return wrapped


def test_a_number_that_was_taken_meanwhile_is_not_used_again(world, monkeypatch):
    from reporting import tasks

    monkeypatch.setattr(tasks, "_write", _after_another(tasks._write, lambda: made(world)))
    report = made(world)
    assert (report.number, OutcomeReport.objects.count()) == (2, 2)
    assert report.documents.get(language="ja", format="pdf").file.name.endswith("-2026-v2-ja.pdf")


def _after_another(write, other):
    done = []

    def wrapped(run, snapshot, **about):
        if not done:
            done.append(True)
            other()
        return write(run, snapshot, **about)

    return wrapped


def test_sums_of_the_snapshot_are_those_of_the_database(world):
    snapshot = made(world).snapshot
    by_kind = dict(
        sql("SELECT kind, SUM(amount) FROM projects_ledgerentry WHERE fiscal_year <= 2026 GROUP BY kind")
    )
    whole = snapshot["money"]["whole"]
    assert (whole["allocated"], whole["paid"]) == (by_kind["allocation"], by_kind["payment"])
    cells = {
        (cell["project"], cell["fiscal_year"], cell["category"]): cell["paid"]
        for cell in snapshot["money"]["cells"]
        if cell["paid"]
    }
    rows = sql(
        "SELECT p.public_id, e.fiscal_year, e.category, SUM(e.amount) FROM projects_ledgerentry e"
        " JOIN projects_project p ON p.id = e.project_id WHERE e.kind = 'payment'"
        " GROUP BY p.public_id, e.fiscal_year, e.category"
    )
    assert cells == {(project, year, category): total for project, year, category, total in rows}
    for part in ("by_year", "by_category", "by_project", "cells"):
        for side in ("allocated", "paid"):
            assert sum(row[side] for row in snapshot["money"][part]) == whole[side]
    entries = {key for (key,) in sql("SELECT public_id FROM projects_ledgerentry WHERE fiscal_year <= 2026")}
    assert set(whole["entries"]) == entries


@pytest.mark.parametrize(
    ("language", "budget", "payments"),
    [("ja", "課題・年度別予算", "支払一覧"), ("en", "Budget by project and year", "Payments made")],
)
def test_sums_of_the_workbook_are_those_of_the_database(world, language, budget, payments):
    sheets = workbook(made(world), language)
    ((allocated, paid),) = sql(
        "SELECT SUM(CASE WHEN kind = 'allocation' THEN amount ELSE 0 END),"
        " SUM(CASE WHEN kind = 'payment' THEN amount ELSE 0 END) FROM projects_ledgerentry WHERE fiscal_year <= 2026"
    )
    rows = sheets[budget].rows
    assert (sum(row[3] for row in rows[1:-1]), rows[-1][3]) == (allocated, allocated)
    assert (sum(row[7] or 0 for row in rows[1:-1]), rows[-1][7]) == (paid, paid)
    rows = sheets[payments].rows
    assert (sum(row[4] for row in rows[1:-1]), rows[-1][4], rows[1][5]) == (paid, paid, "=実績払い")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_sums_of_the_pdf_are_those_of_the_database(world, language, tmp_path):
    text = pdf_text(made(world), language, tmp_path)
    for query in (
        "SELECT SUM(amount) FROM projects_ledgerentry WHERE kind = 'payment' AND fiscal_year = 2026",
        "SELECT SUM(amount) FROM projects_ledgerentry WHERE kind = 'allocation' AND fiscal_year = 2026",
        "SELECT SUM(amount) FROM projects_ledgerentry WHERE kind = 'payment' AND category = 'travel'",
    ):
        ((total,),) = sql(query)
        assert f"{total:,}" in text
    assert {"ja": "成果報告書", "en": "Outcome report"}[language] in text


def test_people_and_papers_are_counted_by_the_rules(world):
    report = made(world)
    counts = {
        row["direction"]: (row["people"], row["long_people"], row["days"])
        for row in report.snapshot["mobility"]["counts"]
    }
    assert counts == {"dispatch": (1, 1, 41), "acceptance": (1, 0, 30)}
    papers = report.snapshot["papers"]
    assert (papers["programme"]["total"], papers["programme"]["multilateral"], len(papers["list"])) == (
        1,
        1,
        3,
    )
    assert sorted(row["total"] for row in papers["by_project"]) == [1, 1]
    assert papers["programme"]["not_counted"] == {"no_foreign_affiliation": 1, "retracted": 1}
    assert papers["programme"]["fractional"] == {"DE": "1/3", "JP": "1/3", "US": "1/3"}
    (indicator,) = report.snapshot["indicators"]
    shown = {row["year"]: (row["programme"], row["national"]) for row in indicator["rows"]}
    assert (shown[2018], shown[2025], shown[2026]) == ((None, 4_291), (0, None), (1, None))


def test_nobody_who_was_exchanged_is_named_in_the_snapshot(world):
    assert "Nameless" not in str(made(world).snapshot)


def test_stays_and_money_of_later_years_are_not_in_it(world):
    with time_machine.travel(dt.datetime(2027, 11, 25, 3, tzinfo=dt.UTC), tick=False):
        make_stay(OutcomeReport.projects.field.related_model.objects.first(), "2027-05-01", "2027-06-30")
        _projects, snapshot = gather(world.programme, 2026, None)
    assert len(snapshot["mobility"]["visits"]) == 2
    assert {row["fiscal_year"] for row in snapshot["money"]["cells"]} == {2026}


def test_a_report_of_a_programme_in_which_nothing_happened_yet(tmp_path):
    stage = make_stage()
    make_project(stage)
    report = made(stage)
    assert (report.documents.count(), report.snapshot["papers"]["programme"]["total"]) == (4, 0)
    assert io.BytesIO(report.documents.get(language="en", format="pdf").file.read()).read(4) == b"%PDF"


def test_a_report_names_its_agencies_in_full_and_says_that_its_year_has_not_ended() -> None:
    agency = {
        "short_name": "JST",
        "name_ja": "科学技術振興機構",
        "name_en": "Japan Science and Technology Agency",
    }
    snapshot = {
        "agency": None,
        "agencies": {"JST": agency},
        "projects": [{"agency": "JST"}, {"agency": "AMED"}],
        "fiscal_year": 2026,
        "is_provisional": True,
    }
    with translation.override("en"):
        assert words.issuers(snapshot, "en") == ["AMED", "Japan Science and Technology Agency"]
        assert words.year_of(snapshot) == "FY2026 (Reiwa 8), which had not ended when this was made"
        assert words.year_of(snapshot | {"is_provisional": False}) == "FY2026 (Reiwa 8)"
