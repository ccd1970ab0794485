"""The steps of a designation: proposed by one officer, returned, decided by another, suspended, resumed, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from program.actions import designations as actions
from program.enums import DesignationState as State
from program.forms.designations import DecisionForm, ReasonForm, SummaryForm
from program.permissions import may_decide_designation
from program.queries import designation_name
from program.views.answering import answer_form, only_if, posted, trail
from program.views.designations import address, home, kept_designation


@writes
@idempotent
def designation_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    actions.propose_designation(designation=found, by=request.user)
    return redirect(address(found))


def _step(
    request: HttpRequest, public_id: str, act: Callable[..., Any], heading: str, success: str, **how: Any
) -> HttpResponse:
    found = kept_designation(request, public_id)
    return answer_form(
        request,
        form=how.pop("form", ReasonForm)(posted(request)),
        act=lambda values: act(designation=found, by=request.user, **values),
        back=address(found),
        heading=heading,
        submit=heading,
        success=success,
        breadcrumbs=trail(home(), (designation_name(found), address(found)), (heading, "")),
        **{"lead": designation_name(found), **how},
    )


@reads_and_writes
def designation_summary(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    initial = {"summary_ja": found.summary_ja, "summary_en": found.summary_en}
    return _step(
        request,
        public_id,
        actions.change_summary,
        _("Change the summary"),
        _("The summary was saved."),
        form=lambda data: SummaryForm(data, initial=initial),
    )


@reads_and_writes
def designation_return(request: HttpRequest, public_id: str) -> HttpResponse:
    return _step(
        request,
        public_id,
        actions.return_designation,
        _("Return to preparation"),
        _("The designation was returned."),
    )


@reads_and_writes
def designation_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    only_if(found.state != State.PROPOSED or may_decide_designation(request.user, found))
    return _step(
        request,
        public_id,
        actions.decide_designation,
        _("Decide"),
        _("The designation was decided."),
        form=DecisionForm,
        lead=_("Both days are included. The dossier as it stands is kept with the decision."),
    )


@reads_and_writes
def designation_suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    return _step(
        request,
        public_id,
        actions.suspend_designation,
        _("Suspend"),
        _("The designation was suspended."),
        lead=_("No call opens on it meanwhile; calls already open go on."),
    )


@reads_and_writes
def designation_resume(request: HttpRequest, public_id: str) -> HttpResponse:
    return _step(
        request,
        public_id,
        actions.resume_designation,
        _("Put in force again"),
        _("The designation is in force again."),
    )


@reads_and_writes
def designation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    return _step(
        request,
        public_id,
        actions.withdraw_designation,
        _("Withdraw the designation"),
        _("The designation was withdrawn."),
        lead=_("This cannot be undone."),
        tone="danger",
    )
