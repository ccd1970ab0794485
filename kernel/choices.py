"""Enumerations as choices of a model field. Their words are in each app's `messages`, found by `label`."""

from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

_labels: dict[StrEnum, str | Promise] = {}


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The values of `enum` for `CharField(choices=...)`; migrations then hold no translated words."""
    return [(member.value, member.value) for member in enum]


def register_labels(labels: dict[Any, str | Promise]) -> None:
    """Make the words of an app's enumerations known; called once from its `AppConfig.ready`."""
    _labels.update(labels)


def label(member: StrEnum) -> str:
    """The translated words for `member`.

    Raises:
        KeyError: the app that owns the enumeration has registered no words for it.
    """
    return str(_labels[member])


def labelled_choices(enum: type[StrEnum]) -> list[tuple[str, str | Promise]]:
    """The values of `enum` with their words, for a form field."""
    return [(member.value, _labels[member]) for member in enum]


def unlabelled(enum: type[StrEnum]) -> list[StrEnum]:
    """Members that no app has given words to; a test holds this empty."""
    return [member for member in enum if member not in _labels]
