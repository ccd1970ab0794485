"""The charts of figures from publications: what is drawn, said beside it, and written out."""

import re

import pytest
from django.test import Client

from accounts.models import User
from kernel.documents.tables import read_csv
from program.enums import PaperFigure
from program.evidence_charts import chart_finding, partner_rows
from program.models import EvidenceRun
from tests.builders.evidence import make_evidence_run
from tests.builders.program import Stage, make_stage
from tests.builders.registries import make_country, make_publication
from tests.kernel.documents.test_charts import words

pytestmark = pytest.mark.django_db
US, DE, JP = ("Boston, USA", "US"), ("Berlin, Germany", "DE"), ("Tokyo, Japan", "JP")


@pytest.fixture
def stage() -> Stage:
    stage = make_stage()
    make_country("DE", "ドイツ", "Germany")
    for year, places in (
        (2024, (JP, US)),
        (2025, (JP, US)),
        (2025, (JP, US, US)),
        (2025, (JP, DE)),
        (2025, (JP,)),
    ):
        make_publication(*places, title="Quantum dots", year=year)
    return stage


def run_of(stage: Stage) -> EvidenceRun:
    return make_evidence_run(stage, by=stage.ministry1, first_year=2023, last_year=2025)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(run: EvidenceRun, rest: str = "", language: str = "en") -> str:
    return f"/{language}/evidence/figures/{run.public_id}/{rest}"


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (
            PaperFigure.WHOLE,
            "From 2023 to 2025, {US} stands first by this figure: co-authored papers (whole count), 3; then {DE}, 1.",
        ),
        (
            PaperFigure.GROWTH,
            "In 2025, {US} stands first by this figure: growth of co-authored papers against the year before, 100.0%.",
        ),
        (
            PaperFigure.TOP_SHARE,
            "Nothing is known of this figure: share of the top 10 % among co-authored papers.",
        ),
    ],
)
def test_the_sentence_says_who_stands_first(stage: Stage, figure: PaperFigure, sentence: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        rows = partner_rows(run_of(stage))
        names = {row.key: row.name for row in rows}
        assert list(names) == ["US", "DE"]
        assert chart_finding(rows, figure) == sentence.format(**names)


def test_without_a_joint_paper_there_is_no_chart_on_the_page(stage: Stage) -> None:
    run = make_evidence_run(stage, by=stage.ministry1, first_year=2010, last_year=2011)
    page = signed_in(stage.ministry1).get(address(run))
    assert "chart.svg" not in page.content.decode()
    assert signed_in(stage.ministry1).get(address(run, "chart.svg")).status_code == 200


def test_the_chart_is_a_picture_of_its_own_with_sentence_table_and_file(stage: Stage) -> None:
    run, client = run_of(stage), signed_in(stage.ministry1)
    page = client.get(address(run, "?figure=home_share"))
    figure = page.context["figure"]
    assert figure["src"] == address(run, "chart.svg?figure=home_share")
    assert figure["headers"] == ["Partner", "2023", "2024", "2025"]
    # of three papers with the US, two have half of Japan, one a third
    assert figure["rows"][0]["cells"] == ["0.00", "0.50", "0.83"]
    chart = client.get(figure["src"])
    assert chart["Content-Type"] == "image/svg+xml"
    assert {"2023", "2024", "2025", "0.5", "0.83"} <= set(words(chart.content))
    assert client.get(figure["src"]).content == chart.content


def test_a_partners_chart_leaves_a_gap_where_nothing_is_known(stage: Stage) -> None:
    run, client = run_of(stage), signed_in(stage.ministry1)
    page = client.get(address(run, "partners/US/?figure=growth"))
    assert page.context["figure"]["rows"] == [
        {"head": 2023, "cells": ["–"]},
        {"head": 2024, "cells": ["–"]},
        {"head": 2025, "cells": ["100.0%"]},
    ]
    drawn = words(client.get(page.context["figure"]["src"]).content)
    assert "100" in drawn
    assert "−100" not in drawn


def test_the_file_has_every_figure_of_every_partner_and_year(stage: Stage) -> None:
    run, client = run_of(stage), signed_in(stage.ministry1)
    content = b"".join(client.get(address(run, "figures.csv")))
    table = read_csv(content)
    assert len(table.header) == 3 + len(PaperFigure)
    assert [row[1:6] for row in table.rows][:3] == [
        ["US", "2023", "0", "0.00", "0.00"],
        ["US", "2024", "1", "0.50", "0.50"],
        ["US", "2025", "2", "0.83", "1.17"],
    ]
    assert len(table.rows) == 6
    one = read_csv(b"".join(client.get(address(run, "figures.csv?partner=DE"))))
    assert {row[1] for row in one.rows} == {"DE"}


@pytest.mark.parametrize("asked", ["nonsense", "", "%00", "whole&figure=growth"])
def test_an_unknown_figure_is_the_number_of_papers(stage: Stage, asked: str) -> None:
    run, client = run_of(stage), signed_in(stage.ministry1)
    assert client.get(address(run, f"chart.svg?figure={asked}")).status_code == 200


def test_headings_are_short_and_explained(stage: Stage) -> None:
    run = run_of(stage)
    page = signed_in(stage.ministry1).get(address(run, language="ja"))
    headings = [str(heading) for heading in page.context["headings"]]
    assert max(map(len, headings)) <= 10
    text = re.sub(r"\s+", " ", page.content.decode())
    assert all(str(column["long"]) in text for column in page.context["columns"])
