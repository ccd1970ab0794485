"""Working on a dossier: evidence, policy documents."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from program.actions import dossiers as actions
from program.forms.designations import EvidenceForm, PolicyForm
from program.models import Designation, EvidenceItem, PolicyDocument
from program.permissions import may_keep_programme
from program.queries import designation_name, designations_visible_to
from program.rules.dossier import EVIDENCE_FIELDS
from program.views.answering import answer_form, editing, held, only_if, posted, trail
from program.views.designations import home, kept_designation


def _answer(request: HttpRequest, designation: Designation, **how: Any) -> HttpResponse:
    back = reverse("program:designation", args=[designation.public_id])
    name = designation_name(designation)
    steps = trail(home(), (name, back), (how["heading"], ""))
    return answer_form(request, back=back, breadcrumbs=steps, **{"lead": name, **how})


@reads_and_writes
@idempotent
def evidence_add(request: HttpRequest, public_id: str) -> HttpResponse:
    designation = kept_designation(request, public_id)
    return _answer(
        request,
        designation,
        form=EvidenceForm(posted(request)),
        act=lambda values: actions.add_evidence(designation=designation, by=request.user, **values),
        heading=_("Add evidence"),
        submit=_("Add"),
        success=_("The evidence was added."),
    )


def _kept_item(request: HttpRequest, public_id: str) -> EvidenceItem:
    item = get_object_or_404(
        EvidenceItem.objects.select_related(
            "designation__programme",
            "designation__field",
            "designation__country",
            "designation__group",
        ).filter(designation__in=designations_visible_to(request.user)),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, item.designation.programme))
    return item


@reads_and_writes
def evidence_change(request: HttpRequest, public_id: str) -> HttpResponse:
    item = _kept_item(request, public_id)

    def make(data: Any) -> EvidenceForm:
        initial = held(item, EVIDENCE_FIELDS) | {"value": f"{item.value.normalize():f}"}
        return EvidenceForm(data, initial=initial)

    return _answer(
        request,
        item.designation,
        **editing(request, item, make),
        act=lambda values: actions.change_evidence(item=item, by=request.user, **values),
        heading=_("Change evidence"),
        moves=[
            Move(
                _("Take it out"),
                reverse("program:evidence_remove", args=[item.public_id]),
                "post",
                "danger",
                _("Take this evidence out of the dossier?"),
            )
        ],
        submit=_("Save"),
        success=_("The evidence was saved."),
    )


@writes
def evidence_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    item = _kept_item(request, public_id)
    actions.remove_evidence(item=item, by=request.user)
    messages.success(request, _("The evidence was taken out."))
    return redirect("program:designation", item.designation.public_id)


@reads_and_writes
@idempotent
def policy_add(request: HttpRequest, public_id: str) -> HttpResponse:
    designation = kept_designation(request, public_id)
    return _answer(
        request,
        designation,
        form=PolicyForm(posted(request)),
        act=lambda values: actions.add_policy(designation=designation, by=request.user, **values),
        heading=_("Add a policy document"),
        submit=_("Add"),
        success=_("The policy document was added."),
    )


@writes
def policy_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    policy = get_object_or_404(
        PolicyDocument.objects.select_related("designation__programme").filter(
            designation__in=designations_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, policy.designation.programme))
    actions.remove_policy(policy=policy, by=request.user)
    messages.success(request, _("The policy document was taken out."))
    return redirect("program:designation", policy.designation.public_id)
