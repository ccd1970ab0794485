"""A section's fields, as the rules of answers see them and as a content keeps them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kernel.languages import localized
from program.models import FormSection
from program.wording import most_bytes_of
from proposals.rules.answers import Question, is_blank, within_term


def questions_of(section: FormSection) -> list[Question]:
    """The fields of a section in their order, named in the reader's language."""
    return [
        Question(
            key=field.key,
            kind=field.kind,
            name=localized(field, "title"),
            is_required=field.is_required,
            limit=field.limit,
            unit=field.unit,
            lowest=field.lowest,
            highest=field.highest,
            options=tuple(option["key"] for option in field.options),
            file_kinds=tuple(field.file_kinds),
            most_bytes=most_bytes_of(field),
            most_pages=field.most_pages or 0,
        )
        for field in section.fields.all()
    ]


def answers_as_plain(
    section: FormSection, answers: Mapping[str, Any], years: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    """What was asked and answered, with all that is needed to show it after the form has gone; of tables in yen what counts in
    a term of these fiscal years, all where none are given."""
    return [
        {
            "key": field.key,
            "kind": field.kind,
            "title_ja": field.title_ja,
            "title_en": field.title_en,
            "measure_ja": field.measure_ja,
            "measure_en": field.measure_en,
            "options": field.options,
            "answer": answers.get(field.key)
            if years is None
            else within_term(field.kind, answers.get(field.key), years) or None,
        }
        for field in section.fields.all()
    ]


def fingerprint_of(answer: Any) -> str:
    """What an answer holds, as a short text by which it is told from another; "" of a blank one."""
    if is_blank(answer):
        return ""
    plain = json.dumps(answer, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
