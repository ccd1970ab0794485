"""Finding a proposal for its own team, and what may be done with it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.moves import Move
from program.enums import CallState
from program.versions import current_form
from proposals.correction_words import part_names
from proposals.enums import ChangeState, ProposalState
from proposals.models import Correction, Proposal
from proposals.permissions import (
    is_before_deadline,
    is_pi,
    is_writer,
    may_edit,
    may_reopen,
    may_sign,
    may_submit,
    may_withdraw,
)
from proposals.queries import open_correction, own_proposals

TONES: dict[str, str] = {
    ProposalState.DRAFT: "neutral",
    ProposalState.SUBMITTED: "info",
    ProposalState.LOCKED: "info",
    ProposalState.ELIGIBLE: "info",
    ProposalState.INELIGIBLE: "warning",
    ProposalState.ADOPTED: "success",
    ProposalState.RESERVED: "warning",
    ProposalState.NOT_ADOPTED: "neutral",
    ProposalState.WITHDRAWN: "neutral",
    ProposalState.DECLINED: "neutral",
}


def own_proposal(request: HttpRequest, public_id: str) -> Proposal:
    """A proposal of the user's own team; for anybody else it is absent."""
    return get_object_or_404(
        own_proposals(request.user).select_related(
            "pi__user",
            "designation__field",
            "designation__country",
            "designation__group",
            "support_type",
            "notice",
            "form_version",
        ),
        public_id=public_id,
    )


def written_proposal(request: HttpRequest, public_id: str) -> Proposal:
    """A proposal that the user writes; for the rest of the team, too, the page is absent."""
    proposal = own_proposal(request, public_id)
    if not is_writer(request.user, proposal):
        raise Http404
    return proposal


def led_proposal(request: HttpRequest, public_id: str) -> Proposal:
    """A proposal whose principal investigator the user is."""
    proposal = own_proposal(request, public_id)
    if not is_pi(request.user, proposal):
        raise Http404
    return proposal


def title_of(proposal: Proposal) -> str:
    """The title in the reader's language, or words for one that has none yet."""
    return localized(proposal, "title") or _("(no title yet)")


def crumbs(proposal: Proposal, here: str = "") -> list[dict[str, str]]:
    """The way back: my proposals, this one, the page."""
    title = title_of(proposal)
    trail = [{"label": _("My proposals"), "url": reverse("proposals:mine")}]
    if not here:
        return [*trail, {"label": title, "url": ""}]
    tasks = reverse("proposals:tasks", args=[proposal.public_id])
    return [*trail, {"label": title, "url": tasks}, {"label": here, "url": ""}]


def version_seen(proposal: Proposal, typed: int) -> int:
    """The version that a form was made from. One that there has not been yet was read from no page of ours and knows nothing of
    what stands: it is older than any."""
    return typed if typed <= proposal.version else -1


def moves_of(user: Any, proposal: Proposal, *, has_signed: bool = False) -> list[Move]:
    """What the user may do with the proposal as a whole now. Whoever has signed what stands (`has_signed`) need not again."""

    def at(route: str) -> str:
        return reverse(f"proposals:{route}", args=[proposal.public_id])

    moves = []
    if proposal.is_test and proposal.call.state == CallState.DRAFT:
        moves.append(Move(_("Send off the test"), at("trial_send"), "post", "primary"))
    if may_submit(user, proposal) or may_edit(user, proposal):
        moves.append(Move(_("Check everything"), at("check"), tone="primary"))
    else:
        moves.append(Move(_("See everything"), at("check")))
    if may_sign(user, proposal) and not has_signed:
        moves.append(Move(_("Read and sign"), at("sign"), tone="primary"))
    if proposal.state == ProposalState.DRAFT:
        moves.append(_changes_move(user, proposal, at("changes")))
    if proposal.receipt_number:
        moves.append(Move(_("Receipt and PDF"), at("receipt")))
    if may_reopen(user, proposal):
        confirm = _(
            "Reopen the proposal? You may then change it and submit it again until the deadline. The version that was submitted last stays valid unless you submit another."
        )
        moves.append(Move(_("Reopen"), at("reopen"), method="post", confirm=confirm))
    if proposal.notice is not None and is_pi(user, proposal):
        moves.append(
            Move(_("Notice of intent"), reverse("proposals:notice", args=[proposal.notice.public_id]))
        )
    if may_withdraw(user, proposal):
        moves.append(Move(_("Withdraw"), at("withdraw"), tone="danger"))
    return moves


def _changes_move(user: Any, proposal: Proposal, url: str) -> Move:
    """To the changes that the partner has proposed, with how many wait for an answer from whoever may give it."""
    open_ones = proposal.proposed_changes.filter(state=ChangeState.OPEN)
    count = open_ones.count() if may_edit(user, proposal) else 0
    if not count:
        return Move(_("Proposed changes"), url)
    return Move(_("Proposed changes: %(n)s to be answered") % {"n": count}, url, tone="primary")


def form_change(proposal: Proposal) -> dict[str, str]:
    """That the call's form was changed after the proposal was begun: `title`, `text` and `url`; empty where it was not."""
    current = current_form(proposal.call)
    own = proposal.form_version
    if current is None or current.frozen_at is None or current.number <= own.number:
        return {}
    text = _(
        "%(reason)s Your proposal stays on version %(number)s of the form, and nothing that you have written was changed."
    )
    return {
        "title": _("The form of the call was changed"),
        "text": text % {"reason": localized(current, "reason"), "number": own.number},
        "url": reverse("proposals:form_changes", args=[proposal.public_id]),
    }


def standing(proposal: Proposal) -> dict[str, Any]:
    """Where the proposal stands, in words with a tone (proposals/standing_now.html); empty where nothing is to be said."""
    if proposal.is_test:
        text = _("This is a test of the form. It is never received, counted or judged.")
        return {"tone": "warning", "text": text}
    returned = open_correction(proposal) if proposal.state == ProposalState.DRAFT else None
    if returned is not None and is_before_deadline(proposal):
        return _returned(proposal, returned)
    if proposal.state == ProposalState.DRAFT and proposal.receipt_number:
        text = (
            _(
                "This proposal was reopened. Until you submit it again, the version that was submitted last (receipt number %(number)s) stays valid."
            )
            if is_before_deadline(proposal)
            else _("The deadline has passed: the version that was submitted last (%(number)s) counts.")
        )
        return {"tone": "warning", "text": text % {"number": proposal.receipt_number}}
    if proposal.state == ProposalState.DRAFT and not is_before_deadline(proposal):
        return {"tone": "warning", "text": _("The deadline has passed. This draft was not submitted.")}
    if proposal.state == ProposalState.SUBMITTED:
        text = _("This proposal has been submitted (receipt number %(number)s).")
        return {"tone": "success", "text": text % {"number": proposal.receipt_number}}
    return {}


def _returned(proposal: Proposal, returned: Correction) -> dict[str, Any]:
    """For proposals/standing_now.html: what the agency wants to be corrected stands as it was written."""
    names = part_names(proposal)
    text = _(
        "Only these parts may be changed: %(parts)s. Submit the proposal again before the deadline below; otherwise the version that was submitted last (receipt number %(number)s) stays valid."
    )
    return {
        "tone": "warning",
        "title": _("%(agency)s has returned this proposal for correction")
        % {"agency": localized(returned.agency, "name")},
        "quoted": returned.what,
        "text": text
        % {
            "parts": _(", ").join(names[part] for part in returned.parts),
            "number": proposal.receipt_number,
        },
    }
