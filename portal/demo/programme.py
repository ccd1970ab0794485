"""The demo's programme: this very one, from the ministry's review record and the founding text."""

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from kernel import clock
from kernel.clock import now
from portal.demo.people import Cast
from program.actions import programmes
from program.actions.indicator_values import set_value
from program.models import Designation, Field, Programme
from registries.models import ReviewProject

RECORD = Path(settings.BASE_DIR) / "registries/data/programme/rs2025_project_6809.json"
SURVEY_JA = "国際研究交流の概況（文部科学省）。事前評価票（令和4年8月）による"
SURVEY_EN = (
    "MEXT survey of international research exchange, as quoted in the ex-ante evaluation sheet (August 2022)"
)
FIELDS = (
    ("quantum", "量子", "Quantum science and technology"),
    ("bio", "バイオ", "Biotechnology"),
    ("ai", "AI・情報", "AI and information"),
    ("semiconductor", "半導体", "Semiconductors"),
)
REVIEW_NUMBER = 6809
# Kind, the day for which it was planned, the day on which it was held. The days are made up for the demo.
EVALUATIONS = (
    ("ex_ante", dt.date(2022, 8, 25), dt.date(2022, 8, 25)),
    ("interim", dt.date(2025, 11, 20), dt.date(2025, 11, 27)),
    ("interim", dt.date(2027, 11, 18), None),
    ("ex_post", dt.date(2033, 9, 15), None),
)
# agency, first year, yen a year
ENVELOPES = (("JST", 2_000_000_000), ("AMED", 800_000_000))


@dataclass
class Stage:
    """What the programme's part of the demo has made."""

    programme: Programme
    fields: dict[str, Field] = field(default_factory=dict)
    designations: dict[str, Designation] = field(default_factory=dict)


def jst(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    """An instant in Japan's time."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def make_programme(cast: Cast) -> Stage:
    """The programme with its facts, indicators, baselines, evaluations, envelopes, fields and designations."""
    officer = cast.users["ministry1"]
    record = json.loads(RECORD.read_text())
    record = record.get("6809", record)
    programme = programmes.create_programme(
        by=officer,
        code="aspire",
        title_ja="先端国際共同研究推進事業",
        title_en="Advanced International Joint Research Programme",
        ministry=cast["MEXT"],
        first_year=2023,
        last_year=2032,
        purpose_ja=record["purpose"],
        purpose_en="To help Japanese researchers join the international top circle of research through joint research with leading countries, and to strengthen the ties between young researchers of both sides for decades.",
        issues_ja=record["currentIssues"],
        outline_ja=record["overview"],
        outline_en="Large joint research with leading countries in fields that the government sets, up to about 100 million yen a project and year, with five years or more possible.",
    )
    stage = Stage(programme)
    _facts(stage, cast, record)
    _indicators(stage, cast)
    for code, title_ja, title_en in FIELDS:
        stage.fields[code] = programmes.add_field(
            programme=programme, by=officer, code=code, title_ja=title_ja, title_en=title_en
        )
    for agency, amount in ENVELOPES:
        for year in programme.years:
            programmes.add_envelope_entry(
                programme=programme,
                agency=cast[agency],
                fiscal_year=year,
                kind="appropriation",
                amount=amount,
                reason="Share of the fund planned for this year (made up for the demo)",
                by=officer,
            )
    return stage


def _facts(stage: Stage, cast: Cast, record: dict) -> None:
    """What the sources say of years and amounts; they differ, and all are kept."""
    text = ("事前評価票（令和4年8月）", "Ex-ante evaluation sheet, August 2022", "2022-08")
    review = (
        "行政事業レビュー2025（事業番号6809）",
        "Administrative project review 2025, project 6809",
        "2025",
    )
    facts = (
        ("years", "令和5年度～令和14年度", "FY2023 to FY2032", *text),
        ("request", "令和5年度要求額 3,500百万円", "Request for FY2023: ¥3,500 million", *text),
        (
            "fund",
            "2022年度補正予算により基金を造成",
            "A fund made by the supplementary budget of FY2022",
            *review,
        ),
    )
    for about, value_ja, value_en, source_ja, source_en, dated in facts:
        programmes.add_fact(
            programme=stage.programme,
            by=cast.users["ministry1"],
            about=about,
            value_ja=value_ja,
            value_en=value_en,
            source_ja=source_ja,
            source_en=source_en,
            dated=dated,
        )
    # What the record that was imported says of years and supplements, once and with its date.
    programmes.note_review_record(
        programme=stage.programme,
        by=cast.users["ministry1"],
        project=ReviewProject.objects.get(number=REVIEW_NUMBER),
    )
    for kind, planned_on, held_on in EVALUATIONS:
        _evaluation(stage, cast, kind, planned_on, held_on)


def _evaluation(stage: Stage, cast: Cast, kind: str, planned_on: dt.date, held_on: dt.date | None) -> None:
    """An evaluation as it was planned, and noted as held on its day."""
    values: dict[str, Any] = {
        "by": cast.users["ministry1"],
        "kind": kind,
        "year": stage.programme.calendar.year_of(planned_on),
        "planned_on": planned_on,
    }
    made = programmes.plan_evaluation(programme=stage.programme, **values)
    if held_on:
        with clock.set_to(max(now(), jst(held_on.year, held_on.month, held_on.day))):
            programmes.change_evaluation(evaluation=made, held_on=held_on, **values)


# What the demo's projects are to reach by the interim evaluation. The founding text sets no figures.
TARGETS = {"dispatched": 20, "received": 15, "coauthored_papers": 12}


def _indicators(stage: Stage, cast: Cast) -> None:
    """The founding text's three indicators and its figures (founding text, 3(3))."""
    definition_ja = "「中長期」は31日以上を指す。"
    definition_en = "Mid- and long-term means 31 days or more."
    table = (
        (
            "output",
            "dispatched",
            "海外への研究者の派遣者数（中長期）",
            "Researchers dispatched abroad (mid/long-term)",
            "人",
            "people",
            definition_ja,
            definition_en,
            True,
            {2018: 4291, 2019: 4178, 2020: 1017},
        ),
        (
            "output",
            "received",
            "海外からの研究者の受入れ者数（中長期）",
            "Researchers received from abroad (mid/long-term)",
            "人",
            "people",
            definition_ja,
            definition_en,
            True,
            {2018: 13172, 2019: 13280, 2020: 9340},
        ),
        (
            "outcome",
            "coauthored_papers",
            "国際共著論文数",
            "International co-authored papers",
            "件",
            "papers",
            "国内及び国外の機関に所属する著者を含む論文の数。",
            "Papers with at least one affiliation in Japan and one abroad.",
            False,
            {2017: 27675, 2018: 29141, 2019: 30657},
        ),
    )
    for position, (kind, measure, ja, en, unit_ja, unit_en, def_ja, def_en, is_fiscal, values) in enumerate(
        table
    ):
        indicator = programmes.add_indicator(
            programme=stage.programme,
            by=cast.users["ministry1"],
            kind=kind,
            measure=measure,
            title_ja=ja,
            title_en=en,
            unit_ja=unit_ja,
            unit_en=unit_en,
            definition_ja=def_ja,
            definition_en=def_en,
            position=position,
        )
        for year, value in values.items():
            programmes.add_baseline(
                indicator=indicator,
                by=cast.users["ministry1"],
                year=year,
                value=value,
                source_ja=SURVEY_JA,
                source_en=SURVEY_EN,
                is_fiscal_year=is_fiscal,
            )
        programmes.set_target(
            indicator=indicator,
            by=cast.users["ministry1"],
            fiscal_year=2027,
            value=TARGETS[measure],
            source_ja="実演用に作成した架空の数値",
            source_en="Made up for the demo",
        )
    share = programmes.add_indicator(
        programme=stage.programme,
        by=cast.users["ministry1"],
        kind="outcome",
        measure="entered",
        title_ja="国際共著論文に占めるトップ10％論文の割合",
        title_en="Share of highly cited papers among co-authored papers",
        unit_ja="％",
        unit_en="%",
        position=len(table),
        counts_fiscal_years=False,
    )
    for year, figure in ((2023, "14.2"), (2024, "15.8")):
        set_value(
            indicator=share,
            by=cast.users["ministry1"],
            year=year,
            value=Decimal(figure),
            source_ja="実演用に作成した架空の数値",
            source_en="Made up for the demo",
        )
