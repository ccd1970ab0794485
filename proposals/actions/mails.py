"""Mails about a proposal: to its principal investigator, and to whoever approves for the institution."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from kernel.actions import action
from kernel.outbox import queue_mail
from proposals.models import InstitutionApproval, Proposal


@action
def write_to_pi(proposal: Proposal, template: str, *, key: str, page: str, **values: Any) -> None:
    """Write to the principal investigator, in their language, about what has just happened."""
    user = proposal.pi.user
    language = user.language if user else "en"
    with translation.override(language):
        path = reverse(page, args=[proposal.public_id])
    queue_mail(
        template,
        to=user.email if user else proposal.pi.email,
        language=language,
        values={
            "proposal": proposal,
            "call": proposal.call,
            "name": proposal.pi.name_in(language),
            "path": path,
            **values,
        },
        about=proposal,
        key=key,
    )


@action
def write_to_approvers(approval: InstitutionApproval, users: Any, **values: Any) -> None:
    """Tell each of `users`, in their language, that the approval of a proposal was asked for."""
    proposal = approval.proposal
    for user in users:
        with translation.override(user.language):
            path = reverse("proposals:approval", args=[approval.public_id])
        queue_mail(
            "approval_asked",
            to=user.email,
            language=user.language,
            values={
                "proposal": proposal,
                "call": proposal.call,
                "name": user.person.name_in(user.language),
                "pi": proposal.pi.name_in(user.language),
                "path": path,
                **values,
            },
            about=proposal,
            key=f"approval-asked:{approval.public_id}:{user.pk}",
        )
