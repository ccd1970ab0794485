"""Strategic fields, and groups of partner countries whose members change over time."""

import datetime as dt

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.languages import localized
from kernel.revisions import refuse_stale
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
    seen: str = "",
) -> Field:
    """Change a field's words; its code stays. Words that stand there already leave no second entry in its history.

    Raises:
        RuleBroken: `stale_version` if the field was changed since `seen`.
    """
    field = Field.objects.select_for_update(of=("self",)).select_related("programme").get(pk=field.pk)
    require(may_keep_programme(by, field.programme))
    refuse_stale(field, seen, writer=by, verb="changed", subject=field)
    words = {
        "title_ja": title_ja,
        "title_en": title_en,
        "description_ja": description_ja,
        "description_en": description_en,
    }
    before = {name: getattr(field, name) for name in words}
    if words == before:
        return field
    for name, text in words.items():
        setattr(field, name, text)
    field.save()
    changed = [name for name in words if words[name] != before[name]]
    details = {
        "before": {name: before[name] for name in changed},
        "after": {name: words[name] for name in changed},
    }
    audit.record("changed", field, by=by, details=details)
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
        RuleBroken: `group_code_taken`, `group_without_countries`, `partner_is_home`, `country_ended_before`.
    """
    require(may_keep_programme(by, programme))
    refuse_if(
        None if countries else Violation("group_without_countries", "countries"),
        *(_home(programme, country, "countries") for country in countries),
    )
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
            `ends_before_it_starts`, `partner_is_home`, `country_ended_before` (a country that no longer exists, from after its end).
    """
    group = (
        CountryGroup.objects.select_for_update(of=("self",))
        .select_related("programme__ministry")
        .get(pk=group.pk)
    )
    require(may_keep_programme(by, group.programme))
    spells = list(group.members.filter(country=country))
    member: CountryGroupMember | None
    if starts_on is not None:
        refuse_if(_home(group.programme, country, "country"))
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


def _home(programme: Programme, country: Country, field: str) -> Violation | None:
    """The programme's own country is no partner of itself, in a group neither."""
    is_home = country.code == programme.ministry.country_code
    return Violation("partner_is_home", field) if is_home else None


def _refuse_ended(country: Country, starts_on: dt.date, ends_on: dt.date | None) -> None:
    """A country that ended may have belonged to a group, but not longer than it was there."""
    last = country.ended_on
    too_long = last is not None and (starts_on > last or ends_on is None or ends_on > last)
    name = localized(country, "name")
    refuse_if(Violation("country_ended_before", "ends_on", {"name": name, "day": last}) if too_long else None)
