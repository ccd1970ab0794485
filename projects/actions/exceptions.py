"""Going above a cap by a recorded exception: one person asks with a reason, another approves (「最大1億円程度」)."""

from typing import Any

from django.db.models import F

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.violations import Violation, refuse_if
from projects.actions.entering import amount_violation, locked_project, reason_violation
from projects.models import CapAccount, CapException, Project
from projects.permissions import may_answer_exception


@action
def ask_cap_exception(
    *, project: Project, by: Any, account: CapAccount, amount: int, reason: str
) -> CapException:
    """Ask for leave to go above a cap of the project by `amount` yen. Those who keep its ledger may, while it runs.

    Raises:
        RuleBroken: `project_not_active`, `amount_not_above_zero`, `ledger_reason_missing`, `cap_exception_open`.
    """
    project = locked_project(project, by)
    account = CapAccount.objects.select_for_update().get(pk=account.pk, project=project)
    refuse_if(
        amount_violation(amount),
        reason_violation(reason),
        Violation("cap_exception_open", "account")
        if account.exceptions.filter(is_approved=None).exists()
        else None,
    )
    asked = CapException.objects.create(account=account, amount=amount, reason=reason, asked_by=by)
    audit.record("asked_exception", project, by=by, details=_details(asked))
    return asked


@action
def answer_cap_exception(*, exception: CapException, by: Any, is_approved: bool) -> CapException:
    """Approve an exception, which raises the limit of its account, or refuse it. Approvers of the owning agency may, but
    for the person who asked.

    Raises:
        RuleBroken: `cap_exception_answered`.
    """
    require(may_answer_exception(by, exception))
    account = CapAccount.objects.select_for_update().get(pk=exception.account_id)
    exception = (
        CapException.objects.select_for_update(of=("self",))
        .select_related("account__project")
        .get(pk=exception.pk)
    )
    refuse_if(Violation("cap_exception_answered") if exception.is_approved is not None else None)
    exception.is_approved, exception.answered_by, exception.answered_at = is_approved, by, now()
    exception.save(update_fields=["is_approved", "answered_by", "answered_at"])
    if is_approved:
        CapAccount.objects.filter(pk=account.pk).update(limit=F("limit") + exception.amount)
    verb = "approved_exception" if is_approved else "refused_exception"
    audit.record(verb, exception.account.project, by=by, details=_details(exception))
    return exception


def _details(exception: CapException) -> dict[str, Any]:
    return {
        "exception": exception.public_id,
        "fiscal_year": exception.account.fiscal_year,
        "amount": exception.amount,
        "reason": exception.reason,
    }
