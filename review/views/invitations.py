"""Answering an invitation to review: by its link, without an account, or by an account that has the e-mail.

The call is shown to whoever was invited; a proposal's team and outline once confidentiality is agreed to, and nothing more.
"""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import day, instant
from kernel.violations import RuleBroken, sentence
from proposals.enums import InvitationState
from proposals.forms.invitations import NewLinkForm
from proposals.views.links import Link, kept_of, link_page
from review.actions.invitation_answers import (
    accept_invitation,
    agree_to_confidentiality,
    decline_invitation,
)
from review.actions.invitations import open_link, send_new_link
from review.confidentiality import TEXT
from review.enums import AssignmentState
from review.findings import findings_in
from review.forms.invitations import AgreeForm, DeclineReviewForm
from review.invited import (
    ByReviewLink,
    has_agreed,
    invitation_let_in,
    invitation_of_token,
    review_invitations_of,
    signs_in,
)
from review.models import Assignment, ReviewerInvitation
from review.views.shown import facts_of, proposal_title, teams_of

SESSION = "asked_to_review"


def facts(invitation: ReviewerInvitation) -> list[dict[str, Any]]:
    """What somebody is asked for (components/summary_list.html)."""
    reviewer = invitation.reviewer
    rows = [
        (_("Agency"), localized(reviewer.agency, "name")),
        (_("Call"), localized(reviewer.call, "title")),
        (_("Name"), reviewer.person.name),
    ]
    if reviewer.max_load:
        rows.append((_("Proposals at most"), str(reviewer.max_load)))
    if invitation.state == InvitationState.PENDING:
        rows.append((_("May be answered until"), instant(invitation.expires_at)))
    return [{"label": name, "value": value, "url": ""} for name, value in rows]


def dead(request: HttpRequest) -> HttpResponse:
    """What a link says that is garbled, used up, expired or revoked: the same for all, with what to do."""
    return render(request, "review/invitation_dead.html", {"form": NewLinkForm()}, status=404)


def _is_theirs(user: Any, invitation: ReviewerInvitation) -> bool:
    return review_invitations_of(user).filter(pk=invitation.pk).exists()


LINK = Link(
    session=SESSION,
    inside="review:invited",
    own_page="review:own_invitation",
    template="review/invitation_link.html",
    find=invitation_of_token,
    open=open_link,
    is_theirs=_is_theirs,
    signs_in=signs_in,
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
    return render(request, "review/invitation_renew.html", {"form": form, "is_sent": is_sent})


def guest_of(request: HttpRequest) -> ByReviewLink | None:
    """Who came by a link in this session, as long as the invitation is open and the hours that it lets them in last."""
    kept = kept_of(request, SESSION)
    invitation = invitation_let_in(kept.get("invitation")) if kept else None
    return ByReviewLink(invitation) if invitation else None


@reads_and_writes
@login_not_required
@never_cache
@idempotent
def invited(request: HttpRequest) -> HttpResponse:
    guest = guest_of(request)
    if guest is None:
        return dead(request)
    return _answer_page(
        request,
        guest.invitation,
        guest,
        here=reverse("review:invited"),
        decline=reverse("review:invited_decline"),
    )


@reads_and_writes
@login_not_required
@never_cache
@idempotent
def invited_decline(request: HttpRequest) -> HttpResponse:
    guest = guest_of(request)
    if guest is None:
        return dead(request)
    return _decline_page(request, guest.invitation, guest, back=reverse("review:invited"))


@writes
@login_not_required
def invited_leave(request: HttpRequest) -> HttpResponse:
    """The end of a session that began with a link."""
    if guest_of(request) is None:
        return dead(request)
    request.session.flush()
    return redirect("portal:home")


def _own(request: HttpRequest, invitation_id: str) -> ReviewerInvitation:
    return get_object_or_404(review_invitations_of(request.user), public_id=invitation_id)


@reads_and_writes
@idempotent
def own_invitation(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """An invitation as the account sees it whose e-mail was invited."""
    return _answer_page(
        request,
        _own(request, invitation_id),
        request.user,
        here=reverse("review:own_invitation", args=[invitation_id]),
        decline=reverse("review:own_invitation_decline", args=[invitation_id]),
    )


@reads_and_writes
@idempotent
def own_invitation_decline(request: HttpRequest, invitation_id: str) -> HttpResponse:
    back = reverse("review:own_invitation", args=[invitation_id])
    return _decline_page(request, _own(request, invitation_id), request.user, back=back)


def _answer_page(
    request: HttpRequest, invitation: ReviewerInvitation, by: Any, *, here: str, decline: str
) -> HttpResponse:
    """First the agreement, then the teams and outlines of what is meant for this reviewer, with the two answers."""
    is_pending = invitation.standing == InvitationState.PENDING
    agreed = has_agreed(invitation.reviewer)
    form = AgreeForm(request.POST if request.method == "POST" and not agreed else None)
    if request.method == "POST" and invitation.is_open:
        try:
            if agreed:
                # A second click on the agreement, which came before this page had been drawn, is no answer.
                if request.POST.get("answer") == "accept":
                    accept_invitation(invitation=invitation, by=by)
                    messages.success(request, _("Thank you. You have agreed to review."))
                return redirect(here)
            if form.is_valid():
                agree_to_confidentiality(
                    reviewer=invitation.reviewer, by=by, version=form.cleaned_data["version"]
                )
                return redirect(here)
        except RuleBroken as broken:
            if agreed:
                for violation in broken.violations:
                    messages.error(request, sentence(violation))
                return redirect(here)
            add_violations(form, broken)
    is_guest = isinstance(by, ByReviewLink)
    moves = [Move(_("Decline"), decline, tone="danger")] if is_pending else []
    if is_guest:
        moves.append(Move(_("Leave this page"), reverse("review:invited_leave"), "post"))
    context = {
        "facts": facts(invitation),
        "standing": _standing(invitation),
        "is_pending": is_pending,
        "has_accepted": invitation.state == InvitationState.ACCEPTED,
        "is_guest": is_guest,
        "email": invitation.email,
        "form": None if agreed or not invitation.is_open else form,
        "text": TEXT,
        "proposals": _outlines(invitation) if agreed and invitation.is_open else [],
        "moves": moves,
        "signup_url": reverse("account_signup"),
    }
    return render(request, "review/invited.html", context)


def _standing(invitation: ReviewerInvitation) -> str:
    words = {
        InvitationState.PENDING: "",
        InvitationState.ACCEPTED: _("You have agreed to review."),
        InvitationState.DECLINED: _("You have declined."),
        InvitationState.REVOKED: _("The agency has taken this invitation back."),
        InvitationState.EXPIRED: _("This invitation has expired. Ask the agency to send it again."),
    }
    return words[invitation.standing]


def _outlines(invitation: ReviewerInvitation) -> list[dict[str, Any]]:
    """Outline and team of each proposal that is meant for the reviewer, and with which no conflict is known."""
    given = list(
        Assignment.objects.filter(reviewer=invitation.reviewer, state=AssignmentState.ASSIGNED)
        .select_related(
            "proposal__call__programme",
            "proposal__pi",
            "proposal__institution",
            "proposal__designation__field",
            "proposal__designation__country",
            "proposal__designation__group",
        )
        .order_by("pk")
    )
    proposals = [assignment.proposal for assignment in given]
    shut = findings_in(proposals, [invitation.reviewer]) if proposals else {}
    proposals = [p for p in proposals if (p.pk, invitation.reviewer_id) not in shut]
    due: dict[int, Any] = defaultdict(str, {a.proposal_id: day(a.due_on) for a in given})
    teams = teams_of(proposals)
    return [
        {
            "title": proposal_title(p),
            "facts": [*facts_of(p), {"label": _("Due"), "value": due[p.pk], "url": ""}],
            "team": teams[p.pk],
        }
        for p in proposals
    ]


def _decline_page(
    request: HttpRequest, invitation: ReviewerInvitation, by: Any, *, back: str
) -> HttpResponse:
    form = DeclineReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_invitation(invitation=invitation, by=by, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("You have declined. The officer has been told by mail."))
            return redirect("portal:home")
    context = {"facts": facts(invitation), "form": form, "back": back}
    return render(request, "review/invitation_decline.html", context)
