"""What the database refuses, said as a rule."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from kernel.violations import RuleBroken, Violation

CHECKS = {
    "call_closes_after_it_opens": Violation("deadline_not_after_opening", "deadline_at"),
    "call_notice_has_its_deadline": Violation("notice_deadline_outside_call", "notice_deadline_at"),
    "call_years_in_order": Violation("call_years_out_of_order", "min_years"),
    "call_permits_five_years": Violation("call_years_below_five", "max_years"),
    "call_mode_fits_tier": Violation("call_mode_not_of_tier", "mode"),
    "call_agency_ends_after_it_starts": Violation("ends_before_it_starts", "ends_on"),
    "office_closes_after_it_opens": Violation("office_closes_before_it_opens", "office_closes"),
    "milestone_ends_after_it_starts": Violation("ends_before_it_starts", "ends_on"),
    "milestone_has_an_hour_or_several_days": Violation("milestone_hour_of_several_days", "at"),
    "support_type_years_in_order": Violation("call_years_out_of_order", "min_years"),
    "cap_is_above_zero": Violation("cap_not_above_zero", "amount"),
    "criterion_scale_has_steps": Violation("criterion_without_steps", "highest"),
    "criterion_has_weight": Violation("criterion_without_weight", "weight"),
    "designation_ends_after_it_starts": Violation("ends_before_it_starts", "valid_until"),
    "designation_has_country_or_group": Violation("designation_needs_country_or_group", "country"),
    "designation_is_reviewed_by_another": Violation("designation_reviewed_by_another"),
    "designation_needs_two_officers": Violation("designation_needs_two_officers"),
    "designation_needs_two_signatures": Violation("designation_needs_two_officers"),
    "envelope_entry_has_its_sign": Violation("envelope_entry_sign", "amount"),
    "envelope_is_not_exceeded": Violation("envelope_below_committed", "amount"),
    "evidence_score_in_range": Violation("evidence_score_out_of_range", "score"),
    "group_member_ends_after_start": Violation("ends_before_it_starts", "ends_on"),
    "programme_ends_after_it_starts": Violation("programme_years_out_of_order", "last_year"),
    "programme_month_exists": Violation("programme_month_unknown", "year_begins_in_month"),
}


@contextmanager
def constraints_speak(taken: Violation | None = None) -> Iterator[None]:
    """Run the writes inside; where a constraint refuses one, raise it as `RuleBroken`.

    `taken` is what a doubled unique value means here.

    Raises:
        RuleBroken: as above. An `IntegrityError` that nobody has words for goes on as it is: it is a fault of ours.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = str(error)
        for name, violation in CHECKS.items():
            if name in text:
                raise RuleBroken(violation) from error
        if taken is not None and "unique" in text.lower():
            raise RuleBroken(taken) from error
        raise
