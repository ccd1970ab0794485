"""Which currencies there are (ISO 4217), as the CLDR knows them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from babel.core import get_global


@cache
def currencies() -> frozenset[str]:
    """The codes of the currencies that are legal tender somewhere today."""
    return frozenset(code for code, until in _tenders() if until is None)


@cache
def currencies_ever() -> frozenset[str]:
    """The codes of what is or once was legal tender somewhere: marks and francs too, no metals, tests or "none" (XXX)."""
    return frozenset(code for code, _until in _tenders())


def _tenders() -> Iterator[tuple[str, Any]]:
    for rows in get_global("territory_currencies").values():
        yield from ((code, until) for code, _since, until, is_tender in rows if is_tender)
