import datetime as dt
from dataclasses import replace

import pytest

from program.rules.opening import (
    CallPlan,
    PlannedCap,
    PlannedDesignation,
    PlannedType,
    mode_fits_tier,
    opening_violations,
    opening_warnings,
    too_early_or_late,
)

DAY = dt.date(2026, 10, 1)
OPENS = dt.datetime(2026, 10, 1, 1, tzinfo=dt.UTC)
IN_FORCE = PlannedDesignation("Quantum × US", "decided", dt.date(2023, 7, 1), dt.date(2032, 3, 31))
PLAN = CallPlan(
    day=DAY,
    opens_at=OPENS,
    deadline_at=OPENS + dt.timedelta(days=90),
    designations=(IN_FORCE,),
    agencies=("JST", "NSF"),
    lead_takes_part=True,
    caps=(PlannedCap("JPY", "fiscal_year", True),),
    aspects=frozenset({"excellence", "people"}),
    sections=3,
    min_years=3,
    max_years=5,
    mode="joint_call",
    tier="3",
)


def codes(plan: CallPlan) -> list[tuple[str, str]]:
    return [(violation.code, violation.field) for violation in opening_violations(plan)]


def test_complete_call_may_open() -> None:
    assert codes(PLAN) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"designations": ()}, ("call_without_designation", "designations")),
        ({"agencies": ("JST",)}, ("call_without_two_agencies", "agencies")),
        ({"lead_takes_part": False}, ("call_without_lead_agency", "agencies")),
        ({"caps": (PlannedCap("JPY", "whole_term", True),)}, ("call_without_yearly_cap", "caps")),
        ({"caps": (PlannedCap("USD", "fiscal_year", False),)}, ("cap_rate_missing", "caps")),
        (
            {"caps": (PlannedCap("JPY", "fiscal_year", True, of_type=True),)},
            ("call_without_yearly_cap", "caps"),
        ),
        ({"types": (PlannedType("Top", 2, 5),)}, ("support_type_years_left_call", "support_types")),
        ({"types": (PlannedType("Top", 3, 6),)}, ("support_type_years_left_call", "support_types")),
        ({"aspects": frozenset({"excellence"})}, ("call_without_people_criterion", "form")),
        ({"sections": 0}, ("call_without_form", "form")),
        ({"max_years": 4, "min_years": 1}, ("call_years_below_five", "max_years")),
        ({"min_years": 6}, ("call_years_out_of_order", "min_years")),
        ({"tier": "2"}, ("call_mode_not_of_tier", "mode")),
        ({"deadline_at": OPENS}, ("deadline_not_after_opening", "deadline_at")),
    ],
)
def test_each_lack_is_named_with_its_step(change: dict, expected: tuple[str, str]) -> None:
    assert codes(replace(PLAN, **change)) == [expected]


@pytest.mark.parametrize(
    ("designation", "expected"),
    [
        (replace(IN_FORCE, until=dt.date(2026, 9, 30)), "call_designation_lapsed"),
        (replace(IN_FORCE, valid_from=dt.date(2026, 10, 2)), "call_designation_not_in_force"),
        (replace(IN_FORCE, valid_from=None), "call_designation_not_in_force"),
        (replace(IN_FORCE, state="suspended"), "call_designation_suspended"),
        (replace(IN_FORCE, state="signed"), "call_designation_not_in_force"),
        (replace(IN_FORCE, state="withdrawn"), "call_designation_withdrawn"),
    ],
)
def test_designation_must_be_in_force_on_the_opening_day(
    designation: PlannedDesignation, expected: str
) -> None:
    assert codes(replace(PLAN, designations=(IN_FORCE, designation))) == [(expected, "designations")]


def test_designation_holds_on_its_first_and_last_day() -> None:
    for day in (dt.date(2023, 7, 1), dt.date(2032, 3, 31)):
        assert IN_FORCE.standing(day) == "in_force"


def test_everything_that_lacks_is_told_at_once() -> None:
    empty = replace(PLAN, designations=(), agencies=(), caps=(), aspects=frozenset(), sections=0)
    assert len(codes(empty)) == 5


def test_call_opens_between_its_instants() -> None:
    second = dt.timedelta(seconds=1)
    assert too_early_or_late(PLAN, OPENS) is None
    early, late = too_early_or_late(PLAN, OPENS - second), too_early_or_late(PLAN, PLAN.deadline_at)
    assert early is not None and early.code == "call_opens_later"
    assert late is not None and late.code == "call_deadline_passed"


@pytest.mark.parametrize(
    ("mode", "tier", "fits"),
    [
        ("joint_call", "3", True),
        ("lead_agency", "3", True),
        ("partner_funded", "3", True),
        ("partner_funded", "2", True),
        ("partner_funded", "1", False),
        ("joint_call", "2", False),
        ("lead_agency", "1", False),
    ],
)
def test_mode_belongs_to_its_tier(mode: str, tier: str, fits: bool) -> None:
    assert mode_fits_tier(mode, tier) is fits


def warned(**change: object) -> list[tuple[str, str]]:
    plan = replace(PLAN, **change)  # type: ignore[arg-type]  # whichever fields of a plan
    return [(violation.code, violation.field) for violation in opening_warnings(plan)]


def test_a_rate_that_cannot_be_known_yet_is_pending_and_an_old_one_of_today_lacks() -> None:
    old = PlannedCap("USD", "whole_term", False, newest_on=dt.date(2026, 8, 1))
    caps = (*PLAN.caps, old)
    assert codes(replace(PLAN, caps=caps)) == [("cap_rate_too_old", "caps")]
    assert codes(replace(PLAN, caps=caps, is_ahead=True)) == []
    assert warned(caps=caps, is_ahead=True) == [("cap_rate_pending", "caps")]
    unknown = (*PLAN.caps, PlannedCap("CHF", "whole_term", False))
    assert codes(replace(PLAN, caps=unknown, is_ahead=True)) == [("cap_rate_missing", "caps")]


def test_a_yearly_cap_above_the_programme_s_is_pointed_out() -> None:
    for yen, period, expected in (
        (100_000_000, "fiscal_year", []),
        (100_000_001, "fiscal_year", [("cap_above_programme", "caps")]),
        (500_000_000, "whole_term", []),
    ):
        assert warned(caps=(PlannedCap("JPY", period, True, yen=yen),)) == expected


def test_designations_and_partners_are_held_against_each_other() -> None:
    designations = (
        replace(IN_FORCE, countries=frozenset({"GB"})),
        replace(IN_FORCE, name="AI × Leading European countries", countries=frozenset({"DE", "FR"})),
    )
    assert warned(designations=designations, partners=(("NSF", "US"), ("DFG", "DE"))) == [
        ("designation_without_agency", "agencies"),
        ("agency_outside_designations", "agencies"),
    ]
    assert warned(designations=designations, partners=(("UKRI", "GB"), ("DFG", "DE"))) == []


def test_an_agreement_of_another_mode_is_pointed_out() -> None:
    assert warned(agreement="lead_confirmed") == [("agreement_not_of_mode", "mode")]
    assert warned(agreement="lead_confirmed", mode="lead_agency") == []
    assert warned(agreement="both_recommend") == []
