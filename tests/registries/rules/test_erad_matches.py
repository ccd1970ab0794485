"""Which code is offered to which institution."""

import pytest

from registries.enums import MatchedBy
from registries.rules.erad_matches import Coded, Match, Participant, matched

TOHOKU = Coded("01dq60k83", "0000000012", frozenset({"tohoku university", "東北大学"}))
OTHER = Coded("02v6kpv12", "0000000013", frozenset({"tohoku university", "東北工大"}))


def one(ror_id: str = "", *names: str, code: str = "") -> Participant:
    return Participant("key", ror_id, names, code)


@pytest.mark.parametrize(
    ("participant", "found"),
    [
        (one("01dq60k83", "何か別の名前"), [Match("key", "01dq60k83", "0000000012", MatchedBy.ROR_ID)]),
        (one("", "ＴＯＨＯＫＵ  University"), [Match("key", "01dq60k83", "0000000012", MatchedBy.NAME)]),
        (one("", "東北大学", "", " "), [Match("key", "01dq60k83", "0000000012", MatchedBy.NAME)]),
        (one("", "東北大学", code="12"), [Match("key", "01dq60k83", "0000000012", MatchedBy.NAME)]),
        # it has the code; a part of a name; a ROR id of which no code is known, whatever the name
        (one("", "東北大学", code="0000000012"), []),
        (one("", "東北"), []),
        (one("00097mb19", "東北大学"), []),
        (one("", "", " "), []),
    ],
)
def test_a_code_is_offered_by_ror_id_or_by_a_whole_name(participant: Participant, found: list[Match]) -> None:
    assert matched([participant], [TOHOKU]) == (found, {})


def test_a_name_that_several_records_bear_is_offered_none_of_them() -> None:
    assert matched([one("", "Tohoku University")], [TOHOKU, OTHER]) == (
        [],
        {"key": ["01dq60k83", "02v6kpv12"]},
    )
    by_id, ambiguous = matched([one("02v6kpv12", "Tohoku University")], [TOHOKU, OTHER])
    assert ([match.code for match in by_id], ambiguous) == (["0000000013"], {})
