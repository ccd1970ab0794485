"""Candidate pairs side by side, for the ministry alone."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kernel.actions import writing
from kernel.documents.tables import read_csv
from program.actions import consultations, designations, dossiers
from program.actions.programmes import create_programme
from program.models import CountryGroup, Designation, Field
from tests.builders.program import Stage, make_stage
from tests.builders.registries import make_country
from tests.program.test_pages import count, more_of, signed_in, text_of

pytestmark = pytest.mark.django_db
PATH = "designations/candidates/"


NAMES = {"GB": ("英国", "United Kingdom"), "FR": ("フランス", "France")}


def a_pair(stage: Stage, code: str, *scores: tuple[int, int]) -> Designation:
    """A draft of the stage's field with a country, and an item for each (score, weight)."""
    designation = designations.prepare_designation(
        programme=stage.programme,
        field=stage.field,
        by=stage.ministry1,
        country=make_country(code, *NAMES[code]),
    )
    for number, (score, weight) in enumerate(scores):
        dossiers.add_evidence(
            designation=designation,
            by=stage.ministry1,
            kind="benefit" if score >= 0 else "loss",
            measure_ja=f"測定{number}",
            measure_en=f"=Measure {number}",
            value=Decimal("1840.5"),
            unit_ja="件",
            unit_en="papers",
            year=2021,
            source_ja="調査",
            score=score,
            reason_ja="理由",
            weight=weight,
        )
    return designation


def chosen(client: Client, language: str, *pairs: Designation) -> Any:
    query = "&".join(f"d={pair.public_id}" for pair in pairs)
    return client.get(f"/{language}/{PATH}?{query}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("ベネフィットが上回る", "ロスが上回る", "評価対象の根拠なし", "最高：量子 × 英国（+1.25）")),
        (
            "en",
            ("benefit prevails", "loss prevails", "no evidence weighed", "Highest: Quantum × United Kingdom"),
        ),
    ],
)
def test_each_cell_says_its_balance_in_words_and_numbers(language: str, words: tuple[str, ...]) -> None:
    stage = make_stage()
    a_pair(stage, "GB", (2, 3), (-1, 1))
    a_pair(stage, "FR", (-2, 1))
    page = text_of(signed_in(stage.ministry1).get(f"/{language}/{PATH}"))
    for word in (*words, "+1.25", "−2.00"):
        assert word in page


def test_newest_dossier_of_a_pair_stands_in_its_cell_and_a_withdrawn_one_in_none() -> None:
    stage = make_stage()
    a_pair(stage, "GB", (2, 1))
    newest = a_pair(stage, "GB", (1, 1))
    gone = a_pair(stage, "FR", (1, 1))
    with writing():
        Designation.objects.filter(pk=gone.pk).update(state="withdrawn")
    rows = signed_in(stage.ministry1).get(f"/ja/{PATH}").context["rows"]
    assert [cell and cell["id"] for cell in rows[0]["cells"]] == [
        newest.public_id,
        stage.designation.public_id,
    ]


def test_draft_that_was_just_begun_does_not_hide_what_was_weighed() -> None:
    stage = make_stage()
    weighed = a_pair(stage, "GB", (2, 1))
    a_pair(stage, "GB", (1, 0))
    a_pair(stage, "GB")
    (row,) = signed_in(stage.ministry1).get(f"/ja/{PATH}").context["rows"]
    assert row["cells"][0]["id"] == weighed.public_id


def test_second_dossier_of_a_pair_is_begun_only_when_it_is_meant() -> None:
    stage = make_stage()
    a_pair(stage, "GB", (2, 1))
    client = signed_in(stage.ministry1)
    values = {"field": stage.field.pk, "country": "GB"}
    page = text_of(client.get("/en/designations/prepare/"))
    assert "Begin another dossier" not in page
    warned = client.post("/en/designations/prepare/", values)
    assert "“Quantum × United Kingdom” is there already (being prepared)" in text_of(warned)
    assert Designation.objects.filter(country="GB").count() == 1
    assert client.post("/en/designations/prepare/", {**values, "another": "on"}).status_code == 302
    assert Designation.objects.filter(country="GB").count() == 2


def test_fields_are_named_with_their_programme_where_there_are_several() -> None:
    stage = make_stage()
    client = signed_in(stage.ministry1)
    assert "Quantum (Example" not in text_of(client.get("/en/designations/prepare/"))
    create_programme(
        by=stage.ministry1,
        code="second",
        title_ja="二つ目",
        title_en="Second",
        ministry=stage.ministry,
        first_year=2026,
        last_year=2030,
    )
    assert "Quantum (Example joint research programme)" in text_of(client.get("/en/designations/prepare/"))


def test_group_is_a_partner_of_its_own() -> None:
    stage = make_stage()
    with writing():
        group = CountryGroup.objects.create(
            programme=stage.programme, code="eu", title_ja="欧州", title_en="Europe"
        )
        Designation.objects.create(programme=stage.programme, field=stage.field, group=group)
    page = signed_in(stage.ministry1).get(f"/en/{PATH}")
    assert page.context["columns"] == ["United States", "Europe"]


def test_chosen_pairs_stand_side_by_side_with_their_items() -> None:
    stage = make_stage()
    pairs = [a_pair(stage, "GB", (2, 3), (-1, 1)), a_pair(stage, "FR", (1, 1))]
    answer = chosen(signed_in(stage.ministry1), "en", *pairs)
    assert [side["name"] for side in answer.context["chosen"]] == [
        "Quantum × United Kingdom",
        "Quantum × France",
    ]
    cells = {aspect["label"]: aspect["cells"] for aspect in answer.context["aspects"]}
    assert cells["Balance"] == [
        ["+1.25 (benefit prevails)", "(3×2 + 1×(−1)) / (3 + 1) = 5/4"],
        ["+1.00 (benefit prevails)", "(1×1) / (1) = 1/1"],
    ]
    assert cells["Losses"] == [["=Measure 1: 1,840.5 papers (2021); score −1, weight 1"], []]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["2026年5月20日（令和8年） 内閣府"]),
        ("en", ["20 May 2026 (Reiwa 8) Cabinet Office"]),
    ],
)
def test_chosen_pairs_tell_their_policies_and_consultations(language: str, words: list[str]) -> None:
    stage = make_stage()
    pair = a_pair(stage, "GB", (2, 3))
    dossiers.add_policy(designation=pair, by=stage.ministry1, title_ja="基本計画", title_en="Basic plan")
    for offices, day in (("内閣府", 20), ("外務省", 21)):
        consultations.record_consultation(
            designation=pair,
            by=stage.ministry1,
            held_on=dt.date(2026, 5, day),
            offices_ja=offices,
            offices_en="Cabinet Office" if day == 20 else "",
            points_ja="分野",
        )
    answer = chosen(signed_in(stage.ministry1), language, pair, a_pair(stage, "FR", (1, 1)))
    *_rest, policies, talks = [aspect["cells"][0] for aspect in answer.context["aspects"]]
    assert policies == ["基本計画" if language == "ja" else "Basic plan"]
    assert [talks[:1], len(talks)] == [words, 2]


def test_nonsense_in_the_address_chooses_nothing() -> None:
    stage = make_stage()
    client = signed_in(stage.ministry1)
    assert client.get(f"/ja/{PATH}?d=nonsense&d=%00").context["chosen"] == []
    for nonsense in ("nonsense", "999"):
        assert client.get(f"/ja/{PATH}?programme={nonsense}").status_code == 404


def test_chart_draws_every_balance() -> None:
    stage = make_stage()
    a_pair(stage, "GB", (2, 3), (-1, 1))
    answer = signed_in(stage.ministry1).get(f"/ja/{PATH}heat-map.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "+1.25" in answer.content.decode()


def test_csv_holds_each_item_of_the_chosen_pairs_and_no_formula() -> None:
    stage = make_stage()
    pair = a_pair(stage, "GB", (2, 3), (-1, 1))
    a_pair(stage, "FR", (1, 1))
    client = signed_in(stage.ministry1)
    answer: Any = client.get(f"/en/{PATH}candidates.csv?d={pair.public_id}")
    content = b"".join(answer.streaming_content)
    assert b"'=Measure 0" in content
    table = read_csv(content)
    assert [row[:4] + row[10:13] for row in table.rows] == [
        ["Quantum × United Kingdom", "being prepared", "1.25", "benefit", "2", "3", "6"],
        ["Quantum × United Kingdom", "being prepared", "1.25", "loss", "-1", "1", "-1"],
    ]
    every: Any = client.get(f"/en/{PATH}candidates.csv")
    assert len(read_csv(b"".join(every.streaming_content)).rows) == 4  # one pair has no evidence yet


@pytest.mark.parametrize("rows", [1, 3])
def test_candidates_are_flat(rows: int) -> None:
    stage = make_stage()
    more_of(stage, rows)
    assert count(stage.ministry1, f"/ja/{PATH}") == 9


def test_no_agency_compares_candidates() -> None:
    stage = make_stage()
    for path in (PATH, f"{PATH}heat-map.svg", f"{PATH}candidates.csv"):
        assert signed_in(stage.home1).get(f"/ja/{path}").status_code == 404


def test_field_of_another_programme_stays_out() -> None:
    stage, other = make_stage(), make_stage()
    with writing():
        Field.objects.create(programme=other.programme, code="x", title_ja="別", title_en="Other")
    page = signed_in(stage.ministry1).get(f"/en/{PATH}")
    assert [row["name"] for row in page.context["rows"]] == ["Quantum"]
