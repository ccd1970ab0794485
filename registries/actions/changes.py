"""The difference between a file's records and the registry, and how it is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from registries.models import ImportRun
from registries.rules.results import Problem

BATCH = 1_000
# A statement may carry so many values on every database (SQLite's own limit is 32,766).
MOST_VALUES = 10_000


@dataclass
class Changes:
    """Unsaved rows that are new, rows that change, and how many stay as they are."""

    model: type[models.Model]
    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    unchanged: int = 0
    fields: tuple[str, ...] = ()
    # What only the comparison can find wrong with a record; an error means that the record was left out.
    problems: list[Problem] = field(default_factory=list)
    # What hangs on the rows (authors, successions), written after them.
    afterwards: Callable[[], None] | None = None

    def write(self, run: ImportRun) -> None:
        """Write everything in bulk, with history where the model keeps one."""
        if hasattr(self.model, "imported_by_run"):
            for row in (*self.new, *self.changed):
                row.imported_by_run = run
        fields = (
            [*self.fields, "imported_by_run"] if hasattr(self.model, "imported_by_run") else [*self.fields]
        )
        if hasattr(self.model, "history"):
            bulk_create_with_history(self.new, self.model, batch_size=BATCH)
            if self.changed:
                bulk_update_with_history(self.changed, self.model, fields, batch_size=BATCH)
        else:
            self.model._default_manager.bulk_create(self.new, batch_size=BATCH)
            if self.changed:
                self.model._default_manager.bulk_update(self.changed, fields, batch_size=BATCH)
        if self.afterwards is not None:
            self.afterwards()


def rows_with(rows: QuerySet[Any], field: str, values: Iterable[Any]) -> list[Any]:
    """Those of the rows whose `field` is one of `values`, however many values there are."""
    return [row for part in in_parts(values) for row in rows.filter(**{f"{field}__in": part})]


def in_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, each once, in parts that one statement can carry."""
    every = list(dict.fromkeys(values))
    for start in range(0, len(every), MOST_VALUES):
        yield every[start : start + MOST_VALUES]


def compared(
    model: type[models.Model],
    wanted: dict[Any, dict[str, Any]],
    *,
    key: Callable[[Any], Any],
    existing: Iterable[Any],
) -> Changes:
    """What must be done so that the registry holds `wanted`: fields by key. Rows that are not in `wanted` stay."""
    fields = tuple(next(iter(wanted.values()), {}))
    changes = Changes(model, fields=fields)
    known = {key(row): row for row in existing}
    for name, values in wanted.items():
        row = known.get(name)
        if row is None:
            changes.new.append(model(**values))
        elif any(getattr(row, attribute) != value for attribute, value in values.items()):
            for attribute, value in values.items():
                setattr(row, attribute, value)
            changes.changed.append(row)
        else:
            changes.unchanged += 1
    return changes
