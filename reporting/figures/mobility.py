"""Researchers dispatched and received, from the recorded stays; and the plans of the proposals beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.years import FiscalCalendar
from projects.models import Project
from proposals.models import ExchangePlan
from reporting.models import Stay
from reporting.rules.mobility import StayRecord, Visit, YearCount, count_years, visits_of
from reporting.rules.plans import PlannedStay, PlanRow, compare


@dataclass(frozen=True)
class Mobility:
    """The visits over some projects, the stays behind them by public id, and the counts by fiscal year and direction."""

    visits: list[Visit]
    stays: Mapping[str, Stay]
    counts: Mapping[tuple[int, str], YearCount]

    def until(self, year: int) -> "Mobility":
        """The same without the visits that begin after fiscal year `year`. Merging has been done over all of them."""
        visits = [visit for visit in self.visits if visit.year <= year]
        counts = {key: count for key, count in count_years(visits).items() if key[0] <= year}
        return Mobility(visits, {key: self.stays[key] for visit in visits for key in visit.stays}, counts)


def mobility_of(projects: Iterable[Project], calendar: FiscalCalendar) -> Mobility:
    """One query. A stay that two projects recorded of one person at one place is one visit."""
    stays = {
        stay.public_id: stay
        for stay in Stay.objects.filter(project__in=[project.pk for project in projects])
        .select_related("person__merged_into", "project")
        .order_by("starts_on", "public_id")
    }
    visits = visits_of((_record(stay) for stay in stays.values()), calendar)
    return Mobility(visits, stays, count_years(visits))


def _record(stay: Stay) -> StayRecord:
    person = stay.person.merged_into or stay.person
    return StayRecord(
        key=stay.public_id,
        person=person.public_id,
        direction=stay.direction,
        host=stay.host,
        country=stay.country_code,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
    )


def plans_against(
    projects: Iterable[Project], mobility: Mobility, calendar: FiscalCalendar
) -> Mapping[tuple[int, str], PlanRow]:
    """The stays planned in the projects' proposals beside the visits, by fiscal year and direction. One query."""
    plans = ExchangePlan.objects.filter(proposal__project__in=[project.pk for project in projects])
    planned = [
        PlannedStay(plan.public_id, plan.direction, plan.starts_on, plan.ends_on)
        for plan in plans.order_by("starts_on", "public_id")
    ]
    return compare(planned, mobility.visits, calendar)
