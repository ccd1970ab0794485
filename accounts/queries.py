"""Reads of people and memberships, as far as a user may see them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.enums import OWN_ROLES, OrganisationKind, RequestState, Role
from accounts.models import Membership, MembershipRequest, Organisation, OrganisationMerge, Person, User
from accounts.permissions import (
    may_keep_institutions,
    may_manage_memberships,
    may_see_registries,
    organisation_ids,
    person_of,
)
from kernel.audit import BY_LINK
from kernel.audit.models import AuditEntry
from kernel.clock import today

# So many people of a likeness of e-mail addresses are looked for in the trail.
FOUND_BY_EMAIL = 500


def memberships_visible_to(user: Any) -> QuerySet[Membership]:
    """Staff see all memberships, everybody else their own."""
    memberships = Membership.objects.select_related("person", "organisation").order_by("-starts_on", "-id")
    if may_manage_memberships(user):
        return memberships
    return memberships.filter(person__user=user) if user.is_authenticated else memberships.none()


def memberships_managed_by(user: Any) -> QuerySet[Membership]:
    """Staff manage all memberships; officers of a research institution those of its own people."""
    memberships = Membership.objects.select_related("person", "organisation__merged_into").order_by(
        "-starts_on", "-id"
    )
    if may_manage_memberships(user):
        return memberships
    own = organisation_ids(user, Role.INSTITUTION_OFFICER)
    return memberships.filter(
        Q(organisation__in=own) | Q(organisation__merged_into__in=own), role__in=OWN_ROLES
    )


def deputies_named_by(user: Any) -> QuerySet[Membership]:
    """The deputies of the institutions whose officer the user is, the newest first; those of the past too."""
    deputies = Membership.objects.filter(role=Role.INSTITUTION_DEPUTY, organisation__merged_into=None)
    own = organisation_ids(user, Role.INSTITUTION_OFFICER)
    return (
        deputies.filter(organisation__in=own)
        .select_related("person", "organisation")
        .order_by("-starts_on", "-id")
    )


def possible_deputies(user: Any) -> QuerySet[Membership]:
    """The researchers of the institutions whose officer the user is, who have an account to decide with."""
    own = organisation_ids(user, Role.INSTITUTION_OFFICER)
    return (
        Membership.objects.active_on(today())
        .filter(organisation__in=own, role=Role.RESEARCHER, person__user__is_active=True)
        .exclude(person=person_of(user))
        .select_related("person", "organisation")
        .order_by("organisation", "person__family_kana", "person__family_romaji", "id")
    )


def requests_managed_by(user: Any) -> QuerySet[MembershipRequest]:
    """The requests that wait for an answer which this person may give, the oldest first."""
    requests = (
        MembershipRequest.objects.filter(state=RequestState.WAITING)
        .select_related("person", "organisation__merged_into")
        .order_by("asked_at", "id")
    )
    if may_manage_memberships(user):
        return requests
    own = organisation_ids(user, Role.INSTITUTION_OFFICER)
    return requests.filter(organisation__in=own).exclude(person=person_of(user))


def requests_waiting_for(user: Any) -> QuerySet[MembershipRequest]:
    """Those that nobody answers unless this person does: of staff only where the institution has no other officer."""
    requests = requests_managed_by(user)
    if not may_manage_memberships(user):
        return requests
    officers = Membership.objects.active_on(today()).filter(
        organisation=OuterRef("organisation"), role=Role.INSTITUTION_OFFICER, person__user__is_active=True
    )
    return requests.exclude(Exists(officers.exclude(person=OuterRef("person"))))


def requests_of(user: Any) -> QuerySet[MembershipRequest]:
    """What the person has asked for, the newest first."""
    requests = MembershipRequest.objects.select_related("organisation").order_by("-asked_at", "-id")
    return requests.filter(person__user=user) if user.is_authenticated else requests.none()


def answerers_of(request: MembershipRequest) -> QuerySet[User]:
    """Who is told of a request: the institution's officers but for the person who asks; staff where it has none."""
    users = User.objects.filter(is_active=True).order_by("pk")
    officers = Membership.objects.active_on(today()).filter(
        organisation=request.organisation_id, role=Role.INSTITUTION_OFFICER
    )
    found = users.filter(person__in=officers.values("person")).exclude(person=request.person_id)
    return found if request.organisation_id and found.exists() else users.filter(is_staff=True)


def institution_called(name: str, ror_id: str = "") -> Organisation | None:
    """The institution that the portal works with and that has this ROR id, or is the only one of this name."""
    institutions = Organisation.objects.filter(kind=OrganisationKind.RESEARCH_INSTITUTION, merged_into=None)
    if ror_id and (chosen := institutions.filter(ror_id=ror_id).first()):
        return chosen
    named = Q(name_ja__iexact=name) | Q(name_en__iexact=name) | Q(short_name__iexact=name)
    found = list(institutions.filter(named)[:2]) if name else []
    return found[0] if len(found) == 1 else None


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """Officers and staff see the list of organisations."""
    organisations = Organisation.objects.filter(merged_into=None).order_by("kind", "short_name")
    return organisations if may_see_registries(user) or may_manage_memberships(user) else organisations.none()


def audit_visible_to(user: Any) -> QuerySet[AuditEntry]:
    """Staff see the audit trail: who, when, what; never the private part, which a page of its own subject may show."""
    entries = AuditEntry.objects.select_related("actor").order_by("-id").defer("private")
    return entries if may_manage_memberships(user) else entries.none()


def audit_filtered(
    entries: QuerySet[AuditEntry],
    *,
    q: str = "",
    kind: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[AuditEntry]:
    """Those by a person, with an account or come by a link, of whose e-mail `q` is a part; of one kind of thing; from one
    day in Japan to another."""
    if q:
        people = Person.objects.filter(Q(email__icontains=q) | Q(user__email__icontains=q))
        ids = list(people.order_by("-id").values_list("public_id", flat=True)[:FOUND_BY_EMAIL])
        entries = entries.filter(Q(actor__email__icontains=q) | Q(**{f"details__{BY_LINK}__person__in": ids}))
    if kind:
        entries = entries.filter(subject_type=kind)
    if since:
        entries = entries.filter(at__gte=_midnight(since))
    if until:
        entries = entries.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return entries


def came_by_link(entries: Iterable[AuditEntry]) -> dict[str, Person]:
    """Who did these without an account, by the link of an invitation, by their public id. One query at most."""
    ids = {entry.details[BY_LINK]["person"] for entry in entries if BY_LINK in entry.details}
    people = Person.objects.filter(public_id__in=ids).select_related("user") if ids else []
    return {person.public_id: person for person in people}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(settings.TIME_ZONE))


def institutions_kept_by(user: Any) -> QuerySet[Organisation]:
    """The research institutions that the portal works with, merged ones too, for those who keep them."""
    institutions = Organisation.objects.filter(kind=OrganisationKind.RESEARCH_INSTITUTION)
    institutions = institutions.select_related("merged_into").order_by("short_name", "id")
    return institutions if may_keep_institutions(user) else institutions.none()


def merges_visible_to(user: Any) -> QuerySet[OrganisationMerge]:
    """What was merged, for those who may merge."""
    merges = OrganisationMerge.objects.select_related("kept", "merged", "by__person").order_by("-id")
    return merges if may_keep_institutions(user) else merges.none()


@dataclass(frozen=True)
class Reference:
    """The rows of one table that point to an organisation by one column."""

    model: type[Model]
    column: str
    keys: list[int]

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def is_append_only(self) -> bool:
        """Whether the database refuses any change of these rows."""
        return bool(getattr(self.model, "is_append_only", False))


def references_of(organisation: Organisation) -> list[Reference]:
    """Everything that points to an organisation, in whichever app it lives; records of history and of merging apart."""
    found = []
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model: Any = relation.related_model
        if model in (Organisation, OrganisationMerge) or hasattr(model, "history_id"):
            continue
        column = relation.field.name  # type: ignore[union-attr]  # a reverse relation has the field that makes it
        keys = model._default_manager.filter(**{column: organisation}).order_by("pk")
        if rows := list(keys.values_list("pk", flat=True)):
            found.append(Reference(model, column, rows))
    return sorted(found, key=lambda reference: reference.name)


def addresses_beside(address: str) -> list[str]:
    """Where mails go today to the account that has verified this address, if that is elsewhere."""
    accounts = EmailAddress.objects.filter(email__iexact=address, verified=True).values("user")
    return list(
        User.objects.filter(pk__in=accounts).exclude(email__iexact=address).values_list("email", flat=True)
    )
