"""What both sides are told of a claimed award while the proposal is under review or carried out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from proposals.enums import ProposalState
from proposals.rules.periods import Period

LIVE = (ProposalState.LOCKED, ProposalState.ELIGIBLE, ProposalState.RESERVED, ProposalState.ADOPTED)
NEAR = dt.timedelta(days=90)
ENDS = "award_alert_ends"
CHANGED = "award_alert_register"
# What of the register's entry is watched; a title or a number may be written anew.
WATCHED = ("pi_name", "amount", "ends_on")


def alerts(
    award: Period,
    term: Period,
    day: dt.date,
    taken: Mapping[str, Any],
    now_registered: Mapping[str, Any] | None,
) -> list[dict[str, Any]]:
    """What there is to tell on `day`, as JSON values; none once the joint research is over.

    An award that ends before the joint research is told where it does so within its last 90 days, and any other that does
    when its own end is 90 days away. The register is compared with what it said when it was taken over.
    """
    if day > term.last:
        return []
    found: list[dict[str, Any]] = []
    if award.last < term.last and (term.last - award.last <= NEAR or award.last - day <= NEAR):
        found.append({"code": ENDS, "ends": award.last.isoformat(), "project": term.last.isoformat()})
    if taken and now_registered is not None:
        fields = [field for field in WATCHED if _of(field, taken) != _of(field, now_registered)]
        if fields:
            found.append({"code": CHANGED, "fields": fields, "now": dict(now_registered)})
    return found


def _of(field: str, register: Mapping[str, Any]) -> Any:
    """An amount is one with its currency."""
    return (register["amount"], register["currency"]) if field == "amount" else register.get(field)
