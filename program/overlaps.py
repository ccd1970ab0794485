"""Which designations of a field cover the same country on the same day: by the same partner, or by a group and its members."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.violations import Violation
from program.models import Designation
from program.queries import designation_name
from program.rules.groups import Span, covered, covered_twice
from program.rules.standing import DECIDED, overlap
from registries.models import Country


@dataclass(frozen=True)
class Overlap:
    """Another designation of the field that is decided, and the countries that both cover; none where the partner is the same."""

    other: Designation
    countries: list[str]

    def names(self) -> str:
        """The countries in the reader's language."""
        found = Country.objects.filter(code__in=self.countries).order_by("code")
        return _(", ").join(localized(country, "name") for country in found)

    def violation(self) -> Violation:
        """Why the days cannot be those."""
        has_end = self.other.valid_until is not None
        named = {
            "name": designation_name(self.other),
            "from": self.other.valid_from,
            "until": self.other.valid_until,
        }
        if not self.countries:
            return Violation(
                "designation_overlaps" if has_end else "designation_overlaps_open", "valid_from", named
            )
        named["countries"] = self.names()
        code = "designation_overlaps_member" if has_end else "designation_overlaps_member_open"
        return Violation(code, "valid_from", named)


def overlaps_of(designation: Designation, first: dt.date, last: dt.date | None) -> Iterator[Overlap]:
    """What stands against a designation being valid from one day to another, the earliest first.

    A group covers each of its members on the days on which it belongs to it. A renewal may follow on one that has no end.
    """
    others = (
        Designation.objects.filter(field=designation.field_id, state__in=DECIDED, valid_from__isnull=False)
        .exclude(pk=designation.pk)
        .select_related("field", "country", "group")
        .prefetch_related("group__members")
        .order_by("valid_from", "id")
    )
    own = covered(_countries(designation), first, last)
    for other in others:
        assert other.valid_from is not None
        if other.pk == designation.renews_id and other.valid_until is None and other.valid_from < first:
            continue
        if not overlap((first, last), (other.valid_from, other.valid_until)):
            continue
        if _partner(other) == _partner(designation):
            yield Overlap(other, [])
            continue
        twice = covered_twice(own, covered(_countries(other), other.valid_from, other.valid_until))
        if twice:
            yield Overlap(other, twice)


def _partner(designation: Designation) -> tuple[str | None, int | None]:
    return designation.country_id, designation.group_id


def _countries(designation: Designation) -> list[Span]:
    """The country, always; of a group each member from one day to another."""
    if designation.country_id is not None:
        return [Span(designation.country_id, dt.date.min)]
    assert designation.group is not None  # held by `designation_has_country_or_group`
    return [
        Span(member.country_id, member.starts_on, member.ends_on)
        for member in designation.group.members.all()
    ]
