"""What a call's form must be."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kernel.violations import Violation
from program.enums import CriterionAspect, FieldKind, SectionKind
from program.rules.form_files import file_bounds_violations

LONGEST_SECTION = 20_000  # code points
LONGEST_FIELD = 4_000
# So many lines a choice and a table need at least.
FEWEST_OPTIONS = {FieldKind.CHOICE: 2, FieldKind.YEN_TABLE: 1}
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def form_violations(
    sections: Sequence[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]]
) -> list[Violation]:
    """What is wrong with a form of these sections (key, limit, ...) and criteria (aspect, weight, lowest, highest, ...)."""
    found = []
    keys = [str(section["key"]) for section in sections]
    if not sections:
        found.append(Violation("call_without_form"))
    if len(set(keys)) < len(keys):
        found.append(Violation("section_key_taken", "key"))
    if any(not _KEY.fullmatch(key) for key in keys):
        found.append(Violation("section_key_malformed", "key"))
    if any(not 1 <= section.get("limit", 1) <= LONGEST_SECTION for section in sections):
        found.append(Violation("section_limit_out_of_range", "limit", {"most": LONGEST_SECTION}))
    if CriterionAspect.PEOPLE not in {criterion["aspect"] for criterion in criteria}:
        found.append(Violation("call_without_people_criterion", "aspect"))
    if any(criterion.get("weight", 1) < 1 for criterion in criteria):
        found.append(Violation("criterion_without_weight", "weight"))
    if any(criterion.get("highest", 5) <= criterion.get("lowest", 1) for criterion in criteria):
        found.append(Violation("criterion_without_steps", "highest"))
    for section in sections:
        found += section_violations(section)
    return found


def section_violations(section: Mapping[str, Any]) -> list[Violation]:
    """What is wrong with the fields of one section (kind, key, ...); each violation names the field of the form of a field."""
    fields = section.get("fields", ())
    found = []
    keys = [str(field["key"]) for field in fields]
    if len(set(keys)) < len(keys):
        found.append(Violation("field_key_taken", "key"))
    if any(not _KEY.fullmatch(key) for key in keys):
        found.append(Violation("field_key_malformed", "key"))
    for field in fields:
        found += _field_violations(field)
    return found


def _field_violations(field: Mapping[str, Any]) -> list[Violation]:
    kind = FieldKind(field["kind"])
    if kind is FieldKind.TEXT and not 1 <= field.get("limit", 1) <= LONGEST_FIELD:
        return [Violation("field_limit_out_of_range", "limit", {"most": LONGEST_FIELD})]
    lowest, highest = field.get("lowest"), field.get("highest")
    if kind is FieldKind.NUMBER and lowest is not None and highest is not None and highest < lowest:
        return [Violation("field_bounds_out_of_order", "highest")]
    if kind is FieldKind.FILE:
        return file_bounds_violations(field)
    if kind not in FEWEST_OPTIONS:
        return []
    keys = [str(option["key"]) for option in field.get("options", ())]
    found = []
    if len(keys) < FEWEST_OPTIONS[kind]:
        found.append(Violation("field_without_options", "options", {"least": FEWEST_OPTIONS[kind]}))
    if len(set(keys)) < len(keys):
        found.append(Violation("option_key_taken", "options"))
    malformed = next((key for key in keys if not _KEY.fullmatch(key)), None)
    if malformed is not None:
        found.append(Violation("option_key_malformed", "options", {"key": malformed}))
    return found


def form_gaps(
    sections: Sequence[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> list[Violation]:
    """What a form still lacks before applicants may meet it: a section that asks nothing, words that are there in one
    language and not in another. Each part may carry a `name` for the sentence."""
    found = [
        Violation("section_without_fields", "form", {"name": _name(section)})
        for section in sections
        if section.get("kind") == SectionKind.FIELDS and not section.get("fields")
    ]
    parts = [*sections, *(field for section in sections for field in section.get("fields", ())), *criteria]
    found += [
        Violation("words_in_one_language", "form", {"name": _name(part)})
        for part in parts
        if not all(_is_even(texts) for texts in _texts(part, languages))
    ]
    return found


def _name(part: Mapping[str, Any]) -> str:
    return str(part.get("name") or part.get("title_en") or part.get("title_ja") or part.get("key") or "")


def _texts(part: Mapping[str, Any], languages: Sequence[str]) -> list[list[str]]:
    """Each text of a part, in every language."""
    plain = [
        [str(part.get(f"{name}_{code}") or "") for code in languages] for name in ("title", "help", "measure")
    ]
    options = [[str(option.get(code) or "") for code in languages] for option in part.get("options") or ()]
    steps = [
        [str(words.get(code) or "") for code in languages] for words in (part.get("anchors") or {}).values()
    ]
    return plain + options + steps


def _is_even(texts: Sequence[str]) -> bool:
    """A text is there in every language or in none."""
    return len({bool(text.strip()) for text in texts}) == 1
