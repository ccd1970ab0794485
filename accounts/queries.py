"""Reads of people and memberships, as far as a user may see them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, QuerySet

from accounts.enums import OrganisationKind
from accounts.models import Membership, Organisation, OrganisationMerge
from accounts.permissions import may_keep_institutions, may_manage_memberships, may_see_registries
from kernel.audit.models import AuditEntry


def memberships_visible_to(user: Any) -> QuerySet[Membership]:
    """Staff see all memberships, everybody else their own."""
    memberships = Membership.objects.select_related("person", "organisation").order_by("-starts_on", "-id")
    if may_manage_memberships(user):
        return memberships
    return memberships.filter(person__user=user) if user.is_authenticated else memberships.none()


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
    """Those by a person of whose e-mail `q` is a part, of one kind of thing, from one day in Japan to another."""
    if q:
        entries = entries.filter(actor__email__icontains=q)
    if kind:
        entries = entries.filter(subject_type=kind)
    if since:
        entries = entries.filter(at__gte=_midnight(since))
    if until:
        entries = entries.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return entries


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
