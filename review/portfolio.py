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
from program.permissions import SEATS, participation
from proposals.enums import ProposalState, TeamRole
from proposals.models import PartnerAward, Proposal, TeamMember
from proposals.rules.shares import Span, yen_within
from review.agreeing import lists_in_force
from review.budgets import asked_by_year, balances
from review.enums import ListKind
from review.figures import Board, Row, board_of
from review.models import AgencyListItem, Scenario
from review.permissions import sides_of
from review.queries import agencies_today
from review.rules.agreement import agreement_of
from review.rules.portfolio import Candidate, Opinion, Purse, Wish, points_of, would_fund

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
    # What agencies recommend, as far as the reader may know it: by the agency's id, whether by the proposal's public id.
    recommended: Mapping[int, Mapping[str, bool]]

    def opinions(self, entry: Entry) -> list[Opinion]:
        """What each agency says of a proposal: those whose reviewers score, and any other that has recommended."""
        means = {
            side.agency.pk: cell.figure.mean if cell.figure else None
            for side, cell in zip(self.board.sides, entry.row.cells, strict=True)
        }
        return [
            Opinion(self.recommended.get(agency, {}).get(entry.key), means.get(agency))
            for agency in {**means, **dict.fromkeys(self.recommended)}
        ]

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
        rests_on: list[Any] = [held, sorted(self.purses.items())]
        if self.recommended:
            rests_on.append(sorted((key, sorted(said.items())) for key, said in self.recommended.items()))
        return hashlib.sha256(repr(rests_on).encode()).hexdigest()[:32]


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
    return Portfolio(
        call, board, entries, tuple(agencies), years, left, _common_scale(call), _recommended(user, call)
    )


def _recommended(user: Any, call: Call) -> dict[int, dict[str, bool]]:
    """What the lists in force recommend: those of the reader's own side, and the others' once all have given theirs. One query,
    and none where the call's agencies make no such lists."""
    if agreement_of(call.agreement).lists is not ListKind.RECOMMENDATION:
        return {}
    items = AgencyListItem.objects.filter(
        agency_list__in=lists_in_force().filter(call=call), is_recommended__isnull=False
    )
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    for agency, key, said in items.values_list(
        "agency_list__agency", "proposal__public_id", "is_recommended"
    ):
        found[agency][key] = bool(said)
    required = {key for key, part in participation(call).items() if part.must_agree}
    if not required <= set(found):
        found = defaultdict(dict, {key: found[key] for key in sides_of(user, call) if key in found})
    return dict(found)


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
    """The entries as the rules take them. Every agency would fund a proposal that it recommends; one that has not said so far,
    where its mean is `both_from` or better; without a threshold, where it has scored it."""
    return [
        Candidate(
            entry.key,
            points_of(entry.row.overall, *portfolio.scale),
            entry.costs,
            entry.field,
            entry.countries,
            all(would_fund(opinion, both_from) for opinion in portfolio.opinions(entry)),
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
