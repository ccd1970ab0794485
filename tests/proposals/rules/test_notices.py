from dataclasses import replace

import pytest

from proposals.rules.notices import (
    Written,
    answer_violations,
    as_verdict,
    notice_gaps,
    proposal_violation,
    start_violation,
    text_violations,
)

WHOLE = Written("題", "Title", "", "概要", True, True, True, True, True, "University", "US")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title_ja": ""}, "title_ja"),
        ({"title_en": ""}, "title_en"),
        ({"summary": ""}, "summary"),
        ({"has_designation": False}, "designation"),
        ({"has_type": False}, "support_type"),
        ({"has_agency": False}, "partner_agency"),
        ({"has_partner_name": False}, "family_romaji"),
        ({"partner_institution": ""}, "institution_name"),
        ({"partner_country": ""}, "country_code"),
    ],
)
def test_each_thing_that_lacks_is_said_beside_its_field(change: dict[str, object], field: str) -> None:
    assert notice_gaps(WHOLE) == []
    assert [violation.field for violation in notice_gaps(replace(WHOLE, **change))] == [field]


def test_keywords_alone_are_enough_and_a_call_without_types_asks_for_none() -> None:
    assert notice_gaps(replace(WHOLE, summary="", keywords="量子")) == []
    assert notice_gaps(replace(WHOLE, has_type=False, offers_types=False)) == []


def test_limits_count_code_points_and_a_line_break_once() -> None:
    text = "あ" * 998 + "\r\n" + "𠮷"
    assert text_violations("", "", "", text) == []
    assert [(v.code, v.params["over"]) for v in text_violations("", "", "", text + "あ")] == [
        ("text_over_limit", 1)
    ]
    assert [v.code for v in text_violations("研究\x00計画", "", "", "")] == ["text_has_nul"]


@pytest.mark.parametrize(
    ("rule", "state", "is_admitted", "is_over", "code"),
    [
        ("off", None, False, True, None),
        ("optional", None, False, True, None),
        ("optional", "refused", False, True, None),
        ("required", "accepted", False, True, None),
        ("required", None, True, True, None),
        ("required", "refused", True, True, None),
        ("required", None, False, False, "notice_missing"),
        ("required", None, False, True, "notice_too_late"),
        ("required", "draft", False, False, "notice_not_submitted"),
        ("required", "draft", False, True, "notice_too_late"),
        ("required", "submitted", False, True, "notice_not_answered"),
        ("required", "refused", False, True, "notice_refused"),
        ("required", "withdrawn", False, False, "notice_was_withdrawn"),
    ],
)
def test_a_proposal_rests_on_an_accepted_notice_where_one_is_required(
    rule: str, state: str | None, is_admitted: bool, is_over: bool, code: str | None
) -> None:
    found = proposal_violation(rule, state, is_admitted=is_admitted, is_over=is_over)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("state", "is_over", "code"),
    [
        ("submitted", False, None),
        ("submitted", True, None),
        ("accepted", True, None),
        ("draft", False, "notice_not_submitted"),
        (None, True, "notice_too_late"),
        ("refused", True, "notice_refused"),
        ("withdrawn", False, "notice_was_withdrawn"),
    ],
)
def test_a_draft_is_begun_from_a_notice_that_may_still_be_accepted(
    state: str | None, is_over: bool, code: str | None
) -> None:
    found = start_violation("required", state, is_admitted=False, is_over=is_over)
    assert (found.code if found else None) == code


def test_a_no_and_an_advice_need_their_reasons() -> None:
    for answer, codes in (
        ("yes", []),
        ("advice", ["reason_missing"]),
        ("no", ["reason_missing"]),
        ("maybe", ["verdict_missing"]),
    ):
        assert [v.code for v in answer_violations(answer, " ", 100) if v] == codes
    assert [as_verdict(answer) for answer in ("yes", "advice", "no")] == ["yes", "yes", "no"]
