"""What a rule says when something is not as it must be: a code, a field, and values. Words come later, per language."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_texts: dict[str, Any] = {}


# A form that was made before the last change: by somebody else, or by the same person in another tab.
STALE = frozenset({"stale_version", "stale_version_own"})


@dataclass(frozen=True)
class Violation:
    """One broken rule.

    `code` names it (`cap_exceeded`), `field` the field it belongs to ("" for the whole form), `params` the values that
    its sentence mentions.
    """

    code: str
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class RuleBroken(Exception):
    """An action was refused by its rules; nothing has been changed."""

    def __init__(self, violations: Iterable[Violation] | Violation) -> None:
        self.violations = [violations] if isinstance(violations, Violation) else list(violations)
        super().__init__(", ".join(violation.code for violation in self.violations))

    @property
    def is_stale(self) -> bool:
        """Whether it was refused because the form was made before the last change."""
        return any(violation.code in STALE for violation in self.violations)


class NotAllowed(Exception):
    """This person may not do this. Answered as if the thing were absent."""


def register(texts: Mapping[str, Any]) -> None:
    """Make an app's sentences known by their codes; called once from its `AppConfig.ready`.

    Raises:
        ValueError: a code says something else already; two apps must not speak over each other.
    """
    for code, text in texts.items():
        if code in _texts and _source(_texts[code]) != _source(text):
            raise ValueError(f"{code} says two things: {_source(_texts[code])!r} and {_source(text)!r}")
    _texts.update(texts)


def _source(text: Any) -> str:
    """The sentence in the language of the code, which no translation can make alike or unlike."""
    from django.utils import translation

    with translation.override(None):
        return str(text)


COUNTS = frozenset({"limit", "over"})


def sentence(violation: Violation) -> str:
    """The sentence for `violation` in the reader's language; the days and the money that it mentions are written as
    everywhere.

    Raises:
        KeyError: no app has registered the code.
    """
    values = {
        # A count is grouped as beside the field; a year, which is an integer too, is not.
        name: f"{value:,}" if name in COUNTS and type(value) is int else _written(value)
        for name, value in violation.params.items()
    }
    return str(_texts[violation.code]) % values


def stale(*, by: Any, editor_id: int | None) -> Violation:
    """What is said to `by`, whose form was made before the change of the user `editor_id`."""
    return Violation("stale_version_own" if editor_id == by.pk else "stale_version")


def _written(value: Any) -> Any:
    from kernel.money import Money, Unit  # which imports this module
    from kernel.templatetags.kernel import (  # rules know nothing of templates
        day,
        money,
        plain_instant,
        unit_words,
    )

    if type(value) is dt.date:
        return day(value)
    if type(value) is dt.datetime:
        return plain_instant(value)
    if isinstance(value, Money):
        return money(value.amount, value.currency)
    return unit_words(value) if isinstance(value, Unit) else value


def refuse_if(*found: Violation | None) -> None:
    """Raise `RuleBroken` when any of the rules has found something."""
    violations = [violation for violation in found if violation is not None]
    if violations:
        raise RuleBroken(violations)
