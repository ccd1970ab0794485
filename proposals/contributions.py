"""What this app adds to pages above and below it: the main navigation, what waits for a person, a call's next steps."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import is_researcher
from kernel.clock import now
from kernel.contributions import Waiting
from kernel.languages import localized
from kernel.moves import Move
from program.models import Call
from proposals.enums import ProposalState
from proposals.permissions import may_start
from proposals.queries import own_proposals

MY_PROPOSALS = (gettext_lazy("My proposals"), "proposals:mine")
WAITING_SHOWN = 20


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Researchers find their proposals."""
    return [MY_PROPOSALS] if is_researcher(user) else []


def waiting(user: Any) -> list[Waiting]:
    """The drafts of the user's teams that can still be submitted, the most urgent first."""
    drafts = [
        proposal
        for proposal in own_proposals(user).filter(
            state=ProposalState.DRAFT, call__state__in=("open", "closed")
        )[:WAITING_SHOWN]
        if proposal.deadline_at > now()
    ]
    return [
        Waiting(
            _("Draft to be submitted: %(title)s")
            % {"title": localized(proposal, "title") or _("(no title yet)")},
            reverse("proposals:tasks", args=[proposal.public_id]),
            due=proposal.deadline_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        )
        for proposal in sorted(drafts, key=lambda draft: draft.deadline_at)
    ]


def call_moves(user: Any, call: Call) -> list[Move]:
    """From an open call a researcher begins a proposal."""
    if not may_start(user, call):
        return []
    return [Move(_("Begin a proposal"), reverse("proposals:start", args=[call.public_id]), tone="primary")]
