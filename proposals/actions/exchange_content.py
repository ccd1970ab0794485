"""Planned stays as plain data, in and out of a content."""

from collections.abc import Iterable
from typing import Any

from proposals.models import ExchangePlan

EXCHANGE = (
    "public_id",
    "direction",
    "person_name",
    "career_stage",
    "host",
    "country_code",
    "degree_sought",
)


def exchange_of(plans: Iterable[ExchangePlan]) -> dict[str, Any]:
    """The stays, which both sides sign, and what each takes of the budget, which is Japan's annex and signed by nobody. What
    is not said is not mentioned, so that a plan from before gives the digest that it always gave."""
    known = list(plans)
    costs = {plan.public_id: plan.amount_yen for plan in known if plan.amount_yen is not None}
    return {
        "exchange": [
            {
                **{name: getattr(plan, name) for name in EXCHANGE},
                "starts_on": plan.starts_on.isoformat(),
                "ends_on": plan.ends_on.isoformat(),
                **({"host_ror_id": plan.host_ror_id} if plan.host_ror_id else {}),
            }
            for plan in known
        ],
        **({"exchange_costs": costs} if costs else {}),
    }


def stays_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The stays of a content with all that a row of one holds."""
    costs = content.get("exchange_costs", {})
    return [
        {"host_ror_id": "", **stay, "amount_yen": costs.get(stay["public_id"])}
        for stay in content["exchange"]
    ]
