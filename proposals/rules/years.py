"""How long a proposal may last."""

from kernel.violations import Violation

USUAL = 5


def years_violation(years: int, least: int, most: int, support_type: str = "") -> Violation | None:
    """`years_outside_call` unless the proposal lasts from `least` to `most` fiscal years; `years_outside_type` where these
    are the years of a support type, whose name is given."""
    if least <= years <= most:
        return None
    params = {"least": least, "most": most}
    if support_type:
        return Violation("years_outside_type", "years", {**params, "name": support_type})
    return Violation("years_outside_call", "years", params)


def usual_years(least: int, most: int) -> int:
    """How many fiscal years a draft begins with: five, or what comes closest to them."""
    return min(most, max(least, USUAL))


def common_years(call: tuple[int, int], support_type: tuple[int, int] | None) -> tuple[int, int]:
    """The least and the greatest number of fiscal years that the call and the support type both allow."""
    if support_type is None:
        return call
    return max(call[0], support_type[0]), min(call[1], support_type[1])
