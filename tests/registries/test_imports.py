"""Every extract that is shipped, and files that are not what they should be, through the importers."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.enums import Role
from kernel.violations import NotAllowed, RuleBroken, sentence
from portal.demo.registries import fill_registries
from registries.actions.imports import import_file, preview_file
from registries.enums import RegistryKind
from registries.messages import PROBLEMS, problem_words
from registries.models import (
    Affiliation,
    Author,
    Country,
    ExchangeRate,
    Holiday,
    ImportRun,
    Institution,
    Publication,
    RegisteredAward,
)
from registries.queries import find_institutions, find_publications, latest_rate, newest_rate
from tests.builders.people import make_agency, make_member, make_user

DATA = Path(settings.BASE_DIR) / "registries/data"
SHARED = Path(settings.BASE_DIR).parent / "shared/data"
ALL = (Country, Holiday, ExchangeRate, Institution, RegisteredAward, Publication, Author, Affiliation)

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ALL}


def test_the_shipped_files_fill_every_registry_and_again_change_nothing() -> None:
    runs = fill_registries()
    first = counts()
    assert min(first.values()) > 10
    again = fill_registries()
    assert counts() == first
    assert [(run.created, run.updated) for run in again] == [(0, 0)] * len(runs)
    assert [run.unchanged for run in again] == [run.created + run.updated + run.unchanged for run in runs]


def test_a_paper_of_two_files_stands_once() -> None:
    fill_registries()
    assert Publication.objects.count() == Publication.objects.values("doi", "source_key").distinct().count()
    paper = Publication.objects.filter(source="crossref", doi__isnull=False).first()
    content = (
        b'{"message-type": "work-list", "message": {"items": [{"DOI": "https://doi.org/'
        + paper.doi.upper().encode()
        + b'", "title": ["Another"], "type": "journal-article"}]}}'
    )
    run = import_file(kind=RegistryKind.PUBLICATIONS, name="again.json", content=content, by=None)
    assert (run.created, run.updated) == (0, 1)
    assert Publication.objects.get(doi=paper.doi).title == "Another"


def works(*items: str) -> bytes:
    return f'{{"message-type": "work-list", "message": {{"items": [{", ".join(items)}]}}}}'.encode()


PUBMED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>%s</PMID><Article><Journal><Title>Of PubMed</Title>
<JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal><ArticleTitle>%s</ArticleTitle>
<AuthorList><Author><LastName>Mihon</LastName><ForeName>Jin</ForeName><AffiliationInfo><Affiliation>Tohoku University, Japan
</Affiliation></AffiliationInfo></Author></AuthorList><PublicationTypeList><PublicationType>%s</PublicationType>
</PublicationTypeList></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1234/both</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"""


def test_another_source_fills_in_what_is_blank_and_changes_nothing_else() -> None:
    crossref = works('{"DOI": "10.1234/BOTH", "title": ["Of Crossref"], "type": "journal-article"}')
    pubmed = (PUBMED % (77, "Of PubMed", "Retracted Publication")).encode()

    def take_both() -> list[tuple[int, int, int]]:
        files = (("works.json", crossref), ("pubmed.xml", pubmed))
        runs = [import_file(kind=RegistryKind.PUBLICATIONS, name=n, content=c, by=None) for n, c in files]
        return [(run.created, run.updated, run.unchanged) for run in runs]

    assert take_both() == [(1, 0, 0), (0, 1, 0)]
    paper = Publication.objects.get()
    assert (paper.source, paper.title, paper.container) == ("crossref", "Of Crossref", "Of PubMed")
    assert (paper.author_count, paper.authors.count(), paper.country_codes) == (1, 1, ["JP"])
    assert paper.is_retracted
    assert take_both()[1] == (0, 0, 1)
    assert Publication.objects.get().is_retracted


def test_more_records_than_one_statement_can_carry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registries.actions.changes.MOST_VALUES", 3)
    content = works(*(f'{{"DOI": "10.1234/{n}", "title": ["T"]}}' for n in range(10)))
    for expected in ((10, 0), (0, 10)):
        run = import_file(kind=RegistryKind.PUBLICATIONS, name="w.json", content=content, by=None)
        assert (run.created, run.unchanged) == expected


def test_the_command_imports_and_says_what_became_of_it(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_registry", "holidays", str(DATA / "calendar/syukujitsu.csv"), stdout=out)
    assert f"{Holiday.objects.count()} new, 0 changed, 0 unchanged, 0 left out" in out.getvalue()
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"a,b")
    for path in (broken, tmp_path / "absent.csv"):
        with pytest.raises(CommandError, match=path.name):
            call_command("import_registry", "holidays", str(path))


def test_japanese_and_foreign_affiliations_are_recognised() -> None:
    fill_registries()
    both = [p for p in Publication.objects.all() if "JP" in p.country_codes and len(p.country_codes) > 1]
    assert len(both) >= 20


def test_a_rate_is_of_the_day_or_of_the_nearest_business_day_before_or_of_the_year() -> None:
    fill_registries()
    friday = latest_rate("USD", dt.date(2026, 10, 30))
    assert latest_rate("USD", dt.date(2026, 11, 1)) == friday
    assert friday.on == dt.date(2026, 10, 30)
    yearly = latest_rate("USD", dt.date(2024, 6, 10))
    assert (yearly.basis, yearly.on) == ("yearly_average", dt.date(2024, 12, 31))
    assert 140 < yearly.yen_per_unit < 160
    assert latest_rate("USD", dt.date(2026, 11, 20)) is None
    assert latest_rate("XXX", dt.date(2024, 6, 10)) is None


def test_the_preview_says_what_the_import_does_and_writes_nothing() -> None:
    content = (DATA / "publications/pubmed.xml").read_bytes()
    officer = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    preview = preview_file(kind=RegistryKind.PUBLICATIONS, name="pubmed.xml", content=content, reader=officer)
    assert Publication.objects.count() == ImportRun.objects.count() == 0
    run = import_file(kind=RegistryKind.PUBLICATIONS, name="pubmed.xml", content=content, by=None)
    assert (len(preview.changes.new), preview.refused) == (run.created, run.refused)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><PubmedArticleSet>&b;</PubmedArticleSet>'
ODD = {
    "empty": b"",
    "blank": b" \n ",
    "nul": b"\x00" * 100,
    "text": "これは論文ではありません".encode(),
    "number": b"12",
    "list of lists": b"[[[[]]]]",
    "broken json": b'{"message-type": "work-list", "message": {"items": [{"DOI": ',
    "broken xml": b"<PubmedArticleSet><PubmedArticle>",
    "entity bomb": BOMB,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "half a zip": b"PK\x03\x04\x14\x00",
    "csv": b"a,b,c\n1,2,3\n",
    "utf-16": "題名".encode("utf-16"),
    "lone bytes": bytes(range(128, 256)),
}


@pytest.mark.parametrize("kind", list(RegistryKind))
@pytest.mark.parametrize("content", ODD.values(), ids=ODD.keys())
def test_a_file_of_the_wrong_kind_is_refused_by_name_and_changes_nothing(
    kind: RegistryKind, content: bytes
) -> None:
    with pytest.raises(RuleBroken) as refused:
        import_file(kind=kind, name="名簿.dat", content=content, by=None)
    assert all("名簿.dat" in sentence(violation) for violation in refused.value.violations)
    assert ImportRun.objects.count() == 0


def test_each_record_that_is_left_out_is_named() -> None:
    content = b'{"message-type": "work-list", "message": {"items": [{"DOI": "10.1234/a", "title": ["A"]}, {"DOI": "nonsense"}, 7]}}'
    run = import_file(kind=RegistryKind.PUBLICATIONS, name="works.json", content=content, by=None)
    assert (run.read, run.created, run.refused) == (3, 1, 2)
    errors = [problem for problem in run.problems if problem["severity"] == "error"]
    assert [problem["record"] for problem in errors] == [2, 3]
    assert all(problem_words(problem).startswith("works.json") for problem in errors)


def test_every_problem_has_its_words() -> None:
    import re

    found = set()
    for path in (Path(settings.BASE_DIR) / "registries/rules").glob("*.py"):
        found |= set(re.findall(r'(?:Refused|warn|inform)\("(\w+)"', path.read_text()))
    assert found <= set(PROBLEMS)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the collection of real files beside the checkout")
@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        (RegistryKind.AWARDS, "awards/nsf_xml"),
        (RegistryKind.PUBLICATIONS, "publications/pubmed"),
        (RegistryKind.PUBLICATIONS, "publications/pubmed_xml_jabref"),
        (RegistryKind.PUBLICATIONS, "publications/crossref"),
        (RegistryKind.PUBLICATIONS, "publications/openalex"),
        (RegistryKind.PUBLICATIONS, "publications/ris_jabref"),
        (RegistryKind.INSTITUTIONS, "registries"),
        (RegistryKind.RATES, "rates"),
    ],
)
def test_real_files_are_taken_or_refused_with_words(kind: RegistryKind, folder: str) -> None:
    for path in sorted((SHARED / folder).rglob("*")):
        if not path.is_file() or path.stat().st_size > 20_000_000:
            continue
        try:
            run = import_file(kind=kind, name=path.name, content=path.read_bytes(), by=None)
        except RuleBroken as broken:
            assert all(sentence(violation) for violation in broken.violations)
        else:
            assert run.created + run.updated + run.unchanged + run.refused >= 1
            assert all(problem_words(problem) for problem in run.problems)


def test_a_zip_of_awards_is_read_file_by_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in (DATA / "awards/nsf").glob("*.xml"):
            archive.write(path, path.name)
    run = import_file(kind=RegistryKind.AWARDS, name="2015.zip", content=out.getvalue(), by=None)
    assert run.created == RegisteredAward.objects.count() > 5
    assert {"badXMLfile.xml", "noID.xml"} <= {problem["file_name"] for problem in run.problems}


def test_officers_of_japanese_agencies_import_and_others_do_not() -> None:
    content = (DATA / "calendar/syukujitsu.csv").read_bytes()
    home = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    assert import_file(kind=RegistryKind.HOLIDAYS, name="h.csv", content=content, by=home).created > 900
    for user in (make_member(make_agency(country_code="US"), Role.PROGRAMME_OFFICER), make_user()):
        with pytest.raises(NotAllowed):
            import_file(kind=RegistryKind.HOLIDAYS, name="h.csv", content=content, by=user)


def test_search_finds_in_any_script_and_case() -> None:
    fill_registries()
    user = make_user()
    assert {"東北大学", "東北大学 学際科学フロンティア研究所"} <= {
        row.name_ja for row in find_institutions(user, "東北大学")
    }
    assert list(find_institutions(user, "ＴＯＨＯＫＵ ＵＮＩＶＥＲＳＩＴＹ")) == list(
        find_institutions(user, "tohoku university")
    )
    paper = Publication.objects.filter(doi__isnull=False).first()
    assert list(find_publications(user, f"https://doi.org/{paper.doi.upper()}")) == [paper]


def test_an_amount_is_shown_with_the_newest_rate_of_the_year_before_and_not_with_an_older_one() -> None:
    fill_registries()
    newest = latest_rate("USD", dt.date(2026, 10, 30))
    assert newest_rate("USD", dt.date(2026, 11, 20)) == newest
    assert newest_rate("USD", dt.date(2026, 10, 30)) == newest
    assert newest_rate("USD", newest.on + dt.timedelta(days=366)) is None
