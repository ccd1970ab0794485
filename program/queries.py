"""Reads of the programme, as far as a user may see it."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from accounts.permissions import is_agency_officer, is_ministry_officer, organisation_ids
from kernel.clock import today
from program.enums import CallState, DesignationState
from program.models import Call, Designation, Programme
from program.permissions import SEATS


def programmes_visible_to(user: Any) -> QuerySet[Programme]:
    """Everybody who is signed in sees the programmes: they are published."""
    programmes = Programme.objects.select_related("ministry").order_by("code")
    return programmes if user.is_authenticated else programmes.none()


def designations_visible_to(user: Any) -> QuerySet[Designation]:
    """Ministry officers see every designation; others those that were decided (in force, suspended or withdrawn after)."""
    designations = Designation.objects.select_related("field", "country", "group", "programme").order_by(
        "-id"
    )
    if is_ministry_officer(user):
        return designations
    if not user.is_authenticated:
        return designations.none()
    return designations.filter(decided_at__isnull=False).exclude(
        state__in=[DesignationState.DRAFT, DesignationState.PROPOSED]
    )


def designations_in_force(on: Any) -> QuerySet[Designation]:
    """The designations in force on the day `on`."""
    return Designation.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), state=DesignationState.DECIDED, valid_from__lte=on
    )


def calls_of_officer(user: Any) -> QuerySet[Call]:
    """The calls in which an agency takes part today for which the user is programme officer or approver."""
    day = today()
    agencies = organisation_ids(user, *SEATS)
    return Call.objects.filter(
        Q(call_agencies__ends_on=None) | Q(call_agencies__ends_on__gte=day),
        call_agencies__agency__in=agencies,
        call_agencies__starts_on__lte=day,
    ).distinct()


def calls_visible_to(user: Any) -> QuerySet[Call]:
    """Published calls for everybody who is signed in; those in preparation for the officers of their agencies, and for the ministry."""
    calls = Call.objects.select_related("programme", "lead_agency").order_by("-opens_at", "-id")
    if not user.is_authenticated:
        return calls.none()
    if is_ministry_officer(user):
        return calls
    published = Q(state__in=[s for s in CallState if s not in (CallState.DRAFT, CallState.CANCELLED)])
    if not is_agency_officer(user):
        return calls.filter(published)
    return calls.filter(
        published
        | Q(pk__in=calls_of_officer(user).values("pk"))
        | Q(lead_agency__in=organisation_ids(user, *SEATS))
    )


def agencies_of(call: Call) -> QuerySet[Organisation]:
    """The agencies that take part in the call today, the lead agency first."""
    day = today()
    return (
        Organisation.objects.filter(
            Q(call_agencies__ends_on=None) | Q(call_agencies__ends_on__gte=day),
            call_agencies__call=call,
            call_agencies__starts_on__lte=day,
        )
        .annotate(is_lead=Q(pk=call.lead_agency_id))
        .order_by("-is_lead", "short_name")
    )


def required_agencies(call: Call) -> QuerySet[Organisation]:
    """Those of the call's agencies whose yes is needed."""
    return agencies_of(call).filter(call_agencies__call=call, call_agencies__must_agree=True)
