"""The applicant's own proposals, and beginning one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.clock import now
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.pages import page_of
from kernel.violations import RuleBroken, refuse_if
from program.enums import NoticeRule
from program.models import Call
from program.queries import calls_visible_to
from proposals.actions.core import call_violation, start_proposal
from proposals.contributions import role_missing
from proposals.enums import NoticeState, ProposalState
from proposals.forms.core import StartForm
from proposals.invited import pending_invitations
from proposals.notice_words import TONES as NOTICE_TONES
from proposals.notice_words import title_of as title_of_notice
from proposals.notices import best_notice, own_notices, start_gap
from proposals.permissions import home_institutions, may_start
from proposals.queries import own_proposals
from proposals.views.own import TONES, title_of

CALLS_SHOWN = 20


@reads
def mine(request: HttpRequest) -> HttpResponse:
    page = page_of(own_proposals(request.user), request)
    rows = [
        {
            "proposal": proposal,
            "title": _("Test: %(title)s") % {"title": title_of(proposal)}
            if proposal.is_test
            else title_of(proposal),
            "tone": TONES[proposal.state],
            "stands": _("The version submitted last stays valid.")
            if proposal.state == ProposalState.DRAFT and proposal.receipt_number
            else "",
            "url": reverse("proposals:tasks", args=[proposal.public_id]),
        }
        for proposal in page.objects
    ]
    open_calls = []
    if home_institutions(request.user):
        found = calls_visible_to(request.user).filter(state="open", deadline_at__gt=now())
        open_calls = [
            {"call": call, "url": _way(call), "needs_notice": call.notice == NoticeRule.REQUIRED}
            for call in found.order_by("deadline_at")[:CALLS_SHOWN]
            if may_start(request.user, call)
        ]
    context = {
        "page": page,
        "rows": rows,
        "open_calls": open_calls,
        "notices": [
            {
                "notice": one,
                "title": title_of_notice(one),
                "url": reverse("proposals:notice", args=[one.public_id]),
                "tone": NOTICE_TONES[one.state],
            }
            for one in own_notices(request.user)[:CALLS_SHOWN]
        ],
        "invitations": [
            {
                "title": localized(one.proposal, "title") or _("(no title yet)"),
                "url": reverse("proposals:own_invitation", args=[one.public_id]),
                "until": one.expires_at,
            }
            for one in pending_invitations(request.user)[:CALLS_SHOWN]
        ],
        "obstacle": role_missing(request.user),
    }
    return render(request, "proposals/mine.html", context)


# From these a proposal is begun, with what they say.
RESTED_ON = (NoticeState.SUBMITTED, NoticeState.ACCEPTED)


def _way(call: Call) -> str:
    """Where a proposal is begun; of a call that requires a notice of intent the page that says what is next."""
    if call.notice == NoticeRule.REQUIRED:
        return reverse("program:call", args=[call.public_id])
    return reverse("proposals:start", args=[call.public_id])


@reads_and_writes
@idempotent
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    institutions = home_institutions(request.user)
    if not institutions:
        raise Http404
    refuse_if(call_violation(call))
    given = best_notice(request.user, call) if call.notice != NoticeRule.OFF else None
    if given is not None and call.notice == NoticeRule.REQUIRED and given.state in RESTED_ON:
        messages.info(
            request, _("Begin the proposal from your notice of intent: what it says is taken over.")
        )
        return redirect("proposals:notice", public_id=given.public_id)
    refuse_if(start_gap(request.user, call))
    own = Organisation.objects.filter(pk__in=[institution.pk for institution in institutions])
    form = StartForm(request.POST or None, call=call, institutions=own.order_by("pk"))
    if request.method == "POST" and form.is_valid():
        try:
            proposal = start_proposal(call=call, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request, _("Your proposal was begun. It is a draft that only your team can see.")
            )
            return redirect("proposals:tasks", public_id=proposal.public_id)
    context = {
        "form": form,
        "call": call,
        "notice_url": reverse("proposals:notice", args=[given.public_id]) if given else "",
    }
    return render(request, "proposals/start.html", context)
