"""The columns of a table of evidence: their names, which may be left out, and how a cell's text is read.

A column is named as in the reader's language, in the other one, or by the name of the field.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import labelled_choices
from kernel.violations import Violation, refuse_if
from program.enums import EvidenceKind
from program.rules.texts import plain

COLUMNS: dict[str, Any] = {
    "public_id": gettext_lazy("ID"),
    "kind": gettext_lazy("Benefit or loss"),
    "measure_ja": gettext_lazy("What is measured (Japanese)"),
    "measure_en": gettext_lazy("What is measured (English)"),
    "value": gettext_lazy("Value"),
    "unit_ja": gettext_lazy("Unit (Japanese)"),
    "unit_en": gettext_lazy("Unit (English)"),
    "year": gettext_lazy("Year"),
    "source_ja": gettext_lazy("Source (Japanese)"),
    "source_en": gettext_lazy("Source (English)"),
    "source_url": gettext_lazy("Address of the source"),
    "score": gettext_lazy("Score"),
    "reason_ja": gettext_lazy("Reason for the score (Japanese)"),
    "reason_en": gettext_lazy("Reason for the score (English)"),
    "weight": gettext_lazy("Weight"),
}
NUMBERS = frozenset({"value", "year", "score", "weight"})
# What a table may leave out, and what stands there for a new item.
LEFT_OUT = {
    "public_id": "",
    "measure_en": "",
    "unit_en": "",
    "source_en": "",
    "source_url": "",
    "reason_en": "",
    "weight": "1",
}


def columns_of(header: Sequence[str]) -> list[str]:
    """The field that each column of a table holds.

    Raises:
        RuleBroken: `import_columns_unknown`, `import_columns_twice`, `import_columns_missing`.
    """
    known = {plain(name): name for name in COLUMNS}
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(str(words)): name for name, words in COLUMNS.items()}
    headings = list(header)
    while headings and not headings[-1].strip():
        headings.pop()
    found = [known.get(plain(heading)) for heading in headings]
    names = [name for name in found if name]
    unknown = [heading for heading, name in zip(headings, found, strict=True) if name is None]
    twice = [str(COLUMNS[name]) for name in dict.fromkeys(names) if names.count(name) > 1]
    missing = [str(words) for name, words in COLUMNS.items() if name not in names and name not in LEFT_OUT]
    refuse_if(
        *(
            Violation(
                code, "file", {"columns": _(", ").join(_("“%(name)s”") % {"name": one} for one in columns)}
            )
            if columns
            else None
            for code, columns in (
                ("import_columns_unknown", unknown),
                ("import_columns_twice", twice),
                ("import_columns_missing", missing),
            )
        )
    )
    return names


def kind_of(text: str) -> str:
    """Benefit or loss by its value, or by its words in any language; anything else as it is."""
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            for value, words in labelled_choices(EvidenceKind):
                if plain(text) in (value, plain(str(words))):
                    return value
    return text


def score_of(text: str) -> str:
    """+1, ＋１ and −1 (the sign of mathematics) as the form names them; a long vowel mark is no minus."""
    short = text.strip()
    sign = {"-": "-", "−": "-", "+": "", "＋": ""}.get(short[:1])
    digits = unicodedata.normalize("NFKC", short if sign is None else short[1:])
    return f"{sign or ''}{digits}" if digits.isdigit() else text


def shown(value: object) -> str:
    """A value in a list of changes."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
