"""What this app adds to pages above and below it: the main navigation, what waits for a person, a call's next steps."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import is_agency_officer, is_researcher
from kernel.clock import now
from kernel.contributions import Waiting
from kernel.languages import localized
from kernel.moves import Move
from program.enums import CallState
from program.models import Call, FormVersion
from program.permissions import agency_seats, may_change_call
from proposals.enums import OfficeTask, ProposalState
from proposals.permissions import may_start
from proposals.queries import (
    awaiting_award,
    awaiting_confirmation,
    awaiting_verdict,
    counted_together,
    own_proposals,
)

RECEIVED = (gettext_lazy("Proposals"), "proposals:office")
MY_PROPOSALS = (gettext_lazy("My proposals"), "proposals:mine")
WAITING_SHOWN = 20


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Researchers find their proposals, officers what their calls received."""
    return [
        *([MY_PROPOSALS] if is_researcher(user) else []),
        *([RECEIVED] if is_agency_officer(user) else []),
    ]


def waiting(user: Any) -> list[Waiting]:
    """Drafts that can still be submitted; for officers the verdicts and confirmations that are asked of them."""
    return [*_drafts(user), *_answers(user)]


def _answers(user: Any) -> list[Waiting]:
    if not is_agency_officer(user):
        return []
    words = {
        OfficeTask.VERDICT: (_("Proposals whose eligibility is to be judged"), awaiting_verdict),
        OfficeTask.AWARD: (_("Proposals whose partner award is to be confirmed"), awaiting_award),
        OfficeTask.CONFIRMATION: (
            _("Answers on behalf of an agency that a second officer must confirm"),
            awaiting_confirmation,
        ),
    }
    counts = counted_together(user, *(find(user) for _text, find in words.values()))
    found = [(task, text, count) for (task, (text, _find)), count in zip(words.items(), counts, strict=True)]
    office = reverse("proposals:office")
    return [Waiting(text, f"{office}?todo={task.value}", count) for task, text, count in found if count]


def _drafts(user: Any) -> list[Waiting]:
    """The drafts of the user's teams that can still be submitted, the most urgent first."""
    drafts = [
        proposal
        for proposal in own_proposals(user).filter(
            state=ProposalState.DRAFT, call__state__in=("open", "closed"), is_test=False
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
    """From an open call a researcher begins a proposal; from any, its officers see what it received."""
    received = []
    if agency_seats(user, call):
        url = f"{reverse('proposals:office')}?call={call.public_id}"
        received.append(Move(_("Received proposals"), url))
    if may_change_call(user, call) and call.state not in (CallState.DRAFT, CallState.CANCELLED):
        url = reverse("proposals:form_versions", args=[call.public_id])
        received.append(Move(_("Versions of the form"), url))
    if not may_start(user, call):
        return received
    return [
        *received,
        Move(_("Begin a proposal"), reverse("proposals:start", args=[call.public_id]), tone="primary"),
    ]


def form_moves(user: Any, call: Call, version: FormVersion) -> list[Move]:
    """The form as an applicant meets it, where it has a section; its versions, and issuing the next one."""
    moves = []
    first = next(iter(version.sections.all()), None)
    if first is not None:
        url = reverse("proposals:form_preview", args=[call.public_id, version.number, first.key])
        moves.append(Move(_("Preview as an applicant"), url))
    if version.frozen_at is None and call.state == CallState.OPEN:
        url = reverse("proposals:form_versions", args=[call.public_id])
        moves.insert(0, Move(_("Compare and issue the new version"), url, tone="primary"))
    elif version.frozen_at is not None:
        moves.append(
            Move(_("Versions of the form"), reverse("proposals:form_versions", args=[call.public_id]))
        )
    return moves


def trial_page(call: Call) -> str:
    """Where the form of a call that is being prepared is tried."""
    return reverse("proposals:trial", args=[call.public_id])
