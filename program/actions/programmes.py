"""Setting up a programme: its years, its facts and their sources, fields, country groups, evaluations."""

import datetime as dt
from typing import Any

from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.actions.envelopes import add_envelope_entry
from program.actions.indicators import add_baseline, add_indicator
from program.models import (
    AgencyProfile,
    CountryGroup,
    CountryGroupMember,
    Field,
    Programme,
    ProgrammeEvaluation,
    SourcedFact,
)
from program.permissions import is_ministry_of, may_keep_programme, may_set_up_calls
from program.rules.groups import Span
from registries.models import Country

__all__ = [
    "add_baseline",
    "add_country_group",
    "add_envelope_entry",
    "add_fact",
    "add_field",
    "add_indicator",
    "change_field",
    "change_group_member",
    "create_programme",
    "plan_evaluation",
    "set_agency_profile",
]


@action
def create_programme(
    *,
    by: User,
    code: str,
    title_ja: str,
    title_en: str,
    ministry: Organisation,
    first_year: int,
    last_year: int,
    **fields: Any,
) -> Programme:
    """Make a programme over the fiscal years `first_year` to `last_year`. Officers of its ministry may.

    `fields` are the other columns of `Programme`: purpose, issues and outline in either language, currency, first
    month of the fiscal year, zone, fund model, default tier.

    Raises:
        RuleBroken: `programme_code_taken`, `programme_years_out_of_order`, `programme_month_unknown`.
    """
    require(is_ministry_of(by, ministry))
    with constraints_speak(Violation("programme_code_taken", "code")):
        programme = Programme.objects.create(
            code=code,
            title_ja=title_ja,
            title_en=title_en,
            ministry=ministry,
            first_year=first_year,
            last_year=last_year,
            **fields,
        )
    audit.record("created", programme, by=by, details={"code": code, "years": [first_year, last_year]})
    return programme


@action
def add_fact(
    *,
    programme: Programme,
    by: User,
    about: str,
    value_ja: str,
    value_en: str,
    source_ja: str,
    source_en: str,
    dated: str,
) -> SourcedFact:
    """Note what one source says of the programme. Sources differ; each is kept beside the others.

    Raises:
        RuleBroken: `fact_is_there` for a second one about the same from the same source.
    """
    require(may_keep_programme(by, programme))
    with constraints_speak(Violation("fact_is_there", "source_ja")):
        fact = SourcedFact.objects.create(
            programme=programme,
            about=about,
            value_ja=value_ja,
            value_en=value_en,
            source_ja=source_ja,
            source_en=source_en,
            dated=dated,
        )
    audit.record("fact_added", programme, by=by, details={"about": about, "value": value_en, "dated": dated})
    return fact


@action
def plan_evaluation(
    *, programme: Programme, by: User, kind: str, year: int, note_ja: str = "", note_en: str = ""
) -> ProgrammeEvaluation:
    """Note an evaluation of the programme, held or planned in fiscal year `year`. There may be several of a kind."""
    require(may_keep_programme(by, programme))
    evaluation = ProgrammeEvaluation.objects.create(
        programme=programme, kind=kind, year=year, note_ja=note_ja, note_en=note_en
    )
    audit.record("planned", evaluation, by=by, details={"kind": kind, "year": year})
    return evaluation


@action
def add_field(
    *,
    programme: Programme,
    by: User,
    code: str,
    title_ja: str,
    title_en: str,
    description_ja: str = "",
    description_en: str = "",
) -> Field:
    """Add a strategic field.

    Raises:
        RuleBroken: `field_code_taken`.
    """
    require(may_keep_programme(by, programme))
    with constraints_speak(Violation("field_code_taken", "code")):
        field = Field.objects.create(
            programme=programme,
            code=code,
            title_ja=title_ja,
            title_en=title_en,
            description_ja=description_ja,
            description_en=description_en,
        )
    audit.record("added", field, by=by, details={"code": code})
    return field


@action
def change_field(
    *,
    field: Field,
    by: User,
    title_ja: str,
    title_en: str,
    description_ja: str = "",
    description_en: str = "",
) -> Field:
    """Change a field's words; its code stays."""
    field = Field.objects.select_for_update().select_related("programme").get(pk=field.pk)
    require(may_keep_programme(by, field.programme))
    field.title_ja, field.title_en = title_ja, title_en
    field.description_ja, field.description_en = description_ja, description_en
    field.save()
    audit.record("changed", field, by=by)
    return field


@action
def add_country_group(
    *,
    programme: Programme,
    by: User,
    code: str,
    title_ja: str,
    title_en: str,
    countries: list[Country],
    starts_on: dt.date,
) -> CountryGroup:
    """Make a group of partner countries, whose first members belong to it from `starts_on`.

    Raises:
        RuleBroken: `group_code_taken`, `group_without_countries`.
    """
    require(may_keep_programme(by, programme))
    refuse_if(None if countries else Violation("group_without_countries", "countries"))
    with constraints_speak(Violation("group_code_taken", "code")):
        group = CountryGroup.objects.create(
            programme=programme, code=code, title_ja=title_ja, title_en=title_en
        )
    CountryGroupMember.objects.bulk_create(
        CountryGroupMember(group=group, country=country, starts_on=starts_on) for country in countries
    )
    audit.record(
        "added",
        group,
        by=by,
        details={"countries": sorted(c.code for c in countries), "starts_on": starts_on.isoformat()},
    )
    return group


@action
def change_group_member(
    *,
    group: CountryGroup,
    country: Country,
    by: User,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> CountryGroupMember:
    """Let a country join a group from `starts_on`, or (where only `ends_on` is given) leave it after that day.

    Raises:
        RuleBroken: `group_member_is_there` (it belongs already on one of the days), `group_member_is_not_there`,
            `ends_before_it_starts`.
    """
    group = CountryGroup.objects.select_for_update().select_related("programme").get(pk=group.pk)
    require(may_keep_programme(by, group.programme))
    spells = list(group.members.filter(country=country))
    member: CountryGroupMember | None
    if starts_on is not None:
        new = Span(country.code, starts_on, ends_on)
        known = [Span(country.code, spell.starts_on, spell.ends_on) for spell in spells]
        refuse_if(
            Violation("ends_before_it_starts", "ends_on") if ends_on and ends_on < starts_on else None,
            Violation("group_member_is_there", "country") if any(new.meets(span) for span in known) else None,
        )
        member = CountryGroupMember.objects.create(
            group=group, country=country, starts_on=starts_on, ends_on=ends_on
        )
    else:
        member = next((spell for spell in spells if spell.ends_on is None), None)
        if member is None:
            refuse_if(Violation("group_member_is_not_there", "country"))
        assert member is not None
        member.ends_on = ends_on
        with constraints_speak():
            member.save(update_fields=["ends_on"])
    audit.record(
        "member_changed",
        group,
        by=by,
        details={
            "country": country.code,
            "starts_on": member.starts_on.isoformat(),
            "ends_on": member.ends_on.isoformat() if member.ends_on else None,
        },
    )
    return member


@action
def set_agency_profile(*, agency: Organisation, by: User, **profile: Any) -> AgencyProfile:
    """Keep what the programme must know of an agency; programme officers of a Japanese agency may.

    `profile` are columns of `AgencyProfile`; those not named stay as they are.
    """
    require(may_set_up_calls(by))
    kept, _ = AgencyProfile.objects.select_for_update().get_or_create(agency=agency)
    for name, value in profile.items():
        setattr(kept, name, value)
    kept.save()
    audit.record("profile_set", agency, by=by, details={name: str(value) for name, value in profile.items()})
    return kept
