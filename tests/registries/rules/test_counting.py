"""Shares of papers add up exactly, in whatever order and by whatever engine they are counted."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from registries.rules.counting import fractional_shares, sum_of_parts

CODES = st.sampled_from(["JP", "US", "DE", "FR", ""])
AUTHORS = st.lists(st.lists(CODES, max_size=3).map(tuple), max_size=8)


@given(AUTHORS)
def test_the_shares_of_a_paper_add_up_to_one_or_to_nothing(authors: list[tuple[str, ...]]) -> None:
    assert sum(fractional_shares(authors).values()) == (1 if any(any(codes) for codes in authors) else 0)


@given(st.lists(AUTHORS, max_size=6))
def test_counting_divisors_adds_up_to_the_same_as_adding_shares(papers: list[list[tuple[str, ...]]]) -> None:
    times: Counter[int] = Counter()
    for authors in papers:
        known = [set(codes) - {""} for codes in authors if set(codes) - {""}]
        for codes in known:
            if "JP" in codes:
                times[len(known) * len(codes)] += 1
    shares = sum((fractional_shares(authors).get("JP", Fraction(0)) for authors in papers), Fraction(0))
    assert sum_of_parts(times) == shares


def test_nothing_adds_up_to_nothing() -> None:
    assert sum_of_parts({}) == 0
