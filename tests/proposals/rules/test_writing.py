"""Deadline, lengths, years and completeness."""

import datetime as dt
from dataclasses import replace

import pytest

from proposals.rules.completeness import Written, WrittenSection, gaps
from proposals.rules.deadline import deadline_violation
from proposals.rules.texts import text_violation
from proposals.rules.years import years_violation

DEADLINE = dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC)  # 17:00 in Japan
MILLISECOND = dt.timedelta(milliseconds=1)
COMPLETE = Written(
    title_ja="題",
    title_en="Title",
    years=1,
    least_years=1,
    most_years=5,
    has_designation=True,
    has_support_types=False,
    support_type="",
    sections=[WrittenSection("plan", "計画", 100, is_required=True, is_complete=True)],
    partner_leaders=1,
    loads=[],
    awards=1,
    dispatches=1,
    stays_outside=0,
    fiscal_years=(2026,),
    amounts={(2026, "goods"): 100},
    indirect_percent=30,
    caps=[],
)


@pytest.mark.parametrize("late", [dt.timedelta(0), MILLISECOND])
def test_the_deadline_itself_is_late(late: dt.timedelta) -> None:
    assert deadline_violation(DEADLINE + late, DEADLINE).code == "deadline_passed"


def test_a_millisecond_before_is_in_time() -> None:
    assert deadline_violation(DEADLINE - MILLISECOND, DEADLINE) is None


def test_length_counts_code_points_and_a_line_break_once() -> None:
    text = "あ" * 998 + "\r\n" + "𠮷"
    assert text_violation(text, 1000) is None
    assert text_violation(text + "𠮷", 1000).params == {"over": 1, "limit": 1000}


def test_nul_is_refused() -> None:
    assert text_violation("研究\x00計画", 1000).code == "text_has_nul"


@pytest.mark.parametrize(
    "years, code", [(2, "years_outside_call"), (3, ""), (5, ""), (6, "years_outside_call")]
)
def test_years_of_a_call(years: int, code: str) -> None:
    found = years_violation(years, 3, 5)
    assert (found.code if found else "") == code


def test_a_complete_proposal_has_no_gaps() -> None:
    assert gaps(COMPLETE) == []


SECTION = COMPLETE.sections[0]


@pytest.mark.parametrize(
    "change, gap",
    [
        ({"title_ja": " "}, ("title_ja_missing", "core")),
        ({"title_en": ""}, ("title_en_missing", "core")),
        ({"has_designation": False}, ("designation_missing", "core")),
        ({"years": 6}, ("years_outside_call", "core")),
        ({"sections": [replace(SECTION, text=" \n")]}, ("section_empty", "section:plan")),
        ({"sections": [replace(SECTION, is_complete=False)]}, ("section_unfinished", "section:plan")),
        ({"sections": [replace(SECTION, text="い" * 101)]}, ("text_over_limit", "section:plan")),
        ({"partner_leaders": 0}, ("partner_leader_missing", "team")),
        ({"awards": 0}, ("partner_award_missing", "award")),
        ({"dispatches": 0}, ("dispatch_missing", "exchange")),
        ({"stays_outside": 2}, ("stays_outside_term", "exchange")),
        ({"amounts": {}}, ("budget_year_empty", "budget")),
    ],
)
def test_each_gap_names_its_part(change: dict, gap: tuple[str, str]) -> None:
    assert [(v.code, v.field) for v in gaps(replace(COMPLETE, **change))] == [gap]


def test_an_optional_section_may_stay_empty() -> None:
    optional = replace(SECTION, text="", is_required=False, is_complete=False)
    assert gaps(replace(COMPLETE, sections=[optional])) == []
