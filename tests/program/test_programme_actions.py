import datetime as dt
from typing import Any

import pytest

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from program.actions import programmes
from program.models import CountryGroup, Envelope, Programme
from registries.models import Country
from tests.builders.program import Stage, make_envelope, make_stage
from tests.program.test_pages import signed_in

pytestmark = pytest.mark.django_db


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[tuple[str, str]]:
    return [(violation.code, violation.field) for violation in broken.value.violations]


def countries(*wanted: str) -> list[Country]:
    with writing():
        return [
            Country.objects.get_or_create(code=code, defaults={"name_ja": code, "name_en": code})[0]
            for code in wanted
        ]


def new_programme(stage: Stage, **changes: Any) -> Programme:
    values = {
        "by": stage.ministry1,
        "code": "aspire",
        "title_ja": "先端国際共同研究推進事業",
        "title_en": "Advanced International Joint Research Programme",
        "ministry": stage.ministry,
        "first_year": 2023,
        "last_year": 2032,
        "purpose_ja": "目的",
    }
    return programmes.create_programme(**{**values, **changes})


def test_ministry_makes_its_programme() -> None:
    stage = make_stage()
    programme = new_programme(stage)
    assert (programme.years, programme.purpose_ja) == (range(2023, 2033), "目的")
    assert AuditEntry.objects.get(subject_id=programme.public_id).verb == "created"


@pytest.mark.parametrize("who", ["home1", "partner1"])
def test_no_agency_makes_a_programme(who: str) -> None:
    stage = make_stage()
    with pytest.raises(NotAllowed):
        new_programme(stage, by=getattr(stage, who))


def test_another_ministry_changes_nothing() -> None:
    stage, other = make_stage(), make_stage()
    with pytest.raises(NotAllowed):
        programmes.add_field(
            programme=stage.programme, by=other.ministry1, code="ai", title_ja="AI", title_en="AI"
        )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"last_year": 2022}, ("programme_years_out_of_order", "last_year")),
        ({"year_begins_in_month": 13}, ("programme_month_unknown", "year_begins_in_month")),
    ],
)
def test_impossible_programme_is_refused_in_words(changes: dict, expected: tuple[str, str]) -> None:
    with pytest.raises(RuleBroken) as broken:
        new_programme(make_stage(), **changes)
    assert codes(broken) == [expected]


def test_second_programme_of_a_code_is_refused() -> None:
    stage = make_stage()
    new_programme(stage)
    with pytest.raises(RuleBroken) as broken:
        new_programme(stage)
    assert codes(broken) == [("programme_code_taken", "code")]


def test_sources_that_differ_are_all_kept() -> None:
    stage = make_stage()
    fact = {"programme": stage.programme, "by": stage.ministry1, "about": "years", "dated": "2022"}
    for source, value in (("A", "FY2023 to FY2032"), ("B", "FY2022 to FY2030")):
        programmes.add_fact(value_ja=value, value_en=value, source_ja=source, source_en=source, **fact)
    assert stage.programme.facts.count() == 2
    with pytest.raises(RuleBroken) as broken:
        programmes.add_fact(value_ja="?", value_en="?", source_ja="A", source_en="A", **fact)
    assert codes(broken) == [("fact_is_there", "source_ja")]


def test_baseline_is_corrected_and_the_old_value_is_in_the_trail() -> None:
    stage = make_stage()
    indicator = programmes.add_indicator(
        programme=stage.programme,
        by=stage.ministry1,
        kind="output",
        measure="dispatched",
        title_ja="派遣",
        title_en="Dispatched",
        unit_ja="人",
        unit_en="people",
    )
    for value in (4_291, 4_292):
        programmes.add_baseline(
            indicator=indicator,
            by=stage.ministry1,
            year=2018,
            value=value,
            source_ja="調査",
            source_en="Survey",
        )
    assert list(indicator.baselines.values_list("year", "value")) == [(2018, 4_292)]
    assert AuditEntry.objects.filter(verb="baseline_set").latest("id").details == {
        "year": 2018,
        "before": 4_291,
        "after": 4_292,
    }


def a_group(stage: Stage) -> CountryGroup:
    return programmes.add_country_group(
        programme=stage.programme,
        by=stage.ministry1,
        code="europe",
        title_ja="欧州",
        title_en="Europe",
        countries=countries("GB", "DE"),
        starts_on=dt.date(2023, 4, 1),
    )


def test_country_leaves_a_group_and_comes_back() -> None:
    stage = make_stage()
    group, (germany,) = a_group(stage), countries("DE")
    programmes.change_group_member(
        group=group, country=germany, by=stage.ministry1, ends_on=dt.date(2024, 3, 31)
    )
    programmes.change_group_member(
        group=group, country=germany, by=stage.ministry1, starts_on=dt.date(2026, 4, 1)
    )
    spells = group.members.filter(country=germany).order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(spells) == [
        (dt.date(2023, 4, 1), dt.date(2024, 3, 31)),
        (dt.date(2026, 4, 1), None),
    ]


def test_country_belongs_to_a_group_once_on_a_day() -> None:
    stage = make_stage()
    group, (germany, france) = a_group(stage), countries("DE", "FR")
    with pytest.raises(RuleBroken) as broken:
        programmes.change_group_member(
            group=group, country=germany, by=stage.ministry1, starts_on=dt.date(2026, 4, 1)
        )
    assert codes(broken) == [("group_member_is_there", "country")]
    with pytest.raises(RuleBroken) as broken:
        programmes.change_group_member(
            group=group, country=france, by=stage.ministry1, ends_on=dt.date(2026, 4, 1)
        )
    assert codes(broken) == [("group_member_is_not_there", "country")]


def test_own_country_joins_no_group_of_partners() -> None:
    stage = make_stage()
    home, group = Country.objects.get(code="JP"), a_group(stage)
    with pytest.raises(RuleBroken) as broken:
        programmes.add_country_group(
            programme=stage.programme,
            by=stage.ministry1,
            code="asia",
            title_ja="アジア",
            title_en="Asia",
            countries=[home, *countries("KR")],
            starts_on=dt.date(2023, 4, 1),
        )
    assert codes(broken) == [("partner_is_home", "countries")]
    with pytest.raises(RuleBroken) as broken:
        programmes.change_group_member(
            group=group, country=home, by=stage.ministry1, starts_on=dt.date(2026, 4, 1)
        )
    assert codes(broken) == [("partner_is_home", "country")]


def test_own_country_is_not_offered_to_a_group() -> None:
    stage = make_stage()
    client, group = signed_in(stage.ministry1), a_group(stage)
    for path in (
        f"programme/{stage.programme.public_id}/groups/add/",
        f"countries/groups/{group.public_id}/members/",
    ):
        page = client.get(f"/en/{path}").content.decode()
        assert 'value="GB"' in page
        assert 'value="JP"' not in page


def test_group_without_countries_is_refused() -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        programmes.add_country_group(
            programme=stage.programme,
            by=stage.ministry1,
            code="none",
            title_ja="無",
            title_en="None",
            countries=[],
            starts_on=dt.date(2023, 4, 1),
        )
    assert codes(broken) == [("group_without_countries", "countries")]


def enter(stage: Stage, **changes: Any) -> None:
    programmes.add_envelope_entry(
        **{
            "programme": stage.programme,
            "agency": stage.home,
            "fiscal_year": 2026,
            "kind": "appropriation",
            "amount": 1_000,
            "reason": "Test",
            "by": stage.ministry1,
            **changes,
        }
    )


def test_entries_make_the_envelope() -> None:
    stage = make_stage(appropriated=0)
    enter(stage)
    enter(stage, kind="addition", amount=500)
    enter(stage, kind="request", amount=9_999)
    enter(stage, kind="reduction", amount=-100)
    envelope = Envelope.objects.get(agency=stage.home, fiscal_year=2026)
    assert (envelope.appropriated, envelope.left, envelope.entries.count()) == (1_400, 1_400, 4)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"fiscal_year": 2033}, ("year_outside_programme", "fiscal_year")),
        ({"reason": " "}, ("envelope_entry_needs_reason", "reason")),
        ({"amount": -1}, ("envelope_entry_sign", "amount")),
        ({"kind": "reduction", "amount": -1_001}, ("envelope_below_committed", "amount")),
    ],
)
def test_impossible_entry_is_refused_in_words(changes: dict, expected: tuple[str, str]) -> None:
    stage = make_stage(appropriated=0)
    envelope = make_envelope(stage, 2026, 1_000)
    with pytest.raises(RuleBroken) as broken:
        enter(stage, **changes)
    assert codes(broken) == [expected]
    assert list(envelope.entries.values_list("amount", flat=True)) == [1_000]


def test_profile_keeps_what_is_not_named() -> None:
    stage = make_stage()
    programmes.set_agency_profile(agency=stage.partner, by=stage.home1, early_career_en="Untenured")
    profile = stage.partner.agency_profile
    profile.refresh_from_db()
    assert (profile.currency, profile.early_career_en) == ("USD", "Untenured")
    with pytest.raises(NotAllowed):
        programmes.set_agency_profile(agency=stage.partner, by=stage.partner1, currency="EUR")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ({"office_opens": dt.time(17)}, ("office_closes_before_it_opens", "office_closes")),
        ({"office_closes": dt.time(8)}, ("office_closes_before_it_opens", "office_closes")),
        ({"closed_days": list(range(7))}, ("office_never_open", "closed_days")),
        ({"closed_days": [7]}, ("closed_day_unknown", "closed_days")),
    ],
)
def test_an_office_that_is_never_reached_is_refused(hours: dict, expected: tuple[str, str]) -> None:
    stage = make_stage()
    with pytest.raises(RuleBroken) as broken:
        programmes.set_agency_profile(agency=stage.partner, by=stage.home1, **hours)
    assert codes(broken) == [expected]
