"""An adopted proposal becomes a project, with its accounts and its allocations."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import CapBasis, CapPeriod
from program.models import AgencyProfile, Call, Envelope
from program.permissions import agency_seats
from program.queries import caps_for
from projects.actions.constraints import refused_in_words
from projects.enums import EntryKind
from projects.models import AwardCondition, CapAccount, LedgerEntry, Project, SpendAccount
from projects.rules.awarding import (
    Account,
    Cap,
    accounts_for,
    asked_by_year,
    award_violations,
    awarded_parts,
    cap_violations,
    project_number,
)
from projects.rules.limits import limit_violation
from proposals.actions.budgets import known_as
from proposals.budgeting import institutions_in, parts_in
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.queries import last_submission
from proposals.rules.budget import sum_of

Parts = dict[Organisation, dict[tuple[int, str], int]]


@action
def adopt_proposal(
    *,
    proposal: Proposal,
    by: Any,
    awarded: Mapping[int, int] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> Project:
    """Make the project of a proposal that the agencies have adopted, owned by the agency that leads the call.

    Its allocations, by institution, fiscal year and category, are what was asked for in the version that counts; where less
    is `awarded` in a fiscal year (in minor units), that year's parts are shared by it. `conditions` of the decision, by
    language, stay with the project until they are met. Called by the decision, in whose transaction it stands or falls. Whoever has a seat at an agency of the call may.

    Raises:
        RuleBroken: `proposal_not_adopted`, `awarded_above_asked`, `budget_missing`, `cap_missing`, `cap_exceeded`, `cap_exceeded_whole_term`,
            `envelope_missing`, `envelope_exceeded`, `project_exists`, and the numbers' `project_number_…`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=proposal.pk)
    )
    call = proposal.call
    require(bool(agency_seats(by, call)))
    parts, unknown = _parts(proposal)
    refuse_if(*award_violations(asked_by_year(parts.values()), awarded or {}))
    parts = _awarded(parts, awarded or {}, call.indirect_percent)
    budget = {key: amount for key, amount in sum_of(parts.values()).items() if amount}
    refuse_if(
        Violation("proposal_not_adopted") if proposal.state != ProposalState.ADOPTED else None,
        Violation("project_exists") if Project.objects.filter(proposal=proposal).exists() else None,
        None if budget else Violation("budget_missing"),
    )
    years = sorted({year for year, _category in budget})
    accounts = accounts_for(_caps(proposal), range(years[0], years[-1] + 1))
    problems = cap_violations(accounts, budget) + _envelope_violations(call, budget)
    if problems:
        raise RuleBroken(problems)
    project = Project.objects.create(
        programme=call.programme,
        agency=call.lead_agency,
        proposal=proposal,
        number=_next_number(call, years[0]),
        title_ja=proposal.title_ja,
        title_en=proposal.title_en,
        pi=proposal.pi,
        institution=proposal.institution,
        first_year=years[0],
        last_year=years[-1],
        adopted_at=now(),
    )
    if conditions:
        AwardCondition.objects.create(project=project, text_ja=conditions["ja"], text_en=conditions["en"])
    _open_accounts(project, accounts)
    with refused_in_words():
        for institution, amounts in parts.items():
            for (year, category), amount in sorted(amounts.items()):
                if not amount:
                    continue
                LedgerEntry.objects.create(
                    project=project,
                    institution=institution,
                    fiscal_year=year,
                    category=category,
                    kind=EntryKind.ALLOCATION,
                    amount=amount,
                    on=today(call.programme.zone),
                    by=by,
                )
    audit.record(
        "adopted",
        project,
        by=by,
        details={
            "proposal": proposal.public_id,
            "number": project.number,
            "allocated": sum(budget.values()),
            **(
                {"awarded": {str(year): amount for year, amount in sorted(awarded.items())}}
                if awarded
                else {}
            ),
            **({"with_the_lead": unknown} if unknown else {}),
        },
    )
    return project


def _awarded(parts: Parts, awarded: Mapping[int, int], percent: int) -> Parts:
    institutions = {one.public_id: one for one in parts}
    shared = awarded_parts({one.public_id: amounts for one, amounts in parts.items()}, awarded, percent)
    return {institutions[key]: amounts for key, amounts in shared.items()}


def parts_awarded(proposal: Proposal, awarded: Mapping[int, int]) -> Parts:
    """How the adoption would share what is awarded, by institution, fiscal year and category: to be shown before it is."""
    return _awarded(_parts(proposal)[0], awarded, proposal.call.indirect_percent)


def _parts(proposal: Proposal) -> tuple[Parts, list[str]]:
    """What was asked for by each institution in the version that counts, the lead one first: each is contracted separately.
    The part of one that the portal does not work with stays with the lead institution, and its name is told."""
    submission = last_submission(proposal)
    content = submission.content if submission else {"budget": []}
    named = institutions_in(content)
    found: dict[Organisation, dict[tuple[int, str], int]] = {proposal.institution: {}}
    unknown = []
    for key, amounts in parts_in(content).items():
        own = known_as(named[key]) if key in named else proposal.institution
        unknown += [named[key].name] if own is None else []
        institution = own or proposal.institution
        found[institution] = sum_of([found.get(institution, {}), amounts])
    return found, unknown


def _caps(proposal: Proposal) -> list[Cap]:
    """The caps of the call and of the support type that the proposal has chosen: from here on all of them hold."""
    caps = [
        Cap(cap.pk, cap.limit_yen, cap.period == CapPeriod.FISCAL_YEAR, cap.basis == CapBasis.TOTAL)
        for cap in caps_for(proposal.call, proposal.support_type_id)
        if cap.limit_yen is not None
    ]
    if not caps:
        raise RuleBroken(Violation("cap_missing"))
    return caps


def _envelope_violations(call: Call, budget: dict[tuple[int, str], int]) -> list[Violation]:
    """Lock the envelopes of these years, in order, and compare. The database compares again at each entry."""
    asked: dict[int, int] = {}
    for (year, _category), amount in budget.items():
        asked[year] = asked.get(year, 0) + amount
    envelopes = Envelope.objects.select_for_update().filter(
        programme=call.programme, agency=call.lead_agency, fiscal_year__in=asked
    )
    by_year = {envelope.fiscal_year: envelope for envelope in envelopes.order_by("pk")}
    found = []
    for year, amount in sorted(asked.items()):
        values = {"agency": call.lead_agency.short_name, "year": year}
        envelope = by_year.get(year)
        if envelope is None:
            found.append(Violation("envelope_missing", params=values))
        else:
            exceeded = limit_violation(
                "envelope_exceeded",
                limit=envelope.appropriated,
                stands=envelope.committed,
                asked=amount,
                currency=call.programme.currency,
                **values,
            )
            found += [exceeded] if exceeded else []
    return found


def _next_number(call: Call, fiscal_year: int) -> str:
    """The agency's profile is the lock under which its numbers are given."""
    profile = AgencyProfile.objects.select_for_update().filter(agency=call.lead_agency).first()
    if profile is None or not profile.project_number_format:
        values = {"agency": call.lead_agency.short_name}
        raise RuleBroken(Violation("project_number_format_missing", params=values))
    taken = Project.objects.filter(agency=call.lead_agency).values_list("number", flat=True)
    number = project_number(profile.project_number_format, fiscal_year, set(taken))
    if number is None:
        raise RuleBroken(Violation("project_numbers_used_up"))
    return number


def _open_accounts(project: Project, accounts: list[Account]) -> None:
    CapAccount.objects.bulk_create(
        CapAccount(
            project=project,
            cap_id=account.cap.key,
            fiscal_year=account.fiscal_year,
            counts_indirect=account.cap.counts_indirect,
            limit=account.cap.limit,
        )
        for account in accounts
    )
    SpendAccount.objects.bulk_create(
        SpendAccount(project=project, fiscal_year=year)
        for year in range(project.first_year, project.last_year + 1)
    )
