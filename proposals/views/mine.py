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
from kernel.methods import reads, reads_and_writes
from kernel.pages import page_of
from kernel.violations import RuleBroken, refuse_if
from program.queries import calls_visible_to
from proposals.actions.core import call_violation, start_proposal
from proposals.forms.core import StartForm
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
            "url": reverse("proposals:tasks", args=[proposal.public_id]),
        }
        for proposal in page.objects
    ]
    open_calls = []
    if home_institutions(request.user):
        found = calls_visible_to(request.user).filter(state="open", deadline_at__gt=now())
        open_calls = [
            call for call in found.order_by("deadline_at")[:CALLS_SHOWN] if may_start(request.user, call)
        ]
    return render(request, "proposals/mine.html", {"page": page, "rows": rows, "open_calls": open_calls})


@reads_and_writes
@idempotent
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    institutions = home_institutions(request.user)
    if not institutions:
        raise Http404
    refuse_if(call_violation(call))
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
    return render(request, "proposals/start.html", {"form": form, "call": call})
