"""Registries by which lower apps offer things that a page at the top gathers (what waits, what is to be searched)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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
    """Something that waits for a person: what it is, where it is done, by when, and how many of it there are."""

    label: str
    url: str
    count: int = 1
    due: Any = None


# Functions `user -> list[Waiting]`, offered in `AppConfig.ready`, gathered by the landing page.
waiting: Registry[Callable[[Any], list[Waiting]]] = Registry()
# Functions `user -> list[(label, url name)]`: the entries of the main navigation that this person has.
navigation: Registry[Callable[[Any], list[tuple[Any, str]]]] = Registry()
