"""The task list of a proposal, and its core."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import person_of
from kernel.forms import add_violations, make_from
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken
from proposals.actions.approval import Standing
from proposals.actions.content import content_of, read_whole
from proposals.actions.core import save_core
from proposals.actions.signing import Signed, signatures_of
from proposals.contributions import proposal_moves
from proposals.enums import ApprovalStatus, ProposalState
from proposals.forms.core import CoreForm
from proposals.models import Proposal
from proposals.permissions import may_edit
from proposals.queries import refusals_of
from proposals.views.asking import approval_panel, approval_task, standing_of
from proposals.views.edits import with_editors
from proposals.views.outside_term import last_year_with_money, left_out, tables_left_out
from proposals.views.own import (
    TONES,
    crumbs,
    form_change,
    moves_of,
    own_proposal,
    standing,
    title_of,
    version_seen,
    written_proposal,
)
from proposals.views.parts import Part, parts_of, tasks_of
from proposals.views.questions_asked import for_team
from proposals.views.signatures import signature_rows
from proposals.views.timeline import next_step, timeline


def _signed(proposal: Proposal, content: dict[str, Any]) -> list[Signed]:
    """Who has signed the draft; once it is submitted nobody is asked any more."""
    return signatures_of(proposal, content, with_pi=True) if content else []


def _tasks(proposal: Proposal, parts: list[Part], approval: Standing | None) -> list[dict[str, Any]]:
    """The task list; where the institution has to approve, its line stands before the last."""
    if approval is None:
        return tasks_of(proposal, parts)
    is_complete = not any(part.gaps for part in parts)
    is_given = approval.status == ApprovalStatus.GIVEN
    *own, submit = tasks_of(proposal, parts, is_approved=is_given)
    return [*own, approval_task(proposal, approval, is_complete=is_complete), submit]


@reads
def tasks(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    is_written = may_edit(request.user, proposal)
    content: dict[str, Any] = {}
    if proposal.state == ProposalState.DRAFT:
        read_whole(proposal)
        content = content_of(proposal)
    approval = standing_of(proposal, content)
    parts = with_editors(proposal, parts_of(proposal)) if is_written else []
    signed = _signed(proposal, content)
    signatures = signature_rows(proposal, signed, may_ask=is_written)
    person = person_of(request.user)
    has_signed = any(one.at and person and one.member.person_id == person.pk for one in signed)
    context = {
        "proposal": proposal,
        "title": title_of(proposal),
        "tone": TONES[proposal.state],
        "standing": standing(proposal),
        "moves": [
            *(move for contribute in proposal_moves for move in contribute(request.user, proposal)),
            *moves_of(request.user, proposal, has_signed=has_signed),
        ],
        "reasons": refusals_of(proposal),
        "questions": for_team(request.user, proposal),
        "form_change": form_change(proposal),
        "tasks": _tasks(proposal, parts, approval) if is_written else [],
        "approval": approval_panel(proposal, content, approval),
        "signatures": signatures,
        "ask_all_url": reverse("proposals:signatures_ask", args=[public_id])
        if any(row["ask_url"] for row in signatures)
        else "",
        "events": timeline(proposal, for_team=True),
        "next_step": next_step(proposal, approval),
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
        "support_type": proposal.support_type_id,
        "years": proposal.years,
        "version": proposal.version,
    }
    form = CoreForm(request.POST or None, call=proposal.call, initial=initial)
    cut_off = " ".join(filter(None, [left_out(proposal), *tables_left_out(proposal)]))
    form.say_of_years(cut_off or last_year_with_money(proposal))
    status, saved = 200, None
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_seen(proposal, form.cleaned_data["version"])
            save_core(proposal=proposal, by=request.user, **{**form.cleaned_data, "version": seen})
        except RuleBroken as broken:
            if broken.is_stale:
                proposal.refresh_from_db()
                status, saved = 409, proposal
                make_from(form, "version", proposal.version)
            add_violations(form, broken)
        else:
            messages.success(request, _("Saved."))
            changed = written_proposal(request, public_id)
            for said in filter(None, [left_out(changed), *tables_left_out(changed)]):
                messages.warning(request, said)
            return redirect("proposals:tasks", public_id=public_id)
    context = {
        "form": form,
        "proposal": proposal,
        "saved": saved,
        "breadcrumbs": crumbs(proposal, _("Title, term and field")),
    }
    return render(request, "proposals/core.html", context, status=status)
