"""Pages of long lists, counted exactly only as far as a reader cares (architecture.md, house rule 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 60
COUNTED = 1_000


@dataclass(frozen=True)
class Page:
    """One page of a list: its objects, its number, and how many there are ("1,000+" beyond that)."""

    objects: list[Any]
    number: int
    count: int
    more_than_counted: bool
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def total(self) -> str:
        return f"{COUNTED:,}+" if self.more_than_counted else f"{self.count:,}"


def _asked(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def part_of(rows: Sequence[Any], request: HttpRequest, *, size: int = SIZE) -> Page:
    """As `page_of`, of rows that are computed and in memory: a ranking is known once all of it is."""
    number = _asked(request)
    if (number - 1) * size >= len(rows):
        number = 1
    start = (number - 1) * size
    return Page(list(rows[start : start + size]), number, len(rows), False, start + size < len(rows))


def page_of(queryset: QuerySet[Any], request: HttpRequest, *, size: int = SIZE) -> Page:
    """The page that the request asks for (`?page=2`); the first one where it asks for nonsense. Two queries."""
    number = _asked(request)
    start = (number - 1) * size
    objects = list(queryset[start : start + size + 1])
    if not objects and number > 1:
        number, start = 1, 0
        objects = list(queryset[: size + 1])
    seen = queryset.order_by()[: COUNTED + 1].count()
    return Page(objects[:size], number, min(seen, COUNTED), seen > COUNTED, len(objects) > size)
