"""What must be so before a call opens. Each violation's field names the step of the preparation that mends it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kernel.violations import Violation
from program.enums import CallMode, CapPeriod, CriterionAspect, Standing, Tier
from program.rules.standing import standing_on

YEARS_TO_PERMIT = 5
AGENCIES_NEEDED = 2
TIERS_OF = {
    CallMode.JOINT_CALL: (Tier.BOTH_AGENCIES,),
    CallMode.LEAD_AGENCY: (Tier.BOTH_AGENCIES,),
    CallMode.PARTNER_FUNDED: (Tier.ONE_AGENCY, Tier.BOTH_AGENCIES),
}

WHY_NOT = {
    Standing.NOT_DECIDED: "call_designation_not_in_force",
    Standing.NOT_YET: "call_designation_not_in_force",
    Standing.LAPSED: "call_designation_lapsed",
    Standing.SUSPENDED: "call_designation_suspended",
    Standing.WITHDRAWN: "call_designation_withdrawn",
}


@dataclass(frozen=True)
class PlannedDesignation:
    """A designation on which the call would open; days are included, `until` None is open."""

    name: str
    state: str
    valid_from: dt.date | None
    until: dt.date | None

    def standing(self, day: dt.date) -> Standing:
        return standing_on(day, state=self.state, valid_from=self.valid_from, valid_until=self.until)


@dataclass(frozen=True)
class PlannedCap:
    """A cap, and whether a rate to yen is known for it on the opening day (always for yen itself)."""

    currency: str
    period: str
    has_rate: bool


@dataclass(frozen=True)
class CallPlan:
    """A call as it stands before opening. `agencies` are those taking part on the opening day whose yes is needed."""

    day: dt.date
    opens_at: dt.datetime
    deadline_at: dt.datetime
    designations: tuple[PlannedDesignation, ...]
    agencies: tuple[str, ...]
    lead_takes_part: bool
    caps: tuple[PlannedCap, ...]
    aspects: frozenset[str]
    sections: int
    min_years: int
    max_years: int
    mode: str
    tier: str
    # Agencies whose agreement to the call as it stands is lacking.
    not_agreed: tuple[str, ...] = ()
    # What the form lacks (`program.rules.form.form_gaps`), and whether a test was filled in on it.
    gaps: tuple[Violation, ...] = ()
    is_tried: bool = True
    # Texts outside of the form that are there in one language alone: their step, and their name.
    uneven: tuple[tuple[str, str], ...] = ()


def _designations(plan: CallPlan) -> list[Violation]:
    if not plan.designations:
        return [Violation("call_without_designation", "designations")]
    standings = [(d, d.standing(plan.day)) for d in plan.designations]
    return [
        Violation(WHY_NOT[standing], "designations", {"name": d.name, "day": plan.day, "until": d.until})
        for d, standing in standings
        if standing is not Standing.IN_FORCE
    ]


def _agencies(plan: CallPlan) -> list[Violation]:
    found = []
    if len(plan.agencies) < AGENCIES_NEEDED:
        found.append(Violation("call_without_two_agencies", "agencies"))
    if not plan.lead_takes_part:
        found.append(Violation("call_without_lead_agency", "agencies"))
    return found + [
        Violation("call_agency_not_agreed", "agencies", {"name": name}) for name in plan.not_agreed
    ]


def _caps(plan: CallPlan) -> list[Violation]:
    found = []
    if not any(cap.period == CapPeriod.FISCAL_YEAR for cap in plan.caps):
        found.append(Violation("call_without_yearly_cap", "caps"))
    found += [
        Violation("cap_rate_missing", "caps", {"currency": cap.currency, "day": plan.day.isoformat()})
        for cap in plan.caps
        if not cap.has_rate
    ]
    return found


def _form(plan: CallPlan) -> list[Violation]:
    found = []
    if not plan.sections:
        found.append(Violation("call_without_form", "form"))
    if CriterionAspect.PEOPLE not in plan.aspects:
        found.append(Violation("call_without_people_criterion", "form"))
    if not plan.is_tried:
        found.append(Violation("call_form_not_tried", "trial"))
    return [*found, *plan.gaps]


def _translations(plan: CallPlan) -> list[Violation]:
    return [Violation("words_in_one_language", step, {"name": name}) for step, name in plan.uneven]


def basic_violations(
    *, mode: str, tier: str, opens_at: dt.datetime, deadline_at: dt.datetime, min_years: int, max_years: int
) -> list[Violation]:
    """What no call may be, not even in preparation; each names its field."""
    found = []
    if max_years < YEARS_TO_PERMIT:
        found.append(Violation("call_years_below_five", "max_years"))
    if not 1 <= min_years <= max_years:
        found.append(Violation("call_years_out_of_order", "min_years"))
    if not mode_fits_tier(mode, tier):
        found.append(Violation("call_mode_not_of_tier", "mode"))
    if deadline_at <= opens_at:
        found.append(Violation("deadline_not_after_opening", "deadline_at"))
    return found


def _basics(plan: CallPlan) -> list[Violation]:
    return basic_violations(
        mode=plan.mode,
        tier=plan.tier,
        opens_at=plan.opens_at,
        deadline_at=plan.deadline_at,
        min_years=plan.min_years,
        max_years=plan.max_years,
    )


CHECKS: tuple[Callable[[CallPlan], list[Violation]], ...] = (
    _basics,
    _designations,
    _agencies,
    _caps,
    _form,
    _translations,
)


def mode_fits_tier(mode: str, tier: str) -> bool:
    """Joint and lead-agency calls are tier 3; partner-funded ones tier 3 or 2."""
    return tier in TIERS_OF[CallMode(mode)]


def opening_violations(plan: CallPlan) -> list[Violation]:
    """Everything that still keeps the call from opening; empty when it may open. Time is the caller's to add."""
    return [violation for check in CHECKS for violation in check(plan)]


def too_early_or_late(plan: CallPlan, at: dt.datetime) -> Violation | None:
    """A call opens from its opening instant on, and not once its deadline has passed."""
    if at < plan.opens_at:
        return Violation("call_opens_later", "opens_at")
    if at >= plan.deadline_at:
        return Violation("call_deadline_passed", "deadline_at")
    return None
