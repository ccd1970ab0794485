"""What of a paper counts, and how it is divided among countries: the rule on which every count of papers here rests.

Whole count: each country of affiliation counts 1. Fractional count: every author with a known country has an equal share
of the paper, and divides it equally among the countries of their affiliations; the shares of one paper add up to exactly 1.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from registries.enums import PublicationKind

PAPERS = frozenset({PublicationKind.ARTICLE, PublicationKind.REVIEW, PublicationKind.PROCEEDINGS})


def fractional_shares(authors: Iterable[tuple[str | None, ...]]) -> dict[str, Fraction]:
    """Each country's share of a paper: equal among authors with a country, then equal among the author's countries."""
    known = [sorted({code for code in codes if code}) for codes in authors]
    with_country = [codes for codes in known if codes]
    shares: dict[str, Fraction] = {}
    for codes in with_country:
        for code in codes:
            shares[code] = shares.get(code, Fraction(0)) + Fraction(1, len(with_country) * len(codes))
    return dict(sorted(shares.items()))


def sum_of_parts(times: Mapping[int, int]) -> Fraction:
    """Σ times/divisor, exactly: how the shares of many papers add up, from how often each divisor occurs.

    A database counts divisors (whole numbers) where it would round fractions, so that the sum depends neither on the
    order of the rows nor on the engine.
    """
    common = lcm(*times) if times else 1
    return Fraction(sum(count * (common // divisor) for divisor, count in times.items()), common)
