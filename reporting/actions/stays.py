"""Recording who went where, and who came."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.actions.people import register_person
from accounts.models import Person
from accounts.rules.numbers import orcid_violation
from kernel import audit
from kernel.actions import action
from kernel.clock import today
from kernel.violations import RuleBroken, Violation, refuse_if
from projects.models import Project
from registries.models import Country
from reporting.actions.locking import lock_project
from reporting.models import Stay
from reporting.queries import people_of
from reporting.rules.mobility import place_key
from reporting.rules.stays import name_keys, record_violations, text_violations

NAMES = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
FIELDS = (
    "direction",
    "career_stage",
    "home",
    "host",
    "country_code",
    "starts_on",
    "ends_on",
    "degree_sought",
)


@action
def record_stay(
    *,
    project: Project,
    by: Any,
    person: Person,
    direction: str,
    career_stage: str,
    home: str,
    host: str,
    country_code: str,
    starts_on: dt.date,
    ends_on: dt.date,
    degree_sought: str = "",
) -> Stay:
    """Record a stay of `person`, from `starts_on` to `ends_on`, both days counted.

    Raises:
        NotAllowed: `by` neither belongs to the project's team in Japan nor is an officer of its agency.
        RuleBroken: `project_not_begun`, `ends_before_start`, `stay_outside_project`, `stay_not_begun`,
            `dispatch_to_japan`, `acceptance_outside_japan`, `country_unknown`, `outcome_text_missing`, `stay_exists`,
            `stay_overlaps` where the project knows of days of this person at this place, among these.
    """
    project = lock_project(project=project, by=by)
    stay = Stay(project=project, person=person, recorded_by=by)
    _save(
        stay,
        direction=direction,
        career_stage=career_stage,
        home=home,
        host=host,
        country_code=country_code,
        starts_on=starts_on,
        ends_on=ends_on,
        degree_sought=degree_sought,
    )
    audit.record(
        "recorded",
        stay,
        by=by,
        details={"project": project.public_id, "person": person.public_id, **_plain(stay)},
    )
    return stay


@action
def record_stay_of_newcomer(
    *,
    project: Project,
    by: Any,
    names: dict[str, str],
    orcid: str = "",
    is_namesake: bool = False,
    **fields: Any,
) -> Stay:
    """Record a stay of somebody not yet known to the project. Whoever has this ORCID already is taken for that person.

    Nobody is made twice for being typed twice: a name that the project knows is refused, unless the person `is_namesake`.
    `names` as in `register_person`; `fields` as in `record_stay`.

    Raises:
        NotAllowed, RuleBroken: as `record_stay`; `name_missing`, `orcid_invalid`, `person_known_in_project`.
    """
    project = lock_project(project=project, by=by)
    refuse_if(orcid_violation(orcid))
    person = Person.objects.filter(orcid=orcid, merged_into=None).first() if orcid else None
    if person is None:
        refuse_if(None if is_namesake else _known_violation(project, names, orcid))
        person = register_person(by=by, orcid=orcid, **names)
    return record_stay(project=project, by=by, person=person, **fields)


def _known_violation(project: Project, names: dict[str, str], orcid: str) -> Violation | None:
    """Whether somebody of the project has this name in any script; two different ORCIDs are two people."""
    asked = name_keys(**{name: names.get(name, "") for name in NAMES})
    for person in people_of(project).order_by("pk"):
        if orcid and person.orcid:
            continue
        if asked & name_keys(**{name: getattr(person, name) for name in NAMES}):
            return Violation("person_known_in_project", "person", {"name": person.name})
    return None


@action
def change_stay(*, stay: Stay, by: Any, **fields: Any) -> Stay:
    """Correct a stay; `fields` are all of `FIELDS`. Its person stays.

    Raises:
        NotAllowed, RuleBroken: as `record_stay`.
    """
    lock_project(project=stay.project, by=by)
    stay = Stay.objects.select_for_update(of=("self",)).select_related("project__programme").get(pk=stay.pk)
    before = _plain(stay)
    _save(stay, **fields)
    audit.record("changed", stay, by=by, details={"before": before, "after": _plain(stay)})
    return stay


@action
def remove_stay(*, stay: Stay, by: Any, reason: str) -> None:
    """Take back a stay that was recorded by mistake. Reports made before keep it.

    Raises:
        NotAllowed: as `record_stay`.
        RuleBroken: `project_not_begun`, `outcome_text_missing`.
    """
    lock_project(project=stay.project, by=by)
    refuse_if(*text_violations(reason=reason))
    stay = Stay.objects.select_for_update(of=("self",)).select_related("project").get(pk=stay.pk)
    audit.record(
        "removed",
        stay,
        by=by,
        details={"project": stay.project.public_id, **_plain(stay)},
        private={"reason": reason, "person": stay.person.public_id},
    )
    stay.delete()


def _plain(stay: Stay) -> dict[str, Any]:
    """What the audit trail keeps: nothing by which the person is named."""
    return {
        "direction": str(stay.direction),
        "career_stage": str(stay.career_stage),
        "country_code": stay.country_code,
        "starts_on": stay.starts_on.isoformat(),
        "ends_on": stay.ends_on.isoformat(),
    }


def _save(stay: Stay, **fields: Any) -> None:
    project = stay.project
    calendar = project.programme.calendar
    fields["country_code"] = fields["country_code"].upper()
    known = Country.objects.filter(code=fields["country_code"]).exists()
    found = [
        *text_violations(home=fields["home"], host=fields["host"]),
        *record_violations(
            fields["starts_on"],
            fields["ends_on"],
            direction=fields["direction"],
            country_code=fields["country_code"],
            first=calendar.first_day(project.first_year),
            last=calendar.last_day(project.last_year),
            today=today(project.programme.zone),
        ),
    ]
    refuse_if(*found, None if known else Violation("country_unknown", "country_code"))
    refuse_if(_overlap_violation(stay, **fields))
    for name in FIELDS:
        setattr(stay, name, fields[name])
    try:
        with transaction.atomic():
            stay.save()
    except IntegrityError as error:
        raise RuleBroken(Violation("stay_exists", "starts_on")) from error


def _overlap_violation(stay: Stay, **fields: Any) -> Violation | None:
    """Whether the project has recorded some of these days of this person at this place already."""
    place = place_key(fields["host"], fields["country_code"])
    others = Stay.objects.filter(
        project=stay.project,
        person=stay.person,
        direction=fields["direction"],
        starts_on__lte=fields["ends_on"],
        ends_on__gte=fields["starts_on"],
    ).exclude(Q(pk=stay.pk) | Q(starts_on=fields["starts_on"]))  # the database knows two of one first day
    for other in others.order_by("starts_on"):
        if place_key(other.host, other.country_code) == place:
            days = {"first": other.starts_on, "last": other.ends_on}
            return Violation("stay_overlaps", "starts_on", days)
    return None
