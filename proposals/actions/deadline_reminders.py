"""Reminding of a deadline whoever has a draft to finish, or a signature to give: once for each of the call's days."""

import datetime as dt
import math
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils import translation

from accounts.actions.people import path_in
from accounts.models import Person
from kernel.actions import action
from kernel.clock import now
from kernel.languages import localized
from kernel.outbox import MailKind, look_again, queue_mail
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import stopped_kinds
from kernel.violations import sentence
from program.rules.reminders import days_of, stage_reached
from proposals.actions.approval import submission_gap
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of, read_whole
from proposals.actions.editing import draft_violation
from proposals.actions.invitations import address_of
from proposals.actions.reminders import write_to_signatory
from proposals.actions.signing import signatures_of
from proposals.actions.submission import RECEIVING
from proposals.correction_words import part_names
from proposals.enums import ProposalState
from proposals.invited import newest_invitations
from proposals.models import Correction, Proposal, TeamMember
from proposals.queries import open_correction, writers_of
from proposals.rules.completeness import gaps

DRAFT_DUE, SIGNATURE_DUE = "draft_due", "signature_due"
# So many drafts are looked at with one query for what was written before.
BATCH = 500
DAY = dt.timedelta(days=1)


def remind_of_drafts() -> int:
    """Write to those whose draft can still be submitted, and whose signature is missing; how many mails are new.

    Each draft is done by itself and each mail has its key: two of us at once, or one that is killed half-way, write none twice.
    """
    moment = now()
    drafts = (
        Proposal.objects.filter(
            Q(call__deadline_at__gt=moment) | Q(extended_until__gt=moment),
            state=ProposalState.DRAFT,
            is_test=False,
            call__state__in=RECEIVING,
        )
        .exclude(call__reminder_days="")
        .select_related("call", "pi")
        .order_by("pk")
    )
    rows, count = drafts.iterator(BATCH), 0
    while some := list(islice(rows, BATCH)):
        count += sum(_remind(pk) for pk in _due(some))
    return count


def _due(drafts: Sequence[Proposal]) -> list[int]:
    """Those of the drafts that are to be reminded of, and were not yet: the principal investigator's mail tells."""
    rows = Correction.objects.filter(proposal__in=[one.pk for one in drafts], ended_at=None)
    returned = dict(rows.values_list("proposal", "at"))
    keys = {}
    for proposal in drafts:
        stage = _stage(proposal, returned.get(proposal.pk))
        if stage is not None:
            keys[_key(DRAFT_DUE, proposal, stage, proposal.pi)] = proposal.pk
    written = set(OutboxMail.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return [pk for key, pk in keys.items() if key not in written]


def _stage(proposal: Proposal, returned_at: dt.datetime | None) -> int | None:
    return stage_reached(
        days_of(proposal.call.reminder_days),
        deadline=proposal.deadline_at,
        since=returned_at or proposal.created_at,
        at=now(),
        days_set_at=proposal.call.reminders_since,
    )


def _key(template: str, proposal: Proposal, stage: int, person: Person) -> str:
    """Of another deadline it is another mail: one that was moved is reminded of anew."""
    until = int(proposal.deadline_at.timestamp())
    return f"{template}:{proposal.public_id}:{until}:{stage}:{person.public_id}"


@action
def _remind(key: int) -> int:
    proposal = _whole(Proposal.objects.select_for_update(of=("self",)), pk=key)
    returned = open_correction(proposal)
    stage = _stage(proposal, returned.at if returned else None)
    if draft_violation(proposal) is not None or stage is None:
        return 0  # it was submitted, or its deadline moved, while we waited for the lock
    read_whole(proposal)
    count, writers = 0, writers_of(proposal)
    for person in writers:
        address = address_of(person)
        own = _key(DRAFT_DUE, proposal, stage, person)
        if address and not OutboxMail.objects.filter(key=own).exists():
            language = person.user.language if person.user else "ja"
            queue_mail(
                DRAFT_DUE,
                to=address,
                language=language,
                values=draft_values(proposal, person, language),
                about=proposal,
                key=own,
                kind=MailKind.REMINDER,
                recheck=_recheck(proposal, person),
            )
            count += 1
    return count + _ask_signatories(proposal, stage, {person.pk for person in writers})


def _ask_signatories(proposal: Proposal, stage: int, told: set[int]) -> int:
    """Write to who has not signed or answered, and was not told as a writer. Somebody without an open invitation has no way
    in: the writers are told of them."""
    invitations, count = newest_invitations(proposal), 0
    for member in _unsigned(proposal):
        person, invitation = member.person, invitations.get(member.pk)
        own = _key(SIGNATURE_DUE, proposal, stage, person)
        address = (address_of(person) or (invitation.email if invitation else "")).lower()
        if person.pk in told or not address or OutboxMail.objects.filter(key=own).exists():
            continue
        if MailKind.REMINDER in stopped_kinds(address):
            continue  # a mail that is not sent must not replace the link that they have
        write_to_signatory(
            SIGNATURE_DUE,
            proposal,
            member,
            invitation,
            key=own,
            kind=MailKind.REMINDER,
            recheck=_recheck(proposal, person),
        )
        count += OutboxMail.objects.filter(key=own).exists()
    return count


def _unsigned(proposal: Proposal) -> list[TeamMember]:
    return [one.member for one in signatures_of(proposal, content_of(proposal)) if one.at is None]


def _recheck(proposal: Proposal, person: Person) -> dict[str, str]:
    return {
        "proposal": proposal.public_id,
        "person": person.public_id,
        "deadline": proposal.deadline_at.isoformat(),
    }


def _whole(proposals: Any, **found_by: Any) -> Proposal:
    found: Proposal = proposals.select_related("call__programme", "pi__user", "form_version").get(**found_by)
    return found


def draft_values(proposal: Proposal, person: Person, language: str) -> dict[str, Any]:
    """What a writer is told of the draft as it stands: what the check page tells, and by when."""
    unsigned = _unsigned(proposal)
    returned = open_correction(proposal)
    with translation.override(language):
        names = part_names(proposal)
        lacking = [
            f"{names[found.field]}: {sentence(found)}" if found.field in names else sentence(found)
            for found in gaps(written_of(proposal))
        ]
        approval = submission_gap(proposal, content_of(proposal))
        return {
            "proposal": proposal,
            "title": localized(proposal, "title"),
            "call": proposal.call,
            "name": person.name_in(language),
            "days": days_left(proposal.deadline_at),
            "lacking": lacking,
            "approval": sentence(approval) if approval else "",
            "unsigned": [one.person.name_in(language) for one in unsigned if one.person_id != person.pk],
            "returned": [names[part] for part in returned.parts] if returned else [],
            "sign_path": path_in(language, "proposals:sign", proposal.public_id)
            if any(one.person_id == person.pk for one in unsigned)
            else "",
            "path": path_in(language, "proposals:check", proposal.public_id),
        }


def days_left(deadline: dt.datetime) -> int:
    """Days until the deadline, a begun one whole."""
    return max(math.ceil((deadline - now()) / DAY), 0)


def _still(mail: OutboxMail) -> Proposal | None:
    """The draft that a reminder is about, if it can still be submitted before the deadline that the mail was written for."""
    proposal = Proposal.objects.filter(public_id=mail.recheck["proposal"]).first()
    if proposal is None:
        return None
    whole = _whole(Proposal.objects, pk=proposal.pk)
    is_same = whole.deadline_at.isoformat() == mail.recheck["deadline"]
    return whole if is_same and draft_violation(whole) is None else None


@look_again(DRAFT_DUE)
def look_at_draft(mail: OutboxMail) -> dict[str, Any] | None:
    """What is missing now; None once it is submitted, withdrawn or late, or the reader writes it no more."""
    proposal = _still(mail)
    if proposal is None:
        return None
    person = next((one for one in writers_of(proposal) if one.public_id == mail.recheck["person"]), None)
    if person is None:
        return None
    read_whole(proposal)
    return draft_values(proposal, person, mail.language)


@look_again(SIGNATURE_DUE)
def look_at_signature(mail: OutboxMail) -> dict[str, Any] | None:
    """The mail as it was written, with its link, as long as the signature is missing."""
    proposal = _still(mail)
    if proposal is None:
        return None
    missing = {member.person.public_id for member in _unsigned(proposal)}
    return {} if mail.recheck["person"] in missing else None
