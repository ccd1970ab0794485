"""Moving money between categories: freely up to the threshold, never more, and never to indirect cost."""

import pytest

from kernel.money import Money
from kernel.violations import NotAllowed, RuleBroken
from projects.actions import ledger
from projects.actions.virement import move_between_categories
from projects.models import LedgerEntry, Project
from projects.queries import allocated
from projects.verification import ledger_differences
from tests.builders.program import Stage, make_stage
from tests.builders.projects import make_project

pytestmark = pytest.mark.django_db
# Direct cost 60,000,000 a year: half of it is 30,000,000.
YEARLY = {"goods": 40_000_000, "travel": 10_000_000, "personnel": 10_000_000, "indirect": 18_000_000}


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def project(stage: Stage) -> Project:
    return make_project(stage, yearly=YEARLY)


def move(
    project: Project,
    stage: Stage,
    amount: int,
    source: str = "goods",
    target: str = "travel",
    **fields: object,
) -> tuple[LedgerEntry, LedgerEntry]:
    wanted = {"fiscal_year": 2026, "reason": "計画の変更", **fields}
    return move_between_categories(
        project=project, by=stage.home1, source=source, target=target, amount=amount, **wanted
    )


def broken(project: Project, stage: Stage, amount: int, *way: str, **fields: object) -> list[tuple[str, str]]:
    before = LedgerEntry.objects.count()
    with pytest.raises(RuleBroken) as refused:
        move(project, stage, amount, *way, **fields)
    assert LedgerEntry.objects.count() == before
    return [(violation.code, violation.field) for violation in refused.value.violations]


def test_half_of_the_direct_cost_moves_without_approval_and_one_yen_more_does_not(
    stage: Stage, project: Project
) -> None:
    move(project, stage, 20_000_000)
    move(project, stage, 10_000_000, "goods", "personnel")
    assert (allocated(project)[2026, "goods"], allocated(project)[2026, "travel"]) == (10_000_000, 30_000_000)
    with pytest.raises(RuleBroken) as refused:
        move(project, stage, 1)
    (violation,) = refused.value.violations
    assert (violation.code, violation.field) == ("virement_needs_approval", "amount")
    amounts = {name: value.amount for name, value in violation.params.items() if isinstance(value, Money)}
    assert amounts == {"limit": 30_000_000, "stands": 30_000_000, "asked": 1, "over": 1}
    assert list(ledger_differences()) == []


def test_a_move_back_is_no_further_move(stage: Stage, project: Project) -> None:
    move(project, stage, 30_000_000)
    move(project, stage, 30_000_000, "travel", "goods")
    assert allocated(project)[2026, "goods"] == 40_000_000
    move(project, stage, 30_000_000)


def test_each_year_has_its_own_threshold(stage: Stage, project: Project) -> None:
    move(project, stage, 30_000_000)
    move(project, stage, 30_000_000, fiscal_year=2027)
    assert allocated(project)[2027, "travel"] == 40_000_000


def test_a_move_at_the_cap_goes_through_since_the_year_gets_no_more(stage: Stage) -> None:
    project = make_project(stage, yearly={"goods": 77_000_000, "indirect": 23_000_000})
    move(project, stage, 1_000_000)
    assert {account.total for account in project.cap_accounts.all()} == {100_000_000}


@pytest.mark.parametrize(
    ("amount", "way", "fields", "codes"),
    [
        (0, (), {}, [("amount_not_above_zero", "amount")]),
        (-5, (), {}, [("amount_not_above_zero", "amount")]),
        (1, ("goods", "goods"), {}, [("virement_same_category", "target")]),
        (1, ("goods", "indirect"), {}, [("virement_not_direct", "target")]),
        (1, ("indirect", "goods"), {}, [("virement_not_direct", "source")]),
        (1, (), {"reason": " "}, [("ledger_reason_missing", "reason")]),
        (1, (), {"fiscal_year": 2040}, [("year_not_of_project", "fiscal_year")]),
        (10_000_001, ("travel", "goods"), {}, [("category_exceeded", "amount")]),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    stage: Stage,
    project: Project,
    amount: int,
    way: tuple[str, ...],
    fields: dict[str, object],
    codes: list[tuple[str, str]],
) -> None:
    assert broken(project, stage, amount, *way, **fields) == codes


def test_what_is_paid_does_not_move(stage: Stage, project: Project) -> None:
    ledger.record_return(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="travel",
        amount=9_999_999,
        on=project.programme.calendar.first_day(2026),
        reason="不用額",
    )
    assert broken(project, stage, 2, "travel", "goods") == [("category_exceeded", "amount")]
    move(project, stage, 1, "travel", "goods")


def test_others_move_nothing(stage: Stage, project: Project) -> None:
    for user in (stage.home2, stage.partner1, stage.ministry1, project.pi.user):
        with pytest.raises(NotAllowed):
            move_between_categories(
                project=project,
                by=user,
                fiscal_year=2026,
                source="goods",
                target="travel",
                amount=1,
                reason="理由",
            )
