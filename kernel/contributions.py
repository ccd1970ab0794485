"""Registries by which lower apps offer things that a page at the top gathers (what waits, what is to be searched)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered list of contributions under unique names."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> None:
        if name in self._items:
            raise ValueError(f"{name} is registered twice")
        self._items[name] = item

    def __iter__(self) -> Any:
        return iter(self._items.values())


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: what it is, where it is done, by when, and how many of it there are.

    `rows`, where they are given, are counted by `counted` in place of `count`, all that anybody offers in one query; what
    has none is not shown.
    """

    label: str
    url: str
    count: int = 1
    due: Any = None
    rows: QuerySet[Any] | None = None


def counted(user: Any, items: Iterable[Waiting]) -> list[Waiting]:
    """The items with how many there are of each, without those of which there are none; one query at most."""
    every = list(items)
    asked = [item.rows for item in every if item.rows is not None]
    numbers = iter(counted_together(user, *asked) if asked else [])
    known = [item if item.rows is None else replace(item, count=next(numbers), rows=None) for item in every]
    return [item for item in known if item.count]


def counted_together(user: Any, *found: QuerySet[Any]) -> list[int]:
    """How many each of them finds, in one query: subqueries beside the row of the user who asks."""
    counts = [
        Subquery(one.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n"))
        for one in found
    ]
    wanted = {f"n{number}": Coalesce(count, 0) for number, count in enumerate(counts)}
    row = get_user_model()._default_manager.filter(pk=user.pk).annotate(**wanted)
    return list(row.values_list(*wanted).get())


# Functions `user -> list[Waiting]`, offered in `AppConfig.ready`, gathered by the landing page, which counts them by `counted`.
waiting: Registry[Callable[[Any], list[Waiting]]] = Registry()
# Functions `user -> list[(label, url name)]`: the entries of the main navigation that this person has.
navigation: Registry[Callable[[Any], list[tuple[Any, str]]]] = Registry()
