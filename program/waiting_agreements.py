"""Calls being prepared that wait for an agency's agreement, or for a second officer who confirms a recorded one."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.permissions import organisation_ids
from kernel.contributions import Waiting
from kernel.languages import localized
from program.enums import CallState
from program.models import CallAgency
from program.permissions import SEATS

SHOWN = 20


def agreements(user: Any) -> list[Waiting]:
    """An entry a call, which leads to its page, where the agreement is given; one query.

    The officers who prepare the call have it among their own calls. An agreement to an earlier state of a call is told on
    the call's page alone: whether it still holds takes the whole call to say.
    """
    seats = organisation_ids(user, *SEATS)
    if not seats:
        return []
    missing = Q(agency__in=seats, must_agree=True, signs_in=True, agreement=None) & ~Q(
        call__lead_agency__in=organisation_ids(user, Role.PROGRAMME_OFFICER)
    )
    unconfirmed = Q(
        call__lead_agency__in=seats, agreement__on_behalf=True, agreement__confirmed_at=None
    ) & ~Q(agreement__recorded_by__user=user)
    parts = (
        CallAgency.objects.filter(missing | unconfirmed, call__state=CallState.DRAFT)
        .select_related("call", "agency", "agreement")
        .order_by("call__opens_at", "id")
    )
    return [_entry(part) for part in parts[:SHOWN]]


def _entry(part: CallAgency) -> Waiting:
    words = (
        _("%(agency)s has not agreed yet to the call: %(title)s")
        if getattr(part, "agreement", None) is None
        else _("Agreement of %(agency)s, to be confirmed by a second officer: %(title)s")
    )
    values = {"agency": part.agency.short_name, "title": localized(part.call, "title")}
    return Waiting(words % values, reverse("program:call", args=[part.call.public_id]))
