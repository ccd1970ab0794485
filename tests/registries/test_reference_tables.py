"""The ministry's review record, the state's budget by item, and e-Rad's codes: the real files, and files with faults."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.models import BudgetItem, ImportRun, Institution, ReviewProject
from registries.rules.erad_codes import parse_erad_codes
from registries.rules.review_record import parse_review_record, recorded_supplements
from tests.builders.people import make_agency, make_member, make_user
from tests.builders.registries import make_budget_item, make_review_project, make_ror_institution
from tests.builders.registry_files import errors, extract

SHARED = Path(settings.BASE_DIR).parent / "shared/data/japan"
RECORD, BUDGET = "rs2025_mext_project_details.json", "mof_jikou_2024_mext.json"

pytestmark = pytest.mark.django_db
beside = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the collection of real files beside the checkout"
)


def take(kind: RegistryKind, name: str, content: bytes) -> ImportRun:
    return import_file(kind=kind, name=name, content=content, by=None)


def told(run: ImportRun) -> Counter[str]:
    return Counter(problem["code"] for problem in run.problems)


@beside
def test_the_whole_review_record_is_taken_and_again_changes_nothing() -> None:
    content = (SHARED / RECORD).read_bytes()
    run = take(RegistryKind.REVIEW_PROJECTS, RECORD, content)
    assert (run.read, run.created, run.refused) == (416, 416, 0)
    assert told(run) == {"review_end_contradicts": 48, "review_name_twice": 1}
    again = take(RegistryKind.REVIEW_PROJECTS, RECORD, content)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 416)


def test_this_very_programme_in_the_record_with_its_dated_facts() -> None:
    take(
        RegistryKind.REVIEW_PROJECTS,
        "rs2025_project_6809.json",
        extract("programme/rs2025_project_6809.json"),
    )
    project = ReviewProject.objects.get(number=6809)
    assert (project.review_year, project.start_year, project.end_year) == (2025, 2022, 2030)
    assert project.addresses == [
        "https://www.jst.go.jp/aspire/about.html",
        "https://www.amed.go.jp/program/list/20/01/009.html",
    ]
    supplement = recorded_supplements(project.remarks)
    assert [(s.yen, s.fiscal_year, s.dated) for s in supplement] == [(55_925_000_000, 2025, "2025-12-17")]
    assert "最大1億円/年" in project.outline


@beside
def test_the_whole_budget_by_item_is_taken_with_what_is_odd_in_it_and_again_changes_nothing() -> None:
    content = (SHARED / BUDGET).read_bytes()
    run = take(RegistryKind.BUDGET_ITEMS, BUDGET, content)
    assert (run.read, run.created, run.refused) == (566, 566, 0)
    assert told(run) == {
        "budget_account_shared": 4,
        "budget_amount_zero": 1,
        "budget_settlement_general_only": 1,
        "budget_document_without_items": 1,
    }
    again = take(RegistryKind.BUDGET_ITEMS, BUDGET, content)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 566)
    assert Counter(BudgetItem.objects.values_list("budget", flat=True)) == {
        "当初予算": 256,
        "補正予算（第1号）": 174,
        "決算": 136,
    }
    # This programme is a fund made by another year's supplementary budget: it is not among them.
    assert not BudgetItem.objects.filter(name__contains="先端国際共同研究").exists()


@beside
def test_the_command_takes_the_reference_tables() -> None:
    out = io.StringIO()
    call_command("import_registry", "budget_items", str(SHARED / BUDGET), "--problems", stdout=out)
    assert "566 read, 566 new" in out.getvalue()
    assert "エネルギー対策特別会計" in out.getvalue()


def budget(**changes: Any) -> bytes:
    document = json.loads(extract("programme/mof_items_2024.json"))
    document["items"] = [document["items"][0] | changes, document["items"][1]]
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": None}, "field_missing"),
        ({"amount": "千円"}, "field_wrong_type"),
        ({"amount": 10**17}, "amount_invalid"),
        ({"difference": 1}, "budget_difference_wrong"),
        ({"currentAmount": 10, "spent": 3, "carriedOver": 3, "unused": 3}, "budget_settlement_wrong"),
        ({"accountType": "secret"}, "budget_account_unknown"),
        ({"name": "研究\x00費"}, "character_forbidden"),
    ],
)
def test_an_item_with_a_fault_is_left_out_and_named(changes: dict[str, Any], code: str) -> None:
    run = take(RegistryKind.BUDGET_ITEMS, "mof.json", budget(**changes))
    assert (run.created, run.refused) == (1, 1)
    assert code in told(run)
    assert [p["record"] for p in run.problems if p["code"] == code] == [1]


def test_a_budget_that_does_not_say_its_unit_is_refused() -> None:
    document = json.loads(extract("programme/mof_items_2024.json"))
    document["metadata"]["unit"] = "thousand yen"
    from kernel.violations import RuleBroken

    with pytest.raises(RuleBroken):
        take(RegistryKind.BUDGET_ITEMS, "mof.json", json.dumps(document).encode())
    assert BudgetItem.objects.count() == 0


def test_an_older_sheet_does_not_undo_a_newer_one() -> None:
    content = extract("programme/rs2025_project_6809.json")
    take(RegistryKind.REVIEW_PROJECTS, "rs2025.json", content)
    old = content.replace(b'"endYear": 2030', b'"endYear": 2027')
    assert take(RegistryKind.REVIEW_PROJECTS, "rs2024.json", old).unchanged == 1
    assert ReviewProject.objects.get().end_year == 2030


def test_years_out_of_order_and_a_year_that_cannot_be_meant_are_refused() -> None:
    content = extract("programme/rs2025_project_6809.json")
    for old, new, code in (
        (b'"endYear": 2030', b'"endYear": 2001', "review_years_out_of_order"),
        (b'"endYear": 2030', b'"endYear": 20300', "year_invalid"),
    ):
        result = parse_review_record(content.replace(old, new), file_name="rs2025.json")
        assert [found[0] for found in errors(result)] == [code]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("q=量子", 1),
        ("q=９９９９", 1),
        ("q=量子 研究", 1),
        ("q=量子 医療", 0),
        ("year=2020", 1),
        ("year=x", 2),
        ("q=%00", 2),
    ],
)
def test_projects_of_the_record_are_found_by_words_and_year(query: str, found: int) -> None:
    make_review_project(name="量子研究", search_text="1\n量子研究", start_year=2024)
    make_review_project(number=9999, search_text="9999\n医療", start_year=2000)
    page = signed_in(make_user()).get(f"/ja/registries/review-record/?{query}")
    assert len(page.context["page"].objects) == found


def test_an_item_stands_beside_itself_in_the_years_other_documents() -> None:
    item = make_budget_item(name="同じ事項", budget="当初予算")
    make_budget_item(name="同じ事項", budget="決算", spent=5, previous=None)
    make_budget_item(name="別の事項")
    page = signed_in(make_user()).get(f"/en/registries/budget-items/{item.public_id}/")
    assert [row.budget for row in page.context["documents"]] == ["当初予算", "決算"]


def codes(*rows: tuple[str, ...], header: str = "erad_code,ror_id,name_ja") -> bytes:
    return "\r\n".join([header, *(",".join(row) for row in rows)]).encode("utf-8-sig")


def test_codes_find_their_institutions_by_id_and_by_name_and_again_change_nothing() -> None:
    take(RegistryKind.INSTITUTIONS, "ror.json", extract("institutions/ror_v2_japan.json"))
    content = codes(
        ("0000000012", "https://ror.org/01dq60k83", ""), ("０１２３４５６７８９", "", "科学技術振興機構")
    )
    run = take(RegistryKind.ERAD_CODES, "erad.csv", content)
    assert (run.read, run.updated, run.refused, run.problems) == (2, 2, 0, [])
    assert Institution.objects.get(ror_id="01dq60k83").erad_code == "0000000012"
    assert Institution.objects.get(ror_id="00097mb19").erad_code == "0123456789"
    again = take(RegistryKind.ERAD_CODES, "erad.csv", content)
    assert (again.updated, again.unchanged) == (0, 2)
    # A new file of ROR knows nothing of e-Rad, and takes no code away.
    take(RegistryKind.INSTITUTIONS, "ror.json", extract("institutions/ror_v2_japan.json"))
    assert Institution.objects.get(ror_id="01dq60k83").erad_code == "0000000012"


@pytest.mark.parametrize(
    ("row", "code", "kept"),
    [
        (("12", "{ror}", ""), "erad_code_lost_zeros", "0000000012"),
        (("ー12", "{ror}", ""), "erad_code_signed", "0000000012"),
        (("1" * 21, "{ror}", ""), "erad_code_too_long", "0000000012"),
        (("1234567890", "0zzzzzz00", ""), "ror_id_invalid", "0000000012"),
        (("1234567890", "", "無い大学"), "erad_institution_unknown", "0000000012"),
        (("1234567890", "", "同名大学"), "erad_institution_ambiguous", "0000000012"),
        # another shape warns and is kept
        (("AB-1", "{ror}", ""), "erad_code_unusual", "AB-1"),
    ],
)
def test_a_line_with_a_fault_is_named_and_nothing_else_is_touched(
    row: tuple[str, str, str], code: str, kept: str
) -> None:
    one = make_ror_institution(ror_id="01dq60k83", erad_code="0000000012")
    for _ in range(2):
        make_ror_institution(search_text="\n同名大学\n")
    cells = tuple(cell.format(ror=one.ror_id) for cell in row)
    run = take(RegistryKind.ERAD_CODES, "erad.csv", codes(cells)) if code not in FILE_FAULTS else None
    if run is None:
        result = parse_erad_codes(codes(cells), file_name="erad.csv")
        assert [found[::2] for found in errors(result)] == [(code, 2)]
    else:
        assert [(p["code"], p["line"], p["file_name"]) for p in run.problems[-1:]] == [(code, 2, "erad.csv")]
    one.refresh_from_db()
    assert one.erad_code == kept


# Found while reading, where the one line that there is leaves nothing to import.
FILE_FAULTS = {"erad_code_signed", "erad_code_too_long", "ror_id_invalid"}


def test_what_is_written_out_changes_nothing_when_it_comes_back() -> None:
    one = make_ror_institution(ror_id="01dq60k83", erad_code="0000000012", name_ja="=1+1大学")
    make_ror_institution(ror_id="00097mb19")
    make_ror_institution(country_code="US")
    client = signed_in(make_member(make_agency(), Role.PROGRAMME_OFFICER))
    answer = client.get("/ja/registries/institutions/erad-codes.csv")
    content = b"".join(answer.streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [
        ["", "00097mb19", rows[1][2]],
        ["0000000012", "01dq60k83", "'=1+1大学"],
    ]
    run = take(RegistryKind.ERAD_CODES, "erad.csv", content)
    assert (run.updated, run.unchanged, run.refused) == (0, 2, 0)
    one.refresh_from_db()
    assert one.erad_code == "0000000012"
