"""Evidence from publications: computed by a job, kept, opened and carried into a dossier."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from kernel import jobs
from kernel.actions import writing
from kernel.violations import NotAllowed, RuleBroken
from program.actions.evidence_runs import define_field, request_evidence
from program.evidence_papers import Filters, all_papers, page_of_papers
from program.evidence_work import count_papers, match_papers
from program.models import Designation, EvidenceItem, EvidenceRun, FieldDefinition
from program.rules.coauthored import gathered, years_of
from program.rules.field_definition import FieldDefinition as Definition
from program.rules.paper_sql import BY_COUNTRY, FIELD, JOINT, PARTS
from registries.actions.imports import import_file
from registries.columnar import columnar
from registries.enums import RegistryKind
from registries.models import Affiliation, PaperFile, Publication
from registries.registry_papers import write_registry_papers
from registries.rules.counting import PAPERS, fractional_shares
from tests.builders.program import Stage, make_stage
from tests.builders.registries import make_publication
from tests.builders.registry_files import DATA, extract

pytestmark = pytest.mark.django_db
EVERYTHING = Definition(terms=("a*", "e*", "i*", "o*", "t*", "s*", "c*", "p*"))


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def computed(
    stage: Stage, papers: PaperFile | None = None, first: int = 2020, last: int = 2025
) -> EvidenceRun:
    define_field(field=stage.field, definition=Definition(terms=("quantum*",)), by=stage.ministry1)
    job = request_evidence(
        field=stage.field, papers=papers, first_year=first, last_year=last, by=stage.ministry1
    )
    assert jobs.run_job(job.pk) == "done"
    return EvidenceRun.objects.get(job=job)


def make_papers() -> None:
    """Three joint papers of Japan and the United States on quantum things, one retracted, one of Japan alone, one on tea."""
    joint = (("Tokyo, Japan", "JP"), ("Boston, USA", "US"))
    make_publication(*joint, title="Quantum dots", year=2020)
    make_publication(*joint, ("Osaka, Japan", "JP"), title="Quantum-dot lasers", year=2021)
    make_publication(*joint, title="Quantums", year=2021)
    make_publication(*joint, title="Quantum errors", year=2021, is_retracted=True)
    make_publication(("Kyoto, Japan", "JP"), title="Quantum tea", year=2021)
    make_publication(*joint, title="Tea", year=2021)


def test_a_worker_computes_what_the_rule_of_counting_says(stage: Stage) -> None:
    make_papers()
    run = computed(stage)
    us = {row.year: row for row in years_of(run.figures, "US", 2020, 2021, countries=["US"])}
    assert (us[2020].whole, us[2021].whole, us[2021].growth) == (1, 2, 1)
    assert (us[2021].field, us[2021].home, us[2021].partner) == (3, 3, 2)
    assert us[2021].home_share == Decimal("1.166667")  # 2/3 + 1/2
    assert us[2021].partner_share == Decimal("0.833333")  # 1/3 + 1/2
    assert us[2021].top_share is None
    assert (run.paper_count, run.source["records"], run.source["name"]) == (5, 6, "Crossref")


def test_the_same_papers_have_the_same_digest_and_earlier_runs_stay(stage: Stage) -> None:
    make_papers()
    first, second = computed(stage), computed(stage)
    assert (first.sha256, first.definition_id) == (second.sha256, second.definition_id)
    make_publication(("Tokyo, Japan", "JP"), ("Boston, USA", "US"), title="Quantum again", year=2021)
    third = computed(stage)
    first.refresh_from_db()
    assert third.sha256 != first.sha256
    assert first.figures == second.figures


def test_nothing_is_kept_of_an_attempt_that_was_superseded(stage: Stage, monkeypatch: Any) -> None:
    make_papers()
    define_field(field=stage.field, definition=Definition(terms=("quantum",)), by=stage.ministry1)
    job = request_evidence(
        field=stage.field, papers=None, first_year=2020, last_year=2021, by=stage.ministry1
    )
    from program import evidence_work

    original = evidence_work.count_papers

    def cancelled(*args: Any) -> Any:
        jobs.cancel(job=job)
        return original(*args)

    monkeypatch.setattr(evidence_work, "count_papers", cancelled)
    assert jobs.run_job(job.pk) == "superseded"
    assert not EvidenceRun.objects.exists()


# ---- one question, three engines
def real_papers() -> None:
    call_command("import_registry", "countries", *map(str, sorted((DATA / "countries").glob("*.json"))))
    for name in ("crossref_works.json", "pubmed.xml"):
        import_file(
            kind=RegistryKind.PUBLICATIONS, name=name, content=extract(f"publications/{name}"), by=None
        )


GROUPS = {"group": ["US", "DE", "GB", "FR", "CN"]}


def test_the_database_answers_as_the_columnar_engine_and_the_rule_do(tmp_path: Path) -> None:
    real_papers()
    with columnar() as engine:
        papers, matched = tmp_path / "p.parquet", tmp_path / "m.parquet"
        write_registry_papers(engine.folder, papers, engine)
        assert match_papers(engine, papers, EVERYTHING, (1900, 2100), matched) > 60
        figures, partners = count_papers(engine, GROUPS)
        rows = engine.rows("SELECT key, year, kind, is_retracted, is_top10 FROM matched")
        places = engine.rows("SELECT key, author, country FROM affiliations")
    assert figures == by_the_database(rows, places, partners)
    assert by_the_rule("US", ["US"]) == figures["partners"]["US"]
    assert by_the_rule("group", GROUPS["group"]) == figures["partners"]["group"]


def by_the_database(rows: list[Any], places: list[Any], partners: dict[str, list[str]]) -> dict[str, Any]:
    """The same SQL, asked of the database of this test: SQLite or PostgreSQL."""
    with connection.cursor() as cursor, writing():
        cursor.execute(
            "CREATE TEMP TABLE matched (key TEXT, year INTEGER, kind TEXT, is_retracted INTEGER, is_top10 INTEGER)"
        )
        cursor.execute("CREATE TEMP TABLE affiliations (key TEXT, author INTEGER, country TEXT)")
        cursor.execute("CREATE TEMP TABLE partners (partner TEXT, country TEXT)")
        cursor.executemany("INSERT INTO matched VALUES (%s, %s, %s, %s, %s)", rows)
        cursor.executemany("INSERT INTO affiliations VALUES (%s, %s, %s)", places)
        pairs = [(key, code) for key, codes in partners.items() for code in codes]
        cursor.executemany("INSERT INTO partners VALUES (%s, %s)", pairs)

        def ask(sql: str) -> list[Any]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        return gathered(ask, field=FIELD, by_country=BY_COUNTRY, joint=JOINT, parts=PARTS)


def by_the_rule(partner: str, countries: list[str]) -> dict[str, Any]:
    """A partner's figures by the pure rule, from the registry's own rows."""
    found: dict[str, dict[str, Any]] = {}
    shares: dict[tuple[str, str], Any] = {}
    for paper in Publication.objects.filter(year__isnull=False, is_retracted=False, is_correction=False):
        codes: dict[int, list[str]] = {}
        for author, code in Affiliation.objects.filter(author__publication=paper).values_list(
            "author", "country_code"
        ):
            codes.setdefault(author, []).append(code)
        parts = fractional_shares(tuple(each) for each in codes.values())
        words = f" {paper.title.lower()}"
        if paper.kind not in PAPERS or not re.search(r"[^a-z0-9][aeiotscp]", words):
            continue
        if "JP" in parts and set(countries) & set(parts):
            year = str(paper.year)
            found.setdefault(year, {"whole": 0, "top": 0, "known": 0})["whole"] += 1
            shares[year, "home"] = shares.get((year, "home"), 0) + parts["JP"]
            for code in countries:
                shares[year, "partner"] = shares.get((year, "partner"), 0) + parts.get(code, 0)
    from program.rules.coauthored import decimal

    for (year, side), share in shares.items():
        found[year][side] = decimal(share, 6)
    return found


# ---- definitions
def test_a_definition_that_does_not_change_makes_no_version(stage: Stage) -> None:
    first = define_field(field=stage.field, definition=Definition(terms=("a",)), by=stage.ministry1)
    again = define_field(field=stage.field, definition=Definition(terms=("a",)), by=stage.ministry2)
    second = define_field(field=stage.field, definition=Definition(terms=("b",)), by=stage.ministry1)
    assert (first.pk, first.number, second.number) == (again.pk, 1, 2)


def test_officers_of_an_agency_neither_define_nor_compute(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        define_field(field=stage.field, definition=Definition(terms=("a",)), by=stage.home1)
    with pytest.raises(NotAllowed):
        request_evidence(field=stage.field, papers=None, first_year=2020, last_year=2021, by=stage.home1)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (2021, 2020, "evidence_years_out_of_order"),
        (1950, 2000, "evidence_years_too_many"),
        (2090, 2100, "evidence_year_ahead"),
    ],
)
def test_years_that_cannot_be_computed_are_refused(stage: Stage, first: int, last: int, code: str) -> None:
    define_field(field=stage.field, definition=Definition(terms=("a",)), by=stage.ministry1)
    with pytest.raises(RuleBroken) as broken:
        request_evidence(field=stage.field, papers=None, first_year=first, last_year=last, by=stage.ministry1)
    assert [violation.code for violation in broken.value.violations] == [code]


# ---- files of papers
@pytest.fixture
def works(tmp_path: Path) -> Path:
    path = tmp_path / "works.ndjson"
    work = {
        "id": "W1",
        "title": "Quantum dots",
        "publication_year": 2021,
        "type": "article",
        "authorships": [{"countries": ["JP"]}, {"countries": ["US"]}],
    }
    path.write_text(
        "\n".join(
            json.dumps(
                work | {"id": f"W{n}", "citation_normalized_percentile": {"is_in_top_10_percent": n == 1}}
            )
            for n in range(4)
        )
    )
    return path


def add(path: Path, *more: str) -> str:
    out = StringIO()
    call_command(
        "add_paper_file", str(path), "--source", "OpenAlex", "--dated", "2026-11-01", *more, stdout=out
    )
    return out.getvalue()


def test_a_file_of_papers_is_kept_once_and_computed_from(stage: Stage, works: Path) -> None:
    assert "4 read, 4 kept, 0 left out, 0 repeated" in add(works)
    add(works)
    run = computed(stage, PaperFile.objects.get())
    row = years_of(run.figures, "US", 2021, 2021, countries=["US"])[0]
    assert (row.whole, row.top, row.top_known) == (4, 1, 4)
    assert (run.source["name"], run.source["files"][0]["name"]) == ("OpenAlex", "works.ndjson")


def test_a_file_cut_in_the_middle_is_refused_and_nothing_kept(works: Path) -> None:
    works.write_text(works.read_text()[:-20])
    with pytest.raises(CommandError, match=r"works\.ndjson"):
        add(works)
    assert not PaperFile.objects.exists()


# ---- pages
def test_each_figure_opens_the_papers_behind_it(stage: Stage) -> None:
    make_papers()
    run = computed(stage)
    client = signed_in(stage.ministry1)
    page = client.get(f"/en/evidence/figures/{run.public_id}/partners/US/")
    assert "From 2020 to 2025 Japan and United States wrote 3 papers" in text_of(page)
    links = re.findall(r'href="([^"]+partner=US&amp;year=2021&amp;show=joint)"', page.content.decode())
    papers = text_of(client.get(links[0].replace("&amp;", "&")))
    assert "Quantum-dot lasers" in papers
    assert "Quantums" in papers
    assert "Quantum errors" not in papers
    assert "Quantum tea" not in papers
    everything = text_of(client.get(f"/en/evidence/figures/{run.public_id}/papers/?show=all"))
    assert "Quantum errors" in everything
    assert "retracted" in everything


def test_the_papers_are_filtered_and_go_out_as_a_table(stage: Stage) -> None:
    make_papers()
    run = computed(stage)
    answer: Any = signed_in(stage.ministry1).get(
        f"/en/evidence/figures/{run.public_id}/papers.csv?partner=US&q=laser*&show=joint"
    )
    content = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(content) == 2
    assert "Quantum-dot lasers" in content[1]


@pytest.mark.parametrize("query", ["partner=XX&year=1&show=nonsense", "page=99999999999", "page=-1&q=%25_"])
def test_nonsense_in_the_address_is_left_out(stage: Stage, query: str) -> None:
    make_papers()
    run = computed(stage)
    answer = signed_in(stage.ministry1).get(f"/en/evidence/figures/{run.public_id}/papers/?{query}")
    assert answer.status_code == 200


def test_a_figure_becomes_evidence_with_its_source(stage: Stage) -> None:
    make_papers()
    run = computed(stage)
    with writing():
        draft = Designation.objects.create(programme=stage.programme, field=stage.field, country_id="US")
    client = signed_in(stage.ministry1)
    address = f"/en/evidence/figures/{run.public_id}/partners/US/add/"
    values = {
        "designation": draft.public_id,
        "figure": "growth",
        "year": "2021",
        "kind": "benefit",
        "score": "2",
        "reason_ja": "倍増",
        "weight": "1",
    }
    refused = client.post(address, values | {"year": "2020"})
    assert "nothing is there to divide by" in text_of(refused)
    assert client.post(address, values).status_code == 302
    item = EvidenceItem.objects.get(designation=draft)
    assert (item.value, item.unit_ja, item.year, item.score) == (100, "%", 2021, 2)
    assert run.sha256 in item.source_ja
    assert "Computed from Crossref" in item.source_en
    assert item.source_url.endswith(f"/evidence/figures/{run.public_id}/partners/US/")


def test_a_definition_is_previewed_before_it_is_saved(stage: Stage) -> None:
    make_papers()
    client = signed_in(stage.ministry1)
    address = f"/en/fields/{stage.field.public_id}/definition/"
    page = text_of(client.post(address, {"terms": "quantum*", "exclusions": "tea", "preview": "1"}))
    assert "4 papers." in page
    assert "Quantum-dot lasers" in page
    assert not FieldDefinition.objects.exists()
    assert "Enter at least one term" in text_of(client.post(address, {"terms": " "}))
    assert client.post(address, {"terms": "quantum*\n量子"}).status_code == 302
    assert FieldDefinition.objects.get().terms == ["quantum*", "量子"]


@pytest.fixture
def many(stage: Stage) -> Iterator[EvidenceRun]:
    for number in range(3):
        make_publication(("Japan", "JP"), title=f"Quantum {number}", year=2021)
    return computed(stage)


def test_pages_of_papers_hold_each_once(many: EvidenceRun) -> None:
    with many.papers.on_disk() as path:
        first, total = page_of_papers(path, Filters(), page=1, size=2)
        second, _total = page_of_papers(path, Filters(), page=2, size=2)
        everything = list(all_papers(path, Filters()))
    assert (len(first), len(second), total) == (2, 1, 3)
    assert [*first, *second] == everything
