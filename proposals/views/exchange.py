"""Dispatch and acceptance plans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import day
from proposals.actions.exchange import add_exchange, change_exchange, remove_exchange
from proposals.forms.exchange import StayPlanForm
from proposals.models import ExchangePlan
from proposals.rules.exchange import days_of, is_long_term
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page
from proposals.views.own import written_proposal
from proposals.views.writing import leave_if_closed


def _plan(request: HttpRequest, public_id: str, plan_id: str) -> ExchangePlan:
    proposal = written_proposal(request, public_id)
    plans = ExchangePlan.objects.filter(proposal=proposal).select_related("proposal__call__programme")
    return get_object_or_404(plans, public_id=plan_id)


def length_words(plan: ExchangePlan) -> str:
    """The days of a stay, and whether it is mid- or long-term."""
    days = days_of(plan.starts_on, plan.ends_on)
    words = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if not is_long_term(plan.starts_on, plan.ends_on):
        return words
    return _("%(days)s (mid/long-term)") % {"days": words}


@reads
def exchange(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    rows = [
        Row(
            [
                label_of_field(plan, "direction"),
                plan.person_name or _("to be named"),
                label_of_field(plan, "career_stage"),
                f"{plan.host} ({plan.country_code})",
                f"{day(plan.starts_on)} – {day(plan.ends_on)}",
                length_words(plan),
                plan.degree_sought or "–",
            ],
            change_url=reverse("proposals:exchange_change", args=[public_id, plan.public_id]),
            remove_url=reverse("proposals:exchange_remove", args=[public_id, plan.public_id]),
        )
        for plan in proposal.exchange.order_by("starts_on", "pk")
    ]
    return list_page(
        request,
        proposal,
        heading=_("Dispatch and acceptance"),
        lead=_(
            "Each planned stay of a young researcher, those for a degree included. 31 days or more count as mid/long-term; both end days count."
        ),
        columns=[
            _("Dispatch or acceptance"),
            _("Name of the person"),
            _("Career stage"),
            _("Host institution"),
            _("Period"),
            _("Length"),
            _("Degree sought"),
        ],
        rows=rows,
        empty=_("No stay has been planned yet."),
        add_url=reverse("proposals:exchange_add", args=[public_id]),
        add_label=_("Plan a stay"),
    )


@reads_and_writes
@idempotent
def exchange_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    return form_page(
        request,
        proposal,
        StayPlanForm(request.POST or None),
        heading=_("Plan a stay"),
        act=lambda values: add_exchange(proposal=proposal, by=request.user, **values),
        back="proposals:exchange",
        saved=_("The stay was added to the plan."),
    )


@reads_and_writes
def exchange_change(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    plan = _plan(request, public_id, plan_id)
    if leave := leave_if_closed(request, plan.proposal):
        return leave

    def make(*data: Any) -> StayPlanForm:
        return StayPlanForm(data[0], initial={name: getattr(plan, name) for name in StayPlanForm.base_fields})

    return change_page(
        request,
        plan,
        make,
        heading=_("Change a planned stay"),
        act=lambda values: change_exchange(plan=plan, by=request.user, **values),
        back="proposals:exchange",
        saved=_("The stay was changed."),
    )


@reads_and_writes
def exchange_remove(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    plan = _plan(request, public_id, plan_id)
    if leave := leave_if_closed(request, plan.proposal):
        return leave
    return removal_page(
        request,
        plan.proposal,
        heading=_("Remove a planned stay"),
        question=_("Take this stay at %(host)s off the plan?") % {"host": plan.host},
        act=lambda: remove_exchange(plan=plan, by=request.user),
        back="proposals:exchange",
    )
