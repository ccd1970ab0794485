"""Recording who went where, and who came."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

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
from reporting.rules.stays import record_violations, text_violations

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
            `dispatch_to_japan`, `acceptance_outside_japan`, `country_unknown`, `outcome_text_missing`, `stay_exists`.
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
    *, project: Project, by: Any, names: dict[str, str], orcid: str = "", **fields: Any
) -> Stay:
    """Record a stay of somebody not yet known to the project. Whoever has this ORCID already is taken for that person.

    `names` as in `register_person`; `fields` as in `record_stay`.

    Raises:
        NotAllowed, RuleBroken: as `record_stay`; `name_missing`, `orcid_invalid`.
    """
    project = lock_project(project=project, by=by)
    refuse_if(orcid_violation(orcid))
    person = Person.objects.filter(orcid=orcid, merged_into=None).first() if orcid else None
    if person is None:
        person = register_person(by=by, orcid=orcid, **names)
    return record_stay(project=project, by=by, person=person, **fields)


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
    for name in FIELDS:
        setattr(stay, name, fields[name])
    try:
        with transaction.atomic():
            stay.save()
    except IntegrityError as error:
        raise RuleBroken(Violation("stay_exists", "starts_on")) from error
