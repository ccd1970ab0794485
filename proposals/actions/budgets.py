"""Saving the budget that is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from kernel import audit
from kernel.actions import action
from kernel.violations import RuleBroken, Violation, stale
from proposals.actions.editing import lock_for_editing, touch
from proposals.enums import FundingSource, TeamRole
from proposals.models import BudgetInstitution, BudgetLine, OtherFunding, Proposal
from proposals.rules.budget import Amounts, outside, shape_violations, sum_of, total_of
from proposals.rules.completeness import BUDGET
from proposals.rules.institutions import LEAD, Named, co_institutions
from proposals.rules.months import months_violation

Months = tuple[int | None, int | None]


@action
def save_budget(
    *,
    proposal: Proposal,
    by: Any,
    version: int,
    amounts: Amounts,
    others: Mapping[str, Amounts] | None = None,
    funding: Amounts | None = None,
    months: Months = (None, None),
    drops_outside: bool = False,
) -> Proposal:
    """Save the whole budget: `{(fiscal year, category): amount}` in whole minor units; what is not named is 0.

    What stands in years that a shorter term has cut off stays as it is, for the day on which the term is longer again, unless
    the writer `drops_outside`, or takes its institution away.

    `amounts` are those of the lead institution, `others` those of institutions beside it by their keys (see
    `institutions_of`), `funding` what is not asked for, `{(fiscal year, source): amount}`, and `months` the calendar months
    in which the joint research begins and ends. `version` is the proposal's version that the writer had before them; a
    change of another part since then does no harm. A draft may go over a cap, and is told so; it cannot be submitted (see
    `rules.budget.budget_violations`).

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the budget was changed since `version`;
            `budget_year_outside_term`, `budget_category_unknown`, `budget_institution_unknown`, `amount_negative`,
            `amount_too_large`, `month_unknown`, `months_out_of_order`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=BUDGET)
    known = {**stored_institutions(locked), **institutions_of(locked)}
    parts = {LEAD: amounts, **(others or {})}
    _refuse(locked, parts, known, funding or {}, months)
    asked = {key: filled for key, part in parts.items() if (filled := _filled(part))}
    brought = _filled(funding or {})
    before, brought_before = parts_of(locked), funding_of(locked)
    if not drops_outside:
        years = locked.fiscal_years
        for key, part in before.items():
            if key in parts and (cut_off := outside(part, years)):
                asked[key] = {**asked.get(key, {}), **cut_off}
        brought = {**brought, **outside(brought_before, years)}
    if (asked, brought, months) == (before, brought_before, (locked.first_month, locked.last_month)):
        return locked
    if locked.budget_version > version:
        raise RuleBroken(stale(by=by, editor_id=audit.last_actor_id("changed_budget", locked)))
    write_budget(locked, asked, {key: known[key] for key in asked if key != LEAD}, brought)
    locked.first_month, locked.last_month = months
    locked.budget_version = locked.version + 1
    touch(locked, "budget_version", "first_month", "last_month")
    whole = sum_of(asked.values())
    totals = {str(year): total_of(whole, year) for year in locked.fiscal_years}
    audit.record("changed_budget", locked, by=by, details={"totals": totals})
    return locked


def _refuse(
    proposal: Proposal,
    parts: Mapping[str, Amounts],
    known: Mapping[str, Named],
    funding: Amounts,
    months: Months,
) -> None:
    years = proposal.fiscal_years
    wrong = [violation for part in parts.values() for violation in shape_violations(part, years)]
    wrong += shape_violations(funding, years, set(FundingSource))
    unknown = set(parts) - set(known) - {LEAD}
    wrong += [Violation("budget_institution_unknown")] if unknown else []
    order = months_violation(years, *months, proposal.call.programme.calendar.first_month)
    wrong += [order] if order else []
    if wrong:
        raise RuleBroken(wrong)


def _filled(amounts: Amounts) -> dict[tuple[int, str], int]:
    return {(year, str(kind)): amount for (year, kind), amount in amounts.items() if amount}


def parts_of(proposal: Proposal) -> dict[str, dict[tuple[int, str], int]]:
    """What stands for each institution that asks for anything, by its key."""
    keys = {one.pk: one.key for one in proposal.budget_institutions.all()}
    found: dict[str, dict[tuple[int, str], int]] = {}
    for line in proposal.budget.all():
        if line.amount:
            key = keys[line.institution_id] if line.institution_id else LEAD
            found.setdefault(key, {})[line.fiscal_year, line.category] = line.amount
    return found


def funding_of(proposal: Proposal) -> dict[tuple[int, str], int]:
    """What others bring: `{(fiscal year, source): amount}`."""
    return {(row.fiscal_year, row.source): row.amount for row in proposal.other_funding.all()}


def beyond_term(proposal: Proposal) -> tuple[dict[tuple[int, str], int], dict[tuple[int, str], int]]:
    """What is asked for, and what others bring, in fiscal years outside the term: it is kept and counts nowhere."""
    years = proposal.fiscal_years
    return outside(sum_of(parts_of(proposal).values()), years), outside(funding_of(proposal), years)


def beyond(
    proposal: Proposal, years: Sequence[int]
) -> tuple[dict[str, dict[tuple[int, str], int]], dict[str, Named], dict[tuple[int, str], int]]:
    """What stands outside a term of these years, as `write_budget` takes it: by institution, their names, what others bring."""
    parts = {key: cut_off for key, part in parts_of(proposal).items() if (cut_off := outside(part, years))}
    known = stored_institutions(proposal)
    return parts, {key: known[key] for key in parts if key != LEAD}, outside(funding_of(proposal), years)


def stored_institutions(proposal: Proposal) -> dict[str, Named]:
    """The institutions beside the lead one that have a part of the budget now."""
    return {one.key: Named(one.name, one.ror_id) for one in proposal.budget_institutions.all()}


def institutions_of(proposal: Proposal) -> dict[str, Named]:
    """The institutions in Japan of the co-investigators, beside the lead one, by their keys."""
    lead = proposal.institution
    named = [
        Named(member.institution_name, member.institution_ror_id)
        for member in sorted(proposal.team.all(), key=lambda member: member.pk)
        if member.role == TeamRole.CO_INVESTIGATOR and member.country_code == "JP"
    ]
    return co_institutions(
        named,
        lead_names=(lead.name_ja, lead.name_en, lead.short_name),
        lead_ror_id=lead.ror_id or "",
    )


def write_budget(
    proposal: Proposal,
    parts: Mapping[str, Amounts],
    institutions: Mapping[str, Named],
    funding: Amounts,
) -> None:
    """Let a locked proposal ask for this and nothing else. An institution that stays keeps its row."""
    proposal.budget.all().delete()
    proposal.budget_institutions.exclude(key__in=institutions).delete()
    rows = {
        key: BudgetInstitution.objects.update_or_create(
            proposal=proposal,
            key=key,
            defaults={"name": named.name, "ror_id": named.ror_id, "organisation": known_as(named)},
        )[0]
        for key, named in institutions.items()
    }
    BudgetLine.objects.bulk_create(
        BudgetLine(
            proposal=proposal, institution=rows.get(key), fiscal_year=year, category=category, amount=amount
        )
        for key, part in parts.items()
        for (year, category), amount in sorted(part.items())
    )
    proposal.other_funding.all().delete()
    OtherFunding.objects.bulk_create(
        OtherFunding(proposal=proposal, fiscal_year=year, source=source, amount=amount)
        for (year, source), amount in sorted(funding.items())
    )


def known_as(named: Named) -> Organisation | None:
    """The research institution of the portal that is meant: the one with this ROR id, else the only one of that name."""
    institutions = Organisation.objects.filter(
        kind=OrganisationKind.RESEARCH_INSTITUTION, country_code="JP", merged_into=None
    )
    if named.ror_id and (found := institutions.filter(ror_id=named.ror_id).first()):
        return found
    same = list(institutions.filter(name_ja=named.name)[:2]) or list(
        institutions.filter(name_en=named.name)[:2]
    )
    return same[0] if len(same) == 1 else None
