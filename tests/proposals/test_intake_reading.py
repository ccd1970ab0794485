"""What a row of collected proposals says, and what is told about it: errors bar the table, doubts do not."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.models import Person
from kernel.actions import writing
from kernel.violations import RuleBroken
from program.enums import ImportedRow
from program.models import Call
from proposals.enums import CollectionKey
from proposals.intake_columns import PARTNER_NAMES, PI_NAMES
from proposals.intake_tasks import comparison_of
from tests.builders.intake import compared, csv_of, problems_of, row, take
from tests.builders.people import make_institution
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def call(stage: Stage) -> Call:
    return make_call(stage, state="closed")


def xlsx_of(*rows: dict[str, Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    names = list(rows[0])
    book.active.append(names)
    for one in rows:
        book.active.append([one.get(name) for name in names])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"number": ""}, ("number", "cell_missing")),
        ({"number": "1.5E+12"}, ("number", "code_cut_short")),
        ({"title_ja": "", "title_en": ""}, ("title_ja", "cell_missing")),
        ({"title_ja": "あ" * 201}, ("title_ja", "text_over_limit")),
        ({"field": "Nothing of the kind"}, ("field", "designation_not_of_call")),
        ({"partner": "Atlantis"}, ("partner", "designation_not_of_call")),
        ({"support_type": "Top"}, ("support_type", "support_type_not_of_call")),
        ({"years": ""}, ("years", "cell_missing")),
        ({"years": "0"}, ("years", "years_outside_call")),
        ({"pi_erad": "251413"}, ("pi_erad", "erad_number_invalid")),
        ({"pi_email": "nobody"}, ("pi_email", "cell_not_an_email")),
        ({"effort": "101"}, ("effort", "effort_out_of_range")),
        ({"institution_name": "Nowhere"}, ("institution_name", "institution_not_known")),
        ({"institution_ror": "nothing"}, ("institution_ror", "ror_id_not_valid")),
        ({"institution_name": ""}, ("institution_name", "cell_missing")),
        ({"partner_country": "日本"}, ("partner_country", "partner_in_japan")),
        ({"partner_country": "Atlantis"}, ("partner_country", "country_not_known")),
        ({"partner_institution": ""}, ("partner_institution", "cell_missing")),
        ({"award_agency": "NASA"}, ("award_agency", "award_agency_not_of_call")),
        ({"award_number": ""}, ("award_number", "cell_missing")),
        ({"award_amount": "－５００"}, ("award_amount", "amount_negative")),
        ({"award_currency": "ZZZ"}, ("award_currency", "currency_not_known")),
        ({"award_ends": "2026-08-31"}, ("award_ends", "ends_before_start")),
        ({"award_starts": "31/08/2026"}, ("award_starts", "cell_not_a_day")),
    ],
)
def test_what_is_wrong_stands_beside_its_column(
    stage: Stage, call: Call, changes: dict[str, str], problem: tuple[str, str]
) -> None:
    found = compared(call, stage.home1, row(call, **changes))
    assert problem in problems_of(found)[2]
    assert found.rows[0].state == ImportedRow.WRONG


@pytest.mark.parametrize("names", ["the same", "others"])
def test_a_partner_who_is_the_applicant_is_an_error_and_never_left_out(
    stage: Stage, call: Call, names: str
) -> None:
    changes = {"partner_email": "HANAKO@univ.example"}
    if names == "the same":
        changes |= {"partner_family_romaji": "Mihon", "partner_given_romaji": "Hanako"}
    found = compared(call, stage.home1, row(call, **changes))
    assert problems_of(found)[2] == [("partner_email", "member_is_the_pi")]


def test_a_partner_with_another_address_of_the_applicant_is_one_too(stage: Stage, call: Call) -> None:
    pi = make_pi()
    with writing():
        Person.objects.filter(pk=pi.person.pk).update(email="second@univ.example")
    person = pi.person
    own = {f"pi_{name}": getattr(person, name) for name in PI_NAMES}
    found = compared(
        call,
        stage.home1,
        row(call, **own, pi_email=pi.email, pi_erad=None, partner_email="second@univ.example"),
    )
    assert problems_of(found)[2] == [("partner_email", "member_is_the_pi")]


def test_a_partner_who_decides_on_the_call_is_an_error(stage: Stage, call: Call) -> None:
    person = stage.partner1.person
    names = {f"partner_{name}": getattr(person, name) for name in PARTNER_NAMES}
    found = compared(call, stage.home1, row(call, **names, partner_email=stage.partner1.email))
    assert problems_of(found)[2] == [("partner_email", "member_decides")]


def test_money_outside_the_term_is_an_error(stage: Stage, call: Call) -> None:
    found = compared(call, stage.home1, row(call, years="4"))
    year = call.first_year + 4
    assert problems_of(found)[2] == [
        (f"budget_goods_{year}", "budget_year_outside_term"),
        (f"budget_indirect_{year}", "budget_year_outside_term"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pi_erad": "90050427"}, "erad_researcher_check_digit"),
        (
            {
                f"award_{name}": None
                for name in ("agency", "number", "title", "amount", "currency", "starts", "ends")
            },
            "partner_award_missing",
        ),
        (
            {f"partner_{name}": None for name in ("family_romaji", "given_romaji", "institution", "country")},
            "partner_leader_missing",
        ),
    ],
)
def test_a_doubt_is_told_and_bars_nothing(
    stage: Stage, call: Call, changes: dict[str, Any], code: str
) -> None:
    (found,) = compared(call, stage.home1, row(call, **changes)).rows
    assert found.state == ImportedRow.NEW
    assert code in [one for _name, one, _params in found.warnings]


def test_a_budget_over_the_cap_is_a_doubt(stage: Stage, call: Call) -> None:
    year = call.first_year
    (found,) = compared(call, stage.home1, row(call, **{f"budget_goods_{year}": "100,000,000"})).rows
    assert (found.state, found.warnings[0][1]) == (ImportedRow.NEW, "cap_year_total_exceeded")


def test_a_number_where_a_code_stands_is_an_error_in_a_workbook(stage: Stage, call: Call) -> None:
    take(call, stage.home1, row(call))
    content = xlsx_of({**row(call), "number": 12, "years": 5})
    found = comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
    assert problems_of(found) == {2: [("number", "cell_not_text")]}


def test_a_code_that_a_spreadsheet_has_cut_is_an_error_and_no_new_proposal(stage: Stage, call: Call) -> None:
    take(call, stage.home1, row(call))
    found = compared(call, stage.home1, row(call, number="12"))
    assert problems_of(found) == {2: [("number", "code_like_another")]}


def test_one_key_stands_once(stage: Stage, call: Call) -> None:
    found = compared(call, stage.home1, row(call), row(call))
    assert problems_of(found) == {3: [("number", "row_twice")]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_is_told_apart(stage: Stage, call: Call, encoding: str) -> None:
    content = csv_of(row(call, title_ja="髙﨑の研究"), encoding=encoding)
    found = comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
    assert found.encoding == encoding
    assert found.rows[0].values["title_ja"] == "髙﨑の研究"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "csv_empty"),
        (b"number,years\n", "import_without_rows"),
        (b"number,years,unheard\nA,5,x\n", "import_columns_unknown"),
        (b"number,years,years\nA,5,5\n", "import_columns_twice"),
        ("title_ja\n研究\n".encode(), "import_columns_missing"),
        ("number,years\n研究\0,5\n".encode(), "csv_nul"),
        (b"PK\x03\x04broken", "xlsx_damaged"),
    ],
)
def test_a_file_that_cannot_be_used(stage: Stage, call: Call, content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as error:
        comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
    assert [one.code for one in error.value.violations] == [code]


def test_columns_are_named_in_either_language(stage: Stage, call: Call) -> None:
    year, name = call.first_year, make_institution().name_ja
    header = f"収集元の整理番号,年度数,Title in Japanese,研究代表者：姓（漢字）,Institution: name,{year}年度 物品費（円）"
    found = comparison_of(
        call, CollectionKey.NUMBER, f'{header}\n0012,3,研究,見本,{name},"1,000"\n'.encode(), stage.home1
    )
    assert problems_of(found) == {}
    assert found.rows[0].values[f"budget_goods_{year}"] == "1000"


def test_the_institution_by_its_ror_id(stage: Stage, call: Call) -> None:
    institution = make_institution(ror_id="057zh3y96")
    found = compared(call, stage.home1, row(call, institution_ror="https://ror.org/057zh3y96"))
    assert found.rows[0].values["institution"] == institution.public_id


def test_a_code_of_another_call_is_another_proposal(stage: Stage, call: Call) -> None:
    take(call, stage.home1, row(call))
    other = make_call(stage, state="closed")
    found = compared(other, stage.home1, row(other))
    assert found.rows[0].state == ImportedRow.NEW


def test_nobody_who_decides_applies(stage: Stage, call: Call) -> None:
    person = stage.home2.person
    with writing():
        person.erad_number = "90050426"
        person.save()
    names = {
        f"pi_{part}": getattr(person, part)
        for part in ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
    }
    found = compared(call, stage.home1, row(call, **names))
    assert problems_of(found) == {2: [("pi_email", "member_decides")]}
