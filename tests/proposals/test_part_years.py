"""A joint research that begins or ends within a fiscal year: its days are the same on every page, in every check and file."""

import datetime as dt

import pytest

from kernel.actions import writing
from kernel.violations import RuleBroken
from proposals.actions.awards import change_award, warnings_of
from proposals.actions.completeness import written_of
from proposals.actions.exchange import add_exchange
from proposals.enums import EradTable
from proposals.erad_tables import exported, layout_of, rows_of
from proposals.models import Proposal
from proposals.rules.completeness import gaps
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def from_october(proposal: Proposal) -> Proposal:
    """From 1 October of the first year to 30 September of the last."""
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(first_month=10, last_month=9)
    return Proposal.objects.select_related("call__programme", "call__lead_agency").get(pk=proposal.pk)


def plan(draft: Proposal, starts_on: dt.date) -> None:
    add_exchange(
        proposal=draft,
        by=draft.pi.user,
        direction="dispatch",
        career_stage="postdoc",
        host="Example",
        country_code="US",
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=40),
    )


def test_a_stay_lies_within_the_months_of_the_joint_research(stage: Stage) -> None:
    draft = from_october(make_proposal(make_call(stage)))
    year = draft.fiscal_years[0]
    with pytest.raises(RuleBroken) as broken:
        plan(draft, dt.date(year, 9, 30))
    assert [(one.code, one.params["first"]) for one in broken.value.violations] == [
        ("stay_outside_project", dt.date(year, 10, 1))
    ]
    plan(draft, dt.date(year, 10, 1))


def test_months_that_leave_a_stay_outside_are_told_before_submitting(stage: Stage) -> None:
    draft = make_proposal(make_call(stage))
    plan(draft, dt.date(draft.fiscal_years[0], 4, 1))
    assert "stays_outside_term" not in [one.code for one in gaps(written_of(draft))]
    assert "stays_outside_term" in [one.code for one in gaps(written_of(from_october(draft)))]


def test_an_award_is_compared_with_the_months_of_the_joint_research(stage: Stage) -> None:
    draft = make_proposal(make_call(stage))
    first, last = draft.fiscal_years[0], draft.fiscal_years[-1]
    award = draft.awards.get()
    change_award(
        award=award,
        by=draft.pi.user,
        agency=award.agency,
        number=award.number,
        title=award.title,
        pi_name=award.pi_name,
        amount=award.amount,
        currency=award.currency,
        starts_on=dt.date(first, 10, 1),
        ends_on=dt.date(last, 9, 30),
    )

    def codes(proposal: Proposal) -> set[str]:
        found = list(proposal.awards.select_related("agency__agency_profile"))
        return {one.code for one in warnings_of(proposal, found, leaders=())[award.pk]}

    late = {"award_begins_late", "award_ends_early"}
    assert codes(Proposal.objects.get(pk=draft.pk)) & late == late
    assert not codes(from_october(draft)) & late


def test_e_rad_is_given_the_first_and_the_last_day(stage: Stage) -> None:
    call = make_call(stage, state="closed")
    make_proposal(call, state="locked")
    proposal = from_october(make_proposal(call, state="locked"))
    layout = layout_of(call.lead_agency, EradTable.PROPOSALS)
    at = [name for name, _heading in layout.columns].index("starts_on")
    year, last = proposal.fiscal_years[0], proposal.fiscal_years[-1]
    days = [row[at : at + 2] for row in rows_of(exported(stage.home1, call, EradTable.PROPOSALS), layout)]
    assert days == [
        [f"{year}/04/01", f"{last + 1}/03/31"],
        [f"{year}/10/01", f"{last}/09/30"],
    ]
