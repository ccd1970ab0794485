"""The steps of a designation: proposed, returned, reviewed, signed by two; suspended, resumed, renewed, withdrawn."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
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
from program.forms.designations import DecisionForm, OutlineForm, ReasonForm, ReviewForm, TurnForm
from program.models import Designation
from program.permissions import may_decide_designation, may_review_designation
from program.queries import designation_name
from program.signing import may_sign_first
from program.views.answering import answer_form, editing, held, only_if, posted, trail
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
        form=_formed(request, how.pop("form", ReasonForm)),
        act=lambda values: act(designation=found, by=request.user, **values),
        back=address(found),
        heading=heading,
        success=success,
        breadcrumbs=trail(home(), (designation_name(found), address(found)), (heading, "")),
        **{"lead": designation_name(found), "submit": heading, **how},
    )


def _formed(request: HttpRequest, form: Any) -> forms.BaseForm:
    """A form that is made already, or one made of what was posted."""
    made: forms.BaseForm = form if isinstance(form, forms.BaseForm) else form(posted(request))
    return made


@reads_and_writes
def designation_summary(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    return _step(
        request,
        public_id,
        actions.change_summary,
        _("Summary and responsible division"),
        _("The summary and the responsible division were saved."),
        submit=_("Save"),
        **editing(
            request, found, lambda data: OutlineForm(data, initial=held(found, OutlineForm.base_fields))
        ),
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
    only_if(found.state != State.REVIEWED or may_sign_first(request.user, found))
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


def _not_yet_in_force(request: HttpRequest, public_id: str) -> bool:
    found = kept_designation(request, public_id)
    return (
        found.decided_at is not None
        and found.valid_from is not None
        and found.valid_from > today(found.programme.zone)
    )


@reads_and_writes
def designation_suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    return _turn(
        request,
        public_id,
        life.suspend_designation,
        _("Suspend"),
        _("The designation was suspended."),
        lead=_(
            "It is not in force yet: suspended from today on, it does not come into force until it is resumed."
        )
        if _not_yet_in_force(request, public_id)
        else _("No call opens on it meanwhile; calls already open go on."),
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
        lead=_("It is not in force yet, and never will be. This cannot be undone.")
        if _not_yet_in_force(request, public_id)
        else _("This cannot be undone."),
        tone="danger",
    )
