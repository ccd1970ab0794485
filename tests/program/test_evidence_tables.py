"""Evidence as a table: out, in again, and what is said of a table that cannot be taken."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook, load_workbook

from accounts.models import User
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import RuleBroken, sentence
from program.actions.evidence_import import WantedEvidence, import_evidence
from program.actions.versions import keep_version
from program.enums import ImportedRow
from program.forms.evidence_import import read_table
from program.models import Designation, EvidenceItem
from program.resources import EvidenceResource
from tests.builders.program import Stage, make_stage

pytestmark = pytest.mark.django_db

FIELDS = "kind,measure_ja,value,unit_ja,year,source_ja,source_url,score,reason_ja,weight"
ROW = "benefit,国際共著論文,1840,件,2021,調査,https://evidence.example/,2,世界第2位,3"


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def dossier(stage: Stage) -> Designation:
    with writing():
        return Designation.objects.create(programme=stage.programme, field=stage.field, country_id="US")


def make_item(dossier: Designation, **fields: Any) -> EvidenceItem:
    known = {
        "kind": "benefit",
        "measure_ja": "国際共著論文",
        "value": Decimal("1840"),
        "unit_ja": "件",
        "year": 2021,
        "source_ja": "調査",
        "source_url": "https://evidence.example/",
        "score": 2,
        "reason_ja": "世界第2位",
        "weight": 3,
    }
    with writing():
        return EvidenceItem.objects.create(designation=dossier, **(known | fields))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def preview_of(dossier: Designation, *lines: str, header: str = FIELDS) -> Any:
    return EvidenceResource(dossier).preview(read_table("\n".join([header, *lines]).encode()))


def problems(preview: Any) -> dict[int, list[str]]:
    return {row.number: [f"{a}: {b}" for a, b in row.problems] for row in preview.rows if row.problems}


def send(client: Client, dossier: Designation, content: bytes, name: str = "evidence.csv") -> Any:
    address = f"/en/designations/{dossier.public_id}/evidence/import/"
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def confirm(client: Client, page: Any) -> Any:
    found = re.search(r'name="seen"\s+value="([^"]+)"', page.content.decode())
    assert found, text_of(page)
    return client.post(page.request["PATH_INFO"], {"seen": found[1]}, follow=True)


def rows_of(dossier: Designation) -> list[tuple[Any, ...]]:
    names = ("public_id", *FIELDS.split(","), "measure_en", "unit_en", "source_en", "reason_en")
    return list(dossier.evidence.order_by("id").values_list(*names))


AWKWARD = (
    {"measure_ja": "=1+1", "unit_ja": "0012", "reason_ja": "+1\n二行目"},
    {"measure_ja": "'90s", "unit_ja": "1E5", "source_ja": "@A1", "value": Decimal("-5")},
    {
        "measure_ja": "3-1-2",
        "measure_en": "=A1",
        "unit_ja": "２",
        "unit_en": "1E5",
        "value": Decimal("0.0001"),
        "weight": 0,
        "score": 0,
    },
    {"measure_ja": "𠮷野 髙", "value": Decimal("1234567890123456.7891"), "source_url": ""},
    {"kind": "loss", "measure_ja": "-1", "score": -2, "reason_ja": "true", "source_ja": "2021-04-01"},
)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_five_round_trips_change_nothing(
    stage: Stage, dossier: Designation, language: str, ending: str
) -> None:
    for fields in AWKWARD:
        make_item(dossier, **fields)
    before = rows_of(dossier)
    client = signed_in(stage.ministry1)
    contents = set()
    for _round in range(5):
        answer: Any = client.get(f"/{language}/designations/{dossier.public_id}/evidence.{ending}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        contents.add(content if ending == "csv" else str(cells_of(content)))
        preview = EvidenceResource(dossier).preview(read_table(content))
        assert problems(preview) == {}
        assert [row.state for row in preview.rows] == [ImportedRow.UNCHANGED] * len(AWKWARD)
        # Forced through the action as well, so that what is read is what is written.
        wanted = [row.wanted for row in preview.rows]
        import_evidence(designation=dossier, wanted=wanted, file_name="x", sha256="", by=stage.ministry1)
    assert rows_of(dossier) == before
    assert len(contents) == 1


def cells_of(content: bytes) -> list[Any]:
    book = load_workbook(io.BytesIO(content))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]


def test_a_workbook_holds_no_formula_and_codes_as_text(stage: Stage, dossier: Designation) -> None:
    make_item(dossier, measure_ja="=1+1", unit_ja="0012", value=Decimal("-5"))
    answer = signed_in(stage.ministry1).get(f"/en/designations/{dossier.public_id}/evidence.xlsx")
    cells = cells_of(answer.content)[1]
    assert cells[2] == ("=1+1", "s")
    assert cells[4] == (-5, "n")
    assert cells[5] == ("0012", "s")


def test_a_csv_neutralises_formulas_and_leaves_numbers(stage: Stage, dossier: Designation) -> None:
    make_item(dossier, measure_ja="=1+1", value=Decimal("-5"))
    answer: Any = signed_in(stage.ministry1).get(f"/en/designations/{dossier.public_id}/evidence.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert ",'=1+1,,-5,件,," in text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_has_the_columns_that_an_import_asks_for(
    stage: Stage, dossier: Designation, language: str, ending: str
) -> None:
    answer: Any = signed_in(stage.ministry1).get(f"/{language}/evidence/template.{ending}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with pytest.raises(RuleBroken) as broken:
        EvidenceResource(dossier).preview(read_table(content))
    assert [v.code for v in broken.value.violations] == ["import_without_rows"]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp932", "Shift JIS (CP932)")],
)
def test_a_file_is_seen_first_and_taken_in_when_confirmed(
    stage: Stage, dossier: Designation, encoding: str, said: str
) -> None:
    client = signed_in(stage.ministry1)
    row = ROW.replace("1840", '"１，８４０"')
    page = send(client, dossier, f"{FIELDS}\n{row}\n".encode(encoding))
    assert said in text_of(page)
    assert dossier.evidence.count() == 0
    assert "1 new, 0 changed" in text_of(confirm(client, page))
    item = dossier.evidence.get()
    assert (item.measure_ja, item.value, item.added_by_id) == ("国際共著論文", 1840, stage.ministry1.pk)
    assert AuditEntry.objects.filter(verb="evidence_imported", subject_id=dossier.public_id).count() == 1


def test_a_new_row_shows_all_that_it_brings(stage: Stage, dossier: Designation) -> None:
    header, line = f"{FIELDS},measure_en", f"{ROW},Joint papers"
    page = send(signed_in(stage.ministry1), dossier, f"{header}\n{line}\n".encode())
    said = text_of(page)
    assert (
        '<th scope="row" class="wide">Joint papers</th>' in said
    )  # in the reader's language where it has one
    for field, value in (
        ("Benefit or loss", "benefit"),
        ("Value", "1840"),
        ("Unit (Japanese)", "件"),
        ("Year", "2021"),
        ("Source (Japanese)", "調査"),
        ("Score", "2"),
        ("Weight", "3"),
    ):
        assert f"<strong>{field}</strong>: {value} </li>" in said
    assert "→" not in said


def test_a_year_to_come_is_wrong_in_its_row(dossier: Designation) -> None:
    with translation.override("en"):
        found = preview_of(dossier, ROW.replace("2021", "2100"))
    assert problems(found) == {2: ["Year: This year has not come yet."]}


def test_unknown_columns_are_quoted_as_the_reader_quotes(dossier: Designation) -> None:
    with pytest.raises(RuleBroken) as broken, translation.override("ja"):
        preview_of(dossier, ROW, header=FIELDS.replace("weight", "出所"))
    with translation.override("ja"):
        assert "「出所」" in sentence(broken.value.violations[0])


def test_the_same_file_again_changes_nothing(stage: Stage, dossier: Designation) -> None:
    client = signed_in(stage.ministry1)
    content = f"{FIELDS}\n{ROW}\n".encode()
    confirm(client, send(client, dossier, content))
    page = send(client, dossier, content)
    assert "Importing it changes nothing" in text_of(page)
    assert "Import this file" not in text_of(page)
    assert dossier.evidence.count() == 1


def test_a_row_without_an_id_changes_the_item_that_it_means(stage: Stage, dossier: Designation) -> None:
    item = make_item(dossier)
    with translation.override("en"):
        preview = preview_of(dossier, ROW.replace("1840", "1900"))
    assert [(row.state, row.changes) for row in preview.rows] == [
        (ImportedRow.CHANGED, [("Value", "1840", "1900")])
    ]
    assert preview.wanted[0].public_id == item.public_id


def test_each_wrong_row_is_told_by_its_number_in_the_readers_language(dossier: Designation) -> None:
    lines = [
        ROW,
        "",
        ROW.replace("国際共著論文", "別の指標").replace("1840", "－５"),
        "gain,,x,件,20211,,nowhere,3,理由,101",
        ROW,
        "loss,損失,1,件,2021,調査,,2,理由,1",
    ]
    with translation.override("en"):
        found = problems(preview_of(dossier, *lines))
    assert list(found) == [4, 5, 6, 7]
    assert found[4] == [
        "Value: A dash or a long vowel mark before the digits is not read as a minus sign. Write -5."
    ]
    assert {one.partition(":")[0] for one in found[5]} == {
        "Benefit or loss",
        "What is measured (Japanese)",
        "Value",
        "Year",
        "Source (Japanese)",
        "Address of the source",
        "Score",
        "Weight",
    }
    assert found[6] == [": This is the same evidence as in row 2."]
    assert found[7] == ["Score: A benefit is scored zero or above, a loss zero or below."]
    with translation.override("ja"):
        assert "長音記号" in problems(preview_of(dossier, *lines))[4][0]


def test_one_wrong_row_holds_all_of_them_back(stage: Stage, dossier: Designation) -> None:
    client = signed_in(stage.ministry1)
    page = send(client, dossier, f"{FIELDS}\n{ROW}\nbenefit,,1,件,2021,調査,,1,理由,1\n".encode())
    assert "Some rows must be corrected" in text_of(page)
    assert "Import this file" not in text_of(page)
    client.post(page.request["PATH_INFO"], {"seen": "anything"})
    assert dossier.evidence.count() == 0


def test_what_was_not_seen_is_not_taken_in(stage: Stage, dossier: Designation) -> None:
    client = signed_in(stage.ministry1)
    page = send(client, dossier, f"{FIELDS}\n{ROW}\n".encode())
    item = make_item(dossier, value=Decimal("1"))
    answer = confirm(client, page)
    assert "The dossier has changed since you looked" in text_of(answer)
    item.refresh_from_db()
    assert item.value == 1


def test_an_id_of_another_dossier_is_wrong(stage: Stage, dossier: Designation) -> None:
    with writing():
        other = Designation.objects.create(programme=stage.programme, field=stage.field, country_id="JP")
    item = make_item(other)
    preview = preview_of(dossier, f"{item.public_id},{ROW}", header=f"public_id,{FIELDS}")
    assert preview.of(ImportedRow.WRONG) == preview.rows


def test_of_two_like_items_the_id_must_say_which(dossier: Designation) -> None:
    make_item(dossier)
    make_item(dossier)
    with translation.override("en"):
        found = problems(preview_of(dossier, ROW))
    assert found == {2: [": Several items of the dossier are like this one. Say by the ID which is meant."]}


def workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def test_a_number_where_a_code_stands_is_a_row_error(dossier: Designation) -> None:
    make_item(dossier, unit_ja="0012")
    cells: list[Any] = ["benefit", "国際共著論文", 1840, 12, 2021, "調査", "", 2, "世界第2位", 3]
    with translation.override("en"):
        preview = EvidenceResource(dossier).preview(read_table(workbook(FIELDS.split(","), [], cells)))
    assert problems(preview) == {
        3: ["Unit (Japanese): This cell holds a number or a date. Format it as text, and type it again."]
    }


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (f"{FIELDS},colour", "import_columns_unknown"),
        (f"{FIELDS},年", "import_columns_twice"),
        (FIELDS.replace(",source_ja,", ",ID,"), "import_columns_missing"),
    ],
)
def test_a_heading_that_does_not_fit_refuses_the_file(dossier: Designation, header: str, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        preview_of(dossier, ROW, header=header)
    assert [v.code for v in broken.value.violations] == [code]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\x00", "evidence.csv", "NUL"),
        (f"{FIELDS}\n{ROW}\x00".encode(), "evidence.csv", "NUL"),
        (b"\xff\xfe\xfa\x81", "evidence.csv", ""),
        (b"PK\x03\x04 no workbook", "evidence.xlsx", ""),
        (f"{FIELDS}\n".encode(), "evidence.csv", "no row"),
        (b"", "evidence.csv", "empty"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_its_field(
    stage: Stage, dossier: Designation, content: bytes, name: str, words: str
) -> None:
    page = send(signed_in(stage.ministry1), dossier, content, name)
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert words in text_of(page)


def test_what_is_refused_at_the_end_leaves_nothing_behind(stage: Stage, dossier: Designation) -> None:
    values = preview_of(dossier, ROW).wanted[0].values
    wanted = [WantedEvidence("", values), WantedEvidence("gone", values)]
    with pytest.raises(RuleBroken):
        import_evidence(designation=dossier, wanted=wanted, file_name="x", sha256="", by=stage.ministry1)
    assert dossier.evidence.count() == 0


def test_a_dossier_that_is_fixed_takes_no_table(stage: Stage, dossier: Designation) -> None:
    with writing():
        dossier.state = "proposed"
        dossier.proposed_by = stage.ministry1
        dossier.save()
    client = signed_in(stage.ministry1)
    assert client.get(f"/en/designations/{dossier.public_id}/evidence/import/").status_code == 404


def test_an_export_asks_as_often_for_three_items_as_for_one(
    stage: Stage, dossier: Designation, django_assert_num_queries: Any
) -> None:
    from program.evidence_tables import rows_of as table_rows

    for number in (1, 3):
        while dossier.evidence.count() < number:
            make_item(dossier, measure_ja=f"指標{dossier.evidence.count()}")
        with django_assert_num_queries(1):
            assert len(list(table_rows(dossier.evidence))) == number


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_export_of_a_version_is_that_of_the_day_on_which_it_was_kept(
    stage: Stage, dossier: Designation, language: str, ending: str
) -> None:
    for fields in AWKWARD:
        make_item(dossier, **fields)
    client = signed_in(stage.ministry1)

    def exported(address: str) -> Any:
        answer: Any = client.get(f"/{language}/{address}/evidence.{ending}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return content if ending == "csv" else cells_of(content)

    then = exported(f"designations/{dossier.public_id}")
    version = keep_version(designation=dossier, by=stage.ministry1)
    with writing():
        dossier.evidence.update(value=Decimal("7"), measure_ja="別の指標", reason_en="Another")
        dossier.evidence.order_by("id")[0].delete()
    make_item(dossier)
    assert exported(f"dossier-versions/{version.public_id}") == then
    assert exported(f"designations/{dossier.public_id}") != then
    page = client.get(f"/{language}/dossier-versions/{version.public_id}/").content.decode()
    assert f"dossier-versions/{version.public_id}/evidence.{ending}" in page
    assert f"designations/{dossier.public_id}/evidence.{ending}" not in page
