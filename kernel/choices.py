"""Enumerations as choices of a model field. Their words are in each app's `messages`, found by `label`."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

# By enumeration and value: members of different enumerations may have one text, and would be one key.
_labels: dict[tuple[type[StrEnum], str], str | Promise] = {}


class _Shown(str):
    """A value that knows its enumeration: two of them may have the same values, and yet different words."""

    enum: type[StrEnum]

    def __new__(cls, member: StrEnum) -> "_Shown":
        shown = super().__new__(cls, member.value)
        shown.enum = type(member)
        return shown


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The values of `enum` for `CharField(choices=...)`; migrations then hold no translated words."""
    return [(member.value, _Shown(member)) for member in enum]


def register_labels(labels: Iterable[tuple[Any, Any]]) -> None:
    """Make the words of an app's enumerations known; called once from its `AppConfig.ready`."""
    _labels.update({(type(member), member.value): words for member, words in labels})


def label(member: StrEnum) -> str:
    """The translated words for `member`.

    Raises:
        KeyError: the app that owns the enumeration has registered no words for it.
    """
    return str(_labels[type(member), member.value])


def labelled_choices(enum: type[StrEnum]) -> list[tuple[str, str | Promise]]:
    """The values of `enum` with their words, for a form field."""
    return [(member.value, _labels[enum, member.value]) for member in enum]


def unlabelled(enum: type[StrEnum]) -> list[StrEnum]:
    """Members that no app has given words to; a test holds this empty."""
    return [member for member in enum if (enum, member.value) not in _labels]


def label_of_field(obj: Any, attribute: str) -> str:
    """The words for the value that a model's field with `choices(enum)` holds; "" for none.

    Values read from the database are plain text; members of a `StrEnum` equal and hash like their text, so the field's
    own enumeration must be known: its choices say it.
    """
    value = getattr(obj, attribute)
    if not value:
        return ""
    words = label_of_choice(obj._meta.get_field(attribute), value)
    if not words:
        raise KeyError(f"{type(obj).__name__}.{attribute}: {value!r} has no words")
    return words


def label_of_choice(field: Any, value: str) -> str:
    """The words for a value of a model's field with `choices(enum)`; "" where there are none."""
    for choice, shown in getattr(field, "flatchoices", ()):
        if choice == value and isinstance(shown, _Shown):
            return str(_labels.get((shown.enum, value), ""))
    return ""


def label_of_value(enum: type[StrEnum], value: str) -> str:
    """The words for a value as the database holds it; "" for none."""
    return label(enum(value)) if value else ""
