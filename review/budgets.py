"""What ranked proposals ask for, beside what the agencies have left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from program.models import Call, Envelope
from proposals.models import Proposal, Submission


@dataclass(frozen=True)
class YearRow:
    """A fiscal year: what is asked for in it, and what each agency has left today (None where it keeps no envelope
    here); of a decision also what each had when it was proposed (None where that was not kept)."""

    year: int
    asked: int
    left: tuple[int | None, ...]
    is_over: bool
    left_then: tuple[int | None, ...] = ()


def asked_by_year(proposals: Sequence[Proposal]) -> dict[int, dict[int, int]]:
    """What each proposal asks for in the version that counts: `{proposal id: {fiscal year: yen}}`; one query."""
    newest: dict[int, list[dict[str, int]]] = {}
    submissions = Submission.objects.filter(proposal__in=[p.pk for p in proposals]).order_by("number")
    for proposal_id, lines in submissions.values_list("proposal", "content__budget"):
        newest[proposal_id] = lines or []
    found: dict[int, dict[int, int]] = {}
    for proposal_id, lines in newest.items():
        years: dict[int, int] = defaultdict(int)
        for line in lines:
            years[line["fiscal_year"]] += line["amount"]
        found[proposal_id] = dict(years)
    return found


def balances(call: Call, agencies: Sequence[Organisation]) -> dict[tuple[int, int], int]:
    """What is left in the agencies' envelopes at this moment: `{(agency id, fiscal year): minor units}`; one query."""
    envelopes = Envelope.objects.filter(programme=call.programme_id, agency__in=agencies)
    return {(envelope.agency_id, envelope.fiscal_year): envelope.left for envelope in envelopes}


def year_rows(
    call: Call,
    agencies: Sequence[Organisation],
    asked: Iterable[dict[int, int]],
    *,
    kept: Sequence[dict[str, Any]] = (),
    is_decided: bool = False,
) -> list[YearRow]:
    """The years in which anything is asked for. A year is over when the lead agency has less left than is asked: today,
    or, once it `is_decided`, when it was proposed; `kept` is what the decision keeps of that moment."""
    sums: dict[int, int] = defaultdict(int)
    for years in asked:
        for year, amount in years.items():
            sums[year] += amount
    today = balances(call, agencies)
    ids = {agency.public_id: agency.pk for agency in agencies}
    then = {(ids.get(one["agency"]), one["year"]): one["left"] for one in kept}
    lead = call.lead_agency_id
    return [
        YearRow(
            year,
            amount,
            tuple(today.get((agency.pk, year)) for agency in agencies),
            (not is_decided or bool(kept)) and amount > (then if is_decided else today).get((lead, year), 0),
            tuple(then.get((agency.pk, year)) for agency in agencies),
        )
        for year, amount in sorted(sums.items())
    ]
