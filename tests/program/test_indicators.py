"""Indicators side by side, counted from the same records or entered by hand and by table."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from program.actions.indicator_values import import_values, remove_value, set_value
from program.actions.indicators import add_baseline, add_indicator, change_indicator, set_target
from program.models import Indicator, IndicatorValue
from program.rules.indicator_values import WantedValue
from reporting.figures.indicators import indicators_of
from reporting.figures.mobility import mobility_of
from reporting.figures.papers import papers_of
from tests.builders.program import Stage, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def added(stage: Stage, measure: str = "entered", title: str = "割合", **fields: Any) -> Indicator:
    made: Indicator = add_indicator(
        programme=stage.programme,
        by=stage.ministry1,
        kind="outcome",
        measure=measure,
        title_ja=title,
        title_en=f"{title} (en)",
        unit_ja="％",
        unit_en="%",
        **fields,
    )
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def figures(stage: Stage) -> dict[str, list[tuple[int, Any, Any]]]:
    """{title: [(year, own figure, national total)]}"""
    found = indicators_of(
        stage.programme,
        mobility_of([], stage.programme.calendar),
        papers_of([]),
        until=stage.programme.first_year,
    )
    return {
        one.indicator.title_ja: [(row.year, row.programme, row.national) for row in one.rows] for one in found
    }


def test_several_indicators_are_counted_from_the_same_records_each_with_its_own_words(stage: Stage) -> None:
    one, other = added(stage, "dispatched", "派遣者数"), added(stage, "dispatched", "若手の派遣者数")
    add_baseline(indicator=one, by=stage.ministry1, year=2020, value=7, source_ja="調", source_en="S")
    add_baseline(
        indicator=other, by=stage.ministry1, year=2020, value=Decimal("3.5"), source_ja="調", source_en="S"
    )
    set_target(
        indicator=other,
        by=stage.ministry1,
        fiscal_year=2027,
        value=Decimal("9.25"),
        source_ja="計",
        source_en="P",
    )
    shown = figures(stage)
    first = stage.programme.first_year
    assert shown["派遣者数"] == [(2020, None, 7), (first, 0, None)]
    assert shown["若手の派遣者数"] == [(2020, None, Decimal("3.5")), (first, 0, None)]
    page = text_of(signed_in(stage.ministry1).get(f"/ja/programme/{stage.programme.public_id}/"))
    assert "9.25" in page
    assert "9.2500" not in page


@pytest.mark.parametrize("field", ["title_ja", "title_en"])
def test_two_indicators_of_one_title_are_refused(stage: Stage, field: str) -> None:
    one, other = added(stage, "dispatched", "A"), added(stage, "received", "B")
    with pytest.raises(RuleBroken, match="indicator_is_there"):
        added(stage, "entered", "A")
    with pytest.raises(RuleBroken, match="indicator_is_there"):
        change_indicator(
            indicator=other, by=stage.ministry1, kind="output", position=0, **{field: getattr(one, field)}
        )
    change_indicator(indicator=other, by=stage.ministry1, kind="output", position=0, title_ja="B")


def test_a_figure_that_was_entered_stands_with_its_source_and_one_that_was_not_is_unknown(
    stage: Stage,
) -> None:
    indicator = added(stage, counts_fiscal_years=False)
    assert figures(stage)["割合"] == []
    set_value(
        indicator=indicator,
        by=stage.ministry1,
        year=2024,
        value=Decimal("12.5"),
        source_ja="調査",
        source_en="Survey",
    )
    set_value(indicator=indicator, by=stage.ministry1, year=2024, value=Decimal("13"), source_ja="調査2")
    assert figures(stage)["割合"] == [(2024, 13, None)]
    value = indicator.values.get()
    assert (value.source_ja, value.source_en, value.by) == ("調査2", "", stage.ministry1)
    details = AuditEntry.objects.filter(verb="value_set").latest("id").details
    assert details == {"year": 2024, "before": "12.5", "after": 13}
    remove_value(value=value, by=stage.ministry1)
    assert figures(stage)["割合"] == []


def test_what_is_counted_takes_no_figure_and_nobody_else_enters_one(stage: Stage) -> None:
    counted, entered = added(stage, "received", "受入れ"), added(stage)
    with pytest.raises(RuleBroken, match="indicator_is_computed"):
        set_value(indicator=counted, by=stage.ministry1, year=2024, value=Decimal(1), source_ja="s")
    for user in (stage.home1, stage.partner1):
        with pytest.raises(NotAllowed):
            set_value(indicator=entered, by=user, year=2024, value=Decimal(1), source_ja="s")
    client = signed_in(stage.ministry1)
    assert client.get(f"/en/indicators/{counted.public_id}/figures/add/").status_code == 404


def test_a_table_is_taken_in_whole_and_again_changes_nothing(stage: Stage) -> None:
    indicator = added(stage)
    wanted = [WantedValue(year, Decimal(year - 2000), "調査", "") for year in (2023, 2024)]
    assert import_values(indicator=indicator, wanted=wanted, by=stage.ministry1) == (2, 0)
    assert import_values(indicator=indicator, wanted=wanted, by=stage.ministry1) == (0, 0)
    wanted[0] = WantedValue(2023, Decimal("1.5"), "調査", "")
    assert import_values(indicator=indicator, wanted=wanted, by=stage.ministry1) == (0, 1)


def upload(content: str, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode("utf-8-sig"))


def test_a_file_is_seen_before_it_is_saved_and_its_own_export_changes_nothing(stage: Stage) -> None:
    indicator, client = added(stage), signed_in(stage.ministry1)
    address = f"/en/indicators/{indicator.public_id}/figures/import/"
    seen = client.post(address, {"file": upload("Year,Figure,Source,\n2024,12.5,調査,Survey\n2025,=1,x,\n")})
    assert seen.context["is_wrong"]
    assert [row["problems"] for row in seen.context["rows"]][1] == [
        "Value: “=1” is no number with at most four decimals. Write a minus as in -5."
    ]
    assert "Save these figures" not in text_of(seen)
    seen = client.post(
        address, {"file": upload("Year,Figure,Source,\n2024,12.5,=SUM(A1),Survey\n2025,13,調査\n")}
    )
    assert IndicatorValue.objects.count() == 0
    done = client.post(address, {"seen": seen.context["seen"], "name": "figures.csv"}, follow=True)
    assert "2 new, 0 changed" in text_of(done)
    assert indicator.values.get(year=2024).source_ja == "=SUM(A1)"
    content = b"".join(client.get(f"/en/indicators/{indicator.public_id}/figures.csv"))
    seen = client.post(address, {"file": SimpleUploadedFile("again.csv", content)})
    again = client.post(address, {"seen": seen.context["seen"], "name": "again.csv"}, follow=True)
    assert "0 new, 0 changed" in text_of(again)


@pytest.mark.parametrize(
    "values",
    [
        {"seen": "nonsense"},
        {"seen": "year,value,source_ja\n2024,x,y"},
        {"seen": "\x00"},
        {"file": upload("a,b\n1,2\n")},
        {"file": upload("Year,Figure,Source\n")},
        {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04nonsense")},
        {},
    ],
)
def test_what_cannot_be_used_is_said_and_saves_nothing(stage: Stage, values: dict[str, Any]) -> None:
    indicator = added(stage)
    answer = signed_in(stage.ministry1).post(f"/ja/indicators/{indicator.public_id}/figures/import/", values)
    assert answer.status_code == 200
    assert IndicatorValue.objects.count() == 0


def test_the_indicators_page_shows_what_was_entered_with_its_source(stage: Stage) -> None:
    indicator, client = added(stage), signed_in(stage.ministry1)
    empty = text_of(client.get("/en/outcomes/indicators/"))
    assert "No figure has been entered" in empty
    set_value(
        indicator=indicator,
        by=stage.ministry1,
        year=2025,
        value=Decimal("12.5"),
        source_ja="調査",
        source_en="Survey",
    )
    page = text_of(client.get("/en/outcomes/indicators/"))
    assert "FY2025: 12.5 %." in page
    assert "Survey" in page
    for part in ("chart.svg", "indicator.csv"):
        answer = client.get(f"/en/outcomes/indicators/{indicator.public_id}/{part}")
        assert answer.status_code == 200
    assert b"2025,12.5,,%" in b"".join(answer.streaming_content)
    # nothing of the portal stands behind an entered figure
    assert client.get(f"/en/outcomes/indicators/{indicator.public_id}/2025/").status_code == 404
