"""An agency's answer to a decision: by its approver, or recorded from its letter and confirmed by a second officer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label_of_field
from kernel.files import store_upload
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken, sentence
from program.queries import required_agencies
from program.views.answering import carried_out, only_if, posted
from review.actions.answers import (
    answer_decision,
    confirm_answer,
    discard_answer,
    record_answer_on_behalf,
    second_answer,
)
from review.enums import DecisionState
from review.forms.decisions import AnswerForm, OnBehalfForm
from review.models import AgencyAnswer, Decision
from review.permissions import may_answer, may_confirm, may_record_on_behalf, may_second
from review.queries import answers_visible_to, decisions_visible_to
from review.views.pools import crumbs


def _found(request: HttpRequest, public_id: str, agency_id: str) -> tuple[Decision, Organisation]:
    decision = get_object_or_404(decisions_visible_to(request.user), public_id=public_id)
    return decision, get_object_or_404(required_agencies(decision.call), public_id=agency_id)


def _address(decision: Decision) -> str:
    return reverse("review:decision", args=[decision.public_id])


def _is_answered(decision: Decision, agency: Organisation) -> bool:
    return (
        decision.state != DecisionState.PROPOSED
        or AgencyAnswer.objects.filter(decision=decision, agency=agency).exists()
    )


@reads_and_writes
@idempotent
def answer(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    decision, agency = _found(request, public_id, agency_id)
    only_if(may_answer(request.user, decision, agency))
    if request.method == "GET" and _is_answered(decision, agency):
        return redirect(_address(decision))
    form = AnswerForm(posted(request))
    done, _kept = carried_out(
        request,
        form,
        lambda values: answer_decision(
            decision=decision, agency=agency, by=request.user, vote=values["vote"], reason=values["reason"]
        ),
        _("The agency’s answer is recorded."),
    )
    if done:
        return redirect(_address(decision))
    context = {
        "form": form,
        "heading": _("Answer for %(agency)s") % {"agency": localized(agency, "name")},
        "lead": _(
            "With the last agency’s yes the decision is adopted: every outcome is recorded, and the projects and their budgets are made."
        ),
        "submit_label": _("Record the answer"),
        "cancel_url": _address(decision),
        "breadcrumbs": crumbs(decision.call, _("Answer")),
    }
    return render(request, "review/one_form.html", context)


@reads_and_writes
@idempotent
def on_behalf(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    decision, agency = _found(request, public_id, agency_id)
    only_if(may_record_on_behalf(request.user, decision, agency))
    if request.method == "GET" and _is_answered(decision, agency):
        return redirect(_address(decision))
    form = OnBehalfForm(posted(request), request.FILES or None)

    def act(values: dict[str, Any]) -> AgencyAnswer:
        letter = store_upload(upload=values["letter"], by=request.user, allowed=(".pdf",), field="letter")
        return record_answer_on_behalf(
            decision=decision,
            agency=agency,
            by=request.user,
            vote=values["vote"],
            letter=letter,
            letter_dated=values["letter_dated"],
            reason=values["reason"],
        )

    done, _kept = carried_out(
        request, form, act, _("The answer is recorded. It counts once a second officer has confirmed it.")
    )
    if done:
        return redirect(_address(decision))
    context = {
        "form": form,
        "heading": _("Record the answer of %(agency)s") % {"agency": localized(agency, "name")},
        "lead": _(
            "This agency does not sign in. Record what its letter says; a second officer compares the two."
        ),
        "submit_label": _("Record the answer"),
        "cancel_url": _address(decision),
        "breadcrumbs": crumbs(decision.call, _("Answer")),
    }
    return render(request, "review/one_form.html", context)


def _to_confirm(request: HttpRequest, public_id: str) -> AgencyAnswer:
    found = get_object_or_404(answers_visible_to(request.user), public_id=public_id)
    only_if(may_confirm(request.user, found))
    return found


@reads_and_writes
@idempotent
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second officer compares an answer on behalf with its letter, and confirms it or discards it."""
    found = _to_confirm(request, public_id)
    decision = found.decision
    errors: list[Any] = []
    if request.method == "POST":
        try:
            confirm_answer(answer=found, by=request.user)
        except RuleBroken as broken:
            errors = [{"label": "", "message": sentence(v), "url": ""} for v in broken.violations]
        else:
            messages.success(request, _("The answer is confirmed, and counts."))
            return redirect(_address(decision))
    elif found.confirmed_at or decision.state != DecisionState.PROPOSED:
        return redirect(_address(decision))
    context = {
        "lead": _(
            "You are the second officer: the answer counts once you confirm that it is what the letter says."
        ),
        "sentences": [],
        "errors": errors,
        "facts": [
            {"label": _("Agency"), "value": localized(found.agency, "name"), "url": ""},
            {"label": _("The agency’s answer"), "value": label_of_field(found, "vote"), "url": ""},
            {"label": _("Reason"), "value": found.reason, "url": ""},
            {"label": _("Date of the letter"), "value": day(found.letter_dated), "url": ""},
            {"label": _("Recorded by"), "value": str(found.recorded_by), "url": ""},
        ],
        "letter_url": reverse("review:answer_letter", args=[public_id]),
        "discard_url": reverse("review:answer_discard", args=[public_id]),
        "cancel_url": _address(decision),
        "breadcrumbs": crumbs(decision.call, _("Compare with the letter")),
    }
    return render(request, "review/answer_confirm.html", context)


@reads_and_writes
@idempotent
def second(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second person of an agency confirms its approver's answer, or says that it is not the agency's."""
    found = get_object_or_404(answers_visible_to(request.user).select_related("person"), public_id=public_id)
    only_if(may_second(request.user, found))
    decision = found.decision
    errors: list[Any] = []
    if request.method == "POST":
        try:
            second_answer(answer=found, by=request.user)
        except RuleBroken as broken:
            errors = [{"label": "", "message": sentence(v), "url": ""} for v in broken.violations]
        else:
            messages.success(request, _("The answer is confirmed, and counts."))
            return redirect(_address(decision))
    elif found.seconded_at or decision.state != DecisionState.PROPOSED:
        return redirect(_address(decision))
    context = {
        "errors": errors,
        "facts": [
            {"label": _("Agency"), "value": localized(found.agency, "name"), "url": ""},
            {"label": _("The agency’s answer"), "value": label_of_field(found, "vote"), "url": ""},
            {"label": _("Reason"), "value": found.reason, "url": ""},
            {"label": _("Answered by"), "value": str(found.person), "url": ""},
        ],
        "list_url": _address(decision),
        "discard_url": reverse("review:answer_discard", args=[public_id]),
        "cancel_url": _address(decision),
        "breadcrumbs": crumbs(decision.call, _("Confirm the answer")),
    }
    return render(request, "review/answer_second.html", context)


@writes
@idempotent
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(answers_visible_to(request.user), public_id=public_id)
    only_if(may_confirm(request.user, found) or may_second(request.user, found))
    discard_answer(answer=found, by=request.user)
    messages.success(request, _("The record is discarded; the answer can be recorded anew."))
    return redirect(_address(found.decision))
