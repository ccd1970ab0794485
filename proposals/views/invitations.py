"""Answering an invitation: by its link, which shows that the e-mail is the reader's, or by an account that has the e-mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernel.choices import label_of_field
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.templatetags.kernel import instant
from kernel.typed import typed_texts
from kernel.violations import RuleBroken, sentence
from proposals.actions.invitation_answers import accept_invitation, decline_invitation
from proposals.actions.invitations import open_link, send_new_link
from proposals.enums import InvitationState
from proposals.forms.invitations import DeclineForm, NewLinkForm
from proposals.invited import has_account, invitation_of_token, invitations_of
from proposals.models import Invitation
from proposals.permissions import is_on_team
from proposals.views.links import Link, link_page
from proposals.views.signing import shared_core

SESSION = "invited"


def facts(invitation: Invitation) -> list[dict[str, Any]]:
    """What somebody is invited to (components/summary_list.html)."""
    proposal, inviter = invitation.proposal, getattr(invitation.invited_by, "person", None)
    rows = [
        (_("Call"), localized(proposal.call, "title")),
        (_("Proposal"), localized(proposal, "title") or _("(no title yet)")),
        (_("Invited by"), inviter.name if inviter else invitation.invited_by.email),
        (_("Institution"), localized(proposal.institution, "name")),
        (_("Your role"), label_of_field(invitation, "role")),
        (_("Deadline of the call"), instant(proposal.deadline_at)),
    ]
    if invitation.state == InvitationState.PENDING:
        rows.append((_("May be answered until"), instant(invitation.expires_at)))
    return [{"label": name, "value": value, "url": ""} for name, value in rows]


def dead(request: HttpRequest) -> HttpResponse:
    """What a link says that is garbled, used up, expired or revoked: the same for all, with what to do. Whoever had typed
    something when their hours were over finds it here."""
    context = {"form": NewLinkForm(), "typed": typed_texts(request)}
    return render(request, "proposals/invitation_dead.html", context, status=404)


def _is_theirs(user: Any, invitation: Invitation) -> bool:
    return invitations_of(user).filter(pk=invitation.pk).exists()


LINK = Link(
    session=SESSION,
    inside="proposals:invited",
    own_page="proposals:own_invitation",
    template="proposals/invitation_link.html",
    find=invitation_of_token,
    open=open_link,
    is_theirs=_is_theirs,
    signs_in=has_account,
    shows=facts,
    dead=dead,
)


@reads_and_writes
@login_not_required
@never_cache
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a mail."""
    return link_page(request, token, LINK)


@reads_and_writes
@login_not_required
def invitation_renew(request: HttpRequest) -> HttpResponse:
    """Ask for a new link; what is answered tells nobody who was invited."""
    form, is_sent = NewLinkForm(request.POST if request.method == "POST" else None), False
    if request.method == "POST" and form.is_valid():
        send_new_link(email=form.cleaned_data["email"])
        is_sent = True
    return render(request, "proposals/invitation_renew.html", {"form": form, "is_sent": is_sent})


def _own(request: HttpRequest, invitation_id: str) -> Invitation:
    return get_object_or_404(invitations_of(request.user), public_id=invitation_id)


@reads_and_writes
@idempotent
def own_invitation(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """An invitation as the account sees it whose e-mail was invited; its button accepts."""
    invitation = _own(request, invitation_id)
    if request.method == "POST":
        try:
            accept_invitation(invitation=invitation, by=request.user)
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, sentence(violation))
            return redirect("proposals:own_invitation", invitation_id=invitation_id)
        messages.success(request, _("You have accepted the invitation."))
        return redirect("proposals:tasks", public_id=invitation.proposal.public_id)
    is_on = is_on_team(request.user, invitation.proposal)
    is_pending = invitation.standing == InvitationState.PENDING
    context = {
        # As a guest by the link: what both sides share, and no more.
        **(shared_core(invitation.proposal, request.user) if is_pending else {"core": None}),
        "facts": facts(invitation),
        "invitation": invitation,
        "is_pending": is_pending,
        "standing": _standing(invitation),
        "proposal_url": reverse("proposals:tasks", args=[invitation.proposal.public_id]) if is_on else "",
    }
    return render(request, "proposals/own_invitation.html", context)


def _standing(invitation: Invitation) -> str:
    words = {
        InvitationState.PENDING: "",
        InvitationState.ACCEPTED: _("You have accepted this invitation."),
        InvitationState.DECLINED: _("You have declined this invitation."),
        InvitationState.REVOKED: _("This invitation was revoked."),
        InvitationState.EXPIRED: _(
            "This invitation has expired. Ask the person who invited you to send it again."
        ),
    }
    return words[invitation.standing]


@reads_and_writes
@idempotent
def own_invitation_decline(request: HttpRequest, invitation_id: str) -> HttpResponse:
    invitation = _own(request, invitation_id)
    return decline_page(
        request,
        invitation,
        request.user,
        back=reverse("proposals:own_invitation", args=[invitation_id]),
        then="portal:home",
    )


def decline_page(
    request: HttpRequest, invitation: Invitation, by: Any, *, back: str, then: str
) -> HttpResponse:
    """Decline with a reason."""
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_invitation(invitation=invitation, by=by, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request, _("You have declined. The principal investigator has been told by mail.")
            )
            return redirect(then)
    context = {"facts": facts(invitation), "form": form, "back": back}
    return render(request, "proposals/invitation_decline.html", context)
