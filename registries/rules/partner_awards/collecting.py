"""Reading awards one after another, each once."""

from collections.abc import Callable, Iterable
from typing import Any

from babel import Locale

from registries.rules.country_words import SPELLINGS
from registries.rules.partner_awards.records import PartnerAward, tell_doubts, tell_never_given
from registries.rules.results import ParseResult, Reading, Refused

# CLDR's names, and how else a country is written.
_BY_NAME: dict[str, str] = {
    **{
        name.casefold(): code
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    },
    **{spelling.casefold(): code for spelling, code in SPELLINGS},
}
# The Union's own codes where they are not ISO's.
_OF_THE_UNION = {"EL": "GR", "UK": "GB"}
# What the register has room for; a number cut short would be another award's.
LONGEST_NUMBER = 60
NOTHING_LACKS: frozenset[str] = frozenset()


def collect(
    entries: Iterable[tuple[int | None, Any]],
    make: Callable[[Any, Reading[PartnerAward]], PartnerAward],
    *,
    reading: Reading[PartnerAward],
    never_given: frozenset[str] = NOTHING_LACKS,
) -> ParseResult[PartnerAward]:
    """An award of each entry, (line or None, what `make` reads).

    Refused: an award without a number (nothing could ever find it again); a second award of the same number; whatever
    `make` refuses.
    """
    seen: set[str] = set()

    def checked(entry: Any, reading: Reading[PartnerAward]) -> PartnerAward:
        award = make(entry, reading)
        if not award.number:
            reading.name(award.title)
            raise Refused("award_without_number")
        reading.name(award.number[:LONGEST_NUMBER])
        if len(award.number) > LONGEST_NUMBER:
            raise Refused("award_number_too_long", most=LONGEST_NUMBER)
        if award.number not in seen:  # a second one is refused, and needs no doubts besides
            tell_doubts(award, reading, never_given=never_given)
        seen.add(award.number)
        return award

    reading.take_each(entries, checked, lambda award: award.number)
    tell_never_given(reading, never_given)
    return reading.result()


def country_named(name: str) -> str:
    """The code of a country by its English name; "" when it is not known."""
    return _BY_NAME.get(name.strip().casefold(), "")


def country_coded(code: str) -> str:
    """ISO's code for one that the Union writes: EL is Greece."""
    plain = code.strip().upper()
    return _OF_THE_UNION.get(plain, plain) if len(plain) == 2 and plain.isalpha() else ""
