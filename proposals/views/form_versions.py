"""The versions of a call's form: what differs, which proposals stand on which, and issuing the next one."""

import itertools
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from program.actions.calls import drop_form
from program.agreed import shown_form
from program.changes import changes_in_words
from program.enums import CallState
from program.forms.call_forms import IssueForm
from program.models import Call, FormVersion
from program.permissions import may_change_call
from program.queries import calls_visible_to
from program.versions import pending_form, with_parts
from program.views.answering import carried_out, only_if, posted
from proposals.actions.form_versions import issue_form_version
from proposals.queries import proposals_by_version
from proposals.views.own import crumbs, own_proposal


def _led(request: HttpRequest, public_id: str) -> Call:
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    only_if(may_change_call(request.user, call))
    return call


def comparisons(versions: Sequence[FormVersion]) -> list[dict[str, Any]]:
    """What leads from each version to the next, the newest first."""
    found = [
        {"old": old, "new": new, "changes": changes_in_words(old, new)}
        for old, new in itertools.pairwise(versions)
    ]
    return found[::-1]


@reads_and_writes
@idempotent
def form_versions(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _led(request, public_id)
    # Versions that were only tried before the opening have met no applicant.
    met = [v for v in with_parts(call.form_versions.order_by("number")) if v.frozen_at]
    pending = pending_form(call) if met else None
    versions = [*met, *([pending] if pending else [])]
    is_pending = call.state == CallState.OPEN and bool(versions) and versions[-1].frozen_at is None
    shown = shown_form(versions[-1]) if is_pending else ""
    form = IssueForm(posted(request), initial={"shown": shown}) if is_pending else None
    if form is None:
        only_if(request.method != "POST")
    else:
        done, _made = carried_out(
            request,
            form,
            lambda values: issue_form_version(call=call, by=request.user, **values),
            _("The new version is in force. Those who are writing are being told."),
        )
        if done:
            return redirect("proposals:form_versions", public_id=public_id)
        if form.is_bound:
            form.show_again(shown)
    counts = proposals_by_version(request.user, call)
    none = {"drafts": 0, "received": 0, "receipts": ""}
    back = reverse("program:call_form", args=[public_id])
    moves = [Move(_("Form and criteria"), back)] if call.state in (CallState.DRAFT, CallState.OPEN) else []
    if is_pending:
        url = reverse("proposals:form_version_drop", args=[public_id])
        confirm = _("Give up the version that is being prepared? What applicants meet stays as it is.")
        moves.append(Move(_("Give up this version"), url, "post", "danger", confirm))
    context = {
        "call": call,
        "rows": [{"version": version, **counts.get(version.pk, none)} for version in reversed(versions)],
        "comparisons": comparisons(versions),
        "form": form,
        "moves": moves,
        "breadcrumbs": [
            {"label": _("Calls"), "url": reverse("program:calls")},
            {"label": localized(call, "title"), "url": reverse("program:call", args=[public_id])},
            {"label": _("Versions of the form"), "url": ""},
        ],
    }
    return render(request, "proposals/form_versions.html", context)


@writes
@idempotent
def form_version_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _led(request, public_id)
    drop_form(call=call, by=request.user)
    messages.success(request, _("The version was given up."))
    return redirect("program:call_form", public_id=public_id)


@reads
def form_changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """For those who write on an earlier version: what was changed since."""
    proposal = own_proposal(request, public_id)
    versions = list(
        with_parts(
            proposal.call.form_versions.filter(
                frozen_at__isnull=False, number__gte=proposal.form_version.number
            ).order_by("number")
        )
    )
    context = {
        "proposal": proposal,
        "comparisons": comparisons(versions),
        "breadcrumbs": crumbs(proposal, _("What was changed in the form")),
    }
    return render(request, "proposals/form_changes.html", context)
