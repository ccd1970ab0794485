"""What differs between two versions of a form: parts added, removed, changed, moved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from program.enums import ChangeKind, PartKind

Part = Mapping[str, Any]


@dataclass(frozen=True)
class FormChange:
    """One part of the form that differs. `before` and `after` are the part as it was and is, None where it is not there;
    `attributes` are the names of what differs; `within` is the section to which a field belongs, as it is (or was)."""

    kind: ChangeKind
    part: PartKind
    before: Part | None
    after: Part | None
    attributes: tuple[str, ...] = ()
    within: Part | None = None


def form_changes(
    old: tuple[Sequence[Part], Sequence[Part]], new: tuple[Sequence[Part], Sequence[Part]]
) -> list[FormChange]:
    """What leads from one form (sections with their `fields`, criteria) to another, in the order of the new one; what is
    removed comes after what is left."""
    found = _compared(PartKind.SECTION, old[0], new[0], _key)
    before, after = ({_key(section): section for section in form[0]} for form in (old, new))
    for key, section in after.items():
        was = before.get(key)
        if was is not None:
            found += _compared(
                PartKind.FIELD, was.get("fields", ()), section.get("fields", ()), _key, within=section
            )
    return found + _compared(PartKind.CRITERION, old[1], new[1], _criterion(old[1], new[1]))


def _key(part: Part) -> Any:
    return part["key"]


def _criterion(old: Sequence[Part], new: Sequence[Part]) -> Callable[[Part], Any]:
    """Criteria have no key: one is the same by its aspect, where only one looks at that; else by its title too."""
    shared = {aspect for form in (old, new) for aspect in _repeated([part["aspect"] for part in form])}

    def same(part: Part) -> Any:
        return (part["aspect"], part["title_en"]) if part["aspect"] in shared else part["aspect"]

    return same


def _repeated(values: Sequence[Any]) -> set[Any]:
    return {value for value in values if values.count(value) > 1}


def _compared(
    part: PartKind,
    old: Sequence[Part],
    new: Sequence[Part],
    same: Callable[[Part], Any],
    *,
    within: Part | None = None,
) -> list[FormChange]:
    before, after = {same(one): one for one in old}, {same(one): one for one in new}
    stayed_old = [key for key in before if key in after]
    stayed_new = [key for key in after if key in before]
    moved = _moved(stayed_old, stayed_new)
    found = []
    for key, one in after.items():
        was = before.get(key)
        if was is None:
            found.append(FormChange(ChangeKind.ADDED, part, None, one, within=within))
            continue
        # What one of the two does not mention was not set there.
        mentioned = [*one, *(name for name in was if name not in one)]
        names = tuple(name for name in mentioned if name != "fields" and one.get(name) != was.get(name))
        if names:
            found.append(FormChange(ChangeKind.CHANGED, part, was, one, names, within))
        if key in moved:
            found.append(FormChange(ChangeKind.MOVED, part, was, one, within=within))
    removed = [
        FormChange(ChangeKind.REMOVED, part, was, None, within=within)
        for key, was in before.items()
        if key not in after
    ]
    return found + removed


def _moved(old: Sequence[Any], new: Sequence[Any]) -> set[Any]:
    """The fewest parts that changed their place: those outside the longest run that kept its order."""
    place = {key: index for index, key in enumerate(old)}
    runs: list[list[Any]] = []
    for key in new:
        before = [run for run in runs if place[run[-1]] < place[key]]
        runs.append([*_longest(before), key])
    return set(new) - set(_longest(runs))


def _longest(runs: list[list[Any]]) -> list[Any]:
    return max(runs, key=len) if runs else []
