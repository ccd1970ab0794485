"""The places of a decision's letter: what differs from one proposal, and one reader, to the next."""

import re
from collections.abc import Mapping

from kernel.text import is_blank_text
from kernel.violations import Violation

# In this order the page that changes a letter's text names them.
PLACES = (
    "name",
    "letter_number",
    "letter_date",
    "number",
    "title",
    "pi",
    "institution",
    "call",
    "agencies",
    "rank",
    "reserve_until",
    "awarded",
    "conditions",
    "appeal",
)
SUBJECT_LIMIT = 150
BODY_LIMIT = 10_000
_PLACE = re.compile(r"\{([^{}]*)\}")
_EMPTY_LINES = re.compile(r"\n{3,}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places replaced, once and as plain text: what people wrote is never looked at for places. Where a line
    was nothing but a place without a value, no gap stays."""
    found = _PLACE.sub(lambda place: values.get(place[1], place[0]), text)
    return _EMPTY_LINES.sub("\n\n", found).strip()


def text_violations(subject: str, body: str, language: str) -> list[Violation]:
    """What is wrong with a letter's text in one language, beside the fields `subject_<language>` and `body_<language>`."""
    found = []
    for name, text, limit in (("subject", subject, SUBJECT_LIMIT), ("body", body, BODY_LIMIT)):
        field = f"{name}_{language}"
        unknown = [place for place in dict.fromkeys(_PLACE.findall(text)) if place not in PLACES]
        if is_blank_text(text):
            found.append(Violation("letter_text_missing", field))
        if len(text) > limit:
            found.append(Violation("text_too_long", field, {"limit": limit}))
        if "\x00" in text:
            found.append(Violation("text_has_null", field))
        if unknown:
            names = ", ".join(f"{{{place}}}" for place in unknown)
            found.append(Violation("letter_place_unknown", field, {"names": names}))
    return found
