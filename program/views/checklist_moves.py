"""The way from a call to the checklists of eligibility that a person keeps."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer
from kernel.moves import Move
from program.actions.call_parts import ENDED
from program.models import Call
from program.permissions import may_keep_checklist


def checklist_moves(user: Any, call: Call) -> list[Move]:
    """To the checklists that this person keeps: the own agency's, and those of agencies that do not sign in."""
    if call.state in ENDED or not is_agency_officer(user):
        return []
    return [
        Move(
            _("Eligibility checklist of %(agency)s") % {"agency": part.agency.short_name},
            reverse("program:call_checklist", args=[part.public_id]),
        )
        for part in call.call_agencies.select_related("agency", "call").order_by("id")
        if may_keep_checklist(user, part)
    ]
