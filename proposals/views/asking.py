"""The institution's approval as the team meets it: what it has said, and asking for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.templatetags.kernel import day, instant
from kernel.violations import RuleBroken, sentence
from proposals.actions.approval import Standing, approval_standing, ask_approval, why_not_ask
from proposals.actions.content import content_of, read_whole
from proposals.approvals import approvers_of, internal_deadline_of
from proposals.enums import ApprovalStatus, ProposalState
from proposals.models import Proposal
from proposals.permissions import is_before_deadline, may_ask_approval
from proposals.views.own import crumbs, led_proposal

TONES = {
    ApprovalStatus.MISSING: "info",
    ApprovalStatus.ASKED: "info",
    ApprovalStatus.OUTDATED: "warning",
    ApprovalStatus.RETURNED: "warning",
    ApprovalStatus.VOID: "warning",
    ApprovalStatus.GIVEN: "success",
}


def is_approval_due(proposal: Proposal) -> bool:
    """Whether the institution has still to approve what may be submitted."""
    return (
        proposal.call.needs_approval
        and proposal.state == ProposalState.DRAFT
        and not proposal.is_test
        and is_before_deadline(proposal)
    )


def standing_of(proposal: Proposal, content: dict[str, Any]) -> Standing | None:
    """What the institution has said; None where it is not asked."""
    return approval_standing(proposal, content) if is_approval_due(proposal) else None


def _words(proposal: Proposal, standing: Standing) -> tuple[str, str]:
    """A title and a sentence for where the approval stands."""
    latest = standing.latest
    at = strip_tags(instant(latest.decided_at or latest.asked_at)) if latest else ""
    values = {"institution": localized(proposal.institution, "name"), "at": at}
    title, text = {
        ApprovalStatus.MISSING: (
            _("The institution has not been asked for its approval yet"),
            _(
                "%(institution)s approves the proposal before it can be submitted. The principal investigator asks for it once every part is completed and everybody has signed."
            ),
        ),
        ApprovalStatus.ASKED: (
            _("The institution’s approval is waited for"),
            _(
                "%(institution)s was asked %(at)s. The principal investigator is told by mail. A change in the meantime means asking anew."
            ),
        ),
        ApprovalStatus.OUTDATED: (
            _("The institution must be asked anew"),
            _(
                "The proposal was changed after %(institution)s had been asked. What stands now is to be asked for."
            ),
        ),
        ApprovalStatus.RETURNED: (
            _("The institution has returned the proposal"),
            _("%(institution)s returned it %(at)s. Mend it as the comment says and ask again."),
        ),
        ApprovalStatus.VOID: (
            _("The institution’s approval is void"),
            _(
                "The proposal was changed after %(institution)s had approved it. Ask for approval of what stands now."
            ),
        ),
        ApprovalStatus.GIVEN: (
            _("The institution has approved the proposal"),
            _("%(institution)s approved what stands now. Any change voids the approval."),
        ),
    }[standing.status]
    return title, text % values


def approval_panel(proposal: Proposal, content: dict[str, Any], standing: Standing | None) -> dict[str, Any]:
    """For proposals/approval_panel.html; empty where the institution is not asked."""
    if standing is None:
        return {}
    title, text = _words(proposal, standing)
    latest = standing.latest
    is_answered = standing.status in (ApprovalStatus.RETURNED, ApprovalStatus.GIVEN)
    lacks = []
    if standing.status not in (ApprovalStatus.ASKED, ApprovalStatus.GIVEN):
        lacks = [sentence(violation) for violation in why_not_ask(proposal, content)]
        if not approvers_of(proposal.institution, proposal):
            lacks.append(
                _(
                    "Nobody at your institution can approve in this portal yet. Ask its research office to sign up and to ask for the role of institution officer."
                )
            )
    return {
        "tone": TONES[standing.status],
        "title": title,
        "text": text,
        "comment": latest.comment if latest and is_answered else "",
        "lacks": lacks,
        "internal": _internal(proposal, standing),
    }


def _internal(proposal: Proposal, standing: Standing) -> dict[str, str]:
    """The institution's own deadline; once it has passed, and nobody was asked, a warning. It never bars."""
    on = internal_deadline_of(proposal)
    if on is None:
        return {}
    is_asked = standing.status in (ApprovalStatus.ASKED, ApprovalStatus.GIVEN)
    if on >= today() or is_asked:
        text = _("Your institution’s internal deadline for this call: %(day)s. Ask for approval by then.")
    else:
        text = _(
            "Your institution’s internal deadline (%(day)s) has passed. You may still ask for approval; speak to its research office first."
        )
    return {"tone": "info" if on >= today() or is_asked else "warning", "text": text % {"day": day(on)}}


def approval_task(proposal: Proposal, standing: Standing, *, is_complete: bool) -> dict[str, Any]:
    """The institution's line of the task list."""
    words = {
        ApprovalStatus.MISSING: (_("Not asked yet"), "neutral"),
        ApprovalStatus.ASKED: (_("Asked"), "info"),
        ApprovalStatus.OUTDATED: (_("To be asked anew"), "warning"),
        ApprovalStatus.RETURNED: (_("Returned"), "warning"),
        ApprovalStatus.VOID: (_("To be asked anew"), "warning"),
        ApprovalStatus.GIVEN: (_("Approved"), "success"),
    }
    state_label, tone = words[standing.status]
    url = reverse("proposals:check", args=[proposal.public_id]) if is_complete else ""
    hint = "" if is_complete else _("Is asked for once every part is completed and everybody has signed.")
    return {
        "label": _("Approval by the institution"),
        "url": url,
        "hint": hint,
        "state_label": state_label,
        "tone": tone,
    }


@reads_and_writes
@idempotent
def approval_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is asked for, of whom and by when; then it is asked."""
    proposal = led_proposal(request, public_id)
    if request.method == "POST":
        try:
            ask_approval(proposal=proposal, by=request.user, sha256=request.POST.get("sha256", ""))
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, sentence(violation))
        else:
            messages.success(request, _("The institution was asked. You are told its answer by mail."))
        return redirect("proposals:check", public_id=public_id)
    read_whole(proposal)
    content = content_of(proposal)
    if not may_ask_approval(request.user, proposal) or why_not_ask(proposal, content):
        return redirect("proposals:check", public_id=public_id)
    standing = approval_standing(proposal, content)
    context = {
        "proposal": proposal,
        "sha256": standing.sha256,
        "approvers": len(approvers_of(proposal.institution, proposal)),
        "internal": _internal(proposal, standing),
        "breadcrumbs": crumbs(proposal, _("Ask the institution for approval")),
    }
    return render(request, "proposals/approval_ask.html", context)


def not_submitted(broken: RuleBroken) -> str:
    """Why the proposal was not submitted, where it waits for its institution alone; else the page lists what is missing."""
    if all(violation.code.startswith("approval_") for violation in broken.violations):
        reasons = " ".join(sentence(violation) for violation in broken.violations)
        return _("The proposal was not submitted. %(reasons)s") % {"reasons": reasons}
    return _("The proposal was not submitted: something is missing still.")
