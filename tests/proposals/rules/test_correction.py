"""What an agency must say when it returns a proposal, and what may be changed then."""

import datetime as dt

import pytest

from proposals.rules.correction import correction_violations, part_violation

NOON = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
GOOD = {
    "parts": ["budget"],
    "known": ["core", "budget"],
    "what": "間接経費の計算",
    "until": NOON + dt.timedelta(seconds=1),
    "at": NOON,
}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"parts": []}, [("correction_without_parts", "parts")]),
        ({"parts": ["budget", "made_up"]}, [("correction_without_parts", "parts")]),
        ({"what": " \n"}, [("comment_missing", "what")]),
        ({"what": "あ" * 2001}, [("text_over_limit", "what")]),
        ({"until": NOON}, [("correction_not_ahead", "on")]),
    ],
)
def test_a_return_names_parts_says_what_and_ends_ahead(
    wrong: dict[str, object], found: list[tuple[str, str]]
) -> None:
    violations = correction_violations(**GOOD | wrong)  # type: ignore[arg-type]
    assert [(one.code, one.field) for one in violations] == found


def test_a_part_that_was_not_returned_stays_as_it_is() -> None:
    assert part_violation("budget", ["budget"]) is None
    violation = part_violation("core", ["budget"])
    assert violation is not None and violation.code == "part_not_returned"
