"""Designations: the list, the page with its dossier, and the steps from proposal to withdrawal."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import sentence
from program.actions import designations as actions
from program.enums import DesignationState as State
from program.forms.designations import DecisionForm, DesignationForm, ReasonForm, SummaryForm
from program.models import Designation
from program.permissions import may_decide_designation, may_keep_programme
from program.queries import (
    designation_name,
    designations_visible_to,
    members_of_group,
    programmes_kept_by,
)
from program.rules.balance import arithmetic, balance_of, decimal, sensitivities, with_weights
from program.views.answering import answer_form, only_if, posted, trail
from program.views.history import history_of
from program.views.weights import asked_weights, scored

TONES = {
    State.DRAFT: "neutral",
    State.PROPOSED: "warning",
    State.DECIDED: "success",
    State.SUSPENDED: "warning",
    State.WITHDRAWN: "error",
}


def toned(state: str) -> str:
    return TONES[State(state)]


def home() -> tuple[Any, str]:
    return _("Designations"), reverse("program:designations")


@reads
def designations(request: HttpRequest) -> HttpResponse:
    page = page_of(designations_visible_to(request.user), request)
    kept = programmes_kept_by(request.user).exists()
    context = {
        "page": page,
        "rows": [
            {"designation": d, "name": designation_name(d), "tone": toned(d.state)} for d in page.objects
        ],
        "moves": [Move(_("Prepare a designation"), reverse("program:designation_prepare"), tone="primary")]
        if kept
        else [],
    }
    return render(request, "program/designations.html", context)


@reads_and_writes
@idempotent
def designation_prepare(request: HttpRequest) -> HttpResponse:
    programmes = programmes_kept_by(request.user)
    only_if(programmes.exists())
    heading = _("Prepare a designation")
    return answer_form(
        request,
        form=DesignationForm(posted(request), programmes=programmes),
        act=lambda values: actions.prepare_designation(
            programme=values["field"].programme, by=request.user, **values
        ),
        back=reverse("program:designations"),
        goes_to=_address,
        heading=heading,
        lead=_("A designation is a strategic field with a partner country, or with a group of countries."),
        submit=_("Begin the dossier"),
        success=_("The dossier was begun."),
        breadcrumbs=trail(home(), (heading, "")),
    )


def _address(designation: Designation) -> str:
    return reverse("program:designation", args=[designation.public_id])


@reads
def designation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One designation. Its dossier is for the ministry; others see what was decided."""
    found = get_object_or_404(designations_visible_to(request.user), public_id=public_id)
    name = designation_name(found)
    keeps = may_keep_programme(request.user, found.programme)
    context: dict[str, Any] = {
        "designation": found,
        "name": name,
        "tone": toned(found.state),
        "keeps": keeps,
        "countries": _countries(found),
        "policies": found.policies.order_by("id"),
        "moves": _moves(request.user, found) if keeps else [],
        "breadcrumbs": trail(home(), (name, "")),
    }
    if keeps:
        context |= _dossier(request, found)
    return render(request, "program/designation.html", context)


def _countries(designation: Designation) -> list[str]:
    if designation.group is None:
        return []
    designation.group = designation.group.__class__.objects.prefetch_related("members__country").get(
        pk=designation.group.pk
    )
    return [localized(country, "name") for country in members_of_group(designation.group, today())]


def _dossier(request: HttpRequest, designation: Designation) -> dict[str, Any]:
    """The evidence with its balance, what another weight would do, and what still lacks."""
    items = list(designation.evidence.order_by("id"))
    evidence = scored(items)
    balance = balance_of(evidence)
    asked = asked_weights(request, items)
    tried = with_weights(evidence, asked)
    may_edit = designation.state == State.DRAFT
    rows = [
        {
            "item": item,
            "score": f"{item.score:+d}".replace("-", "−") if item.score else "0",
            "product": str(product).replace("-", "−"),
            "value": f"{item.value.normalize():,f}",
            "without": decimal(sensitivity.without),
            "lighter": decimal(sensitivity.lighter),
            "heavier": decimal(sensitivity.heavier),
            "turns_at": "–" if sensitivity.turns_at is None else str(sensitivity.turns_at),
            "asked": asked.get(item.public_id, item.weight),
        }
        for item, product, sensitivity in zip(items, balance.products, sensitivities(evidence), strict=True)
    ]
    lacks = actions.missing_in_designation(designation) if may_edit else []
    return {
        "rows": rows,
        "balance": decimal(balance.value),
        "arithmetic": arithmetic(evidence),
        "tried_balance": decimal(balance_of(tried).value) if asked else "",
        "tried_arithmetic": arithmetic(tried) if asked else "",
        "consultations": designation.consultations.order_by("held_on", "id"),
        "may_edit": may_edit,
        "events": history_of(designation),
        "lacks": [{"label": "", "message": sentence(violation), "url": ""} for violation in lacks],
        "proposed_by": _name(designation.proposed_by),
        "decided_by": _name(designation.decided_by),
    }


def _name(user: Any) -> str:
    person = getattr(user, "person", None)
    return person.name if person else ""


def _moves(user: Any, designation: Designation) -> list[Move]:
    def to(name: str) -> str:
        return reverse(f"program:{name}", args=[designation.public_id])

    state = State(designation.state)
    moves = []
    if state is State.DRAFT:
        moves.append(
            Move(
                _("Propose for decision"),
                to("designation_propose"),
                "post",
                "primary",
                _("The dossier is fixed from then on. Another officer decides."),
            )
        )
        moves.append(Move(_("Add evidence"), to("evidence_add")))
        moves.append(Move(_("Add a policy document"), to("policy_add")))
        moves.append(Move(_("Record a consultation"), to("consultation_add")))
        moves.append(Move(_("Change the summary"), to("designation_summary")))
    if state is State.PROPOSED:
        if may_decide_designation(user, designation):
            moves.append(Move(_("Decide"), to("designation_decide"), tone="primary"))
        moves.append(Move(_("Return to preparation"), to("designation_return")))
    if state is State.DECIDED:
        moves.append(Move(_("Suspend"), to("designation_suspend")))
    if state is State.SUSPENDED:
        moves.append(Move(_("Put in force again"), to("designation_resume")))
    if state is not State.WITHDRAWN:
        moves.append(Move(_("Withdraw the designation"), to("designation_withdraw"), tone="danger"))
    return moves


def kept_designation(request: HttpRequest, public_id: str) -> Designation:
    """The designation, for an officer of its ministry; nothing for others."""
    found = get_object_or_404(designations_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, found.programme))
    return found


@writes
@idempotent
def designation_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    found = kept_designation(request, public_id)
    actions.propose_designation(designation=found, by=request.user)
    return redirect(_address(found))


def _step(
    request: HttpRequest, public_id: str, act: Callable[..., Any], heading: str, success: str, **how: Any
) -> HttpResponse:
    found = kept_designation(request, public_id)
    return answer_form(
        request,
        form=how.pop("form", ReasonForm)(posted(request)),
        act=lambda values: act(designation=found, by=request.user, **values),
        back=_address(found),
        heading=heading,
        submit=heading,
        success=success,
        breadcrumbs=trail(home(), (designation_name(found), _address(found)), (heading, "")),
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
