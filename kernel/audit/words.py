"""The trail in words: verbs, subjects and fields are codes in the rows, and words on the page.

The words come from above (`register_words`, called once from an `AppConfig.ready`); a code without words stays a code.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import pgettext

from kernel.audit.models import AuditEntry
from kernel.audit.record import BY_LINK
from kernel.choices import label, label_of_choice

_words: dict[str, dict[str, Any]] = {"verb": {}, "subject": {}, "field": {}}
_enums: dict[tuple[str, str], type[StrEnum]] = {}
_pairs: dict[str, str] = {}
_values: dict[str, Mapping[str, Any]] = {}


def register_words(
    *,
    verbs: Mapping[str, Any],
    subjects: Mapping[str, Any],
    fields: Mapping[str, Any],
    enums: Mapping[tuple[str, str], type[StrEnum]] | None = None,
    pairs: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Say what the codes mean, in translated words.

    `enums` names the enumeration of a recorded value that is no field of its subject: `{(subject, field): enum}`. `pairs`
    names the field of which a verb records "before" and "after", where it is not the subject's state. `values` gives the words
    for a field's values, where they belong to no enumeration.
    """
    _enums.update(enums or {})
    _pairs.update(pairs or {})
    _values.update(values or {})
    _words["verb"].update(verbs)
    _words["subject"].update(subjects)
    _words["field"].update(fields)


def word(kind: str, code: str) -> str:
    """The words for a code; the code itself where nobody has given any."""
    return str(_words[kind].get(code, code))


def subject_choices() -> list[tuple[str, str]]:
    """The kinds of things that a trail speaks of, by their words."""
    return sorted(((code, str(words)) for code, words in _words["subject"].items()), key=lambda pair: pair[1])


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)")


@dataclass(frozen=True)
class Change:
    """One recorded value: its field in words and as code, and the value, or what it was and what it became."""

    field: str
    code: str
    text: str
    before: str = ""
    is_change: bool = False


@dataclass(frozen=True)
class Line:
    """An entry as a person reads it."""

    entry: AuditEntry
    verb: str
    subject: str
    changes: tuple[Change, ...]


def line(entry: AuditEntry) -> Line:
    """The entry in the reader's language."""
    return Line(
        entry,
        word("verb", entry.verb),
        word("subject", entry.subject_type),
        tuple(_changes(entry.subject_type, entry.verb, entry.details)),
    )


def _changes(subject: str, verb: str, details: Mapping[str, Any]) -> Iterator[Change]:
    rest = {code: value for code, value in details.items() if code != BY_LINK}  # told as who it was
    if "before" in rest and "after" in rest:  # a step of the subject itself
        before, after = rest.pop("before"), rest.pop("after")
        yield from _both(subject, _pairs.get(verb, "state"), before, after)
    for code, value in rest.items():
        if isinstance(value, Mapping) and set(value) == {"before", "after"}:
            yield from _both(subject, code, value["before"], value["after"])
        else:
            yield Change(word("field", code), code, _text(subject, code, value))


def _both(subject: str, code: str, before: Any, after: Any) -> Iterator[Change]:
    yield Change(
        word("field", code), code, _text(subject, code, after), _text(subject, code, before), is_change=True
    )


def _text(subject: str, code: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return pgettext("value of the trail", "yes") if value else pgettext("value of the trail", "no")
    if isinstance(value, Mapping):
        parts = (f"{word('field', str(key))}: {_text(subject, str(key), one)}" for key, one in value.items())
        return "; ".join(parts)
    if isinstance(value, list):
        return ", ".join(_text(subject, code, one) for one in value) or "–"
    if isinstance(value, str):
        return _words_of_choice(subject, code, value) or _instant_in(value) or value
    return str(value)


def _instant_in(value: str) -> str:
    """An instant, which is recorded in UTC, as every page writes one; "" where the value is none."""
    if not INSTANT.fullmatch(value):
        return ""
    from kernel.templatetags.kernel import plain_instant  # which imports modules that keep a trail

    return plain_instant(dt.datetime.fromisoformat(value))


def _words_of_choice(subject: str, code: str, value: str) -> str:
    """The words for a value of an enumeration, by the subject's field or by what was registered; "" where it has none."""
    if code in _values:
        return str(_values[code].get(value, ""))
    enum = _enums.get((subject, code))
    if enum is not None:
        return label(enum(value)) if value in list(enum) else ""
    try:
        field = apps.get_model(subject)._meta.get_field(code)
    except (LookupError, FieldDoesNotExist):  # what the code has no more is told as it was recorded
        return ""
    return label_of_choice(field, value)
