"""Partner agencies' awards into the registry: by agency, twice without change, and nothing half-imported."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from kernel.violations import RuleBroken
from registries.actions.imports import FileRefused, import_file
from registries.enums import RegistryKind
from registries.messages import problem_words
from registries.models import ImportRun, RegisteredAward
from registries.rules.partner_awards.template import COLUMNS
from tests.builders.people import make_agency, make_member
from tests.builders.registries import make_ror_institution

SHARED = Path(settings.BASE_DIR).parent / "shared/data/awards"
pytestmark = pytest.mark.django_db


def take_in(content: bytes, name: str = "awards.csv") -> ImportRun:
    return import_file(kind=RegistryKind.AWARDS, name=name, content=content, by=None)


def table(*rows: dict[str, str]) -> bytes:
    lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    return "\n".join(lines).encode()


def row(**changes: Any) -> dict[str, Any]:
    return {
        "agency_ror_id": "021nxhr62",
        "award_number": "2400001",
        "title": "Made-up",
        "pi_family_name": "Mihon",
        "amount": "1000",
        "currency": "USD",
        "start": "2024-01-01",
        "end": "2026-12-31",
        **changes,
    }


def figures(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created, run.updated, run.unchanged, run.refused


def test_the_same_table_again_changes_nothing_and_a_changed_amount_is_one_change() -> None:
    assert figures(take_in(table(row(), row(award_number="2400002")))) == (2, 0, 0, 0)
    assert figures(take_in(table(row(), row(award_number="2400002")))) == (0, 0, 2, 0)
    assert figures(take_in(table(row(amount="2000"), row(award_number="2400002")))) == (0, 1, 1, 0)
    assert RegisteredAward.objects.get(number="2400001").amount == 200_000


def test_an_agency_is_found_by_its_name_among_organisations_and_institutions() -> None:
    agency = make_agency(country_code="DE", ror_id="018mejw64", name_en="German example fund")
    make_ror_institution(
        name_en="Example Research Council", country_code="CA", search_text="\nexample research council\n"
    )
    named = [
        row(agency_ror_id="", agency_name=agency.name_en, award_number="1"),
        row(agency_ror_id="", agency_name="example research council", award_number="2"),
        row(agency_ror_id="", agency_name="Nobody's fund", award_number="3"),
    ]
    run = take_in(table(*named))
    assert list(RegisteredAward.objects.order_by("number").values_list("number", "country_code")) == [
        ("1", "DE"),
        ("2", "CA"),
    ]
    assert (run.refused, "Nobody's fund" in problem_words(run.problems[0])) == (1, True)


def test_a_workbook_is_read_as_the_table() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, [row().get(column, "") for column in COLUMNS])
    assert figures(take_in(content.getvalue(), "awards.xlsx")) == (1, 0, 0, 0)


def workbook(*numbers: str | int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for line, number in enumerate(numbers, start=1):
            sheet.write_row(line, 0, [row(award_number=number).get(column, "") for column in COLUMNS])
            if isinstance(number, str):
                sheet.write_string(line, COLUMNS.index("award_number"), number)
    return content.getvalue()


def test_a_number_that_lost_its_zeros_is_an_error_of_its_row_and_no_new_award() -> None:
    take_in(workbook("0077777"), "awards.xlsx")
    run = take_in(workbook(77777, "2400001"), "awards.xlsx")
    assert (figures(run), [one["code"] for one in run.problems]) == (
        (1, 0, 0, 1),
        ["award_number_unusual", "award_number_lost_zeros"],
    )
    assert (run.problems[1]["record"], "0077777" in problem_words(run.problems[1])) == (1, True)
    assert sorted(RegisteredAward.objects.values_list("number", flat=True)) == ["0077777", "2400001"]


def test_a_number_that_lost_its_zeros_is_told_from_the_whole_one_in_the_same_file() -> None:
    run = take_in(workbook(77777, "0077777"), "awards.xlsx")
    assert (figures(run), RegisteredAward.objects.get().number) == ((1, 0, 0, 1), "0077777")


def test_projects_of_the_union_are_joined_with_their_coordinators() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "csv/project.csv",
            "id;acronym;title;startDate;endDate;ecMaxContribution\n101234567;K;T;2024-01-01;2026-01-01;1000\n",
        )
        archive.writestr(
            "csv/organization.csv",
            "projectID;name;country;role\n101234567;Beta;FR;participant\n101234567;Alpha;EL;coordinator\n",
        )
    take_in(content.getvalue(), "cordis.zip")
    award = RegisteredAward.objects.get()
    assert (award.institution_name, award.country_code, award.agency_name) == (
        "Alpha",
        "GR",
        "European Commission",
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the whole real files are not kept in the project")
def test_the_real_files_are_read_as_their_description_says() -> None:
    nih = take_in((SHARED / "nih_sbir_results.csv").read_bytes(), "nih_sbir_results.csv")
    assert (nih.read, nih.created + nih.refused) == (1000, 1000)
    assert "award_number_unusual" not in {problem["code"] for problem in nih.problems}
    assert figures(take_in((SHARED / "nih_sbir_results.csv").read_bytes()))[:2] == (0, 0)
    files = sorted((SHARED / "nsf_xml").glob("*.xml"))
    taken = [path for path in files if _is_taken(path)]
    # One breaks off, one has no number.
    assert [path.name for path in files if path not in taken] == ["badXMLfile.xml", "noID.xml"]
    with pytest.raises(FileRefused):  # it has amounts and no numbers
        take_in(next((SHARED / "snsf").glob("*.csv")).read_bytes(), "snsf.csv")


def _is_taken(path: Path) -> bool:
    try:
        take_in(path.read_bytes(), path.name)
    except RuleBroken as broken:
        # The error names the file.
        assert path.name in str([violation.params for violation in broken.violations])
        return False
    return True


def test_the_empty_table_is_what_the_import_reads() -> None:
    officer = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    client = Client()
    client.force_login(officer)
    answer = client.get(reverse("registries:award_template"))
    heading = b"".join(answer.streaming_content).decode("utf-8-sig").strip()
    assert heading == ",".join(COLUMNS)
