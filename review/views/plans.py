"""An agency's plan of its review: from which day which phase holds, and what each opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.forms import make_from, values_shown
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.revisions import fingerprint
from program.enums import CallState
from program.models import Call
from program.rules.reminders import USUAL
from program.views.answering import carried_out, held, only_if, posted
from review.actions.plans import set_plan
from review.enums import Phase
from review.forms.plans import DAYS, PlanForm
from review.models import ReviewPlan
from review.permissions import may_keep_pool
from review.phases import phases_of
from review.queries import reviewing_agencies
from review.rules.phases import BUNDLES
from review.views.pools import call_or_404, crumbs

KEPT = (*DAYS, "may_amend", "shows_names", "reminder_days")


def plan_url(call: Call, agency: Organisation) -> str:
    return reverse("review:plan", args=[call.public_id, agency.public_id])


def _found(call: Call, agency: Organisation) -> ReviewPlan | None:
    return ReviewPlan.objects.filter(call=call, agency=agency).first()


def _shown(plan: ReviewPlan | None) -> PlanForm:
    initial = held(plan, KEPT) if plan else {"reminder_days": USUAL}
    return PlanForm(initial={**initial, "seen": fingerprint(plan or {})})


def phase_rows(current: Phase) -> list[dict[str, Any]]:
    """What each phase opens, in words, from the table of the rules."""
    yes, no = _("yes"), _("no")
    return [
        {
            "label": label(phase),
            "is_current": phase == current,
            "cells": [
                yes if allowed else no
                for allowed in (bundle.writes, bundle.reads_others, bundle.discusses, bundle.amends)
            ],
        }
        for phase, bundle in BUNDLES.items()
    ]


@reads_and_writes
@idempotent
def plan(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    agencies = [agency.pk for agency in reviewing_agencies(call)]
    agency = get_object_or_404(Organisation.objects.filter(pk__in=agencies), public_id=agency_id)
    only_if(may_keep_pool(request.user, call, agency))
    back = reverse("review:progress", args=[public_id])
    if request.method == "GET" and call.state != CallState.REVIEW:
        return redirect(back)
    form = PlanForm(posted(request)) if request.method == "POST" else _shown(_found(call, agency))
    standing: list[dict[str, Any]] = []

    def show_what_stands() -> None:
        now = _found(call, agency)
        standing.extend(values_shown(_shown(now)))
        make_from(form, "seen", fingerprint(now or {}))

    done, _made = carried_out(
        request,
        form,
        lambda values: set_plan(call=call, agency=agency, by=request.user, **form.values()),
        _("The plan of the review is set."),
        show_what_stands,
    )
    if done:
        return redirect(back)
    context = {
        "form": form,
        "heading": _("Plan of the review of %(agency)s") % {"agency": localized(agency, "name")},
        "standing_now": standing,
        "phases": phase_rows(phases_of(call).of(agency.pk)),
        "cancel_url": back,
        "breadcrumbs": crumbs(call, _("Plan of the review")),
    }
    return render(request, "review/plan.html", context, status=409 if standing else 200)
