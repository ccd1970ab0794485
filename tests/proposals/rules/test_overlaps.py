from typing import Any

import pytest

from proposals.rules.overlaps import (
    TITLE_SHARE,
    Grant,
    Part,
    alike,
    other_figures,
    pairs_of,
    same_awards,
    same_people,
    same_texts,
    titles_alike,
    too_much,
)


def part(proposal: int, percent: int, first: int = 2027, last: int = 2031, person: int = 1) -> Part:
    return Part(proposal, person, percent, first, last)


def grant(proposal: int, percent: int, title: str = "Quantum dots", **fields: Any) -> Grant:
    values = {"status": "held", "amount_yen": 5, "first_year": 2026, "last_year": 2028, **fields}
    return Grant(proposal, 1, title, percent=percent, **values)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("量子通信の研究", "量子通信の研究", 100),
        ("量子通信の研究", "量子通信 の研究", 83),
        ("Ｑｕａｎｔｕｍ", "quantum", 100),
        ("量子通信", "植物工学", 0),
        ("", "", 0),
        ("abcd", "abce", 50),
    ],
)
def test_alike_is_what_both_have_of_all_that_either_has(one: str, other: str, share: int) -> None:
    assert alike(pairs_of(one), pairs_of(other)) == share


def test_titles_are_as_alike_as_in_one_language_and_a_short_one_says_nothing() -> None:
    own = [pairs_of("量子通信ネットワークの研究"), pairs_of("Quantum networks")]
    assert titles_alike(own, [pairs_of("植物"), pairs_of("Quantum networks")]) == 100
    assert titles_alike([pairs_of("量子"), pairs_of("")], [pairs_of("量子"), pairs_of("")]) == 0


@pytest.mark.parametrize(
    ("first", "last", "common"), [(2031, 2035, (2031, 2031)), (2020, 2027, (2027, 2027)), (2032, 2036, None)]
)
def test_somebody_has_a_part_in_overlapping_years(first: int, last: int, common: Any) -> None:
    found = list(same_people([part(1, 30)], [part(2, 20, first, last), part(3, 50, person=9)]))
    assert [(h.other, h.person, h.details["first"], h.details["last"]) for h in found] == (
        [(2, 1, *common)] if common else []
    )


def test_effort_counts_every_grant_once_by_its_largest_share() -> None:
    grants = [grant(1, 20), grant(2, 30, title="ＱＵＡＮＴＵＭ  dots"), grant(2, 10, title="Other")]
    assert list(too_much([part(1, 30)], [part(2, 30)], grants)) == []
    (hint,) = too_much([part(1, 30)], [part(2, 31)], grants)
    assert (hint.other, hint.person) == (None, 1)
    assert hint.details == {
        "first": 2027,
        "last": 2028,
        "total": 101,
        "here": 30,
        "elsewhere": 31,
        "grants": 40,
    }
    assert list(too_much([], [part(2, 100)], grants)) == []


def test_the_same_grant_with_other_figures_is_told() -> None:
    own = [grant(1, 20)]
    assert list(other_figures(own, [grant(2, 20), grant(3, 20, title="Another")])) == []
    (hint,) = other_figures(own, [grant(2, 20, amount_yen=6)])
    assert (hint.other, hint.details["here"][1], hint.details["there"][1]) == (2, 5, 6)


def test_the_same_award_is_of_the_same_agency() -> None:
    found = same_awards([(7, "2400001")], [(2, 7, "2400001"), (3, 8, "2400001"), (4, 7, "2400002")])
    assert [hint.other for hint in found] == [2]


def test_texts_are_flagged_from_their_share_on() -> None:
    own = frozenset(f"{n:02}" for n in range(100))
    most = frozenset(sorted(own)[:75])
    less = frozenset(sorted(own)[:74])
    found = same_texts({2: TITLE_SHARE, 3: TITLE_SHARE - 1}, {3: less, 4: most}, own)
    assert [(hint.other, dict(hint.details)) for hint in found] == [
        (2, {"title": 80, "text": None}),
        (4, {"title": 0, "text": 75}),
    ]
