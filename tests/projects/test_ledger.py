"""The ledger's actions, and what the database itself refuses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import set_to
from kernel.violations import NotAllowed, RuleBroken, sentence
from program.models import Envelope
from projects.actions import ledger
from projects.actions.adoption import adopt_proposal
from projects.models import CapAccount, LedgerEntry, Project, SpendAccount
from projects.queries import allocated, available, paid, projects_visible_to
from projects.verification import Difference, ledger_differences, missing_triggers
from proposals.models import ProposalAccess
from tests.builders.people import make_agency, make_institution, make_member, make_user
from tests.builders.program import make_call, make_envelope, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
APRIL_2032 = dt.datetime(2032, 4, 1, tzinfo=dt.UTC)


def refused(act: Callable[[], Any]) -> list[str]:
    before = LedgerEntry.objects.count(), AuditEntry.objects.count()
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (LedgerEntry.objects.count(), AuditEntry.objects.count()) == before
    return [violation.code for violation in broken.value.violations]


def test_an_adopted_proposal_becomes_a_project_with_what_it_asked_for() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage, state="review"), state="adopted")
    project = adopt_proposal(proposal=proposal, by=stage.partner2)
    assert (project.agency, project.first_year, project.last_year) == (stage.home, 2026, 2030)
    assert project.number.endswith("2601")
    assert allocated(project)[2026, "goods"] == 20_000_000
    assert sum(allocated(project).values()) == 5 * 78_000_000
    assert {a.total for a in project.cap_accounts.all()} == {78_000_000}
    assert Envelope.objects.get(agency=stage.home, fiscal_year=2028).committed == 78_000_000
    assert list(ledger_differences()) == []


def test_each_institution_gets_what_was_asked_for_it_and_an_unknown_ones_part_stays_with_the_lead() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage, state="review"), state="adopted")
    known = make_institution()
    content = proposal.submissions.get().content
    lines = [
        {"fiscal_year": 2026, "category": "goods", "amount": 7},
        {"fiscal_year": 2027, "category": "travel", "amount": 5},
    ]
    content["budget"] += [{**lines[0], "institution": "known"}, {**lines[1], "institution": "strange"}]
    content["budget_institutions"] = [
        {"key": "known", "name": known.name_ja, "ror_id": ""},
        {"key": "strange", "name": "どこにもない研究所", "ror_id": ""},
    ]
    with writing():
        proposal.submissions.update(content=content)
    project = adopt_proposal(proposal=proposal, by=stage.home2)
    entries = project.ledger.filter(institution=known)
    assert [(entry.fiscal_year, entry.category, entry.amount) for entry in entries] == [(2026, "goods", 7)]
    assert allocated(project)[2026, "goods"] == 20_000_007
    lead = project.ledger.get(institution=project.institution, fiscal_year=2027, category="travel")
    assert lead.amount == 9_000_005
    adopted = AuditEntry.objects.get(subject_type="projects.project", verb="adopted")
    assert adopted.details["with_the_lead"] == ["どこにもない研究所"]
    assert list(ledger_differences()) == []


@pytest.mark.parametrize(("goods", "codes"), [(42_000_000, None), (42_000_001, ["cap_exceeded"] * 5)])
def test_a_budget_up_to_the_cap_is_awarded_and_one_yen_more_is_not(goods: int, codes: Any) -> None:
    stage = make_stage()
    yearly = {
        "goods": goods,
        "travel": 9_000_000,
        "personnel": 28_000_000,
        "other": 3_000_000,
        "indirect": 18_000_000,
    }
    proposal = make_proposal(make_call(stage, state="review"), state="adopted", yearly=yearly)
    if codes is None:
        assert (
            adopt_proposal(proposal=proposal, by=stage.home2).cap_accounts.get(fiscal_year=2026).total
            == 100_000_000
        )
    else:
        assert refused(lambda: adopt_proposal(proposal=proposal, by=stage.home2)) == codes
        assert Project.objects.count() == 0


def test_an_envelope_that_is_too_small_or_missing_refuses_the_whole_adoption() -> None:
    stage = make_stage(appropriated=0)
    for year in (2026, 2027, 2028, 2029):
        make_envelope(stage, year, 78_000_000 - (year == 2028))
    proposal = make_proposal(make_call(stage, state="review"), state="adopted")
    assert refused(lambda: adopt_proposal(proposal=proposal, by=stage.home2)) == [
        "envelope_exceeded",
        "envelope_missing",
    ]
    assert Envelope.objects.filter(committed__gt=0).count() == 0


def test_only_an_adopted_proposal_becomes_a_project_and_only_once() -> None:
    stage = make_stage()
    call = make_call(stage, state="review")
    eligible = make_proposal(call, state="eligible")
    assert refused(lambda: adopt_proposal(proposal=eligible, by=stage.home2)) == ["proposal_not_adopted"]
    project = make_project(stage, call=call)
    assert refused(lambda: adopt_proposal(proposal=project.proposal, by=stage.home2)) == ["project_exists"]


def test_a_stranger_adopts_nothing() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage, state="review"), state="adopted")
    for stranger in (make_user(), stage.ministry1, make_member(make_agency(), Role.APPROVER)):
        with pytest.raises(NotAllowed):
            adopt_proposal(proposal=proposal, by=stranger)


def pay(project: Project, by: Any, amount: int, **fields: Any) -> LedgerEntry:
    return ledger.record_payment(
        **{
            "project": project,
            "by": by,
            "fiscal_year": 2026,
            "category": "goods",
            "amount": amount,
            "on": TODAY,
            **fields,
        }
    )


def test_a_payment_is_tested_against_what_is_left_of_its_category_and_year() -> None:
    stage = make_stage()
    project = make_project(stage)
    pay(project, stage.home1, 20_000_000)
    assert paid(project) == {(2026, "goods"): 20_000_000}
    assert refused(lambda: pay(project, stage.home1, 1)) == ["category_exceeded"]
    assert refused(lambda: pay(project, stage.home1, 58_000_001)) == ["available_exceeded"]
    assert refused(lambda: pay(project, stage.home1, 0)) == ["amount_not_above_zero"]
    assert refused(lambda: pay(project, stage.home1, -1)) == ["amount_not_above_zero"]
    assert refused(lambda: pay(project, stage.home1, 1, fiscal_year=2031)) == ["year_not_of_project"]
    assert refused(lambda: pay(project, stage.home1, 1, on=dt.date(2999, 1, 1))) == ["date_ahead"]


def test_money_of_the_old_year_may_be_paid_in_april() -> None:
    stage = make_stage()
    project = make_project(stage, call=make_call(stage, state="review", first_year=2025))
    entry = pay(project, stage.home1, 5, fiscal_year=2025, on=dt.date(2026, 4, 20))
    assert (entry.fiscal_year, entry.on.month) == (2025, 4)


def test_money_of_a_year_that_had_not_begun_moves_on_no_day() -> None:
    stage = make_stage()
    project = make_project(stage, call=make_call(stage, state="review", first_year=2025))
    for year, on in ((2026, dt.date(2026, 3, 31)), (2027, TODAY), (2028, TODAY)):
        fields: dict[str, Any] = {"fiscal_year": year, "on": on, "reason": "理由"}
        assert refused(lambda fields=fields: pay(project, stage.home1, 1, **fields)) == ["year_after_date"]
        asked = {"project": project, "by": stage.home1, "category": "goods", "amount": 1, **fields}
        assert refused(lambda asked=asked: ledger.record_return(**asked)) == ["year_after_date"]
    pay(project, stage.home1, 1, fiscal_year=2026, on=dt.date(2026, 4, 1))


def test_money_of_a_year_long_past_needs_a_reason() -> None:
    stage = make_stage()
    project = make_project(stage, call=make_call(stage, state="review", first_year=2024))
    asked: dict[str, Any] = {"fiscal_year": 2024, "on": dt.date(2026, 4, 1)}
    assert refused(lambda: pay(project, stage.home1, 1, **asked, reason=" ")) == ["old_year_needs_reason"]
    pay(project, stage.home1, 1, **asked, reason="訴訟の和解による支払")
    pay(project, stage.home1, 1, **{**asked, "on": dt.date(2026, 3, 31)})


def test_what_is_left_of_a_year_is_known_once_the_year_has_begun() -> None:
    stage = make_stage()
    project = make_project(stage)

    def carry(year: int) -> Any:
        return ledger.carry_over(
            project=project, by=stage.home1, fiscal_year=year, category="goods", amount=5, reason="理由"
        )

    with set_to(dt.datetime(2027, 3, 31, 14, 59, tzinfo=dt.UTC)):  # 23:59 in Tokyo
        assert refused(lambda: carry(2027)) == ["carried_year_not_begun"]
        assert refused(lambda: carry(2030)) == ["carried_year_not_begun"]
        assert not SpendAccount.objects.filter(project=project, fiscal_year=2031).exists()
    with set_to(dt.datetime(2027, 3, 31, 15, tzinfo=dt.UTC)):
        carry(2026)
        carry(2027)


def test_a_change_goes_up_to_the_cap_and_not_below_what_is_paid() -> None:
    stage = make_stage()
    project = make_project(stage)

    def change(amount: int, reason: str = "計画変更") -> LedgerEntry:
        return ledger.record_change(
            project=project, by=stage.home1, fiscal_year=2026, category="goods", amount=amount, reason=reason
        )

    assert refused(lambda: change(22_000_001)) == ["cap_reached"]
    change(22_000_000)
    assert refused(lambda: change(1)) == ["cap_reached"]
    change(-22_000_000)
    pay(project, stage.home1, 20_000_000)
    assert refused(lambda: change(-20_000_001)) == ["change_below_zero"]
    assert refused(lambda: change(5, " ")) == ["ledger_reason_missing"]
    assert list(ledger_differences()) == []


def said(act: Callable[[], object]) -> dict[str, str]:
    """The sentences of what is refused, by their fields, in both languages."""
    with pytest.raises(RuleBroken) as broken:
        act()
    found = {}
    for language in ("ja", "en"):
        with translation.override(language):
            found |= {f"{v.field} {language}": sentence(v) for v in broken.value.violations}
    return found


def test_a_refusal_says_the_limit_what_stands_what_was_asked_and_by_how_much_it_exceeds() -> None:
    stage = make_stage(appropriated=90_000_000)
    project = make_project(stage)
    asked: dict[str, Any] = {"project": project, "by": stage.home1, "fiscal_year": 2026, "category": "goods"}
    words = said(lambda: ledger.record_change(**asked, amount=12_000_001, reason="増額"))
    assert words == {
        "amount ja": f"{stage.home.short_name}の2026年度の予算枠は90,000,000円で、既に78,000,000円を配分しています。"
        "今回の12,000,001円を加えると1円超過します。",
        "amount en": f"The envelope of {stage.home.short_name} for FY2026 is ¥90,000,000, and ¥78,000,000 are committed"
        " already: with ¥12,000,001 more it would be exceeded by ¥1.",
    }
    stage = make_stage()
    project = make_project(stage)
    asked |= {"project": project, "by": stage.home1}
    assert said(lambda: ledger.record_change(**asked, amount=22_000_001, reason="増額")) == {
        "amount ja": "2026年度の上限額は100,000,000円で、既に78,000,000円を計上しています。"
        "今回の22,000,001円を加えると1円超過します。",
        "amount en": "The cap of FY2026 is ¥100,000,000, and ¥78,000,000 count towards it already:"
        " with ¥22,000,001 more it would be exceeded by ¥1.",
    }
    pay(project, stage.home1, 5_000_000)
    assert said(lambda: pay(project, stage.home1, 15_000_001))["amount ja"] == (
        "2026年度のこの費目で支出できる額は20,000,000円で、既に5,000,000円を支払っています。"
        "今回の15,000,001円を加えると1円超過します。"
    )
    assert said(lambda: pay(project, stage.home1, 80_000_000))["amount en"].startswith(
        "In FY2026 ¥78,000,000 may be spent, and ¥5,000,000 are paid already:"
        " with ¥80,000,000 more it would be exceeded by ¥7,000,000."
    )


def test_what_is_carried_over_is_spent_next_year_and_counts_towards_no_cap() -> None:
    stage = make_stage()
    yearly = {"goods": 70_000_000, "indirect": 21_000_000, "travel": 9_000_000}
    project = make_project(stage, yearly=yearly)
    ledger.carry_over(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="goods",
        amount=10_000_000,
        reason="納品の遅れ",
    )
    assert available(project)[2026, "goods"] == 60_000_000
    assert available(project)[2027, "goods"] == 80_000_000
    assert project.cap_accounts.get(fiscal_year=2027).total == 100_000_000
    assert refused(
        lambda: ledger.carry_over(
            project=project,
            by=stage.home1,
            fiscal_year=2026,
            category="goods",
            amount=60_000_001,
            reason="理由",
        )
    ) == ["category_exceeded"]
    assert list(ledger_differences()) == []


def test_a_return_lowers_what_may_be_spent() -> None:
    stage = make_stage()
    project = make_project(stage)
    ledger.record_return(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="travel",
        amount=9_000_000,
        on=TODAY,
        reason="不用額",
    )
    assert refused(lambda: pay(project, stage.home1, 1, category="travel")) == ["category_exceeded"]


def test_a_mistake_is_put_right_once_by_an_entry_against_it() -> None:
    stage = make_stage()
    project = make_project(stage)
    entry = pay(project, stage.home1, 7)
    against = ledger.correct_entry(entry=entry, by=stage.home1, reason="誤入力")
    assert (against.amount, against.kind, paid(project)[2026, "goods"]) == (-7, "payment", 0)
    assert refused(lambda: ledger.correct_entry(entry=entry, by=stage.home1, reason="誤入力")) == [
        "entry_corrected_already"
    ]
    assert refused(lambda: ledger.correct_entry(entry=against, by=stage.home1, reason="誤入力")) == [
        "entry_is_a_correction"
    ]


def test_a_project_that_has_not_begun_takes_no_payment() -> None:
    stage = make_stage()
    project = make_project(stage, is_active=False)
    assert refused(lambda: pay(project, stage.home1, 1)) == ["project_not_active"]
    ledger.activate_project(project=project, by=stage.home1)
    pay(project, stage.home1, 1)


def test_only_officers_of_the_owning_agency_without_a_conflict_keep_the_ledger() -> None:
    stage = make_stage()
    project = make_project(stage)
    conflicted = make_member(stage.home, Role.PROGRAMME_OFFICER)
    with writing():
        ProposalAccess.objects.create(
            proposal=project.proposal, person=conflicted.person, kind="excluded", source="test"
        )
    strangers = (stage.home2, stage.partner1, stage.ministry1, conflicted, make_user(), project.pi.user)
    for user in strangers:
        with pytest.raises(NotAllowed):
            pay(project, user, 1)


def test_who_sees_the_project() -> None:
    stage = make_stage()
    project = make_project(stage)
    conflicted = make_member(stage.home, Role.PROGRAMME_OFFICER)
    with writing():
        ProposalAccess.objects.create(
            proposal=project.proposal, person=conflicted.person, kind="excluded", source="test"
        )
    host = make_member(project.institution, Role.INSTITUTION_OFFICER)
    for user in (stage.home1, stage.home2, stage.partner1, stage.ministry1, project.pi.user, host):
        assert list(projects_visible_to(user)) == [project]
    for user in (conflicted, make_user(), make_member(make_agency(), Role.PROGRAMME_OFFICER)):
        assert list(projects_visible_to(user)) == []


INSERT = (
    "INSERT INTO projects_ledgerentry (public_id, project_id, institution_id, fiscal_year, category, kind, amount,"
    ' "on", reason, at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)'
)


def insert(
    project: Project, amount: int, *, kind: str = "change", year: int = 2026, category: str = "goods"
) -> None:
    from kernel.clock import now
    from kernel.ids import new_public_id

    with writing(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                new_public_id(),
                project.pk,
                project.institution_id,
                year,
                category,
                kind,
                amount,
                TODAY,
                "raw",
                now(),
            ],
        )


@pytest.mark.parametrize(
    ("amount", "kind", "year", "says"),
    [
        (22_000_001, "change", 2026, "cap_is_not_exceeded"),
        (78_000_001, "payment", 2026, "payments_within_what_is_available"),
        (1, "change", 2032, "ledger_without_cap"),
        (1, "allocation", 2040, "ledger_without_cap"),
        (1, "payment", 2040, "ledger_without_year"),
        (-78_000_001, "change", 2026, "not_below_zero"),
        (0, "change", 2026, "ledger_entry_moves_something"),
        (-1, "payment", 2026, "ledger_entry_has_its_sign"),
    ],
)
def test_the_database_itself_refuses_what_goes_too_far(amount: int, kind: str, year: int, says: str) -> None:
    project = make_project()
    with pytest.raises(DatabaseError, match=says):
        insert(project, amount, kind=kind, year=year)
    assert list(ledger_differences()) == []


def test_the_database_itself_refuses_what_the_envelope_does_not_hold() -> None:
    stage = make_stage(appropriated=80_000_000)
    project = make_project(stage)
    insert(project, 2_000_000)
    with pytest.raises(DatabaseError, match="envelope_is_not_exceeded"):
        insert(project, 1)


def test_the_database_itself_counts_what_raw_sql_wrote() -> None:
    project = make_project()
    insert(project, 22_000_000)
    assert project.cap_accounts.get(fiscal_year=2026).total == 100_000_000
    assert list(ledger_differences()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_ledgerentry SET amount = 1",
        "UPDATE projects_ledgerentry SET reason = 'x'",
        "DELETE FROM projects_ledgerentry",
        "UPDATE projects_capaccount SET total = 0",
        "UPDATE projects_spendaccount SET paid = 1",
        "UPDATE projects_spendaccount SET available = available + 1",
        "UPDATE program_envelope SET committed = 0 WHERE committed > 0",
        "UPDATE program_envelope SET fiscal_year = fiscal_year + 100 WHERE committed > 0",
        "DELETE FROM program_envelope WHERE committed > 0",
        "DELETE FROM projects_capaccount",
        "DELETE FROM projects_spendaccount",
        "UPDATE projects_capaccount SET fiscal_year = fiscal_year + 100",
        "UPDATE projects_spendaccount SET fiscal_year = fiscal_year + 100",
        "UPDATE projects_project SET agency_id = (SELECT MAX(id) FROM accounts_organisation)",
        "INSERT INTO projects_spendaccount (project_id, fiscal_year, available, paid)"
        " SELECT id, 2040, 1, 0 FROM projects_project",
    ],
)
def test_the_database_itself_keeps_entries_and_totals_as_they_are(statement: str) -> None:
    make_project()
    with (
        pytest.raises(DatabaseError, match="ledger"),
        writing(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(ledger_differences()) == []


def drop_trigger(name: str, table: str) -> None:
    """Go on without one of the ledger's triggers, until the test's transaction is rolled back."""
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")


def test_verify_ledger_names_an_account_that_says_otherwise() -> None:
    project = make_project()
    call_command("verify_ledger", verbosity=0)
    drop_trigger("projects_spend_total_by_entries", "projects_spendaccount")
    with writing():
        SpendAccount.objects.filter(project=project, fiscal_year=2027).update(available=1)
    assert list(ledger_differences()) == [Difference(f"{project.number} FY2027 available", 78_000_000, 1)]
    assert missing_triggers() == ["projects_spend_total_by_entries"]
    with pytest.raises(CommandError, match="1 differences in the ledger, 1 triggers missing"):
        call_command("verify_ledger", verbosity=0)


def test_verify_ledger_names_a_cap_that_was_raised_by_hand() -> None:
    project = make_project()
    with writing():
        CapAccount.objects.filter(project=project, fiscal_year=2026).update(limit=1_000_000_000)
    expected = Difference(f"cap of {project.number} FY2026 limit", 100_000_000, 1_000_000_000)
    assert list(ledger_differences()) == [expected]


def test_money_comes_in_only_from_what_went_out_of_the_year_before() -> None:
    project = make_project()
    with pytest.raises(DatabaseError, match="ledger_carried_from_nothing"):
        insert(project, 1, kind="carry_in", year=2027)


def test_what_was_carried_over_is_put_right_as_a_whole() -> None:
    stage = make_stage()
    project = make_project(stage)
    fields: dict[str, Any] = {"fiscal_year": 2026, "category": "goods", "amount": 5, "reason": "納品の遅れ"}
    for half in (0, 1):
        entry = ledger.carry_over(project=project, by=stage.home1, **fields)[half]
        assert available(project)[2027, "goods"] == 20_000_005
        against = ledger.correct_entry(entry=entry, by=stage.home1, reason="誤入力")
        assert (against.corrects, against.amount) == (entry, -5)
        assert available(project)[2026, "goods"] == available(project)[2027, "goods"] == 20_000_000
    assert list(ledger_differences()) == []


def test_what_was_carried_over_and_paid_is_not_taken_back() -> None:
    stage = make_stage()
    project = make_project(stage)
    out, _into = ledger.carry_over(
        project=project, by=stage.home1, fiscal_year=2026, category="goods", amount=5, reason="納品の遅れ"
    )
    with set_to(APRIL_2032):
        pay(project, stage.home1, 20_000_001, fiscal_year=2027, on=dt.date(2027, 5, 1))
    assert refused(lambda: ledger.correct_entry(entry=out, by=stage.home1, reason="誤入力")) == [
        "category_exceeded"
    ]


def test_money_is_carried_into_a_year_after_the_project_but_not_after_the_programme() -> None:
    stage = make_stage()
    project = make_project(stage)

    def carry(year: int) -> Any:
        return ledger.carry_over(
            project=project, by=stage.home1, fiscal_year=year, category="goods", amount=5, reason="理由"
        )

    with set_to(APRIL_2032):
        for year in (2030, 2031):
            carry(year)
        assert available(project)[2032, "goods"] == 5
        assert refused(lambda: carry(2032)) == ["next_year_not_of_programme"]
    with pytest.raises(DatabaseError, match="ledger_without_cap"):
        insert(project, 1, kind="change", year=2032)


def test_a_correction_undoes_exactly_its_entry() -> None:
    project = make_project()
    entry = project.ledger.get(fiscal_year=2026, category="goods")
    same = {"project": project, "institution": project.institution, "fiscal_year": 2026, "category": "goods"}
    for wrong in ({"amount": -1}, {"amount": -20_000_000, "category": "travel"}, {"kind": "change"}):
        values = {
            **same,
            "kind": "allocation",
            "amount": -20_000_000,
            "on": TODAY,
            "corrects": entry,
            **wrong,
        }
        with pytest.raises(DatabaseError, match="ledger_correction_differs"), writing(), transaction.atomic():
            LedgerEntry.objects.create(**values)


def test_indirect_cost_stays_within_the_calls_share_of_direct_cost() -> None:
    stage = make_stage()
    project = make_project(stage)

    def change(category: str, amount: int) -> Any:
        return ledger.record_change(
            project=project, by=stage.home1, fiscal_year=2026, category=category, amount=amount, reason="理由"
        )

    assert refused(lambda: change("indirect", 1)) == ["indirect_above_limit"]
    assert refused(lambda: change("goods", -1)) == ["indirect_above_limit"]
    change("goods", 4)
    change("indirect", 1)


def test_an_allocation_does_not_fall_below_what_is_paid_of_its_category() -> None:
    stage = make_stage()
    project = make_project(stage)
    pay(project, stage.home1, 20_000_000)
    ledger.record_change(
        project=project,
        by=stage.home1,
        fiscal_year=2026,
        category="indirect",
        amount=-9_000_000,
        reason="理由",
    )
    assert refused(
        lambda: ledger.record_change(
            project=project, by=stage.home1, fiscal_year=2026, category="goods", amount=-1, reason="理由"
        )
    ) == ["category_exceeded"]
