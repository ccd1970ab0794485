"""Which papers belong to a field: a definition by words, subjects and journals, and what it leaves out.

A paper belongs to the field when its title has one of the terms, or its source gives it one of the subjects (by name or by
the source's own id), or it stands in one of the journals; and when its title has none of the excluded terms.

A term of letters with spaces between words is met as whole words, whatever stands between them ("quantum dot" meets
"Quantum-dot"); an asterisk at its end leaves the last word open ("superconduct*"). A term with Japanese or Chinese
characters, which know no spaces, is met anywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kernel.violations import Violation
from registries.rules.paper_words import folded_text, words_of

MOST_ENTRIES = 200
LONGEST_ENTRY = 200
ESCAPE = "!"
# Hiragana, katakana, ideographs: written without spaces.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class FieldDefinition:
    """Each a list of what an officer typed."""

    terms: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()


def entries_of(text: str) -> tuple[str, ...]:
    """The lines of a text, each once, in their order; blank ones are left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def definition_violations(definition: FieldDefinition) -> list[Violation]:
    """What is wrong with a definition, beside the list that has it."""
    found = []
    if not (definition.terms or definition.subjects or definition.journals):
        found.append(Violation("definition_empty", "terms"))
    for name in ("terms", "subjects", "journals", "exclusions"):
        entries: Sequence[str] = getattr(definition, name)
        if len(entries) > MOST_ENTRIES:
            found.append(Violation("definition_too_long", name, {"limit": MOST_ENTRIES}))
        for entry in entries:
            if len(entry) > LONGEST_ENTRY:
                found.append(
                    Violation(
                        "definition_entry_too_long", name, {"entry": entry[:40], "limit": LONGEST_ENTRY}
                    )
                )
            elif not words_of(entry).strip():
                found.append(Violation("definition_entry_without_letters", name, {"entry": entry}))
    return found


def term_pattern(term: str) -> str:
    """A term as what is looked for in `words_of` a title: a text to be contained, with its spaces."""
    words = words_of(term)
    if _UNSPACED.search(words):
        return words.strip(" ")
    return words.rstrip(" ") if term.rstrip().endswith("*") else words


def belongs(
    definition: FieldDefinition, *, title: str, subjects: Sequence[str] = (), journal: str = ""
) -> bool:
    """Whether a paper belongs to the field: the rule that `condition` writes as SQL."""
    words = words_of(title)
    keys = {folded_text(subject).strip(" ") for subject in subjects}
    wanted = (
        any(term_pattern(term) in words for term in definition.terms)
        or any(subject_key(subject).replace(";", ",") in keys for subject in definition.subjects)
        or any(subject_key(one) == folded_text(journal).strip(" ") for one in definition.journals)
    )
    return wanted and not any(term_pattern(term) in words for term in definition.exclusions)


def subject_key(text: str) -> str:
    return folded_text(text).strip(" ")


def condition(definition: FieldDefinition, mark: str = "?") -> tuple[str, list[str]]:
    """The definition as a condition on `words`, `subject_keys` and `container_key`, and its parameters.

    `mark` is how the engine writes a parameter. What an officer typed is only ever a parameter.
    """
    wanted = [_contains("words", term_pattern(term), mark) for term in definition.terms]
    wanted += [
        _contains("subject_keys", f";{subject_key(one).replace(';', ',')};", mark)
        for one in definition.subjects
    ]
    wanted += [(f"container_key = {mark}", subject_key(one)) for one in definition.journals]
    unwanted = [_contains("words", term_pattern(term), mark) for term in definition.exclusions]
    sql = f"({' OR '.join(part for part, _ in wanted) or '1 = 0'})"
    if unwanted:
        sql += f" AND NOT ({' OR '.join(part for part, _ in unwanted)})"
    return sql, [value for _, value in (*wanted, *unwanted)]


def _contains(column: str, text: str, mark: str) -> tuple[str, str]:
    """That a column contains a text; the signs with a meaning of their own are escaped only where there are any."""
    escaped = "".join(f"{ESCAPE}{sign}" if sign in f"{ESCAPE}%_" else sign for sign in text)
    if escaped == text:
        return f"{column} LIKE {mark}", f"%{text}%"
    return f"{column} LIKE {mark} ESCAPE '{ESCAPE}'", f"%{escaped}%"
