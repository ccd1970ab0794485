from typing import Any

import pytest

from proposals.rules.overlaps import (
    Grant,
    Part,
    alike,
    other_figures,
    pairs_of,
    runs_of,
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
    own = frozenset(f"{n:06}" for n in range(200))
    most, less = frozenset(sorted(own)[:80]), frozenset(sorted(own)[:79])
    pad = frozenset(f"x{n:05}" for n in range(20))  # long enough to say anything
    texts = {3: less | pad, 4: own - most | pad, 5: most, 6: own}
    found = same_texts({2: 80, 3: 79}, texts, own, title_from=80, text_from=50)
    assert [(hint.other, dict(hint.details)) for hint in found] == [
        (2, {"title": 80, "text": None}),
        (4, {"title": 0, "text": 54}),
        (6, {"title": 0, "text": 100}),
    ]


def sentences(first: int, last: int) -> str:
    """Prose that has the letters of English and nothing else in common with other sentences of its kind."""
    words = (
        "cell",
        "river",
        "magnet",
        "orbit",
        "protein",
        "lattice",
        "canopy",
        "tensor",
        "glacier",
        "reactor",
    )
    return " ".join(
        f"The {words[n % 10]} {words[n * 7 % 9]}s{n * n} of {words[n * 3 % 8]} {n * 31} {words[n // 10 % 10]}{n}."
        for n in range(first, last)
    )


def test_the_letters_of_a_language_make_no_two_texts_alike_and_a_copied_half_does() -> None:
    one, other = sentences(0, 150), sentences(1000, 1150)
    assert alike(pairs_of(one), pairs_of(other)) >= 75  # why pairs are not what texts are compared in
    assert alike(runs_of(one), runs_of(other)) < 40
    half = sentences(0, 90) + " " + sentences(1000, 1060)
    assert alike(runs_of(one), runs_of(half)) >= 40
    assert alike(runs_of(one), runs_of(one.upper().replace(".", " ! "))) == 100
    assert runs_of("あいう") == frozenset()
