"""Declining after the decision (辞退): the project is closed, its money is free again, and the officers turn to the reserve list."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from accounts.models import Membership, User
from kernel.actions import action, require
from kernel.clock import today
from kernel.outbox import queue_mail
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from projects.actions.entering import append_entry, lock_money
from projects.enums import EntryKind
from projects.models import Project
from projects.queries import allocated_by_institution, is_spent
from proposals.actions.mails import write_to_pi
from proposals.enums import AccessKind, ProposalState
from proposals.models import Proposal, ProposalAccess
from proposals.permissions import is_pi
from proposals.rules.texts import REASON_LIMIT, text_violation
from proposals.told import is_pending

# What stands in the ledger: the PI's own words may name people, and go into the trail alone.
FREED = "辞退 / Declined"


@action
def decline_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """Decline (辞退) an adopted proposal, or one on the reserve list, with a reason.

    An adopted one's project is closed, and what was allocated to it is taken back by entries of its ledger, so that
    caps and envelope are as before. Officers of the lead agency are told how many stand on the reserve list.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `reason_missing`, `text_over_limit`, `text_has_nul`; `declined_after_spending` once money was paid,
            carried over or returned; `decision_not_published`; `transition_not_allowed` unless the decision was made and the project still runs.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__lead_agency", "call__programme", "pi__user")
        .get(pk=proposal.pk)
    )
    require(is_pi(by, proposal))
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    refuse_if(Violation("decision_not_published") if is_pending(proposal) else None)
    if proposal.state == ProposalState.ADOPTED:
        _close(proposal, by)
    apply_transition(proposal, "decline_award", by=by, reason=reason.strip())
    write_to_pi(
        proposal,
        "proposal_declined",
        key=f"proposal-declined:{proposal.public_id}",
        page="proposals:tasks",
        reason=reason.strip(),
    )
    _tell_officers(proposal, reason.strip())
    return proposal


def _close(proposal: Proposal, by: Any) -> None:
    """Take back what was allocated to the project, and close it; every adopted proposal has one."""
    project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "agency", "institution")
        .get(proposal=proposal)
    )
    lock_money(project, *range(project.first_year, project.last_year + 1))
    refuse_if(Violation("declined_after_spending") if is_spent(project) else None)
    # Each institution's part by itself; what goes down comes first, so that no limit is met on the way.
    for part in allocated_by_institution(project):
        append_entry(
            project,
            by,
            institution=part.institution,
            fiscal_year=part.fiscal_year,
            category=part.category,
            kind=EntryKind.CHANGE,
            amount=-part.amount,
            on=today(project.programme.zone),
            reason=FREED,
        )
    apply_transition(project, "decline_award", by=by)


def _tell_officers(proposal: Proposal, reason: str) -> None:
    """Programme officers of the lead agency without a conflict: who has declined, and where the reserve list is."""
    excluded = ProposalAccess.objects.filter(proposal=proposal, kind=AccessKind.EXCLUDED)
    officers = Membership.objects.active_on(today()).filter(
        organisation=proposal.call.lead_agency, role=Role.PROGRAMME_OFFICER
    )
    users = (
        User.objects.filter(is_active=True, person__in=officers.values("person"))
        .exclude(person__in=excluded.values("person"))
        .select_related("person")
    )
    reserved = Proposal.objects.filter(call=proposal.call, state=ProposalState.RESERVED).count()
    for user in users.order_by("pk"):
        with translation.override(user.language):
            path = (
                f"{reverse('proposals:office')}?call={proposal.call.public_id}&state={ProposalState.RESERVED}"
            )
        queue_mail(
            "proposal_declined_office",
            to=user.email,
            language=user.language,
            values={
                "proposal": proposal,
                "call": proposal.call,
                "name": user.person.name_in(user.language),
                "pi": proposal.pi.name_in(user.language),
                "reason": reason,
                "reserved": reserved,
                "path": path,
            },
            about=proposal,
            key=f"proposal-declined:{proposal.public_id}:{user.pk}",
        )
