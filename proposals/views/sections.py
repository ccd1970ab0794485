"""Writing a section: saved by a button, and by itself where scripts run."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, sentence
from program.models import FormSection
from proposals.actions.core import save_section
from proposals.documents import unprintable
from proposals.forms.sections import SectionForm
from proposals.models import Proposal, ProposalSection
from proposals.views.own import crumbs, make_from, written_proposal
from proposals.views.writing import leave_if_closed

AUTOSAVE = "autosave"


@reads_and_writes
def section(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    asked = get_object_or_404(FormSection, version=proposal.form_version_id, key=key)
    written = _written(proposal, asked)
    initial = {"text": written.text, "is_complete": written.is_complete, "revision": written.revision}
    form = SectionForm(request.POST or None, section=asked, initial=initial)
    is_autosave = request.headers.get("X-Requested-With") == AUTOSAVE
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            written = save_section(proposal=proposal, section=asked, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            if broken.is_stale:
                written, status = _written(proposal, asked), 409
                make_from(form, "revision", written.revision)
            add_violations(form, broken)
        else:
            if is_autosave:
                return JsonResponse({"revision": written.revision})
            messages.success(request, _("“%(title)s” was saved.") % {"title": localized(asked, "title")})
            for warning in unprintable(written.text):
                messages.warning(request, sentence(warning))
            return _onward(request, proposal, asked)
    if is_autosave:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        answer = {"sentences": sentences, "is_own": written.edited_by_id == request.user.pk}
        return JsonResponse(answer, status=409 if status == 409 else 422)
    context = {
        "form": form,
        "proposal": proposal,
        "section": asked,
        "is_conflict": status == 409,
        "is_own": written.edited_by_id == request.user.pk,
        "written": written,
        "has_next": _next(proposal, asked) is not None,
        "breadcrumbs": crumbs(proposal, localized(asked, "title")),
    }
    return render(request, "proposals/section.html", context, status=status)


def _written(proposal: Proposal, asked: FormSection) -> ProposalSection:
    found = ProposalSection.objects.filter(proposal=proposal, section=asked)
    return found.select_related("edited_by__person").first() or ProposalSection(
        proposal=proposal, section=asked
    )


def _next(proposal: Proposal, asked: FormSection) -> Any:
    following = FormSection.objects.filter(version=proposal.form_version_id, position__gt=asked.position)
    return following.order_by("position").first()


def _onward(request: HttpRequest, proposal: Proposal, asked: FormSection) -> HttpResponse:
    following = _next(proposal, asked) if "next" in request.POST else None
    if following is None:
        return redirect("proposals:tasks", public_id=proposal.public_id)
    return redirect("proposals:section", public_id=proposal.public_id, key=following.key)
