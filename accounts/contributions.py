"""What this app adds to pages above it: the main navigation, and what waits for a person."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import RequestState
from accounts.permissions import may_manage_memberships, may_see_memberships, person_of
from accounts.queries import requests_of, requests_waiting_for
from kernel.clock import now
from kernel.contributions import Waiting

PEOPLE = (gettext_lazy("People and roles"), "accounts:memberships")
AUDIT = (gettext_lazy("Audit trail"), "accounts:audit")
REFUSAL_SHOWN = dt.timedelta(days=14)


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Staff keep people and read the trail; officers of institutions keep their own people."""
    return [
        *([PEOPLE] if may_see_memberships(user) else []),
        *([AUDIT] if may_manage_memberships(user) else []),
    ]


def waiting(user: Any) -> list[Waiting]:
    """The profile of a person without a name; requests to be answered; for two weeks what was refused."""
    if person_of(user) is None:
        return [Waiting(_("Enter your name in your profile"), reverse("accounts:profile"))]
    requests = reverse("accounts:memberships")
    refused = requests_of(user).filter(state=RequestState.REFUSED, answered_at__gt=now() - REFUSAL_SHOWN)
    return [
        *(
            [Waiting(_("Requests for a role to be answered"), requests, rows=requests_waiting_for(user))]
            if may_see_memberships(user)
            else []
        ),
        Waiting(_("Your request for a role was refused: see why"), reverse("accounts:profile"), rows=refused),
    ]
