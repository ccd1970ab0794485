"""Reminding of a deadline whoever has something in a queue: institutions their approvals, agencies their verdicts on
eligibility. Each is told of how many there are, by what they may see, and once for each of the call's days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.actions.people import path_in
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from kernel.actions import action
from kernel.clock import now, today
from kernel.outbox import MailKind, look_again, queue_mail
from kernel.outbox.models import OutboxMail
from program.enums import CallState, MilestoneKind
from program.models import Call, CallAgency, Milestone
from program.rules.reminders import days_of, stage_reached
from proposals.approvals import approvals_handled_by, still_waiting
from proposals.enums import OfficeTask
from proposals.models import InstitutionApproval, InternalDeadline, Proposal
from proposals.queries import awaiting_verdict

APPROVAL_DUE, ELIGIBILITY_DUE = "approval_due", "eligibility_due"
APPROVERS = (Role.INSTITUTION_OFFICER, Role.INSTITUTION_DEPUTY)


def end_of(day: dt.date, zone: str) -> dt.datetime:
    """The instant at which a day is over in `zone`."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), ZoneInfo(zone)).astimezone(dt.UTC)


def remind_institutions() -> int:
    """Write to officers and deputies whose institution has proposals to approve, before its own day, and after it before
    the deadline of the call; how many mails are new."""
    asked = (
        InstitutionApproval.objects.filter(still_waiting())
        .exclude(proposal__call__reminder_days="")
        .defer("content")
        .select_related("proposal__call__programme")
    )
    internal = {
        (institution, call): on
        for institution, call, on in InternalDeadline.objects.filter(on__gte=today()).values_list(
            "institution", "call", "on"
        )
    }
    due: dict[tuple[int, int], tuple[dt.datetime, int]] = {}
    for approval in asked.order_by("pk"):
        proposal, place = approval.proposal, (approval.proposal.institution_id, approval.proposal.call_id)
        reached = _next_deadline(proposal, internal.get(place))
        stage = stage_reached(
            days_of(proposal.call.reminder_days),
            deadline=reached,
            since=approval.asked_at,
            at=now(),
            days_set_at=proposal.call.reminders_since,
        )
        if stage is not None:
            due[place] = min(due.get(place, (reached, stage)), (reached, stage))
    return _write_to_institutions(due)


def _next_deadline(proposal: Proposal, internal: dt.date | None) -> dt.datetime:
    if internal is None:
        return proposal.deadline_at
    own = end_of(internal, proposal.call.programme.zone)
    return own if own > now() else proposal.deadline_at


def _write_to_institutions(due: dict[tuple[int, int], tuple[dt.datetime, int]]) -> int:
    approvers = _members({institution for institution, _call in due}, APPROVERS)
    institutions = Organisation.objects.in_bulk({institution for institution, _call in due})
    calls = Call.objects.in_bulk({call for _institution, call in due})
    wanted = {}
    for (institution, call), (deadline, stage) in due.items():
        for user in approvers[institution]:
            one, other = calls[call], institutions[institution]
            until = int(deadline.timestamp())
            key = f"{APPROVAL_DUE}:{one.public_id}:{other.public_id}:{until}:{stage}:{user.public_id}"
            recheck = {"user": user.public_id, "call": one.public_id, "institution": other.public_id}
            wanted[key] = (user, one, recheck | {"deadline": deadline.isoformat()})
    return _write_new(APPROVAL_DUE, wanted)


def _members(organisations: Iterable[int], roles: Iterable[Role]) -> dict[int, list[User]]:
    """Who has one of the roles today, by organisation; those of one that was merged count for the other."""
    members = (
        Membership.objects.active_on(today())
        .filter(
            Q(organisation__in=organisations) | Q(organisation__merged_into__in=organisations),
            role__in=roles,
            person__user__is_active=True,
        )
        .select_related("organisation", "person__user")
    )
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for member in members.order_by("pk"):
        user = member.person.user
        assert user is not None  # they are active
        found[member.organisation.merged_into_id or member.organisation_id][user.pk] = user
    return defaultdict(list, {place: list(users.values()) for place, users in found.items()})


def _write_new(template: str, wanted: dict[str, tuple[User, Call, dict[str, str]]]) -> int:
    written = set(OutboxMail.objects.filter(key__in=list(wanted)).values_list("key", flat=True))
    return sum(
        _write(template, user, call, key, recheck)
        for key, (user, call, recheck) in wanted.items()
        if key not in written
    )


@action
def _write(template: str, user: User, call: Call, key: str, recheck: dict[str, str]) -> int:
    values = VALUES[template](user, recheck)
    if values is None:
        return 0  # nothing of it is theirs to do
    queue_mail(
        template,
        to=user.email,
        language=user.language,
        values=values,
        about=call,
        key=key,
        kind=MailKind.REMINDER,
        recheck=recheck,
    )
    return 1


def remind_agencies() -> int:
    """Write to the officers who answer for an agency whose verdicts are missing, before the day by which the call has its
    eligibility checked; how many mails are new."""
    milestones = (
        Milestone.objects.filter(
            kind=MilestoneKind.ELIGIBILITY,
            call__state__in=(CallState.OPEN, CallState.CLOSED, CallState.REVIEW),
        )
        .exclude(call__reminder_days="")
        .select_related("call__programme")
    )
    wanted = {}
    for milestone in milestones.order_by("pk"):
        call, deadline = milestone.call, _instant_of(milestone)
        stage = stage_reached(
            days_of(call.reminder_days),
            deadline=deadline,
            since=call.deadline_at,
            at=now(),
            days_set_at=call.reminders_since,
        )
        if stage is None:
            continue
        parts = CallAgency.objects.filter(call=call, must_agree=True)
        agencies = {part.agency_id if part.signs_in else call.lead_agency_id for part in parts}
        members = _members(agencies, (Role.PROGRAMME_OFFICER,))
        for user in {user.pk: user for users in members.values() for user in users}.values():
            until = int(deadline.timestamp())
            key = f"{ELIGIBILITY_DUE}:{call.public_id}:{until}:{stage}:{user.public_id}"
            recheck = {"user": user.public_id, "call": call.public_id, "deadline": deadline.isoformat()}
            wanted[key] = (user, call, recheck)
    return _write_new(ELIGIBILITY_DUE, wanted)


def _instant_of(milestone: Milestone) -> dt.datetime:
    zone = milestone.call.programme.zone
    if milestone.at is not None:
        return dt.datetime.combine(milestone.starts_on, milestone.at, ZoneInfo(zone)).astimezone(dt.UTC)
    return end_of(milestone.ends_on or milestone.starts_on, zone)


def approval_values(user: User, facts: dict[str, str]) -> dict[str, Any] | None:
    """What waits for this officer or deputy now; None for nothing."""
    call = Call.objects.get(public_id=facts["call"])
    institution = Organisation.objects.get(public_id=facts["institution"])
    waiting = approvals_handled_by(user).filter(
        still_waiting(), proposal__call=call, proposal__institution=institution
    )
    deadlines = [approval.proposal.deadline_at for approval in waiting]
    if not deadlines:
        return None
    internal = InternalDeadline.objects.filter(institution=institution, call=call, on__gte=today()).first()
    return {
        "call": call,
        "institution": institution,
        "name": user.person.name_in(user.language),
        "count": len(deadlines),
        "internal": internal.on if internal else None,
        "deadline_at": min(deadlines),
        "path": path_in(user.language, "proposals:approvals"),
    }


def eligibility_values(user: User, facts: dict[str, str]) -> dict[str, Any] | None:
    """How many verdicts wait for this officer now; None for none, or where the day was taken away."""
    call = Call.objects.get(public_id=facts["call"])
    milestone = Milestone.objects.filter(call=call, kind=MilestoneKind.ELIGIBILITY).first()
    count = awaiting_verdict(user).filter(call=call).count()
    if milestone is None or not count:
        return None
    office = path_in(user.language, "proposals:office")
    return {
        "call": call,
        "name": user.person.name_in(user.language),
        "count": count,
        "due_on": milestone.ends_on or milestone.starts_on,
        "due_at": milestone.at,
        "path": f"{office}?todo={OfficeTask.VERDICT.value}&call={call.public_id}",
    }


VALUES = {APPROVAL_DUE: approval_values, ELIGIBILITY_DUE: eligibility_values}


def _look(mail: OutboxMail) -> dict[str, Any] | None:
    """The mail's figures as they are now; None where nothing waits, or its deadline has passed."""
    user = User.objects.filter(public_id=mail.recheck["user"], is_active=True).first()
    if user is None or now() >= dt.datetime.fromisoformat(mail.recheck["deadline"]):
        return None
    return VALUES[mail.template](user, mail.recheck)


look_again(APPROVAL_DUE)(_look)
look_again(ELIGIBILITY_DUE)(_look)
