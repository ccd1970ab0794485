"""The task list of a proposal, and its core."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken
from proposals.actions.content import content_of, read_whole
from proposals.actions.core import save_core
from proposals.enums import ProposalState
from proposals.forms.core import CoreForm
from proposals.models import Proposal
from proposals.permissions import may_edit
from proposals.queries import timeline_of
from proposals.views.own import (
    TONES,
    crumbs,
    form_change,
    make_from,
    moves_of,
    own_proposal,
    standing,
    title_of,
    written_proposal,
)
from proposals.views.parts import parts_of, tasks_of
from proposals.views.signatures import signature_rows

EVENTS_SHOWN = 20


def event_words() -> dict[str, str]:
    """The timeline's words by the verbs of the audit trail."""
    return {
        "started": _("Begun"),
        "extended": _("Given more time by the agency"),
        "submit": _("Submitted"),
        "reopen": _("Reopened"),
        "unlock": _("Unlocked by the agency"),
        "lock": _("Locked at the deadline"),
        "find_eligible": _("Found eligible"),
        "find_ineligible": _("Found not eligible"),
        "adopt": _("Adopted"),
        "reserve": _("Put on the reserve list"),
        "not_adopt": _("Not adopted"),
        "withdraw": _("Withdrawn"),
    }


def timeline(proposal: Proposal) -> list[dict[str, Any]]:
    """What happened, for components/timeline.html. Who did it stays unsaid: officers decide as their agency."""
    words = event_words()
    return [
        {"title": words[entry.verb], "at": entry.at}
        for entry in timeline_of(proposal)[:EVENTS_SHOWN]
        if entry.verb in words
    ]


def _signatures(proposal: Proposal) -> list[dict[str, str]]:
    """Who has signed the draft; once it is submitted nobody is asked any more."""
    if proposal.state != ProposalState.DRAFT:
        return []
    read_whole(proposal)
    return signature_rows(proposal, content_of(proposal))


@reads
def tasks(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    is_written = may_edit(request.user, proposal)
    context = {
        "proposal": proposal,
        "title": title_of(proposal),
        "tone": TONES[proposal.state],
        "standing": standing(proposal),
        "moves": moves_of(request.user, proposal),
        "form_change": form_change(proposal),
        "tasks": tasks_of(proposal, parts_of(proposal)) if is_written else [],
        "signatures": _signatures(proposal),
        "events": timeline(proposal),
        "breadcrumbs": crumbs(proposal),
    }
    return render(request, "proposals/tasks.html", context)


def leave_if_closed(request: HttpRequest, proposal: Proposal) -> HttpResponse | None:
    """For a page that edits, when there is nothing to edit any more: the way to the page that shows it."""
    if request.method != "GET" or may_edit(request.user, proposal):
        return None
    messages.info(request, _("The proposal cannot be changed at the moment."))
    return redirect("proposals:check", public_id=proposal.public_id)


@reads_and_writes
def core(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    initial = {
        "title_ja": proposal.title_ja,
        "title_en": proposal.title_en,
        "designation": proposal.designation_id,
        "years": proposal.years,
        "version": proposal.version,
    }
    form = CoreForm(request.POST or None, call=proposal.call, initial=initial)
    status, saved = 200, None
    if request.method == "POST" and form.is_valid():
        try:
            save_core(proposal=proposal, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            if broken.is_stale:
                proposal.refresh_from_db()
                status, saved = 409, proposal
                make_from(form, "version", proposal.version)
            add_violations(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect("proposals:tasks", public_id=public_id)
    context = {
        "form": form,
        "proposal": proposal,
        "saved": saved,
        "breadcrumbs": crumbs(proposal, _("Title, term and field")),
    }
    return render(request, "proposals/core.html", context, status=status)
