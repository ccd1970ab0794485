"""Above a cap only by leave of two people, which raises the limit of one account and is counted by the verification."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from projects.actions.exceptions import answer_cap_exception, ask_cap_exception
from projects.actions.ledger import record_change
from projects.contributions import waiting
from projects.models import CapAccount, CapException, Project
from projects.verification import ledger_differences
from tests.builders.program import Stage, make_stage
from tests.builders.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def project(stage: Stage) -> Project:
    return make_project(stage)


def account_of(project: Project, year: int = 2026) -> CapAccount:
    return project.cap_accounts.get(fiscal_year=year)


def ask(project: Project, by: User, amount: int = 5_000_000, reason: str = "装置の更新") -> CapException:
    return ask_cap_exception(
        project=project, by=by, account=account_of(project), amount=amount, reason=reason
    )


def increase(project: Project, by: User, amount: int, year: int = 2026) -> None:
    record_change(
        project=project, by=by, fiscal_year=year, category="goods", amount=amount, reason="計画の変更"
    )


def test_an_approved_exception_lets_that_year_go_above_by_its_amount_and_no_further(
    stage: Stage, project: Project
) -> None:
    exception = ask(project, stage.home1)
    with pytest.raises(RuleBroken):
        increase(project, stage.home1, 22_000_001)
    answer_cap_exception(exception=exception, by=stage.home2, is_approved=True)
    assert (account_of(project).limit, account_of(project, 2027).limit) == (105_000_000, 100_000_000)
    increase(project, stage.home1, 27_000_000)
    for amount, year in ((1, 2026), (22_000_001, 2027)):
        with pytest.raises(RuleBroken) as refused:
            increase(project, stage.home1, amount, year)
        assert [violation.code for violation in refused.value.violations] == ["cap_reached"]
    assert list(ledger_differences()) == []
    verbs = AuditEntry.objects.filter(subject_id=project.public_id).values_list("verb", "actor_id")
    assert {("asked_exception", stage.home1.pk), ("approved_exception", stage.home2.pk)} <= set(verbs)


def test_a_refused_exception_changes_no_limit_and_another_may_be_asked_for(
    stage: Stage, project: Project
) -> None:
    exception = ask(project, stage.home1)
    with pytest.raises(RuleBroken) as refused:
        ask(project, stage.home1)
    assert [(v.code, v.field) for v in refused.value.violations] == [("cap_exception_open", "account")]
    answer_cap_exception(exception=exception, by=stage.home2, is_approved=False)
    assert account_of(project).limit == 100_000_000
    ask(project, stage.home1)
    with pytest.raises(RuleBroken) as answered:
        answer_cap_exception(exception=exception, by=stage.home2, is_approved=True)
    assert [v.code for v in answered.value.violations] == ["cap_exception_answered"]


@pytest.mark.parametrize(
    ("amount", "reason", "found"),
    [
        (0, "理由", ("amount_not_above_zero", "amount")),
        (-1, "理由", ("amount_not_above_zero", "amount")),
        (1, " ", ("ledger_reason_missing", "reason")),
    ],
)
def test_an_exception_without_amount_or_reason_is_refused(
    stage: Stage, project: Project, amount: int, reason: str, found: tuple[str, str]
) -> None:
    with pytest.raises(RuleBroken) as refused:
        ask(project, stage.home1, amount, reason)
    assert [(v.code, v.field) for v in refused.value.violations] == [found]
    assert not CapException.objects.exists()


def test_nobody_asks_and_answers_alone(stage: Stage, project: Project) -> None:
    for user in (stage.home2, stage.partner1, stage.ministry1, project.pi.user):
        with pytest.raises(NotAllowed):
            ask(project, user)
    exception = ask(project, stage.home1)
    for user in (stage.home1, stage.partner2, stage.ministry1, project.pi.user):
        with pytest.raises(NotAllowed):
            answer_cap_exception(exception=exception, by=user, is_approved=True)
    with writing(), pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        CapException.objects.update(is_approved=True, answered_by=stage.home1, answered_at=exception.asked_at)


def test_a_limit_raised_without_an_exception_is_found(stage: Stage, project: Project) -> None:
    with writing():
        CapAccount.objects.filter(pk=account_of(project).pk).update(limit=105_000_000)
    assert [(one.expected, one.found) for one in ledger_differences()] == [(100_000_000, 105_000_000)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_exception_is_asked_for_and_approved_on_the_pages(
    stage: Stage, project: Project, language: str
) -> None:
    def url(route: str, key: str) -> str:
        with translation.override(language):
            return reverse(f"projects:{route}", args=[key])

    officer, approver = Client(), Client()
    officer.force_login(stage.home1)
    approver.force_login(stage.home2)
    data = {"account": str(account_of(project).pk), "amount": "５，０００，０００", "reason": "装置の更新"}
    bad = officer.post(url("exception", project.public_id), {**data, "amount": "0"})
    assert bad.status_code == 200 and bad.context["form"].errors["amount"]
    assert officer.post(url("exception", project.public_id), data).status_code == 302
    exception = CapException.objects.get()
    here, approve = url("project", project.public_id), url("exception_approve", exception.public_id)
    assert approve not in officer.get(here).content.decode()
    page = approver.get(here).content.decode()
    assert approve in page and "5,000,000" in page and "装置の更新" in page
    assert officer.post(approve).status_code == 404
    assert approver.post(approve).status_code == 302
    page = approver.get(here).content.decode()
    assert {"ja": "承認：", "en": "approved by "}[language] in page and "105,000,000" in page
    assert approve not in page


def test_an_exception_waits_for_the_approver_who_did_not_ask() -> None:
    stage = make_stage()
    project = make_project(stage)
    account = project.cap_accounts.get(fiscal_year=2027)
    asked = ask_cap_exception(project=project, by=stage.home1, account=account, amount=1, reason="理由")

    def found(user: User) -> list[tuple[str, int]]:
        items = waiting(User.objects.get(pk=user.pk))
        return [(item.url, item.count) for item in items if project.public_id in item.url]

    page = reverse("projects:project", args=[project.public_id])
    assert found(stage.home2) == [(page, 1)]
    assert found(stage.home1) == found(stage.partner2) == []
    answer_cap_exception(exception=asked, by=stage.home2, is_approved=False)
    assert found(stage.home2) == []
