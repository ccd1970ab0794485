"""Mails about one review: to its reviewer, and to the officers who may know of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from accounts.actions.people import path_in
from accounts.enums import Role
from accounts.models import Membership, Organisation, User
from kernel.clock import today
from kernel.outbox import queue_mail
from kernel.outbox.models import OutboxMail
from kernel.outbox.states import MailState
from proposals.models import Proposal
from review.models import Assignment, Reviewer
from review.permissions import is_free_of, may_answer_for


def tell_reviewer(template: str, assignment: Assignment, *, key: str, **values: Any) -> None:
    """Neither title nor team stands in the mail: an address may be read by others."""
    person = assignment.reviewer.person
    if not person.email:
        return
    language = person.user.language if person.user else "en"
    queue_mail(
        template,
        to=person.email,
        language=language,
        values={
            "name": person.name_in(language),
            "call": assignment.proposal.call,
            "path": path_in(language, "review:assignment", assignment.public_id),
            **values,
        },
        about=assignment,
        key=f"{template}:{key}",
    )


def tell_taken_back(assignments: Sequence[Assignment], *, about: Any) -> None:
    """Stop the mails by which these were given, as far as they have not gone, and write one to each reviewer of whom one has,
    or may have, gone. Before the rows themselves are changed."""
    keys = {f"review_assigned:{one.public_id}": one for one in assignments}
    mails = OutboxMail.objects.filter(key__in=keys)
    # A mail is either stopped here or taken by the sender: the update decides, and what is left has gone.
    mails.filter(state__in=[MailState.WAITING, MailState.HELD]).update(state=MailState.CANCELLED)
    gone = mails.filter(state__in=[MailState.SENDING, MailState.SENT, MailState.UNCERTAIN])
    told = Counter(keys[key].reviewer_id for key in gone.values_list("key", flat=True) if key)
    reviewers = Reviewer.objects.filter(pk__in=told).select_related("person__user", "agency", "call")
    for reviewer in reviewers.order_by("pk"):
        person = reviewer.person
        language = person.user.language if person.user else "en"
        queue_mail(
            "review_taken_back",
            to=person.email,
            language=language,
            values={
                "name": person.name_in(language),
                "call": reviewer.call,
                "agency": reviewer.agency.short_name,
                "count": told[reviewer.pk],
            },
            about=about,
        )


def officers_for(proposal: Proposal, agency: Organisation) -> list[User]:
    """The programme officers who act for the agency in this call and are free of the proposal: those of the lead agency, for
    one that does not sign in."""
    members = Membership.objects.active_on(today()).filter(
        organisation__in=[agency.pk, proposal.call.lead_agency_id],
        role=Role.PROGRAMME_OFFICER,
        person__user__is_active=True,
    )
    found = {}
    for member in members.select_related("person__user").order_by("pk"):
        user = member.person.user
        if user is not None and may_answer_for(user, proposal.call, agency) and is_free_of(user, proposal):
            found[user.pk] = user
    return list(found.values())


def tell_officers(
    template: str, assignment: Assignment, agency: Organisation, *, route: str, key: str, **values: Any
) -> None:
    """Write to those officers, and to nobody who has a conflict of interest with the proposal."""
    proposal = assignment.proposal
    for user in officers_for(proposal, agency):
        queue_mail(
            template,
            to=user.email,
            language=user.language,
            values={
                "name": user.person.name_in(user.language),
                "call": proposal.call,
                "receipt": proposal.receipt_number,
                "agency": assignment.reviewer.agency,
                "path": path_in(user.language, route, proposal.call.public_id),
                **values,
            },
            about=assignment,
            key=f"{template}:{key}:{user.public_id}",
        )
