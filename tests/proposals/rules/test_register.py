"""A claim beside what the agency's register said."""

from typing import Any

import pytest

from proposals.rules.register import differing

TAKEN: dict[str, Any] = {
    "number": "1500201",
    "title": "Lattices of Light",
    "pi_name": "Casey Specimen",
    "amount": 12_345_600,
    "currency": "USD",
    "starts_on": "2025-09-01",
    "ends_on": None,
}
CLAIM = {**TAKEN, "ends_on": "2030-08-31"}


def test_what_is_alike_or_not_in_the_register_does_not_differ() -> None:
    assert differing(CLAIM, TAKEN) == []
    assert differing({**CLAIM, "title": "lattices  of light "}, TAKEN) == []


def test_what_was_typed_in_differs_from_nothing() -> None:
    assert differing(CLAIM, {}) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "1500202"}, "number"),
        ({"pi_name": "Casey Sample"}, "pi_name"),
        ({"amount": 12_345_601}, "amount"),
        ({"currency": "GBP"}, "amount"),
        ({"starts_on": "2025-09-02"}, "starts_on"),
    ],
)
def test_each_change_is_told_by_its_field(change: dict[str, Any], field: str) -> None:
    assert differing({**CLAIM, **change}, TAKEN) == [field]
