"""Reads of the programme, as far as a user may see it."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from accounts.permissions import is_agency_officer, is_ministry_officer, organisation_ids
from kernel.audit.models import AuditEntry
from kernel.clock import now, today
from kernel.languages import localized
from program.enums import CallState, DesignationState
from program.models import Call, CallCap, CountryGroup, Designation, Field, FormVersion, Programme
from program.permissions import SEATS, is_officer_here
from program.rules.balance import Scored
from program.rules.groups import Span, members_on
from registries.models import Country


def programmes_visible_to(user: Any) -> QuerySet[Programme]:
    """Everybody who is signed in sees the programmes: they are published."""
    programmes = Programme.objects.select_related("ministry").order_by("code")
    return programmes if user.is_authenticated else programmes.none()


def programmes_kept_by(user: Any) -> QuerySet[Programme]:
    """The programmes whose ministry the user is an officer of."""
    return programmes_visible_to(user).filter(ministry__in=organisation_ids(user, Role.MINISTRY_OFFICER))


def ministries_of(user: Any) -> QuerySet[Organisation]:
    """The ministries that the user is an officer of."""
    return Organisation.objects.filter(pk__in=organisation_ids(user, Role.MINISTRY_OFFICER)).order_by("id")


def fields_visible_to(user: Any) -> QuerySet[Field]:
    """Fields are published with their programmes."""
    return (
        Field.objects.filter(programme__in=programmes_visible_to(user))
        .select_related("programme")
        .order_by("programme__code", "id")
    )


def groups_visible_to(user: Any) -> QuerySet[CountryGroup]:
    """Groups of countries are published with their programmes."""
    return (
        CountryGroup.objects.filter(programme__in=programmes_visible_to(user))
        .select_related("programme__ministry")
        .order_by("programme__code", "id")
    )


def members_of_group(group: CountryGroup, day: dt.date) -> list[Country]:
    """The countries that belong to a group on a day, by their codes; reads `members` with their countries."""
    members = list(group.members.all())
    countries = {member.country_id: member.country for member in members}
    spans = [Span(member.country_id, member.starts_on, member.ends_on) for member in members]
    return [countries[code] for code in sorted(members_on(spans, day))]


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


def designations_of_pair(
    user: Any, field: Field, country: Country | None, group: CountryGroup | None
) -> QuerySet[Designation]:
    """The designations of a field with a partner that were not withdrawn, the newest first."""
    return (
        designations_visible_to(user)
        .filter(field=field, country=country, group=group)
        .exclude(state=DesignationState.WITHDRAWN)
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
    """Published calls for everybody, signed in or not, one that was cancelled after its opening too; those in preparation for
    the officers of their agencies, and for the ministry."""
    calls = Call.objects.select_related("programme", "lead_agency").order_by("-opens_at", "-id")
    was_open = Exists(FormVersion.objects.filter(call=OuterRef("pk"), frozen_at__isnull=False))
    published = Q(state__in=[s for s in CallState if s not in (CallState.DRAFT, CallState.CANCELLED)]) | (
        Q(state=CallState.CANCELLED) & Q(was_open)
    )
    if not user.is_authenticated:
        return calls.filter(published)
    if is_ministry_officer(user):
        return calls
    if not is_agency_officer(user):
        return calls.filter(published)
    return calls.filter(
        published
        | Q(pk__in=calls_of_officer(user).values("pk"))
        | Q(lead_agency__in=organisation_ids(user, *SEATS))
    )


def open_calls(user: Any) -> QuerySet[Call]:
    """The calls that may be applied to now, the nearest deadline first."""
    return (
        calls_visible_to(user)
        .filter(state=CallState.OPEN, deadline_at__gt=now())
        .order_by("deadline_at", "id")
    )


def led_agencies(user: Any) -> QuerySet[Organisation]:
    """The Japanese agencies for which the user is programme officer: those that may lead a call."""
    return Organisation.objects.filter(
        pk__in=organisation_ids(user, Role.PROGRAMME_OFFICER),
        kind=OrganisationKind.FUNDING_AGENCY,
        country_code="JP",
    ).order_by("short_name")


def caps_for(call: Call, support_type_id: int | None) -> QuerySet[CallCap]:
    """The caps that hold for a project of a support type (None: of none): the call's own, and the type's."""
    return call.caps.filter(Q(support_type=None) | Q(support_type=support_type_id)).order_by("pk")


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


def scored_evidence(designation: Designation) -> list[Scored]:
    """A dossier's evidence as its balance sees it, oldest first."""
    return [Scored(item.public_id, item.score, item.weight) for item in designation.evidence.order_by("id")]


def designation_name(designation: Designation) -> str:
    """Field and partner in the reader's language: 量子 × アメリカ合衆国."""
    partner = (
        localized(designation.country, "name")
        if designation.country
        else localized(designation.group, "title")
    )
    return f"{localized(designation.field, 'title')} × {partner}"


def agencies_visible_to(user: Any) -> QuerySet[Organisation]:
    """Officers of agencies and of the ministry see every funding agency, with what the programme knows of it."""
    agencies = (
        Organisation.objects.filter(kind=OrganisationKind.FUNDING_AGENCY)
        .select_related("agency_profile")
        .order_by("short_name", "id")
    )
    return agencies if is_officer_here(user) else agencies.none()


def audit_of(subject: Any, verbs: list[str]) -> QuerySet[AuditEntry]:
    """The audit trail of one object, newest first, with who did it; for those who may work on the object."""
    return (
        AuditEntry.objects.filter(
            subject_type=subject._meta.label_lower, subject_id=subject.public_id, verb__in=verbs
        )
        .select_related("actor__person")
        .order_by("-id")
    )
