"""The officers' side of what follows a decision: objections and their answers, and the correction of the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from program.enums import CallState
from program.views.answering import answer_form, only_if, posted
from review.actions.appeals import answer_appeal
from review.actions.corrections import STANDING, propose_correction
from review.budgets import asked_by_year
from review.forms.outcomes import AppealAnswerForm, CorrectionForm
from review.models import DecisionItem
from review.permissions import may_answer_appeal, may_propose
from review.queries import proposals_under_review, waiting_decision
from review.results import appeals_visible_to
from review.views.pools import call_or_404, crumbs
from review.views.shown import proposal_title


@reads_and_writes
@idempotent
def appeal_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lead agency answers an objection, with reasons."""
    found = get_object_or_404(appeals_visible_to(request.user), public_id=public_id)
    only_if(may_answer_appeal(request.user, found))
    back = reverse("review:decision", args=[found.item.decision.public_id])
    if request.method == "GET" and found.verdict:
        return redirect(back)
    proposal = found.item.proposal
    return answer_form(
        request,
        form=AppealAnswerForm(posted(request)),
        act=lambda values: answer_appeal(appeal=found, by=request.user, **values),
        back=back,
        heading=_("Answer the objection to %(number)s") % {"number": proposal.receipt_number},
        lead=proposal_title(proposal),
        submit=_("Answer the objection"),
        success=_("The objection is answered; the applicant is told by mail."),
        template="review/appeal_answer.html",
        shows=lambda: {
            "facts": [
                {"label": _("Outcome"), "value": label_of_field(found.item, "outcome"), "url": ""},
                {"label": _("Principal investigator"), "value": proposal.pi.name, "url": ""},
                {"label": _("Reasons of the objection"), "value": found.reasons, "url": ""},
            ]
        },
        breadcrumbs=crumbs(found.item.decision.call, _("Objection")),
    )


@reads_and_writes
@idempotent
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """The correction of what was decided on a call: only what changes, each with its reason."""
    call = call_or_404(request, public_id)
    only_if(may_propose(request.user, call) and call.state == CallState.DECIDED)
    if request.method == "GET" and (waiting := waiting_decision(call)) is not None:
        return redirect("review:decision", public_id=waiting.public_id)
    proposals = list(proposals_under_review(request.user).filter(call=call, state__in=STANDING))
    ranks = _ranks([p.pk for p in proposals])
    form = CorrectionForm(
        posted(request),
        proposals=proposals,
        ranks=ranks,
        asked=asked_by_year(proposals),
        currency=call.programme.currency,
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = propose_correction(
                call=call,
                by=request.user,
                reason=form.cleaned_data["reason"],
                items=form.items(),
                extras=form.extras(),
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The decision is before the agencies."))
            return redirect("review:decision", public_id=decision.public_id)
    context = {
        "call": call,
        "form": form,
        "reason_field": form["reason"],
        "rows": [
            {
                "proposal": p,
                "title": proposal_title(p),
                "standing": label_of_field(p, "state"),
                "fields": [form[f"{name}_{p.public_id}"] for name in ("rank", "outcome", "reason")],
                "extras": form.extra_fields(p),
                "is_open": any(field.errors for field in form.extra_fields(p)),
            }
            for p in proposals
        ],
        "lead": localized(call, "title"),
        "cancel_url": reverse("review:board", args=[public_id]),
        "breadcrumbs": crumbs(call, _("Correct the decision")),
    }
    return render(request, "review/decision_correct.html", context)


def _ranks(proposals: list[Any]) -> dict[int, int]:
    """The rank that the newest adopted decision gave each."""
    items = DecisionItem.objects.filter(proposal__in=proposals, decision__state="adopted").order_by(
        "decision"
    )
    return dict(items.values_list("proposal", "rank"))
