"""The proposals of a call as candidates for funding, beside what the agencies can spend; and a scenario's words for them.

What an officer reads here is made from what they may see: the board's figures, their own agency's scenarios.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from accounts.models import Organisation
from accounts.permissions import organisation_ids
from program.models import Call
from program.permissions import SEATS
from proposals.enums import ProposalState, TeamRole
from proposals.models import PartnerAward, Proposal, TeamMember
from proposals.rules.shares import Span, yen_within
from review.budgets import asked_by_year, balances
from review.figures import Board, Row, board_of
from review.models import Scenario
from review.queries import agencies_today
from review.rules.portfolio import Candidate, Purse, Wish, points_of

# What a decision can still fund, or has funded.
RANKED = (ProposalState.ELIGIBLE, ProposalState.RESERVED, ProposalState.ADOPTED, ProposalState.NOT_ADOPTED)


@dataclass(frozen=True)
class Entry:
    """A ranked proposal, its yen by agency and fiscal year, and where it belongs."""

    row: Row
    costs: Mapping[Purse, int]
    field: str
    countries: frozenset[str]

    @property
    def proposal(self) -> Proposal:
        return self.row.proposal

    @property
    def key(self) -> str:
        return self.row.proposal.public_id


@dataclass(frozen=True)
class Portfolio:
    """A call's ranked proposals, the best first. `purses` is what each agency has left in its envelopes here, in yen; an
    agency without one is not in it. Agencies go by their public ids."""

    call: Call
    board: Board
    entries: tuple[Entry, ...]
    agencies: tuple[Organisation, ...]
    years: tuple[int, ...]
    purses: Mapping[Purse, int]
    # The lowest and the highest step of the scale on which the board's means stand.
    scale: tuple[int, int]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the proposals, by their public ids."""
        found = [e.proposal.designation.field for e in self.entries if e.proposal.designation]
        return {field.public_id: field for field in found}

    @property
    def countries(self) -> list[str]:
        return sorted({code for entry in self.entries for code in entry.countries})

    @property
    def digest(self) -> str:
        """What a scenario rests on: another digest, and its figures are of yesterday."""
        held = [
            [
                e.key,
                str(e.row.overall),
                [str(c.figure and c.figure.mean) for c in e.row.cells],
                sorted(e.costs.items()),
            ]
            for e in self.entries
        ]
        return hashlib.sha256(repr([held, sorted(self.purses.items())]).encode()).hexdigest()[:32]


def scenarios_visible_to(user: Any) -> QuerySet[Scenario]:
    """Those of the officer's own agencies."""
    return (
        Scenario.objects.filter(agency__in=organisation_ids(user, *SEATS))
        .select_related("call__programme", "call__lead_agency", "agency", "made_by__person", "job")
        .order_by("id")
    )


def portfolio_of(user: Any, call: Call) -> Portfolio:
    """Everything that is ranked, in a bounded number of queries. The order is the board's; who has no rank comes last."""
    board = board_of(user, call)
    rows = [row for row in board.rows if row.proposal.state in RANKED]
    rows.sort(key=lambda row: (row.rank or len(rows) + 1, row.proposal.receipt_number or "", row.proposal.pk))
    proposals = [row.proposal for row in rows]
    prefetch_related_objects(proposals, "designation__field")
    agencies = agencies_today(call)
    asked = asked_by_year(proposals)
    partners = _awards_by_year(call, proposals, agencies)
    countries = _countries(proposals)
    lead = call.lead_agency.public_id
    entries = tuple(
        Entry(
            row,
            {
                **{(lead, year): yen for year, yen in asked.get(row.proposal.pk, {}).items() if yen},
                **partners.get(row.proposal.pk, {}),
            },
            row.proposal.designation.field.public_id if row.proposal.designation else "",
            frozenset(countries.get(row.proposal.pk, ())),
        )
        for row in rows
    )
    ids = {agency.pk: agency.public_id for agency in agencies}
    left = {(ids[agency], year): amount for (agency, year), amount in balances(call, agencies).items()}
    years = tuple(sorted({year for entry in entries for (_agency, year) in entry.costs}))
    return Portfolio(call, board, entries, tuple(agencies), years, left, _common_scale(call))


def _awards_by_year(
    call: Call, proposals: Sequence[Proposal], agencies: Sequence[Organisation]
) -> dict[int, dict[Purse, int]]:
    """What of the partners' awards falls into the fiscal years of each proposal: the partner agency's part of it."""
    calendar = call.programme.calendar
    terms = {proposal.pk: proposal.fiscal_years for proposal in proposals}
    known = {agency.pk: agency.public_id for agency in agencies}
    found: dict[int, dict[Purse, int]] = defaultdict(lambda: defaultdict(int))
    awards = PartnerAward.objects.filter(proposal__in=terms, agency__in=known, amount_yen__isnull=False)
    for award in awards.order_by("pk"):
        span = Span(award.amount_yen, award.starts_on, award.ends_on)
        for year in terms[award.proposal_id]:
            yen = yen_within(span, calendar.first_day(year), calendar.last_day(year))
            if yen:
                found[award.proposal_id][known[award.agency_id], year] += yen
    return {key: dict(years) for key, years in found.items()}


def _countries(proposals: Sequence[Proposal]) -> dict[int, set[str]]:
    """The countries of each proposal's partners."""
    found: dict[int, set[str]] = defaultdict(set)
    partners = TeamMember.objects.filter(proposal__in=proposals, role=TeamRole.PARTNER_PI)
    for key, code in partners.values_list("proposal", "country_code"):
        if code:
            found[key].add(code)
    for proposal in proposals:
        if not found[proposal.pk] and proposal.designation and proposal.designation.country_id:
            found[proposal.pk].add(str(proposal.designation.country_id))
    return found


def candidates_of(portfolio: Portfolio, both_from: Fraction | None = None) -> list[Candidate]:
    """The entries as the rules take them. Every agency would fund a proposal that each side's mean puts at `both_from` or
    better; without a threshold, one that each side has scored."""
    return [
        Candidate(
            entry.key,
            points_of(entry.row.overall, *portfolio.scale),
            entry.costs,
            entry.field,
            entry.countries,
            all(
                cell.figure is not None
                and cell.figure.mean is not None
                and (both_from is None or cell.figure.mean >= both_from)
                for cell in entry.row.cells
            ),
        )
        for entry in portfolio.entries
    ]


def _common_scale(call: Call) -> tuple[int, int]:
    """That of the first criterion of the call's form."""
    version = call.form_versions.order_by("-number").first()
    first = version.criteria.order_by("position").first() if version else None
    return (first.lowest, first.highest) if first else (1, 5)


def wish_of(settings: Mapping[str, Any]) -> Wish:
    """What a scenario's settings ask of a choice."""
    most = settings.get("most")
    return Wish(
        purses={
            (agency, int(year)): amount
            for agency, years in settings.get("purses", {}).items()
            for year, amount in years.items()
        },
        fields=dict(settings.get("fields", {})),
        countries=dict(settings.get("countries", {})),
        only_both=bool(settings.get("only_both")),
        most=None if most is None else int(most),
        pinned=frozenset(settings.get("pinned", [])),
        left_out=frozenset(settings.get("left_out", [])),
    )


def threshold_of(settings: Mapping[str, Any]) -> Fraction | None:
    """The mean from which an agency would fund; None where none is set."""
    return Fraction(settings["both_from"]) if settings.get("both_from") else None
