"""Candidate pairs of field and partner side by side: the newest weighed dossier of each, for the officers who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kernel.languages import localized
from program.enums import DesignationState
from program.models import Designation, Programme
from program.queries import designations_visible_to
from program.rules.balance import Scored, balance_of

Partner = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """A pair with its newest dossier, and what its evidence comes to."""

    designation: Designation
    items: tuple[Any, ...]

    @property
    def scored(self) -> list[Scored]:
        return [Scored(item.public_id, item.score, item.weight) for item in self.items]

    @property
    def balance(self) -> Fraction | None:
        return balance_of(self.scored).value

    @property
    def partner(self) -> Partner:
        return partner_of(self.designation)


@dataclass(frozen=True)
class Grid:
    """Fields × partners, with the candidate of each pair where there is one."""

    fields: list[tuple[int, str]]
    partners: list[tuple[Partner, str]]
    cells: dict[tuple[int, Partner], Candidate]


def partner_of(designation: Designation) -> Partner:
    """What kind of partner it is, and its code."""
    if designation.country_id:
        return "country", designation.country_id
    return "group", str(designation.group_id)


def candidates_of(user: Any, programme: Programme) -> list[Candidate]:
    """The newest designation of each pair that has weighed evidence and was not withdrawn, whatever its state, by field and
    partner; of a pair without any, the newest. A draft that was just begun does not hide what was decided."""
    return [
        Candidate(designation, tuple(sorted(designation.evidence.all(), key=lambda item: item.pk)))
        for designation in newest_of_each_pair(user, programme, "evidence", "policies", "consultations")
    ]


def newest_of_each_pair(user: Any, programme: Programme, *parts: str) -> list[Designation]:
    """The designations of `candidates_of` by themselves, and those of their `parts` that are to be read at once."""
    found: QuerySet[Designation] = (
        designations_visible_to(user)
        .filter(programme=programme)
        .exclude(state=DesignationState.WITHDRAWN)
        .prefetch_related(*parts)
        .annotate(weight=Coalesce(Sum("evidence__weight"), 0))
        .annotate(is_weighed=Q(weight__gt=0))
        .order_by("field_id", "group_id", "country_id", "-is_weighed", "-id")
    )
    newest: dict[tuple[int, Partner], Designation] = {}
    for designation in found:
        newest.setdefault((designation.field_id, partner_of(designation)), designation)
    return list(newest.values())


def grid_of(candidates: Sequence[Candidate]) -> Grid:
    """The candidates as a grid; a field or a partner without any stays out."""
    fields = {c.designation.field_id: localized(c.designation.field, "title") for c in candidates}
    partners: dict[Partner, str] = {}
    for candidate in candidates:
        designation = candidate.designation
        partners[candidate.partner] = (
            localized(designation.country, "name")
            if designation.country
            else localized(designation.group, "title")
        )
    return Grid(
        fields=sorted(fields.items()),
        partners=sorted(partners.items()),
        cells={(c.designation.field_id, c.partner): c for c in candidates},
    )
