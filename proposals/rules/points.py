"""What each agency says of a partner's award beside that it was made: of the sum, of its holder's standing, and of fair share."""

from collections.abc import Mapping
from typing import TypedDict

from kernel.violations import Violation
from proposals.enums import AwardPoint, Verdict
from proposals.rules.texts import text_violation

POINT_REASON_LIMIT = 500


class Point(TypedDict):
    """A point as it was judged."""

    verdict: str
    reason: str


def judged(given: Mapping[str, tuple[str, str]]) -> dict[str, Point]:
    """The points that were judged; what was left open is not there."""
    return {
        point.value: Point(verdict=given[point][0], reason=given[point][1].strip())
        for point in AwardPoint
        if given.get(point, ("", ""))[0]
    }


def point_violations(points: Mapping[str, Point], prefix: str = "") -> list[Violation | None]:
    """`verdict_missing` for what is neither yes nor no, `point_reason_missing` for a no without its reason, each beside its
    field (`point_…`, `reason_…`; of several awards each with its `prefix`)."""
    found: list[Violation | None] = []
    for name, point in points.items():
        field = f"reason_{prefix}{name}"
        found += [
            None
            if point["verdict"] in list(Verdict)
            else Violation("verdict_missing", f"point_{prefix}{name}"),
            Violation("point_reason_missing", field)
            if point["verdict"] == Verdict.NO and not point["reason"]
            else None,
            text_violation(point["reason"], POINT_REASON_LIMIT, field),
        ]
    return found


def needs_exception(points: Mapping[str, Point]) -> bool:
    """Whether the agency said that the shares are not fair: 応分負担 holds in principle (原則), so that an exception must be
    recorded with its reason and approver."""
    point = points.get(AwardPoint.FAIR_SHARE)
    return point is not None and point["verdict"] == Verdict.NO
