"""What a stay that took place must be like, beyond what a planned one must (`proposals.rules.exchange`)."""

import datetime as dt
import unicodedata

from kernel.text import is_blank_text
from kernel.violations import Violation
from proposals.rules.exchange import stay_violations


def record_violations(
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    direction: str,
    country_code: str,
    first: dt.date,
    last: dt.date,
    today: dt.date,
) -> list[Violation]:
    """What is wrong with a stay within a project from `first` to `last`, recorded on the day `today`. One that goes on
    is recorded with the day on which it is to end."""
    found = stay_violations(
        starts_on, ends_on, direction=direction, country_code=country_code, first=first, last=last
    )
    if starts_on > today:
        found.append(Violation("stay_not_begun", "starts_on"))
    return found


def text_violations(**texts: str) -> list[Violation]:
    """Texts that must not be blank, by their fields."""
    return [Violation("outcome_text_missing", field) for field, text in texts.items() if is_blank_text(text)]


def name_keys(
    *, family_kanji: str = "", given_kanji: str = "", family_romaji: str = "", given_romaji: str = ""
) -> set[str]:
    """A name in each of its scripts without differences of width, case and spaces: two names are one where a key is
    shared. The order of the parts does not count, and a person with one name has that."""
    scripts = ((family_kanji, given_kanji), (family_romaji, given_romaji))
    keys = {" ".join(sorted(filter(None, map(_folded, parts)))) for parts in scripts}
    return keys - {""}


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
