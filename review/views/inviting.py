"""Officers ask somebody of their pool to review, take it back, and let somebody retire; and a reviewer's own agreement."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.violations import RuleBroken, sentence
from program.views.answering import carried_out, only_if, posted, trail
from proposals.enums import InvitationState
from proposals.forms.invitations import InviteForm
from review.actions.invitation_answers import agree_to_confidentiality
from review.actions.invitations import invite_reviewer, revoke_invitation
from review.actions.reviewers import retire_reviewer
from review.confidentiality import TEXT
from review.forms.invitations import AgreeForm
from review.invited import has_agreed
from review.models import Reviewer, ReviewerInvitation
from review.permissions import may_keep_pool, may_remove_from_pool
from review.queries import reviewers_visible_to
from review.views.own_parts import address, own_assignment
from review.views.pools import crumbs


def _kept(request: HttpRequest, public_id: str) -> Reviewer:
    reviewer: Reviewer = get_object_or_404(reviewers_visible_to(request.user), public_id=public_id)
    only_if(may_keep_pool(request.user, reviewer.call, reviewer.agency))
    return reviewer


@reads_and_writes
@idempotent
def pool_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask by mail; or again, with a new link."""
    reviewer = _kept(request, public_id)
    person = reviewer.person
    known = person.user.email if person.user else person.email
    language = person.user.language if person.user else "ja" if reviewer.country_code == "JP" else "en"
    form = InviteForm(posted(request), asks_email=not known, initial={"language": language})
    done, _made = carried_out(
        request,
        form,
        lambda values: invite_reviewer(reviewer=reviewer, by=request.user, **values),
        _("The invitation is on its way."),
    )
    if done:
        return redirect("review:pool", public_id=reviewer.call.public_id)
    lead = _("%(name)s receives a mail with a link that works once and needs no account.")
    context = {
        "form": form,
        "heading": _("Ask to review"),
        "lead": lead % {"name": person.name} + (f" ({known})" if known else ""),
        "submit_label": _("Send the invitation"),
        "cancel_url": reverse("review:pool", args=[reviewer.call.public_id]),
        "breadcrumbs": crumbs(reviewer.call, _("Ask to review")),
    }
    return render(request, "review/one_form.html", context)


def _told(request: HttpRequest, act: Any, done: str) -> None:
    """Do what a button asks, and say what became of it."""
    try:
        act()
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, done)


@writes
@idempotent
def pool_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the invitation back."""
    reviewer = _kept(request, public_id)
    invitation = ReviewerInvitation.objects.filter(reviewer=reviewer, state=InvitationState.PENDING).first()
    if invitation is None:
        messages.error(request, _("There is no invitation that waits for an answer."))
    else:
        _told(
            request,
            lambda: revoke_invitation(invitation=invitation, by=request.user),
            _("The invitation is taken back; its link is dead."),
        )
    return redirect("review:pool", public_id=reviewer.call.public_id)


@writes
@idempotent
def pool_retire(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody take part no more whose reviews stay."""
    reviewer = _kept(request, public_id)
    only_if(may_remove_from_pool(request.user, reviewer.call, reviewer.agency))
    _told(
        request,
        lambda: retire_reviewer(reviewer=reviewer, by=request.user),
        _("The person takes part no more. What they submitted stays."),
    )
    return redirect("review:pool", public_id=reviewer.call.public_id)


@reads_and_writes
@idempotent
def confidentiality(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a reviewer agrees to before the first proposal opens to them."""
    found = own_assignment(request, public_id)
    if has_agreed(found.reviewer):
        return redirect(address(found, "conflict"))
    form = AgreeForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: agree_to_confidentiality(
            reviewer=found.reviewer, by=request.user, version=values["version"]
        ),
        _("Your agreement is recorded."),
    )
    if done:
        return redirect(address(found, "conflict"))
    context = {
        "form": form,
        "text": TEXT,
        "back": reverse("review:inbox"),
        "breadcrumbs": trail((_("My reviews"), reverse("review:inbox")), (_("Confidentiality"), "")),
    }
    return render(request, "review/confidentiality.html", context)
