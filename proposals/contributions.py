"""What this app adds to pages above and below it: the main navigation, what waits for a person, a call's next steps."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.enums import RequestState, Role
from accounts.permissions import (
    approving_institutions,
    is_agency_officer,
    is_officer,
    is_researcher,
    memberships_of,
    person_of,
)
from accounts.queries import requests_of
from kernel.clock import day_of, now
from kernel.contributions import Registry, Waiting
from kernel.languages import localized
from kernel.moves import Move
from program.contributions import Obstacle, Reader
from program.enums import CallState
from program.models import Call, FormVersion
from program.permissions import agency_seats, may_change_call
from proposals.approvals import approvals_handled_by, still_waiting
from proposals.award_questions import ANSWERED, open_questions, question_waits
from proposals.enums import ChangeState, OfficeTask, ProposalState
from proposals.invited import pending_invitations
from proposals.models import Proposal, ProposedChange
from proposals.notices import start_gap
from proposals.permissions import RECEIVING, home_institutions, is_call_open, may_collect, may_start
from proposals.queries import (
    awaiting_alert,
    awaiting_award,
    awaiting_confirmation,
    awaiting_verdict,
    own_proposals,
    writers_of,
)
from proposals.told import is_held_back

# Functions `(user, proposal) -> list[Move]`, offered in `AppConfig.ready` by the apps above: where an adopted one went on.
proposal_moves: Registry[Callable[[Any, Proposal], list[Move]]] = Registry()
# Functions `(keys of proposals) -> {key: {"project_number": ..., "awarded_total": yen}}`, offered likewise: what the results
# for e-Rad say of those that were adopted.
erad_facts: Registry[Callable[[list[int]], dict[int, dict[str, Any]]]] = Registry()

RECEIVED = (gettext_lazy("Proposals"), "proposals:office")
MY_PROPOSALS = (gettext_lazy("My proposals"), "proposals:mine")
TO_APPROVE = (gettext_lazy("Approval by the institution"), "proposals:approvals")
WAITING_SHOWN = 20
PROPOSALS_READ = 200


def navigation(user: Any) -> list[tuple[Any, str]]:
    """Researchers, and whoever has no role yet, find their proposals; officers what their calls received; who approves
    for an institution, its queue."""
    may_have_some = is_researcher(user) or not (memberships_of(user) or is_officer(user))
    return [
        *([MY_PROPOSALS] if may_have_some else []),
        *([RECEIVED] if is_agency_officer(user) else []),
        *([TO_APPROVE] if approving_institutions(user) else []),
    ]


def waiting(user: Any) -> list[Waiting]:
    """Invitations; questions about partner awards; changes proposed to a principal investigator's drafts; drafts that can still be
    submitted; what waits for the institution's approval; for officers the verdicts and confirmations that are asked of them."""
    return [
        *_invitations(user),
        *_drafts_and_questions(user),
        *_approvals(user),
        *_answers(user),
    ]


def _approvals(user: Any) -> list[Waiting]:
    if not approving_institutions(user):
        return []
    rows = approvals_handled_by(user).filter(still_waiting())
    words = _("Proposals that wait for the approval of your institution")
    return [Waiting(words, reverse("proposals:approvals"), rows=rows)]


def _invitations(user: Any) -> list[Waiting]:
    """Invitations to a team that the user has not answered, the newest first. Officers, who have more that waits, are told
    how many there are, and find them with their proposals."""
    pending = pending_invitations(user)
    if is_agency_officer(user):
        words = _("Invitations to the team of a proposal")
        return [Waiting(words, reverse("proposals:mine"), rows=pending)]
    return [
        Waiting(
            _("Invitation to the team of a proposal: %(title)s")
            % {"title": localized(invitation.proposal, "title") or _("(no title yet)")},
            reverse("proposals:own_invitation", args=[invitation.public_id]),
            due=day_of(invitation.expires_at),
        )
        for invitation in pending[:WAITING_SHOWN]
    ]


def _answers(user: Any) -> list[Waiting]:
    if not is_agency_officer(user):
        return []
    words = {
        OfficeTask.VERDICT: (_("Proposals whose eligibility is to be judged"), awaiting_verdict),
        OfficeTask.AWARD: (_("Proposals whose partner award is to be confirmed"), awaiting_award),
        OfficeTask.ALERT: (_("Proposals of whose partner award something has come up"), awaiting_alert),
        OfficeTask.CONFIRMATION: (
            _("Answers on behalf of an agency that a second officer must confirm"),
            awaiting_confirmation,
        ),
    }
    office = reverse("proposals:office")
    return [
        Waiting(text, f"{office}?todo={task.value}", rows=find(user)) for task, (text, find) in words.items()
    ]


def _drafts_and_questions(user: Any) -> list[Waiting]:
    """What partners have proposed to change in a principal investigator's drafts, a line a draft; what agencies ask about the
    awards of the user's own proposals; and the drafts of the user's teams that can still be submitted, the most urgent first.
    One query for all of them."""
    draft = Q(state=ProposalState.DRAFT, call__state__in=RECEIVING, is_test=False)
    asked = Q(open_questions(), pi=person_of(user), state__in=ANSWERED)
    own = own_proposals(user).annotate(is_asked=asked, changes=_open_changes(user))
    found: list[Any] = list(own.filter(draft | asked | Q(changes__gt=0))[:PROPOSALS_READ])
    still = [one for one in found if one.state == ProposalState.DRAFT and one.call.state in RECEIVING]
    still = [one for one in still if one.deadline_at > now()]
    changed = [
        Waiting(
            _("A change proposed by the partner waits for your answer: %(title)s")
            % {"title": localized(one, "title") or _("(no title yet)")},
            reverse("proposals:changes", args=[one.public_id]),
            one.changes,
        )
        for one in still
        if one.changes
    ]
    questions = [question_waits(one) for one in found if one.is_asked]
    drafts = [one for one in still if not one.is_test][:WAITING_SHOWN]
    return [
        *changed,
        *questions,
        *(_draft(one) for one in sorted(drafts, key=lambda one: one.deadline_at)),
    ]


def _open_changes(user: Any) -> Any:
    """For a queryset of proposals: how many proposed changes wait for the user, the principal investigator of each draft."""
    if not is_researcher(user):
        return Value(0)
    waits = ProposedChange.objects.filter(
        proposal=OuterRef("pk"),
        proposal__pi=person_of(user),
        proposal__state=ProposalState.DRAFT,
        proposal__call__state__in=RECEIVING,
        state=ChangeState.OPEN,
    )
    counted = waits.order_by().values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _draft(proposal: Proposal) -> Waiting:
    return Waiting(
        (
            # What was submitted stands, whatever becomes of the draft (cases.md, 27).
            _("Reopened; the version submitted as %(number)s stands until you submit again: %(title)s")
            if proposal.receipt_number
            else _("Draft to be submitted: %(title)s")
        )
        % {
            "number": proposal.receipt_number,
            "title": localized(proposal, "title") or _("(no title yet)"),
        },
        reverse("proposals:tasks", args=[proposal.public_id]),
        due=day_of(proposal.deadline_at),
    )


def call_moves(user: Any, call: Call) -> list[Move]:
    """From an open call a researcher begins a proposal; from any, its officers see what it received."""
    received = []
    if agency_seats(user, call):
        url = f"{reverse('proposals:office')}?call={call.public_id}"
        received.append(Move(_("Received proposals"), url))
    if may_change_call(user, call) and call.state not in (CallState.DRAFT, CallState.CANCELLED):
        url = reverse("proposals:form_versions", args=[call.public_id])
        received.append(Move(_("Versions of the form"), url))
    if may_collect(user, call):
        url = reverse("proposals:intake", args=[call.public_id])
        received.append(Move(_("Proposals collected elsewhere"), url))
    if may_change_call(user, call) and call.state not in (CallState.DRAFT, CallState.CANCELLED):
        received.append(Move("e-Rad", reverse("proposals:erad", args=[call.public_id])))
    if not may_start(user, call) or start_gap(user, call) is not None:
        return received
    return [
        *received,
        Move(_("Begin a proposal"), reverse("proposals:start", args=[call.public_id]), tone="primary"),
    ]


def call_obstacles(user: Any, call: Call) -> list[Obstacle]:
    """Why somebody who has signed in cannot begin a proposal to an open call; officers are told nothing."""
    obstacle = role_missing(user) if is_call_open(call) else None
    return [obstacle] if obstacle else []


def role_missing(user: Any) -> Obstacle | None:
    """That only a researcher begins a proposal, and what this person does about it next; None for researchers and officers."""
    if not user.is_authenticated or is_officer(user) or home_institutions(user):
        return None
    needed = _("To begin a proposal you need a role as researcher of a research institution.")
    if person_of(user) is None:
        text = needed + " " + _("Enter your name in your profile first; then ask for the role.")
        return Obstacle(text, reverse("accounts:profile"), _("Enter your name in your profile"))
    waiting = requests_of(user).filter(state=RequestState.WAITING, role=Role.RESEARCHER).first()
    if waiting is not None:
        text = _("Your request to %(institution)s waits for its answer. You are told by mail.")
        return Obstacle(
            needed + " " + text % {"institution": waiting.institution},
            reverse("accounts:profile"),
            pgettext("for a role", "Your requests"),
        )
    return Obstacle(needed, reverse("accounts:role_ask"), _("Ask for a role at your institution"))


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


# Proposals that stand in a call: not withdrawn, and not decided for good.
CONCERNED = (
    ProposalState.DRAFT,
    ProposalState.SUBMITTED,
    ProposalState.LOCKED,
    ProposalState.ELIGIBLE,
    ProposalState.RESERVED,
)


def call_readers(call: Call) -> list[Reader]:
    """Who writes a proposal to a call, or has submitted one that is not yet decided: told when the call changes."""
    found: dict[int, Reader] = {}
    concerned = Q(state__in=CONCERNED) | Q(is_held_back(), told_state__in=CONCERNED)
    proposals = Proposal.objects.filter(concerned, call=call, is_test=False).select_related("pi__user")
    if call.state not in (CallState.OPEN, CallState.CANCELLED):
        proposals = proposals.exclude(state=ProposalState.DRAFT)  # these can be submitted no more
    for proposal in proposals.order_by("pk"):
        for person in writers_of(proposal):
            user = person.user
            address = user.email if user else person.email
            language = user.language if user else "en"
            if address:
                found[person.pk] = Reader(person.public_id, address, language, person.name_in(language))
    return list(found.values())
