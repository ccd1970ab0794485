"""A reviewer's profile as plain values, and back: what the page edits, and what the table of a pool imports and exports."""

import datetime as dt
from typing import Any

from kernel.text import without_debris
from registries.rules.identifiers import normalise_doi
from review.models import Reviewer
from review.rules.profiles import parts_of, periods_in

# Of the reviewer, beside the person's own names and numbers.
PLAIN = ("institution_name", "institution_ror_id", "country_code", "expertise", "max_load", "gender")
LISTS = ("keywords", "languages", "dois")
PROFILE = (*PLAIN, *LISTS, "fields", "absences")


def profile_of(reviewer: Reviewer) -> dict[str, Any]:
    """{"keywords": [...], "fields": [codes], "absences": [["2026-08-01", "2026-08-15"]], ...}; the reviewer's fields and
    absences are read from what was prefetched."""
    plain = {name: getattr(reviewer, name) for name in (*PLAIN, *LISTS)}
    return {
        **plain,
        "fields": sorted(field.code for field in reviewer.fields.all()),
        "absences": sorted(
            [one.from_day.isoformat(), one.to_day.isoformat()] for one in reviewer.absences.all()
        ),
    }


def day_or_none(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_dois(text: str) -> tuple[list[str], list[str]]:
    """The DOIs in a text, normalised, and the parts that are none."""
    found, wrong = [], []
    for part in parts_of(text):
        doi = normalise_doi(part)
        if doi:
            found.append(doi)
        else:
            wrong.append(part)
    return list(dict.fromkeys(found)), wrong


def read_absences(text: str) -> tuple[list[list[str]], list[str]]:
    """The days away in a text, and the parts that are no period of days."""
    found, wrong = periods_in(text)
    odd = [one for one in found if any(day_or_none(day) is None for day in one)]
    return [one for one in found if one not in odd], [*wrong, *("/".join(one) for one in odd)]


def read_codes(text: str) -> list[str]:
    return list(dict.fromkeys(without_debris(part).lower() for part in parts_of(text.replace(",", ";"))))


def with_profile(reviewers: Any) -> Any:
    """Reviewers together with what `profile_of` reads of each; three queries for any number."""
    return reviewers.prefetch_related("fields", "absences")
