"""The invitation of a member: sent, sent again, revoked, by whoever writes the proposal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import instant
from kernel.violations import RuleBroken, sentence
from proposals.actions.invitations import address_of, revoke_invitation, send_invitation
from proposals.actions.reminders import ask_for_signature, ask_for_signatures
from proposals.enums import InvitationState, TeamRole
from proposals.forms.invitations import InviteForm
from proposals.invited import newest_invitations
from proposals.models import Invitation, TeamMember
from proposals.permissions import INVITED
from proposals.views.lists import written_row
from proposals.views.own import crumbs, written_proposal
from proposals.views.writing import leave_if_closed


def standing_words(member: TeamMember, invitation: Invitation | None) -> str:
    """Where a member's invitation stands, for the list of the team."""
    if member.role not in INVITED:
        return "–"
    return label(invitation.standing) if invitation else _("not invited yet")


def _facts(invitation: Invitation) -> list[dict[str, Any]]:
    rows = [
        (_("State"), label(invitation.standing)),
        (_("Sent to"), invitation.email),
        (_("Sent at"), instant(invitation.sent_at)),
        (_("May be answered until"), instant(invitation.expires_at)),
    ]
    if invitation.opened_at:
        rows.append((_("Link opened at"), instant(invitation.opened_at)))
    if invitation.answered_at:
        rows.append((_("Closed or answered at"), instant(invitation.answered_at)))
    if invitation.reason:
        rows.append((_("Reason"), invitation.reason))
    return [{"label": name, "value": value, "url": ""} for name, value in rows]


@reads_and_writes
@idempotent
def team_invite(request: HttpRequest, public_id: str, member_id: str) -> HttpResponse:
    member = written_row(request, TeamMember.objects.select_related("person__user"), public_id, member_id)
    proposal, person = member.proposal, member.person
    if leave := leave_if_closed(request, proposal):
        return leave
    invitation = newest_invitations(proposal).get(member.pk)
    is_partner = member.role in (TeamRole.PARTNER_PI, TeamRole.PARTNER_MEMBER)
    usual = person.user.language if person.user else ("en" if is_partner else "ja")
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        asks_email=not address_of(person),
        initial={"language": invitation.language if invitation else usual},
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_invitation(member=member, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The invitation was sent to %(email)s.") % {"email": sent.email})
            return redirect("proposals:team", public_id=public_id)
    moves = []
    if invitation is not None and invitation.is_open:
        url = reverse("proposals:team_revoke", args=[public_id, member_id])
        confirm = _("Revoke the invitation? Its link is dead from then on.")
        moves.append(Move(_("Revoke the invitation"), url, "post", "danger", confirm))
    may_send = member.role in INVITED and (
        invitation is None or invitation.standing != InvitationState.ACCEPTED
    )
    context = {
        "proposal": proposal,
        "heading": _("Invitation of %(name)s") % {"name": person.name},
        "facts": _facts(invitation) if invitation else [],
        "form": form if may_send else None,
        "submit_label": _("Send the invitation again") if invitation else _("Send the invitation"),
        "address": address_of(person),
        "moves": moves,
        "breadcrumbs": crumbs(proposal, _("Invitation")),
    }
    return render(request, "proposals/invite.html", context)


@writes
@idempotent
def team_revoke(request: HttpRequest, public_id: str, member_id: str) -> HttpResponse:
    member = written_row(request, TeamMember.objects.all(), public_id, member_id)
    invitation = newest_invitations(member.proposal).get(member.pk)
    try:
        if invitation is not None:
            revoke_invitation(invitation=invitation, by=request.user)
            messages.success(request, _("The invitation was revoked."))
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    return redirect("proposals:team", public_id=public_id)


@writes
@idempotent
def team_ask(request: HttpRequest, public_id: str, member_id: str) -> HttpResponse:
    member = written_row(request, TeamMember.objects.select_related("person"), public_id, member_id)
    try:
        ask_for_signature(member=member, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, _("%(name)s was asked by mail.") % {"name": member.person.name})
    return redirect("proposals:tasks", public_id=public_id)


@writes
@idempotent
def signatures_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    try:
        count = ask_for_signatures(proposal=proposal, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        text = ngettext("%(n)s person was asked by mail.", "%(n)s people were asked by mail.", count)
        messages.success(request, text % {"n": count})
    return redirect("proposals:tasks", public_id=public_id)
