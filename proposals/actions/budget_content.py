"""The budget as plain data, in and out of a content."""

from typing import Any

from proposals.budgeting import Amounts, funding_in, institutions_in, parts_in
from proposals.models import Proposal
from proposals.rules.institutions import Named


def budget_of(proposal: Proposal) -> dict[str, Any]:
    """The budget of a proposal as it is hashed: what there is none of is not mentioned, so that a budget of one institution
    gives the digest that it always gave."""
    keys = {one.pk: one.key for one in proposal.budget_institutions.all()}
    lines = [
        {
            "fiscal_year": line.fiscal_year,
            "category": line.category,
            "amount": line.amount,
            **({"institution": keys[line.institution_id]} if line.institution_id else {}),
        }
        for line in proposal.budget.all()
        if line.fiscal_year in proposal.fiscal_years
    ]
    lines.sort(key=lambda line: (line.get("institution", ""), line["fiscal_year"], line["category"]))
    asking = {line["institution"] for line in lines if "institution" in line}
    institutions = [
        {"key": one.key, "name": one.name, "ror_id": one.ror_id}
        for one in sorted(proposal.budget_institutions.all(), key=lambda one: one.key)
        if one.key in asking
    ]
    funding = [
        {"fiscal_year": row.fiscal_year, "source": row.source, "amount": row.amount}
        for row in sorted(proposal.other_funding.all(), key=lambda row: (row.fiscal_year, row.source))
        if row.fiscal_year in proposal.fiscal_years
    ]
    months = {"first": proposal.first_month, "last": proposal.last_month}
    begins = proposal.call.programme.calendar.first_month
    return {
        "budget": lines,
        **({"budget_institutions": institutions} if institutions else {}),
        **({"other_funding": funding} if funding else {}),
        **({"months": {**months, "year_begins": begins}} if any(months.values()) else {}),
    }


def written_in(content: dict[str, Any]) -> tuple[dict[str, Amounts], dict[str, Named], Amounts]:
    """What `write_budget` needs to put a content's budget back."""
    return parts_in(content), institutions_in(content), funding_in(content)
