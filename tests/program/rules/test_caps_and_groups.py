import datetime as dt
from decimal import Decimal

import pytest

from program.rules.caps import limit_in_yen
from program.rules.groups import Span, covered, covered_twice, members_on


@pytest.mark.parametrize(
    ("amount", "currency", "rate", "yen"),
    [
        (70_000_000, "USD", Decimal("142.51"), 99_757_000),
        (1, "USD", Decimal("149.99"), 1),
        (100_000_000, "JPY", Decimal(1), 100_000_000),
        (1_000, "KRW", Decimal("0.10987"), 109),
    ],
)
def test_foreign_cap_is_rounded_down_to_the_yen(amount: int, currency: str, rate: Decimal, yen: int) -> None:
    assert limit_in_yen(amount, currency, rate) == yen


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


SPANS = (
    Span("GB", day("2023-04-01")),
    Span("DE", day("2023-04-01"), day("2024-03-31")),
    Span("FR", day("2024-04-01")),
    Span("DE", day("2026-04-01")),
)


@pytest.mark.parametrize(
    ("on", "members"),
    [
        ("2023-03-31", []),
        ("2024-03-31", ["GB", "DE"]),
        ("2024-04-01", ["GB", "FR"]),
        ("2026-04-01", ["GB", "FR", "DE"]),
    ],
)
def test_group_has_other_members_on_other_days(on: str, members: list[str]) -> None:
    assert members_on(SPANS, day(on)) == members


def test_spans_meet_when_they_share_a_day() -> None:
    old, new = Span("DE", day("2023-04-01"), day("2024-03-31")), Span("DE", day("2024-03-31"))
    assert old.meets(new)
    assert not old.meets(Span("DE", day("2024-04-01")))


def test_what_is_covered_is_cut_to_the_days_of_the_whole() -> None:
    assert covered(SPANS, day("2024-01-01"), day("2026-03-31")) == [
        Span("GB", day("2024-01-01"), day("2026-03-31")),
        Span("DE", day("2024-01-01"), day("2024-03-31")),
        Span("FR", day("2024-04-01"), day("2026-03-31")),
    ]
    assert covered(SPANS[:1], day("2020-01-01"), None) == [Span("GB", day("2023-04-01"))]


@pytest.mark.parametrize(
    ("first", "last", "twice"),
    [
        ("2024-04-01", "2026-03-31", ["FR"]),
        ("2024-03-31", "2024-03-31", ["DE"]),
        ("2020-01-01", "2023-03-31", []),
        ("2026-04-01", None, ["DE", "FR"]),
    ],
)
def test_who_is_covered_twice_shares_a_day(first: str, last: str | None, twice: list[str]) -> None:
    whole = (day(first), day(last) if last else None)
    others = [Span("FR", dt.date.min), Span("DE", dt.date.min), Span("IT", dt.date.min)]
    assert covered_twice(covered(SPANS, *whole), covered(others, *whole)) == twice
