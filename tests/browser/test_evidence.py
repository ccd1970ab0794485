"""Evidence by an officer of the ministry in a browser: a table sent, and from publications to the papers behind a figure."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kernel import jobs
from kernel.actions import writing
from kernel.jobs.models import Job
from program.models import Designation, EvidenceRun
from registries.models import PaperFile
from tests.browser.actor import Stagehand
from tests.builders.people import verify_email
from tests.builders.program import Stage, make_stage

HEADINGS = ["kind", "measure_ja", "value", "unit_ja", "year", "source_ja", "score", "reason_ja", "weight"]
GOOD = ["benefit", "国際共著論文", 1840, "件", 2021, "調査", 2, "世界第2位", 3]


@pytest.fixture
def stage(live_server: Any) -> Stage:
    return make_stage()


def worked_on() -> None:
    """Do what waits for a worker."""
    for pk in list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        assert jobs.run_job(pk) == "done"


def workbook(path: Path, *rows: list[Any]) -> str:
    book = Workbook()
    sheet: Any = book.active
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return str(path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_workbook_is_seen_corrected_and_taken_in(
    walk: Any, stage: Stage, language: str, tmp_path: Path
) -> None:
    with writing():
        dossier = Designation.objects.create(programme=stage.programme, field=stage.field, country_id="US")
    hand = Stagehand(walk, language)
    hand.enter(verify_email(stage.ministry1))
    wrong = workbook(tmp_path / "wrong.xlsx", GOOD, ["benefit", "", "x", "件", 2021, "調査", 9, "理由", 1])
    hand.fill_in("program:evidence_import", dossier.public_id, file=wrong)
    row = hand.page.locator("main tbody tr").first
    assert row.locator("td").first.inner_text() == "3"
    assert row.locator("li").count() >= 3
    assert hand.page.locator("main [name=seen]").count() == 0
    assert hand.walker.look() == []
    right = workbook(tmp_path / "right.xlsx", GOOD)
    hand.fill_in("program:evidence_import", dossier.public_id, file=right)
    assert dossier.evidence.count() == 0
    hand.send("main form:has([name=seen]) button[type=submit]")
    item = dossier.evidence.get()
    assert (item.measure_ja, item.value, item.weight) == ("国際共著論文", 1840, 3)


WORKS = [
    {"title": "Quantum dots", "publication_year": 2023, "authorships": [["JP"], ["US"]]},
    {"title": "Quantum lasers", "publication_year": 2024, "authorships": [["JP"], ["US"], ["DE"]]},
    {"title": "Tea", "publication_year": 2024, "authorships": [["JP"], ["US"]]},
    {"title": "Quantum, without a year", "publication_year": None, "authorships": []},
]


def works(path: Path) -> str:
    lines = [
        json.dumps(
            work
            | {"id": f"https://openalex.org/W{number}", "type": "article"}
            | {"authorships": [{"countries": countries} for countries in work["authorships"]]}
        )
        for number, work in enumerate(WORKS, 1)
    ]
    path.write_text("\n".join(lines))
    return str(path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_a_file_of_papers_to_the_papers_behind_a_figure(
    walk: Any, stage: Stage, language: str, tmp_path: Path
) -> None:
    hand = Stagehand(walk, language)
    hand.enter(verify_email(stage.ministry1))
    page = hand.page
    # the file
    hand.fill_in(
        "registries:papers_add",
        source="OpenAlex",
        dated="2026-11-01",
        licence="CC0 1.0",
        file=works(tmp_path / "works.ndjson"),
    )
    worked_on()
    page.reload()
    kept = PaperFile.objects.get()
    assert f"/registries/paper-files/{kept.public_id}/" in hand.walker.path
    assert ("4行目" if language == "ja" else "line 4") in hand.text()
    assert hand.walker.look() == []
    # what the field is: seen, then saved
    hand.go("program:field_definition", stage.field.public_id)
    hand.fill(terms="quantum", note="見本")
    hand.send("main button[name=preview]")
    assert "Quantum lasers" in hand.text()
    hand.fill(terms="quantum", note="見本")
    hand.send("main form:has([name=terms]) button[type=submit]:not([name=preview])")
    # the figures
    hand.fill_in(
        "program:evidence_compute",
        stage.field.public_id,
        papers=kept.public_id,
        first_year="2023",
        last_year="2024",
    )
    worked_on()
    run = EvidenceRun.objects.get()
    hand.go("program:evidence_run", run.public_id)
    page.select_option("main select[name=figure]", "home_share")
    hand.walker.press("main .filter-bar button[type=submit]")
    assert page.locator("main figure img").get_attribute("src").endswith("figure=home_share")
    assert hand.walker.look() == []  # the picture is there
    # one partner, one figure, the papers behind it
    hand.walker.press("main tbody a[href*='/partners/US/']")
    hand.walker.press("main tbody tr:has(th:text-is('2024')) a")
    assert "Quantum lasers" in hand.text()
    assert "Quantum dots" not in hand.text()
    assert "Tea" not in hand.text()
