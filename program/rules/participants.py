"""Who took part in a consultation, as people type it: one a line, the office and then the name."""

import re
from dataclasses import dataclass

from kernel.violations import Violation

# What stands between office and name: a comma, a slash or a tab, of either width.
_BETWEEN = re.compile(r"\s*[,，、/／\t]\s*")
LONGEST = 200


@dataclass(frozen=True)
class Participant:
    office: str
    name: str


def participants_in(text: str, field: str = "participants_ja") -> tuple[list[Participant], list[Violation]]:
    """The participants of a text, and what is wrong with its lines, beside `field`; blank lines say nothing. A name may be
    left out."""
    found, broken = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        office, _sign, name = _split(line.strip())
        if not office:
            broken.append(Violation("participant_without_office", field, {"line": number}))
        elif len(line) > LONGEST:
            broken.append(Violation("participant_too_long", field, {"line": number, "most": LONGEST}))
        else:
            found.append(Participant(office, name))
    return found, broken


def _split(line: str) -> tuple[str, str, str]:
    match = list(_BETWEEN.finditer(line))
    if not match:
        return line, "", ""
    last = match[-1]  # an office may have commas of its own
    return line[: last.start()].strip(), last.group(), line[last.end() :].strip()
