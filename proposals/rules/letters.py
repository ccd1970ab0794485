"""A letter with places for what differs from one reader to the next. Places are replaced once, by plain text: what a person
has written is never a template, and what is put in is not looked at again."""

import re
from collections.abc import Mapping

from kernel.violations import Violation

PLACES = ("receipt", "title", "name", "call", "deadline")
SUBJECT_LIMIT = 150
BODY_LIMIT = 10_000
_PLACE = re.compile(r"\{([^{}]*)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each place replaced by its value; anything else in braces stays."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def blank_places(text: str, values: Mapping[str, str]) -> list[str]:
    """The places of the text, as they are typed, that have nothing to be put in for this reader."""
    names = dict.fromkeys(_PLACE.findall(text))
    return [f"{{{name}}}" for name in names if name in PLACES and not values.get(name, "").strip()]


def named(text: str, values: Mapping[str, str]) -> str:
    """What a letter to many is called: places that are alike for all of them filled with `values`, the others shown as …."""
    return filled(text, {**dict.fromkeys(PLACES, "…"), **values})


def place_violation(text: str, field: str) -> Violation | None:
    """`place_unknown` with what stands in braces and is no place."""
    unknown = [name for name in dict.fromkeys(_PLACE.findall(text)) if name not in PLACES]
    return (
        Violation("place_unknown", field, {"names": ", ".join(f"{{{n}}}" for n in unknown)})
        if unknown
        else None
    )
