"""Two versions of a dossier side by side: what was added, taken out, changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

EVIDENCE = (
    "kind",
    "measure_ja",
    "measure_en",
    "value",
    "unit_ja",
    "unit_en",
    "year",
    "source_ja",
    "source_en",
    "source_url",
    "score",
    "reason_ja",
    "reason_en",
    "weight",
)
POLICY = ("title_ja", "title_en", "decided_on", "url")
SUMMARY = ("summary_ja", "summary_en")
# Every value of a consultation is compared, but the id by which it is known.
UNSAID = ("id",)

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One part of a dossier that differs. `values` are (field, before, after); both sides are None for what is not there."""

    part: Literal["summary", "evidence", "policies", "consultations"]
    kind: Kind
    content: Mapping[str, Any]
    values: tuple[tuple[str, Any, Any], ...] = ()


def compare_dossiers(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The changes from one version to another: an item is known by its origin, a document by its title."""
    found: list[Change] = []
    summary = _differences(before, after, SUMMARY)
    if summary:
        found.append(Change("summary", "changed", after, summary))
    found += _of_list("evidence", before, after, lambda item: item.get("origin") or item["id"], EVIDENCE)
    found += _of_list("policies", before, after, lambda item: item["title_ja"], POLICY)
    found += _of_list("consultations", before, after, lambda item: item.get("id", item["held_on"]), None)
    return found


def _of_list(
    part: Any, before: Mapping[str, Any], after: Mapping[str, Any], key: Any, fields: Sequence[str] | None
) -> list[Change]:
    old = {key(item): item for item in before[part]}
    new = {key(item): item for item in after[part]}
    found = [Change(part, "removed", item) for name, item in old.items() if name not in new]
    for name, item in new.items():
        if name not in old:
            found.append(Change(part, "added", item))
            continue
        names = fields or sorted((set(item) | set(old[name])) - set(UNSAID))
        values = _differences(old[name], item, names)
        if values:
            found.append(Change(part, "changed", item, values))
    return found


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Sequence[str]
) -> tuple[tuple[str, Any, Any], ...]:
    return tuple(
        (name, before.get(name), after.get(name)) for name in fields if before.get(name) != after.get(name)
    )
