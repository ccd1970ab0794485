"""The queue of a research institution: what its officers and deputies are asked to approve (機関承認)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import approving_institutions, is_institution_officer
from kernel.choices import label_of_field
from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.methods import reads, writes
from kernel.moves import Move
from kernel.pages import page_of
from program.models import Call
from proposals.actions.approval import approval_digest, approve_each
from proposals.actions.content import content_of, read_whole
from proposals.approvals import approvals_handled_by, still_waiting
from proposals.enums import ApprovalState
from proposals.forms.approval import ApprovalFilterForm
from proposals.models import InstitutionApproval
from proposals.permissions import is_before_deadline
from proposals.views.own import title_of

TONES: dict[str, str] = {
    ApprovalState.ASKED: "info",
    ApprovalState.APPROVED: "success",
    ApprovalState.RETURNED: "warning",
    ApprovalState.REPLACED: "neutral",
}
CALLS_IN_FILTER = 100
# So many are approved at once: each is compared with what stands in its draft.
MOST_AT_ONCE = 50


def _filtered(request: HttpRequest) -> tuple[ApprovalFilterForm, QuerySet[InstitutionApproval]]:
    found = approvals_handled_by(request.user)
    asked_in = found.order_by().values("proposal__call")
    calls = Call.objects.filter(pk__in=asked_in).order_by("-deadline_at")[:CALLS_IN_FILTER]
    form = ApprovalFilterForm(request.GET or None, calls=calls)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    state = asked.get("state", "")
    if not state:
        found = found.filter(still_waiting())
    elif state != "all":
        found = found.filter(state=state)
    if asked.get("call"):
        found = found.filter(proposal__call__public_id=asked["call"])
    for word in asked.get("q", "").split():
        found = found.filter(
            Q(proposal__title_ja__icontains=word)
            | Q(proposal__title_en__icontains=word)
            | Q(proposal__pi__family_kanji__icontains=word)
            | Q(proposal__pi__given_kanji__icontains=word)
            | Q(proposal__pi__family_romaji__icontains=word)
            | Q(proposal__pi__given_romaji__icontains=word)
        )
    return form, found


def may_be_answered(approval: InstitutionApproval) -> bool:
    """Whether the request can still be answered, as `still_waiting` says of many."""
    proposal = approval.proposal
    return (
        approval.state == ApprovalState.ASKED and proposal.state == "draft" and is_before_deadline(proposal)
    )


def row_of(approval: InstitutionApproval) -> dict[str, Any]:
    """One request in words."""
    on = approval.internal  # type: ignore[attr-defined]  # annotated
    is_open = may_be_answered(approval)
    return {
        "approval": approval,
        "proposal": approval.proposal,
        "title": title_of(approval.proposal),
        "url": reverse("proposals:approval", args=[approval.public_id]),
        "internal": on,
        "is_late": is_open and on is not None and on < today(),
        "is_open": is_open,
        "state_label": label_of_field(approval, "state"),
        "tone": TONES[approval.state],
    }


def _moves(request: HttpRequest) -> list[Move]:
    """What an officer keeps besides; a deputy decides and keeps nothing."""
    if not is_institution_officer(request.user):
        return []
    return [
        Move(_("Internal deadlines"), reverse("proposals:internal_deadlines")),
        Move(_("Deputies"), reverse("accounts:deputies")),
    ]


@reads
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits, by the internal deadline; with a filter also what was answered."""
    if not approving_institutions(request.user):
        raise Http404
    form, found = _filtered(request)
    page = page_of(found, request)
    rows = [row_of(approval) for approval in page.objects]
    context = {
        "filter_form": form,
        "page": page,
        "rows": rows,
        "has_open": any(row["is_open"] for row in rows),
        "moves": _moves(request),
    }
    return render(request, "proposals/approvals.html", context)


@writes
@idempotent
def approvals_confirm(request: HttpRequest) -> HttpResponse:
    """What of the chosen requests would be approved; sent again from that page, it is."""
    if not approving_institutions(request.user):
        raise Http404
    names = request.POST.getlist("chosen")[:MOST_AT_ONCE]
    chosen = list(approvals_handled_by(request.user).filter(still_waiting(), public_id__in=names))
    if not chosen:
        messages.info(request, _("Choose at least one proposal that waits for an answer."))
        return redirect("proposals:approvals")
    if request.POST.get("confirmed"):
        approved = approve_each(approvals=chosen, by=request.user)
        left = len(names) - len(approved)
        if approved:
            text = ngettext("%(n)s proposal was approved.", "%(n)s proposals were approved.", len(approved))
            messages.success(request, text % {"n": len(approved)})
        if left:
            text = ngettext(
                "%(n)s was left as it was: it was changed or answered meanwhile.",
                "%(n)s were left as they were: they were changed or answered meanwhile.",
                left,
            )
            messages.warning(request, text % {"n": left})
        return redirect("proposals:approvals")
    rows = [{**row_of(approval), "is_same": is_as_asked(approval)} for approval in chosen]
    context = {
        "ready": [row for row in rows if row["is_same"]],
        "changed": [row for row in rows if not row["is_same"]],
        "breadcrumbs": [
            {"label": _("Approval by the institution"), "url": reverse("proposals:approvals")},
            {"label": _("Approve several"), "url": ""},
        ],
    }
    return render(request, "proposals/approvals_confirm.html", context)


def is_as_asked(approval: InstitutionApproval) -> bool:
    """Whether the draft is still what approval was asked for."""
    read_whole(approval.proposal)
    return approval_digest(content_of(approval.proposal)) == approval.sha256
