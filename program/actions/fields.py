"""Strategic fields, and groups of partner countries whose members change over time."""

import datetime as dt

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.languages import localized
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.models import CountryGroup, CountryGroupMember, Field, Programme
from program.permissions import may_keep_programme
from program.rules.groups import Span
from registries.models import Country


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
    for country in countries:
        _refuse_ended(country, starts_on, None)
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
            `ends_before_it_starts`, `country_ended_before` (a country that no longer exists, from after its end).
    """
    group = CountryGroup.objects.select_for_update().select_related("programme").get(pk=group.pk)
    require(may_keep_programme(by, group.programme))
    spells = list(group.members.filter(country=country))
    member: CountryGroupMember | None
    if starts_on is not None:
        _refuse_ended(country, starts_on, ends_on)
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


def _refuse_ended(country: Country, starts_on: dt.date, ends_on: dt.date | None) -> None:
    """A country that ended may have belonged to a group, but not longer than it was there."""
    last = country.ended_on
    too_long = last is not None and (starts_on > last or ends_on is None or ends_on > last)
    name = localized(country, "name")
    refuse_if(Violation("country_ended_before", "ends_on", {"name": name, "day": last}) if too_long else None)
