"""What must be so before a call opens. Each violation's field names the step of the preparation that mends it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kernel.money import Money
from kernel.violations import Violation
from program.enums import AgreementModel, CallMode, CapPeriod, CriterionAspect, NoticeRule, Standing, Tier
from program.rules.caps import PROGRAMME_CAP, is_above_programme
from program.rules.standing import standing_on
from registries.rules.rates import LONGEST_GAP

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
    # The country, or the members of the group on the opening day.
    countries: frozenset[str] = frozenset()

    def standing(self, day: dt.date) -> Standing:
        return standing_on(day, state=self.state, valid_from=self.valid_from, valid_until=self.until)


@dataclass(frozen=True)
class PlannedCap:
    """A cap, and whether a rate to yen is known for it on the opening day (always for yen itself). `of_type` where it
    holds for the projects of one support type alone."""

    currency: str
    period: str
    has_rate: bool
    of_type: bool = False
    # The day of the newest rate that is known at all.
    newest_on: dt.date | None = None
    # The cap in yen, as far as a rate is known.
    yen: int | None = None


@dataclass(frozen=True)
class PlannedType:
    """A support type, and from how many to how many fiscal years its projects last."""

    name: str
    min_years: int
    max_years: int


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
    types: tuple[PlannedType, ...] = ()
    agreement: str = ""
    # Whether the opening day is still to come: rates of it are not known yet.
    is_ahead: bool = False
    # Those taking part that do not belong to the lead agency's own country: short name and country.
    partners: tuple[tuple[str, str], ...] = ()
    notice: str = NoticeRule.OFF
    notice_deadline_at: dt.datetime | None = None


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
        Violation("call_agency_not_agreed", "agreement", {"name": name}) for name in plan.not_agreed
    ]


def _caps(plan: CallPlan) -> list[Violation]:
    found = []
    if not any(cap.period == CapPeriod.FISCAL_YEAR and not cap.of_type for cap in plan.caps):
        found.append(Violation("call_without_yearly_cap", "caps"))
    return found + rate_violations(plan)


def rate_violations(plan: CallPlan) -> list[Violation]:
    """The foreign caps that could not be fixed in yen on the opening day."""
    return [
        Violation(code, "caps", _rate_params(cap, plan))
        for cap in plan.caps
        if (code := _rate_lack(cap, plan)) not in ("", "cap_rate_pending")
    ]


def _rate_lack(cap: PlannedCap, plan: CallPlan) -> str:
    """A foreign cap is fixed when the call opens: until then a rate of that time cannot be there."""
    if cap.has_rate:
        return ""
    if cap.newest_on is None:
        return "cap_rate_missing"
    return "cap_rate_pending" if plan.is_ahead else "cap_rate_too_old"


def _rate_params(cap: PlannedCap, plan: CallPlan) -> dict[str, object]:
    days = LONGEST_GAP.days
    return {"currency": cap.currency, "day": plan.day, "newest": cap.newest_on, "days": days}


def _types(plan: CallPlan) -> list[Violation]:
    """The years of a type were right when it was entered; those of the call may have been changed since."""
    params = {"least": plan.min_years, "most": plan.max_years}
    return [
        Violation("support_type_years_left_call", "support_types", {"name": one.name, **params})
        for one in plan.types
        if not plan.min_years <= one.min_years <= one.max_years <= plan.max_years
    ]


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
    *,
    mode: str | None,
    tier: str | None,
    opens_at: dt.datetime | None,
    deadline_at: dt.datetime | None,
    min_years: int | None,
    max_years: int | None,
    notice: str | None,
    notice_deadline_at: dt.datetime | None,
) -> list[Violation]:
    """What no call may be, not even in preparation; each names its field. What is not known (None), as in a form with other
    faults, is not judged."""
    found = []
    if max_years is not None and max_years < YEARS_TO_PERMIT:
        found.append(Violation("call_years_below_five", "max_years"))
    if min_years is not None and (min_years < 1 or (max_years is not None and min_years > max_years)):
        found.append(Violation("call_years_out_of_order", "min_years"))
    if mode is not None and tier is not None and not mode_fits_tier(mode, tier):
        found.append(Violation("call_mode_not_of_tier", "mode"))
    if opens_at is not None and deadline_at is not None and deadline_at <= opens_at:
        found.append(Violation("deadline_not_after_opening", "deadline_at"))
    if notice is not None:
        found += notice_violations(notice, notice_deadline_at, opens_at=opens_at, deadline_at=deadline_at)
    return found


def notice_violations(
    notice: str,
    notice_deadline_at: dt.datetime | None,
    *,
    opens_at: dt.datetime | None,
    deadline_at: dt.datetime | None,
) -> list[Violation]:
    """A notice of intent has a deadline between the opening and the deadline of the full proposal; without one there is none."""
    if notice == NoticeRule.OFF:
        return [Violation("notice_not_asked", "notice_deadline_at")] if notice_deadline_at else []
    if notice_deadline_at is None:
        return [Violation("notice_deadline_missing", "notice_deadline_at")]
    is_early = opens_at is not None and notice_deadline_at <= opens_at
    is_late = deadline_at is not None and notice_deadline_at >= deadline_at
    return [Violation("notice_deadline_outside_call", "notice_deadline_at")] if is_early or is_late else []


def _basics(plan: CallPlan) -> list[Violation]:
    return basic_violations(
        mode=plan.mode,
        tier=plan.tier,
        opens_at=plan.opens_at,
        deadline_at=plan.deadline_at,
        min_years=plan.min_years,
        max_years=plan.max_years,
        notice=plan.notice,
        notice_deadline_at=plan.notice_deadline_at,
    )


CHECKS: tuple[Callable[[CallPlan], list[Violation]], ...] = (
    _basics,
    _designations,
    _agencies,
    _caps,
    _types,
    _form,
    _translations,
)


def mode_fits_tier(mode: str, tier: str) -> bool:
    """Joint and lead-agency calls are tier 3; partner-funded ones tier 3 or 2."""
    return tier in TIERS_OF[CallMode(mode)]


def opening_violations(plan: CallPlan) -> list[Violation]:
    """Everything that still keeps the call from opening; empty when it may open. Time is the caller's to add."""
    return [violation for check in CHECKS for violation in check(plan)]


def opening_warnings(plan: CallPlan) -> list[Violation]:
    """What should be looked at once more before the call opens, and keeps nothing from opening."""
    found = [
        Violation("cap_rate_pending", "caps", _rate_params(cap, plan))
        for cap in plan.caps
        if _rate_lack(cap, plan) == "cap_rate_pending"
    ]
    if plan.agreement == AgreementModel.LEAD_CONFIRMED and plan.mode != CallMode.LEAD_AGENCY:
        found.append(Violation("agreement_not_of_mode", "mode"))
    if any(is_above_programme(cap.yen, cap.period) for cap in plan.caps):
        found.append(Violation("cap_above_programme", "caps", {"limit": Money(PROGRAMME_CAP, "JPY")}))
    taking_part = {country for _name, country in plan.partners}
    designated = {country for d in plan.designations for country in d.countries}
    found += [
        Violation("designation_without_agency", "agencies", {"name": d.name})
        for d in plan.designations
        if d.countries and not d.countries & taking_part
    ]
    return found + [
        Violation("agency_outside_designations", "agencies", {"name": name})
        for name, country in plan.partners
        if designated and country not in designated
    ]


def too_early_or_late(plan: CallPlan, at: dt.datetime) -> Violation | None:
    """A call opens from its opening instant on, and not once its deadline has passed, or that of its notice of intent."""
    if at < plan.opens_at:
        return Violation("call_opens_later", "opens_at")
    if at >= plan.deadline_at:
        return Violation("call_deadline_passed", "deadline_at")
    if plan.notice_deadline_at is not None and at >= plan.notice_deadline_at:
        return Violation("call_notice_deadline_passed", "notice_deadline_at")
    return None
