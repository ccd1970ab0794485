"""Dispatch and acceptance plans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import day, yen
from kernel.violations import sentence
from proposals.actions.exchange import add_exchange, change_exchange, remove_exchange
from proposals.exchange_words import length_words, share_words, totals_table
from proposals.forms.exchange import StayPlanForm, stay_initial
from proposals.models import ExchangePlan
from proposals.queries import asked_of
from proposals.rules.exchange import PlannedPerson
from proposals.rules.exchange_money import share_violation
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, written_row
from proposals.views.own import written_proposal
from registries.queries import institution_names


def _plan(request: HttpRequest, public_id: str, plan_id: str) -> ExchangePlan:
    return written_row(request, ExchangePlan.objects.all(), public_id, plan_id)


def _planned(plan: ExchangePlan) -> PlannedPerson:
    return PlannedPerson(
        plan.direction,
        plan.person_name,
        plan.starts_on,
        plan.ends_on,
        bool(plan.degree_sought),
        plan.amount_yen or 0,
    )


@reads
def exchange(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    calendar = proposal.call.programme.calendar
    plans = list(proposal.exchange.order_by("starts_on", "pk"))
    hosts = institution_names(plan.host_ror_id for plan in plans)
    rows = [
        Row(
            [
                capfirst(label_of_field(plan, "direction")),
                plan.person_name or _("to be named"),
                capfirst(label_of_field(plan, "career_stage")),
                f"{hosts.get(plan.host_ror_id, plan.host)} ({plan.country_code})",
                f"{day(plan.starts_on)} – {day(plan.ends_on)}",
                length_words(plan.starts_on, plan.ends_on, calendar),
                plan.degree_sought or "–",
                yen(plan.amount_yen),
            ],
            change_url=reverse("proposals:exchange_change", args=[public_id, plan.public_id]),
            remove_url=reverse("proposals:exchange_remove", args=[public_id, plan.public_id]),
        )
        for plan in plans
    ]
    planned, asked = sum(plan.amount_yen or 0 for plan in plans), asked_of(proposal)
    too_much = share_violation(planned, asked)
    return list_page(
        request,
        proposal,
        heading=_("Dispatch and acceptance"),
        lead=_(
            "Each planned stay of a young researcher, those for a degree included. 31 days or more count as mid/long-term; both end days count."
        )
        + " "
        + share_words(planned, asked, proposal.call.exchange_target_percent),
        columns=[
            _("Dispatch or acceptance"),
            _("Name of the person"),
            _("Career stage"),
            _("Host institution"),
            _("Period"),
            _("Length"),
            _("Degree sought"),
            _("Taken of the budget"),
        ],
        rows=rows,
        empty=_("No stay has been planned yet."),
        add_url=reverse("proposals:exchange_add", args=[public_id]),
        add_label=_("Plan a stay"),
        table=totals_table([_planned(plan) for plan in plans]) if plans else None,
        warning=sentence(too_much) if too_much else "",
    )


@reads_and_writes
@idempotent
def exchange_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    return form_page(
        request,
        proposal,
        StayPlanForm(request.POST or None, calendar=proposal.call.programme.calendar),
        heading=_("Plan a stay"),
        act=lambda values: add_exchange(proposal=proposal, by=request.user, **values),
        back="proposals:exchange",
        saved=_("The stay was added to the plan."),
    )


@reads_and_writes
def exchange_change(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    plan = _plan(request, public_id, plan_id)

    def make(*data: Any) -> StayPlanForm:
        return StayPlanForm(
            data[0], calendar=plan.proposal.call.programme.calendar, initial=stay_initial(plan)
        )

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
@idempotent
def exchange_remove(request: HttpRequest, public_id: str, plan_id: str) -> HttpResponse:
    plan = _plan(request, public_id, plan_id)
    return removal_page(
        request,
        plan,
        heading=_("Remove a planned stay"),
        question=_("Take this stay at %(host)s off the plan?") % {"host": plan.host},
        act=lambda seen: remove_exchange(plan=plan, by=request.user, seen=seen),
        back="proposals:exchange",
    )
