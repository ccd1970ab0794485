"""How long a proposal may last."""

from kernel.violations import Violation


def years_violation(years: int, least: int, most: int) -> Violation | None:
    """`years_outside_call` unless the proposal lasts from `least` to `most` fiscal years."""
    if least <= years <= most:
        return None
    return Violation("years_outside_call", "years", {"least": least, "most": most})
