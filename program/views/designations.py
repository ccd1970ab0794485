"""Designations: the list, the page with its dossier, and the steps from proposal to withdrawal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import sentence
from program.actions import designations as actions
from program.balances import TONES as TONES_OF_VERDICT
from program.balances import turning_sentences, verdict_words
from program.enums import DesignationState as State
from program.forms.designations import (
    DesignationFilterForm,
    DesignationForm,
)
from program.models import Designation
from program.permissions import may_decide_designation, may_keep_programme
from program.queries import (
    designation_name,
    designations_visible_to,
    members_of_group,
    programmes_kept_by,
)
from program.rules.balance import (
    arithmetic,
    balance_of,
    decimal,
    sensitivities,
    verdict,
    with_weights,
)
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
    form = DesignationFilterForm(request.GET)
    visible = designations_visible_to(request.user)
    if form.is_valid() and form.cleaned_data["state"]:
        visible = visible.filter(state=form.cleaned_data["state"])
    page = page_of(visible, request)
    kept = programmes_kept_by(request.user).exists()
    context = {
        "page": page,
        "filter_form": form,
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
        goes_to=address,
        heading=heading,
        lead=_("A designation is a strategic field with a partner country, or with a group of countries."),
        submit=_("Begin the dossier"),
        success=_("The dossier was begun."),
        breadcrumbs=trail(home(), (heading, "")),
    )


def address(designation: Designation) -> str:
    return reverse("program:designation", args=[designation.public_id])


@reads
def designation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One designation. Its dossier is for the ministry; others see what was decided."""
    found = get_object_or_404(designations_visible_to(request.user), public_id=public_id)
    name = designation_name(found)
    keeps = may_keep_programme(request.user, found.programme)
    is_draft = found.state == State.DRAFT
    context: dict[str, Any] = {
        "designation": found,
        "name": name,
        "tone": toned(found.state),
        "keeps": keeps,
        "countries": _countries(found),
        "policies": [
            {"policy": policy, "moves": removal(keeps and is_draft, "policy_remove", policy)}
            for policy in found.policies.order_by("id")
        ],
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
    items = list(designation.evidence.select_related("added_by__person").order_by("id"))
    evidence = scored(items)
    balance = balance_of(evidence)
    asked = asked_weights(request, items)
    tried = with_weights(evidence, asked)
    may_edit = designation.state == State.DRAFT
    rows = [
        {
            "item": item,
            "added_by": _name(item.added_by) or "–",
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
        "verdict": verdict_words(verdict(balance.value)),
        "verdict_tone": TONES_OF_VERDICT[verdict(balance.value)],
        "turning": turning_sentences(
            evidence, {item.public_id: localized(item, "measure") for item in items}
        ),
        "arithmetic": arithmetic(evidence),
        "tried_balance": decimal(balance_of(tried).value) if asked else "",
        "tried_arithmetic": arithmetic(tried) if asked else "",
        "consultations": [
            {"consultation": found, "moves": removal(may_edit, "consultation_remove", found)}
            for found in designation.consultations.order_by("held_on", "id")
        ],
        "may_edit": may_edit,
        "events": history_of(designation),
        "lacks": [{"label": "", "message": sentence(violation), "url": ""} for violation in lacks],
        "proposed_by": _name(designation.proposed_by),
        "decided_by": _name(designation.decided_by),
    }


def removal(allowed: bool, route: str, part: Any) -> list[Move]:
    """The button that takes a part out of a dossier."""
    if not allowed:
        return []
    url = reverse(f"program:{route}", args=[part.public_id])
    return [Move(_("Take it out"), url, "post", "secondary", _("Take this out of the dossier?"))]


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
        moves.append(Move(_("Import evidence"), to("evidence_import")))
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
