"""Charts: the words and numbers they carry, what they leave out, and the same bytes each time.

In an SVG of matplotlib each text is drawn as outlines below a comment that holds it: that is what is read here.
"""

import datetime as dt
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from xml.etree import ElementTree

import pytest
from PIL import Image

from kernel.documents.charts import (
    Bullet,
    Flow,
    Interval,
    Pair,
    ScoreGroup,
    Segment,
    Spread,
    agency_against_agency,
    budget_against_cap,
    bullet_bars,
    coauthorship_by_year,
    dot_strips,
    envelope_use,
    mobility_flow,
    rank_intervals,
    step_shares,
    thousands,
)
from kernel.documents.charts.canvas import BLUE_900, ORANGE_800, PNG_DOTS_PER_INCH
from kernel.documents.charts.changes import Changed, amounts_with_changes
from kernel.documents.charts.heat import Heat, heat_map
from kernel.documents.charts.periods import Bar, spans_of_days
from kernel.documents.charts.shades import _legend, _look, shaded_grid
from kernel.documents.fonts import FONT_FOLDER

YEARS = ["令和8年度", "令和9年度", "令和10年度"]

budget = partial(budget_against_cap, YEARS, cap_label="上限 100", over_label="超過額", unit="百万円")
envelope = partial(
    envelope_use, ["令和8年度", "令和9年度"], [3500, 0], envelope_label="予算枠", unit="百万円"
)
coauthorship = partial(
    coauthorship_by_year, YEARS, baseline=120, count_label="論文数", baseline_label="基準値", unit="編"
)
strips = partial(dot_strips, ["卓越性", "人材育成"], scale=(1, 5), mean_label="平均")
agreement = partial(
    agency_against_agency,
    first_label="JST",
    second_label="NSF",
    scale=(1, 5),
    agreement_label="一致",
    marked_label="採択候補",
    unmarked_label="その他",
)
flow = partial(mobility_flow, left_label="分野", right_label="派遣先")
bullets = partial(bullet_bars, value_label="実績", target_label="目標", baseline_label="基準値")

CHARTS: dict[str, Callable[..., bytes]] = {
    "budget": partial(budget, [96, 104.5, 64], 100),
    "envelope": partial(envelope, segments=[Segment("支出済", [1200, 0]), Segment("留保", [900, 0])]),
    "coauthorship": partial(
        coauthorship, [12, None, 188], provisional=["令和10年度"], provisional_label="集計中"
    ),
    "strips": partial(strips, [ScoreGroup("JST", [[5, 5, 2], []]), ScoreGroup("NSF", [[4, 3], [1]])]),
    "agreement": partial(agreement, [Pair("JP27001", 4.5, 2, marked=True), Pair("JP27002", 3, 3)]),
    "flow": partial(flow, [Flow("量子", "米国", 42), Flow("量子", "英国", 9), Flow("AI", "米国", 25)]),
    "heat": partial(
        heat_map,
        ["量子", "半導体"],
        ["米国", "独国"],
        [[Heat(1.5, "+1.50"), Heat(-0.25, "−0.25")], [Heat(0, "0.00"), Heat(None, "–")]],
        strong=1,
        high_label="ベネフィット",
        even_label="均衡",
        low_label="ロス",
    ),
    "shades": partial(
        shaded_grid,
        ["アメリカ", "ドイツ"],
        ["2024", "2025"],
        [[40, 0], [-5, None]],
        unit="編",
        below_label="減少",
        absent_label="不明",
    ),
    "changes": partial(
        amounts_with_changes,
        ["令和8年度", "令和9年度"],
        [Changed(120, 100, 20, 30), Changed(0, 0, 0, 0)],
        asked_label="要求額",
        given_label="当初額",
        added_label="増額",
        taken_label="減額",
        unit="百万円",
    ),
    "periods": partial(
        spans_of_days,
        [
            Bar(
                "共同研究",
                dt.date(2027, 4, 1),
                dt.date(2032, 3, 31),
                [(dt.date(2031, 9, 1), dt.date(2032, 3, 31))],
                is_measure=True,
            ),
            Bar("NSF 2412345", dt.date(2026, 9, 1), dt.date(2031, 8, 31)),
        ],
        [(dt.date(2027, 4, 1), "2027年度")],
        measure_label="共同研究の期間",
        other_label="研究費",
        gap_label="対象外",
    ),
    "shares": partial(
        step_shares,
        ["3", "2", "1"],
        [Spread("JST", [1, 2, 0]), Spread("NSF", [0, 0, 0])],
        share_label="割合",
    ),
    "bullets": partial(bullets, [Bullet("論文数", 240, 300, 120, "編"), Bullet("派遣者数", None, 80)]),
}


def words(svg: bytes) -> list[str]:
    return re.findall(r"<!-- (.*?) -->", svg.decode(), re.DOTALL)


def drawn_with(svg: bytes, colour: str) -> int:
    return svg.decode().count(colour)


@pytest.mark.parametrize("name", CHARTS)
def test_same_values_give_same_bytes(name: str) -> None:
    for kind in ("svg", "png"):
        assert CHARTS[name](kind=kind) == CHARTS[name](kind=kind)


def test_charts_drawn_at_the_same_time_are_the_same_as_alone() -> None:
    alone = [chart() for chart in CHARTS.values()]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda chart: chart(), [*CHARTS.values()] * 3)) == alone * 3


@pytest.mark.parametrize("name", CHARTS)
def test_svg_stands_alone(name: str) -> None:
    """In an `<img>` nothing is loaded: no letter needs a font, nothing refers to another file, nothing runs."""
    svg = CHARTS[name]()
    tree = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags & {"text", "script", "image", "foreignObject", "a"} == set()
    references = re.findall(rb'(?:xlink:href|href)="(.)', svg)
    assert set(references) == {b"#"}
    assert b"<dc:date" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_png_has_the_size_asked_for(name: str) -> None:
    picture = Image.open(io.BytesIO(CHARTS[name](kind="png", size=(127, 63.5))))
    assert picture.size == (5 * PNG_DOTS_PER_INCH, 2.5 * PNG_DOTS_PER_INCH)


def test_fonts_are_the_portals_own() -> None:
    from matplotlib import font_manager

    from kernel.documents.charts.canvas import FAMILIES

    for family in FAMILIES:
        for weight in ("normal", "bold"):
            path = font_manager.findfont(font_manager.FontProperties(family=family, weight=weight))
            assert path.startswith(str(FONT_FOLDER))


def test_latin_letters_have_what_goes_below_the_line() -> None:
    # In BIZ UDPGothic p, g and y look cut; kanji stay in it.
    bars = [Bar("gypq", dt.date(2027, 4, 1), dt.date(2028, 3, 31), is_measure=True)]
    words = {"measure_label": "joint", "other_label": "partner agency", "gap_label": "open"}
    drawn = [
        spans_of_days(bars, [(dt.date(2027, 4, 1), tick)], **words).decode()
        for tick in ("FY2027", "2027年度")
    ]
    assert [[face in svg for face in ("NotoSans-Regular", "BIZUDPGothic")] for svg in drawn] == [
        [True, False],
        [True, True],
    ]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "--><b>x</b>", "a & b", "$x^2$ と $", "𠮷田髙﨑", "김민수", "Ελένη"]
)
def test_mark_up_in_a_name_is_a_name(name: str) -> None:
    svg = mobility_flow([Flow(name, "米国", 1)], left_label="a", right_label="b")
    tree = ElementTree.fromstring(svg)
    assert {"b", "script"} & {element.tag.rpartition("}")[2] for element in tree.iter()} == set()
    plain = mobility_flow([Flow("x", "米国", 1)], left_label="a", right_label="b")
    assert drawn_with(svg, "<use") - drawn_with(plain, "<use") == len(name.replace(" ", "")) - 1 + name.count(
        " "
    )


def test_character_without_a_glyph_is_drawn_as_geta() -> None:
    assert "〓研究  1" in words(flow([Flow("😀研究", "米国", 1)]))


def test_numbers_are_written_with_separators_and_a_true_minus() -> None:
    assert [thousands(number) for number in (0, 1234567, 104.5, 0.125, -1000)] == [
        "0",
        "1,234,567",
        "104.5",
        "0.12",
        "−1,000",
    ]


def test_budget_above_the_cap_is_hatched_and_named() -> None:
    svg = budget([96, 104.5, 64], 100)
    assert set(words(svg)) >= {*YEARS, "96", "104.5", "64", "上限 100", "超過額", "百万円"}
    assert drawn_with(svg, ORANGE_800) > 0


@pytest.mark.parametrize("cap", [104.5, None, [None, 110, None]])
def test_budget_within_its_cap_has_no_hatching(cap: float | list[float | None] | None) -> None:
    svg = budget([96, 104.5, 64], cap)
    assert "超過額" not in words(svg)
    assert drawn_with(svg, ORANGE_800) == 0


def test_cap_of_each_year_is_its_own() -> None:
    same, own = budget([100, 100, 100], [100, 100, 100]), budget([100, 100, 100], [100, 90, 100])
    assert (drawn_with(same, ORANGE_800), "超過額" in words(own)) == (0, True)


def test_envelope_says_what_is_used_of_the_whole() -> None:
    svg = CHARTS["envelope"]()
    assert set(words(svg)) >= {"2,100 / 3,500  60%", "0 / 0  –", "支出済", "留保", "予算枠"}


def test_more_segments_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4"):
        envelope(segments=[Segment(str(number), [1, 1]) for number in range(5)])


def test_strips_show_mean_and_number_of_the_scores_that_count() -> None:
    svg = CHARTS["strips"]()
    assert [word for word in words(svg) if "n=" in word or word == "–"] == [
        "4.00 (n=3)",
        "3.50 (n=2)",
        "–",
        "1.00 (n=1)",
    ]


def test_strips_tell_four_groups_apart() -> None:
    svg = strips([ScoreGroup(name, [[4], [2]]) for name in ("JST", "NSF", "UKRI", "DFG")])
    assert {"JST", "NSF", "UKRI", "DFG"} <= set(words(svg))
    assert words(svg).count("4.00 (n=1)") == 4


def test_ranks_are_drawn_with_their_intervals_and_the_line() -> None:
    svg = rank_intervals(
        [Interval("JP27001", 1, 1, 3), Interval("JP27002", 2, 1, 4)],
        line=1,
        most=4,
        rank_label="順位",
        interval_label="95%区間",
        line_label="採択ライン",
    )
    assert {"JP27001", "JP27002", "1 (1–3)", "2 (1–4)", "順位", "95%区間", "採択ライン"} <= set(words(svg))


def test_shares_write_per_cent_and_count_and_a_group_without_any_has_none() -> None:
    drawn = words(CHARTS["shares"]())
    assert [word for word in drawn if "(" in word] == ["33% (1)", "67% (2)", "0% (0)", *["0% (0)"] * 3]
    assert {"JST", "NSF", "割合"} <= set(drawn)


@pytest.mark.parametrize("count", [0, 5])
def test_strips_are_for_one_to_four_groups(count: int) -> None:
    with pytest.raises(ValueError, match="one to four"):
        strips([ScoreGroup(str(number), [[1], [1]]) for number in range(count)])


def test_pairs_that_disagree_most_are_labelled() -> None:
    pairs = [Pair("near", 3, 3.1), Pair("far", 1.5, 4.5), Pair("farther", 5, 1)]
    written = words(agreement(pairs, labelled=2))
    assert [pair.label in written for pair in pairs] == [False, True, True]


def test_labels_that_find_no_room_are_left_out() -> None:
    crowd = [Pair(f"JP27{number:03d}", 3 + number % 6 * 0.02, 3 + number // 6 * 0.02) for number in range(36)]
    written = [word for word in words(agreement(crowd, labelled=36)) if word.startswith("JP27")]
    assert 0 < len(written) < 12


def test_flow_sums_each_node_and_leaves_out_what_did_not_happen() -> None:
    svg = flow(
        [Flow("量子", "米国", 42), Flow("量子", "英国", 9), Flow("AI", "米国", 25), Flow("AI", "独国", 0)]
    )
    assert words(svg) == ["分野", "派遣先", "量子  51", "AI  25", "67  米国", "9  英国"]


def test_flow_without_anybody_has_its_headings_alone() -> None:
    assert words(flow([])) == ["分野", "派遣先"]


def test_year_without_a_count_is_a_gap_and_no_zero() -> None:
    numbers = [word for word in words(coauthorship([12, None, 188])) if word in {"12", "188", "–", "nan"}]
    assert numbers == ["12", "188"]
    with_gap, without = coauthorship([12, None, 188]), coauthorship([12, 100, 188])
    assert drawn_with(with_gap, f"stroke: {BLUE_900}") < drawn_with(without, f"stroke: {BLUE_900}")


def test_provisional_years_are_named_and_drawn_differently() -> None:
    assert "集計中" in words(CHARTS["coauthorship"]())
    assert CHARTS["coauthorship"]() != coauthorship([12, None, 188])


def test_without_a_baseline_none_is_drawn() -> None:
    svg = coauthorship_by_year(
        YEARS, [1, 2, 3], baseline=None, count_label="a", baseline_label="基準値", unit="編"
    )
    assert drawn_with(svg, ORANGE_800) == 0


def test_crowded_years_do_not_run_into_each_other() -> None:
    years = [f"令和{number}年度（第{number}回）" for number in range(5, 15)]
    svg = coauthorship_by_year(years, [1] * 10, baseline=None, count_label="a", baseline_label="b", unit="編")
    assert "rotate(-35)" in svg.decode()


def test_indicators_write_every_number_beside_their_row() -> None:
    assert set(words(CHARTS["bullets"]())) >= {
        "論文数",
        "240編",
        "目標 300  基準値 120",
        "派遣者数",
        "–",
        "目標 80",
    }


def test_heat_is_told_by_words_and_by_five_grounds() -> None:
    def looks(value: float | None) -> bytes:
        return heat_map(
            ["a"], ["b"], [[Heat(value, "x")]], strong=1, high_label="h", even_label="e", low_label="l"
        )

    assert {"+1.50", "−0.25", "0.00", "–", "米国", "半導体"} <= set(words(CHARTS["heat"]()))
    assert len({looks(value) for value in (2, 0.5, 0, -0.5, -2, None)}) == 6
    assert looks(1) == looks(2)


@pytest.mark.parametrize("values", [[31, 25, 24, 6, 4], [0.31, 0.25, 0.2, 0.06, 0.04]])
def test_each_shade_has_the_values_that_its_legend_names(values: list[float]) -> None:
    most = max(values)
    spans = [
        tuple(map(float, span.split("–")))
        for _face, span in _legend(most, lambda value: f"{value:g}", is_counted=most > 1)
    ]
    faces = [face for face, _span in _legend(most, str, is_counted=most > 1)]
    for value in values:
        (own,) = [face for face, (low, high) in zip(faces, spans, strict=True) if low <= value <= high]
        assert _look(value, most)[0] == own


def test_long_names_of_columns_stand_slanted_and_do_not_run_into_each_other() -> None:
    names = ["France", "United Kingdom", "United States of America", "Leading European countries"]
    cells = [[Heat(1, "+1.00")] * 4]
    labels = {"high_label": "h", "even_label": "e", "low_label": "l"}
    assert "rotate(-35)" in heat_map(["Quantum"], names, cells, strong=1, **labels).decode()
    assert "rotate(-35)" not in heat_map(["Quantum"], list("ABCD"), cells, strong=1, **labels).decode()


def test_a_grid_says_every_value_and_names_what_its_shades_mean() -> None:
    drawn = words(CHARTS["shades"]())
    assert {"40", "0", "−5", "–", "編", "減少", "不明", "1–10", "31–40"} <= set(drawn)
    plain = words(shaded_grid(["A"], ["1"], [[3]], unit="編", below_label="減少", absent_label="不明"))
    assert {"1", "2", "3"} <= set(plain)  # of so few, each has its own shade, and no fraction stands there
    assert not {"減少", "不明"} & set(plain)


def test_changed_amounts_say_where_they_stand_and_name_only_what_there_is() -> None:
    drawn = words(CHARTS["changes"]())
    assert {"90", "0", "要求額", "当初額", "増額", "減額", "百万円"} <= set(drawn)
    labels = {"asked_label": "要求額", "given_label": "当初額", "added_label": "増額", "taken_label": "減額"}
    plain = words(amounts_with_changes(["令和8年度"], [Changed(0, 100, 0, 0)], unit="百万円", **labels))
    assert not {"要求額", "増額", "減額"} & set(plain)


def test_what_no_span_covers_is_hatched_and_named() -> None:
    day = dt.date(2027, 4, 1)
    labels = {"measure_label": "共同研究の期間", "other_label": "研究費", "gap_label": "対象外"}
    open_bar, whole = Bar("A", day, day, [(day, day)], is_measure=True), Bar("A", day, day, is_measure=True)
    assert "対象外" in words(spans_of_days([open_bar], [], **labels))
    assert "対象外" not in words(spans_of_days([whole], [], **labels))
