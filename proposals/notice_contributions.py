"""What notices of intent add to pages above and below this app: a call's next steps, what waits for a person, who is told."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer, is_researcher
from kernel.clock import day_of, now
from kernel.contributions import Waiting
from kernel.moves import Move
from kernel.violations import sentence
from program.contributions import Obstacle, Reader
from program.enums import CallState, NoticeRule
from program.models import Call
from program.permissions import agency_seats
from proposals.enums import NoticeState, NoticeTask, ProposalState
from proposals.models import NoticeOfIntent, Proposal
from proposals.notice_words import title_of
from proposals.notices import (
    awaiting_notice_confirmation,
    awaiting_notice_verdict,
    best_notice,
    may_admit,
    may_give,
    own_notices,
    start_gap,
)
from proposals.permissions import may_start

WAITING_SHOWN = 20


def call_moves(user: Any, call: Call) -> list[Move]:
    """Giving notice, as long as it is taken; for officers, what the call has received, and whom they admit besides."""
    if call.notice == NoticeRule.OFF:
        return []
    moves = []
    if agency_seats(user, call):
        moves.append(Move(_("Notices of intent"), f"{reverse('proposals:notices')}?call={call.public_id}"))
    if may_admit(user, call):
        url = reverse("proposals:notice_admit", args=[call.public_id])
        moves.append(Move(_("Admit somebody exceptionally"), url))
    if may_start(user, call):
        given = best_notice(user, call)
        if given is not None:
            url = reverse("proposals:notice", args=[given.public_id])
            moves.append(Move(_("My notice of intent"), url, tone="primary"))
        elif may_give(user, call):
            url = reverse("proposals:notice_give", args=[call.public_id])
            moves.append(Move(_("Give notice of intent"), url, tone="primary"))
    return moves


def call_obstacles(user: Any, call: Call) -> list[Obstacle]:
    """Why a researcher cannot begin a full proposal to a call that requires a notice, and what to do."""
    if call.notice != NoticeRule.REQUIRED or not may_start(user, call):
        return []
    gap = start_gap(user, call)
    if gap is None:
        return []
    if may_give(user, call):
        return (
            [
                Obstacle(
                    sentence(gap),
                    reverse("proposals:notice_give", args=[call.public_id]),
                    _("Give notice of intent"),
                )
            ]
            if best_notice(user, call) is None
            else [Obstacle(sentence(gap))]
        )
    return [Obstacle(sentence(gap))]


def waiting(user: Any) -> list[Waiting]:
    """Drafts to be submitted and accepted notices from which a proposal may be begun; for officers the verdicts and
    confirmations that are asked of them."""
    if is_agency_officer(user):
        office = reverse("proposals:notices")
        return [
            Waiting(words, f"{office}?todo={task.value}", rows=find(user))
            for task, words, find in (
                (NoticeTask.VERDICT, _("Notices of intent to be judged"), awaiting_notice_verdict),
                (
                    NoticeTask.CONFIRMATION,
                    _("Answers on notices of intent that a second officer must confirm"),
                    awaiting_notice_confirmation,
                ),
            )
        ]
    return _own(user) if is_researcher(user) else []


def _own(user: Any) -> list[Waiting]:
    used = Proposal.objects.filter(notice=OuterRef("pk")).exclude(state=ProposalState.WITHDRAWN)
    mine = own_notices(user).filter(
        ~Exists(used),
        call__state=CallState.OPEN,
        state__in=(NoticeState.DRAFT, NoticeState.ACCEPTED),
        call__deadline_at__gt=now(),
    )
    found = []
    for one in mine[:WAITING_SHOWN]:
        is_draft = one.state == NoticeState.DRAFT
        due = one.call.notice_deadline_at if is_draft else one.call.deadline_at
        if due is None or due <= now():
            continue
        words = (
            _("Notice of intent to be submitted: %(title)s")
            if is_draft
            else _("Notice of intent accepted, full proposal to be begun: %(title)s")
        )
        url = reverse("proposals:notice", args=[one.public_id])
        found.append(Waiting(words % {"title": title_of(one)}, url, due=day_of(due)))
    return sorted(found, key=lambda one: one.due)


def call_readers(call: Call) -> list[Reader]:
    """Who has a notice that stands, or a draft of one: told when the call changes, like those who write a proposal."""
    if call.state not in (CallState.OPEN, CallState.CANCELLED):
        return []
    standing = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.ACCEPTED)
    found: dict[int, Reader] = {}
    given = NoticeOfIntent.objects.filter(call=call, state__in=standing).select_related("pi__user")
    for one in given.order_by("pk"):
        user = one.pi.user
        address, language = (user.email, user.language) if user else (one.pi.email, "en")
        if address:
            found[one.pi_id] = Reader(one.pi.public_id, address, language, one.pi.name_in(language))
    return list(found.values())
