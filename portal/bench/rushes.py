"""The benches that need a server: a deadline day, and people who type at once."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from portal.bench import CannotMeasure, Figure, bench
from portal.bench.own_world import measured_apart

SUBMISSIONS = 60
TYPISTS = 50


@bench("deadline")
def deadline(size: int | None) -> Iterator[Figure]:
    """So many submissions, ever faster until the slowest 5 % take 2 seconds; 3,555 are a record day (docs/operating.md)."""
    if connection.vendor == "sqlite" or not settings.REDIS_URL:
        raise CannotMeasure(
            "`bench deadline` measures what production runs on: set DATABASE_URL and REDIS_URL."
        )
    yield from measured_apart("deadline", SUBMISSIONS if size is None else size)


@bench("autosave")
def autosave(size: int | None) -> Iterator[Figure]:
    """So many people type for a minute, each in a section of their own, which saves itself every two seconds."""
    yield from measured_apart("autosave", TYPISTS if size is None else size)
