"""Reads of people and memberships, as far as a user may see them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Membership, Organisation
from accounts.permissions import may_manage_memberships, may_see_registries
from kernel.audit.models import AuditEntry


def memberships_visible_to(user: Any) -> QuerySet[Membership]:
    """Staff see all memberships, everybody else their own."""
    memberships = Membership.objects.select_related("person", "organisation").order_by("-starts_on", "-id")
    if may_manage_memberships(user):
        return memberships
    return memberships.filter(person__user=user) if user.is_authenticated else memberships.none()


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """Officers and staff see the list of organisations."""
    organisations = Organisation.objects.order_by("kind", "short_name")
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
