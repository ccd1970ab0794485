"""Changes that the partner's principal investigator proposes: made, listed, seen side by side, answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.forms import add_violations, make_from
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, sentence
from program.models import FormSection
from proposals.actions.proposed_changes import (
    TITLES,
    accept_change,
    mark_of,
    present_text,
    propose_change,
    reject_change,
)
from proposals.enums import ChangeState, ChangeTarget
from proposals.forms.changes import ChangeAnswerForm, ChangeForm
from proposals.models import Proposal, ProposedChange
from proposals.permissions import is_partner_pi, is_writer, may_edit, may_sign
from proposals.rules.differences import differences
from proposals.views.own import crumbs, own_proposal

SECTION = "section-"
CHANGES_SHOWN = 200


def _titles() -> dict[str, str]:
    return {ChangeTarget.TITLE_JA: _("Title in Japanese"), ChangeTarget.TITLE_EN: _("Title in English")}


def name_of(change: ProposedChange) -> str:
    """What the change is about, in words."""
    return localized(change.section, "title") if change.section else _titles()[change.target]


def targets_of(by: Any, proposal: Proposal, route: str, *args: Any) -> list[dict[str, str]]:
    """What `by` may propose another text for, each with the page on which it is done; none for anybody else."""
    if not is_partner_pi(by, proposal) or not may_sign(by, proposal):
        return []
    found = [(title, words) for title, words in _titles().items()]
    sections = (section for section in proposal.form_version.sections.all() if section.has_text)
    found += [(f"{SECTION}{section.key}", localized(section, "title")) for section in sections]
    return [{"label": words, "url": reverse(route, args=[*args, target])} for target, words in found]


def _target(proposal: Proposal, target: str) -> tuple[str, FormSection | None]:
    if target in TITLES:
        return target, None
    key = target.removeprefix(SECTION)
    sections = FormSection.objects.filter(version=proposal.form_version_id)
    found = get_object_or_404(sections, key=key) if key != target else None
    if found is None or not found.has_text:
        raise Http404
    return ChangeTarget.SECTION, found


def propose_page(
    request: HttpRequest, proposal: Proposal, by: Any, target: str, *, back: str, trail: list[Any]
) -> HttpResponse:
    """The form in which another text is proposed; it begins with the present one."""
    kind, section = _target(proposal, target)
    present, _revision = present_text(proposal, kind, section)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        section=section,
        initial={"text": present, "seen": mark_of(present)},
    )
    status, left, right = 200, *differences("", "")
    if request.method == "POST" and form.is_valid():
        try:
            propose_change(proposal=proposal, by=by, target=kind, section=section, **form.cleaned_data)
        except RuleBroken as broken:
            if broken.is_stale:
                present, _revision = present_text(proposal, kind, section)
                left, right = differences(present, form.cleaned_data["text"])
                status = 409
                make_from(form, "seen", mark_of(present))
            add_violations(form, broken)
        else:
            messages.success(
                request, _("The change was proposed. The principal investigator has been told by mail.")
            )
            return redirect(back)
    name = localized(section, "title") if section else _titles()[kind]
    context = {
        "heading": _("Propose a change: %(name)s") % {"name": name},
        "form": form,
        "back": back,
        "is_conflict": status == 409,
        "left": left,
        "right": right,
        "breadcrumbs": trail,
    }
    return render(request, "proposals/change_propose.html", context, status=status)


@reads_and_writes
@idempotent
def change_propose(request: HttpRequest, public_id: str, target: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    if not is_partner_pi(request.user, proposal):
        raise Http404
    return propose_page(
        request,
        proposal,
        request.user,
        target,
        back=reverse("proposals:changes", args=[public_id]),
        trail=crumbs(proposal, _("Propose a change")),
    )


def rows_of(proposal: Proposal) -> list[dict[str, Any]]:
    """All changes that were proposed, the newest first."""
    tones = {ChangeState.OPEN: "info", ChangeState.ACCEPTED: "success", ChangeState.REJECTED: "warning"}
    changes = proposal.proposed_changes.select_related("section", "person").order_by("-pk")[:CHANGES_SHOWN]
    return [
        {
            "name": name_of(change),
            "person": change.person.name,
            "at": change.made_at,
            "comment": change.comment,
            "answer": change.answer,
            "label": label_of_field(change, "state"),
            "tone": tones.get(ChangeState(change.state), "neutral"),
            "url": reverse("proposals:change", args=[proposal.public_id, change.public_id]),
        }
        for change in changes
    ]


@reads
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = own_proposal(request, public_id)
    context = {
        "proposal": proposal,
        "rows": rows_of(proposal),
        "targets": targets_of(request.user, proposal, "proposals:change_propose", public_id),
        "breadcrumbs": crumbs(proposal, _("Proposed changes")),
    }
    return render(request, "proposals/changes.html", context)


@reads_and_writes
@idempotent
def change(request: HttpRequest, public_id: str, change_id: str) -> HttpResponse:
    """The proposed text beside the present one, for the whole team; its writers answer."""
    proposal = own_proposal(request, public_id)
    found = proposal.proposed_changes.select_related("section", "person", "proposal__call")
    proposed = get_object_or_404(found, public_id=change_id)
    if request.method == "POST" and not is_writer(request.user, proposal):
        raise Http404
    present, revision = present_text(proposal, proposed.target, proposed.section)
    form = ChangeAnswerForm(
        request.POST if request.method == "POST" else None, initial={"revision": revision}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        accepts = "accept" in request.POST
        values = dict(form.cleaned_data)
        try:
            if accepts:
                accept_change(change=proposed, by=request.user, **values)
            else:
                reject_change(change=proposed, by=request.user, answer=values["answer"])
        except RuleBroken as broken:
            add_violations(form, broken)
            if not may_edit(request.user, proposal):  # the form is not shown any more, which would say it
                for violation in broken.violations:
                    messages.error(request, sentence(violation))
            if broken.is_stale:
                status = 409
                make_from(form, "revision", revision)
        else:
            said = _("The change was accepted.") if accepts else _("The change was declined.")
            messages.success(request, said)
            return redirect("proposals:changes", public_id=public_id)
    is_open = proposed.state == ChangeState.OPEN
    left, right = differences(present, proposed.text)
    context = {
        "proposal": proposal,
        "change": proposed,
        "heading": _("Proposed change: %(name)s") % {"name": name_of(proposed)},
        "left": left,
        "right": right,
        "is_open": is_open,
        "was_changed_since": is_open and proposed.section is not None and proposed.revision != revision,
        "form": form if is_open and may_edit(request.user, proposal) else None,
        "breadcrumbs": [
            *crumbs(proposal, _("Proposed changes"))[:-1],
            {"label": _("Proposed changes"), "url": reverse("proposals:changes", args=[public_id])},
            {"label": name_of(proposed), "url": ""},
        ],
    }
    return render(request, "proposals/proposed_change.html", context, status=status)
