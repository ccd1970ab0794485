from review.rules.means import Scale
from review.rules.scoring import draft_violations, missing_scores

SCALES = {7: Scale(1, 1, 5), 8: Scale(2, 0, 10)}


def test_scores_on_their_scales_and_not_applicable_are_good() -> None:
    assert draft_violations({7: 5, 8: None}, SCALES, {"comment_to_applicant": "x" * 4000}) == []


def test_what_lies_off_the_scale_is_named() -> None:
    found = draft_violations({7: 6, 8: -1, 9: 1}, SCALES, {})
    assert [(v.code, v.field) for v in found] == [
        ("score_out_of_scale", "score_7"),
        ("score_out_of_scale", "score_8"),
        ("criterion_unknown", ""),
    ]


def test_comment_has_a_limit() -> None:
    found = draft_violations({}, SCALES, {"comment_to_agency": "髙" * 4001, "comment_to_applicant": "\x00"})
    assert [(v.code, v.field) for v in found] == [
        ("text_has_null", "comment_to_applicant"),
        ("text_too_long", "comment_to_agency"),
    ]


def test_not_applicable_is_an_answer_and_nothing_is_none() -> None:
    assert [(v.code, v.field) for v in missing_scores({7: None}, SCALES)] == [("score_missing", "score_8")]
