"""The steps of a designation: proposed, returned, reviewed, signed by two; suspended, resumed, renewed, withdrawn."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from program.actions import designation_life as life
from program.actions import designations as actions
from program.actions.renewals import renew_designation
from program.enums import DesignationState as State
from program.forms.designations import DecisionForm, ReasonForm, ReviewForm, SummaryForm, TurnForm
from program.models import Designation
from program.permissions import may_decide_designation, may_review_designation
from program.queries import designation_name
from program.views.answering import answer_form, only_if, posted, trail
from program.views.designations import address, home, kept_designation


@writes
@idempotent
def designation_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    actions.propose_designation(designation=found, by=request.user)
    messages.success(request, _("The designation was proposed. Another officer reviews it."))
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
def designation_review(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    only_if(found.state != State.PROPOSED or may_review_designation(request.user, found))
    return _step(
        request,
        public_id,
        actions.review_designation,
        _("Review the dossier"),
        _("The review was recorded. Two officers now sign the decision."),
        form=ReviewForm,
        lead=_(
            "Read the evidence, its sources and scores, and the consultation. If something must be changed, return it instead."
        ),
    )


@reads_and_writes
def designation_sign(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    return _step(
        request,
        public_id,
        life.sign_designation,
        _("Sign the decision"),
        _("You have signed. It is decided once another officer has signed too."),
        form=lambda data: DecisionForm(data, initial={"valid_from": day_after(found.renews)}),
        lead=_("Both days are included. The dossier as it stands is kept with the decision."),
    )


@writes
@idempotent
def designation_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    only_if(found.state != State.SIGNED or may_decide_designation(request.user, found))
    life.decide_designation(designation=found, by=request.user)
    messages.success(request, _("The designation was decided."))
    return redirect(address(found))


def day_after(designation: Designation | None) -> dt.date | None:
    """The day after the last of an old period: the first of its renewal."""
    if designation is None or designation.valid_until is None:
        return None
    return designation.valid_until + dt.timedelta(days=1)


@reads_and_writes
@idempotent
def designation_renew(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    heading = _("Prepare the renewal")
    return answer_form(
        request,
        form=ReasonForm(posted(request)),
        act=lambda values: renew_designation(designation=found, by=request.user, **values),
        back=address(found),
        goes_to=address,
        heading=heading,
        lead=_(
            "A new draft begins with the summary, the evidence and the policy documents as they stand. The Cabinet Office is consulted anew."
        ),
        submit=heading,
        success=_("The renewal is being prepared: bring its evidence up to date."),
        breadcrumbs=trail(home(), (designation_name(found), address(found)), (heading, "")),
    )


def _turn(
    request: HttpRequest, public_id: str, act: Callable[..., Any], heading: str, success: str, **how: Any
) -> HttpResponse:
    return _step(
        request,
        public_id,
        act,
        heading,
        success,
        form=lambda data: TurnForm(data, initial={"on": today()}),
        **how,
    )


@reads_and_writes
def designation_suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    return _turn(
        request,
        public_id,
        life.suspend_designation,
        _("Suspend"),
        _("The designation was suspended."),
        lead=_("No call opens on it meanwhile; calls already open go on."),
    )


@reads_and_writes
def designation_resume(request: HttpRequest, public_id: str) -> HttpResponse:
    return _turn(
        request,
        public_id,
        life.resume_designation,
        _("Put in force again"),
        _("The designation is in force again."),
    )


@reads_and_writes
def designation_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    return _turn(
        request,
        public_id,
        life.withdraw_designation,
        _("Withdraw the designation"),
        _("The designation was withdrawn."),
        lead=_("This cannot be undone."),
        tone="danger",
    )
