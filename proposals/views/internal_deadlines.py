"""The days by which an institution wants to be asked, one for each call."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken
from proposals.actions.internal_deadlines import set_internal_deadline
from proposals.approvals import calls_to_approve, institutions_kept_by
from proposals.forms.approval import InternalDeadlineForm
from proposals.models import InternalDeadline

CALLS_SHOWN = 100


@reads
def internal_deadlines(request: HttpRequest) -> HttpResponse:
    """Every call that institutions approve for, with the own day of each institution whose officer the user is."""
    institutions = list(institutions_kept_by(request.user))
    if not institutions:
        raise Http404
    calls = list(calls_to_approve()[:CALLS_SHOWN])
    own = {
        (one.institution_id, one.call_id): one.on
        for one in InternalDeadline.objects.filter(institution__in=institutions, call__in=calls)
    }
    context = {
        "rows": [
            {
                "institution": institution,
                "call": call,
                "on": own.get((institution.pk, call.pk)),
                "url": reverse("proposals:internal_deadline", args=[institution.public_id, call.public_id]),
            }
            for call in calls
            for institution in institutions
        ],
        "breadcrumbs": [
            {"label": _("Approval by the institution"), "url": reverse("proposals:approvals")},
            {"label": _("Internal deadlines"), "url": ""},
        ],
    }
    return render(request, "proposals/internal_deadlines.html", context)


@reads_and_writes
@idempotent
def internal_deadline(request: HttpRequest, institution_id: str, public_id: str) -> HttpResponse:
    institution = get_object_or_404(institutions_kept_by(request.user), public_id=institution_id)
    call = get_object_or_404(calls_to_approve().select_related("programme"), public_id=public_id)
    own = InternalDeadline.objects.filter(institution=institution, call=call).first()
    form = InternalDeadlineForm(
        request.POST if request.method == "POST" else None, initial={"on": own.on if own else None}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_internal_deadline(
                institution=institution, call=call, by=request.user, on=form.cleaned_data["on"]
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("Saved. Applicants of the institution see it on their pages."))
            return redirect("proposals:internal_deadlines")
    context = {
        "form": form,
        "call": call,
        "institution": institution,
        "breadcrumbs": [
            {"label": _("Approval by the institution"), "url": reverse("proposals:approvals")},
            {"label": _("Internal deadlines"), "url": reverse("proposals:internal_deadlines")},
            {"label": localized(call, "title"), "url": ""},
        ],
    }
    return render(request, "proposals/internal_deadline.html", context)
