"""What a rule says when something is not as it must be: a code, a field, and values. Words come later, per language."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_texts: dict[str, Any] = {}


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


class NotAllowed(Exception):
    """This person may not do this. Answered as if the thing were absent."""


def register(texts: Mapping[str, Any]) -> None:
    """Make an app's sentences known by their codes; called once from its `AppConfig.ready`."""
    _texts.update(texts)


def sentence(violation: Violation) -> str:
    """The sentence for `violation` in the reader's language.

    Raises:
        KeyError: no app has registered the code.
    """
    return str(_texts[violation.code]) % dict(violation.params)


def refuse_if(*found: Violation | None) -> None:
    """Raise `RuleBroken` when any of the rules has found something."""
    violations = [violation for violation in found if violation is not None]
    if violations:
        raise RuleBroken(violations)
