"""Measurements that anyone can repeat: `manage.py bench NAME` prints one JSON line a figure (docs/operating.md)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.db import connection


@dataclass(frozen=True)
class Figure:
    """One number: of which bench, what it counts, in which unit, and at how many rows."""

    bench: str
    figure: str
    value: float
    unit: str
    size: int

    def line(self) -> str:
        """The figure as one line of JSON, with the database it was taken on."""
        return json.dumps({**asdict(self), "database": connection.vendor}, ensure_ascii=False)


Bench = Callable[[int | None], Iterator[Figure]]
_benches: dict[str, Bench] = {}


class CannotMeasure(Exception):
    """What the bench needs is not there; the text says what to do."""


def bench(name: str) -> Callable[[Bench], Bench]:
    """Register a bench: a function of the wanted size (None where none is named) that yields its figures."""

    def register(function: Bench) -> Bench:
        _benches[name] = function
        return function

    return register


def benches() -> dict[str, Bench]:
    """Every bench by its name."""
    from portal.bench import assign, evidence, pages, rushes  # noqa: F401  they register themselves

    return dict(_benches)
