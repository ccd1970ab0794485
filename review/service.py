"""The history of somebody's service as a reviewer, and the balance of a pool: figures for the officers of one side."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from kernel.choices import label
from kernel.clock import day_of
from program.models import Call
from review.enums import AssignmentState, Gender, ReviewerState
from review.models import Reviewer
from review.permissions import root_of
from review.queries import assignments_visible_to, reviewers_visible_to

TAKES_PART = (ReviewerState.NAMED, ReviewerState.INVITED, ReviewerState.ACCEPTED)


@dataclass
class Service:
    """What somebody did so far: reviews submitted, of which on time and late; how often they declined; days from being given
    a proposal to submitting, of which the median is told."""

    given: int = 0
    on_time: int = 0
    late: int = 0
    declined: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def median_days(self) -> float | None:
        return statistics.median(self.days) if self.days else None


def service_of(user: Any, roots: Iterable[int]) -> dict[int, Service]:
    """The service of people, by the id with which their others were merged, as far as the user may see it: of their own
    side, and of no proposal with which they have a conflict. Two queries for any number."""
    wanted = set(roots)
    found: dict[int, Service] = defaultdict(Service)
    reviews = (
        assignments_visible_to(user)
        .filter(state=AssignmentState.SUBMITTED, submitted_at__isnull=False)
        .select_related("reviewer__person__merged_into")
    )
    for review in reviews:
        root = root_of(review.reviewer.person).pk
        if root not in wanted or review.submitted_at is None:
            continue
        service, zone = found[root], review.proposal.call.programme.zone
        day = day_of(review.submitted_at, zone)
        service.given += 1
        if day <= review.due_on:
            service.on_time += 1
        else:
            service.late += 1
        service.days.append((day - day_of(review.assigned_at, zone)).days)
    declined = reviewers_visible_to(user).filter(state=ReviewerState.DECLINED)
    for reviewer in declined.select_related("person__merged_into"):
        root = root_of(reviewer.person).pk
        if root in wanted:
            found[root].declined += 1
    return found


def former_reviewers(user: Any, call: Call, agencies: Sequence[int]) -> list[Reviewer]:
    """Those of these agencies' pools in other calls who are in no pool of this one, each once, the newest entry."""
    here = {root_of(one.person).pk for one in _with_roots(Reviewer.objects.filter(call=call))}
    earlier = _with_roots(reviewers_visible_to(user).filter(agency__in=agencies).exclude(call=call))
    found: dict[int, Reviewer] = {}
    for reviewer in earlier.order_by("-pk"):
        root = root_of(reviewer.person).pk
        if root not in here and reviewer.counts:
            found.setdefault(root, reviewer)
    return list(found.values())


def _with_roots(reviewers: QuerySet[Reviewer]) -> QuerySet[Reviewer]:
    return reviewers.select_related("person__merged_into", "agency", "call__programme")


@dataclass(frozen=True)
class Share:
    """How many of a pool are of one kind; `percent` is a whole number, of all that take part."""

    words: str
    n: int
    percent: int


def balance_of(pool: Sequence[Reviewer], countries: dict[str, str]) -> dict[str, list[Share]]:
    """Gender, country and agency of those who take part, the most frequent first. Nobody is counted twice."""
    part = [one for one in pool if one.state in TAKES_PART and one.counts]
    genders = Counter(label(Gender(one.gender)) for one in part)
    places = Counter(countries.get(one.country_code, one.country_code) for one in part)
    agencies = Counter(one.agency.short_name for one in part)
    return {
        name: [Share(words, n, _percent(n, len(part))) for words, n in counter.most_common()]
        for name, counter in (("gender", genders), ("country", places), ("agency", agencies))
    }


def _percent(n: int, of: int) -> int:
    """Half up; the parts may add up to a little more or less than 100."""
    return (200 * n + of) // (2 * of) if of else 0
