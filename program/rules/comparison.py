"""Two versions of a dossier side by side: what was added, taken out, changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from program.rules.dossier import EVIDENCE_FIELDS

POLICY = ("title_ja", "title_en", "decided_on", "url")
SUMMARY = ("summary_ja", "summary_en", "division_ja", "division_en", "director_ja", "director_en")
NAMES = {
    "ministry": ("name_ja", "name_en"),
    "programme": ("title_ja", "title_en"),
    "field": ("title_ja", "title_en"),
    "partner": ("title_ja", "title_en"),
}
# What of a consultation, and of its parts, was held in one language once.
ONCE_IN_ONE = ("offices", "participants", "points", "point", "answer", "title")
PARTS_OF_ONE = ("raised", "attachments")
# Every value of a consultation is compared, but the id by which it is known.
UNSAID = ("id",)

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One part of a dossier that differs. `values` are (field, before, after); both sides are None for what is not there."""

    part: Literal["names", "summary", "evidence", "policies", "consultations"]
    kind: Kind
    content: Mapping[str, Any]
    values: tuple[tuple[str, Any, Any], ...] = ()


def compare_dossiers(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The changes from one version to another: an item is known by its origin, a document by its title."""
    found: list[Change] = []
    names = _renamed(before, after)
    if names:
        found.append(Change("names", "changed", after, names))
    summary = _differences(before, after, SUMMARY)
    if summary:
        found.append(Change("summary", "changed", after, summary))
    found += _of_list(
        "evidence", before, after, lambda item: item.get("origin") or item["id"], EVIDENCE_FIELDS
    )
    found += _of_list("policies", before, after, lambda item: item["title_ja"], POLICY)
    found += _of_list(
        "consultations",
        {"consultations": [_in_both_languages(one) for one in before["consultations"]]},
        {"consultations": [_in_both_languages(one) for one in after["consultations"]]},
        lambda item: item.get("id", item["held_on"]),
        None,
    )
    return found


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    """What is called otherwise than before: the ministry, the programme, field and partner, the countries of a group.
    What a version from before names were kept does not know is not compared."""
    found: list[tuple[str, Any, Any]] = []
    for part, texts in NAMES.items():
        if part in before and part in after:
            found += [
                (f"{part}_{text}", old, new)
                for text, old, new in _differences(before[part], after[part], texts)
            ]
    if "partner" in before and "partner" in after:
        old, new = ([_titles(one) for one in side["partner"].get("members", [])] for side in (before, after))
        if old != new:
            found.append(("members", old, new))
    return tuple(found)


def _titles(named: Mapping[str, Any]) -> dict[str, Any]:
    return {text: named.get(text) for text in ("title_ja", "title_en")}


def _in_both_languages(consultation: Mapping[str, Any]) -> dict[str, Any]:
    """A consultation of a version from before its texts were held in both languages, as one of today: they are the
    Japanese ones, and what is not there in English is not mentioned."""
    return {
        (f"{name}_ja" if name in ONCE_IN_ONE else name): [_in_both_languages(part) for part in value]
        if name in PARTS_OF_ONE
        else value
        for name, value in consultation.items()
        if value or not name.endswith("_en")
    }


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
    """What is not there and what is blank are alike: an older version knows less."""
    return tuple(
        (name, before.get(name), after.get(name))
        for name in fields
        if (before.get(name) or None) != (after.get(name) or None)
    )
