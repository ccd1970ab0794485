"""The pages of somebody who came by the link of an invitation: the shared core of one proposal, and nothing else."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from proposals.actions.invitation_answers import accept_invitation, correct_own_names
from proposals.actions.signing import sign_core
from proposals.enums import InvitationState
from proposals.forms.invitations import OwnNamesForm
from proposals.invited import invitation_let_in
from proposals.permissions import ByLink, is_partner_pi, is_signatory, may_sign
from proposals.views.changes import propose_page, rows_of, targets_of
from proposals.views.invitations import SESSION, dead, decline_page, facts
from proposals.views.links import kept_of
from proposals.views.signing import shared_core

Page = Callable[[HttpRequest, ByLink], HttpResponse]


def guest_of(request: HttpRequest) -> ByLink | None:
    """Who came by a link in this session, as long as the invitation is open and the hours that it lets them in last."""
    kept = kept_of(request, SESSION)
    invitation = invitation_let_in(kept.get("invitation")) if kept else None
    return ByLink(invitation) if invitation else None


def for_guests(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """Let in whoever came by a link; everybody else is told what a dead link says."""

    @functools.wraps(page)
    def guarded(request: HttpRequest) -> HttpResponse:
        guest = guest_of(request)
        return dead(request) if guest is None else page(request, guest)

    return never_cache(login_not_required(idempotent(guarded)))


def _tried(request: HttpRequest, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, done)
    return redirect("proposals:invited")


@reads
@for_guests
def invited(request: HttpRequest, guest: ByLink) -> HttpResponse:
    """The shared core in full, who has signed it, and what the guest may do."""
    invitation, proposal = guest.invitation, guest.invitation.proposal
    moves = []
    if invitation.state == InvitationState.PENDING:
        moves.append(Move(_("Accept the invitation"), reverse("proposals:invited_accept"), "post", "primary"))
    moves.append(Move(_("Correct your name"), reverse("proposals:invited_name")))
    moves.append(Move(_("Decline"), reverse("proposals:invited_decline"), tone="danger"))
    moves.append(Move(_("Leave this page"), reverse("proposals:invited_leave"), "post"))
    context = {
        **shared_core(proposal, guest),
        "facts": facts(invitation),
        "name": invitation.member.person.name,
        "email": invitation.email,
        "moves": moves,
        "may_sign": may_sign(guest, proposal),
        "signs": is_signatory(guest, proposal),
        "targets": targets_of(guest, proposal, "proposals:invited_propose"),
        "rows": rows_of(proposal),
    }
    return render(request, "proposals/invited.html", context)


@writes
@for_guests
def invited_accept(request: HttpRequest, guest: ByLink) -> HttpResponse:
    return _tried(
        request,
        lambda: accept_invitation(invitation=guest.invitation, by=guest),
        _("You have accepted the invitation."),
    )


@writes
@for_guests
def invited_sign(request: HttpRequest, guest: ByLink) -> HttpResponse:
    """Sign what was read; whoever signs takes part."""

    def act() -> None:
        sign_core(proposal=guest.invitation.proposal, by=guest, sha256=request.POST.get("sha256", ""))
        accept_invitation(invitation=guest.invitation, by=guest)

    return _tried(request, act, _("Your signature was recorded."))


@reads_and_writes
@for_guests
def invited_decline(request: HttpRequest, guest: ByLink) -> HttpResponse:
    return decline_page(
        request, guest.invitation, guest, back=reverse("proposals:invited"), then="portal:home"
    )


@reads_and_writes
@for_guests
def invited_name(request: HttpRequest, guest: ByLink) -> HttpResponse:
    person = guest.invitation.member.person
    form = OwnNamesForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            correct_own_names(by=guest, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("Your name was saved."))
            return redirect("proposals:invited")
    return render(request, "proposals/invited_name.html", {"form": form})


@reads_and_writes
@login_not_required
@never_cache
@idempotent
def invited_propose(request: HttpRequest, target: str) -> HttpResponse:
    """Another text of the shared core, proposed by the partner's principal investigator who came by a link."""
    guest = guest_of(request)
    if guest is None or not is_partner_pi(guest, guest.invitation.proposal):
        return dead(request)
    back = reverse("proposals:invited")
    return propose_page(request, guest.invitation.proposal, guest, target, back=back, trail=[])


@writes
@for_guests
def invited_leave(request: HttpRequest, guest: ByLink) -> HttpResponse:
    request.session.flush()
    return redirect("portal:home")
