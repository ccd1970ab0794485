"""Writing a section: saved by a button, and by itself where scripts run."""

import json
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files import show
from kernel.files.models import StoredFile
from kernel.forms import add_violations, make_from
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, sentence
from program.enums import FieldKind
from program.models import FormSection
from proposals.actions.content import canonical
from proposals.actions.sections import save_section
from proposals.answer_words import answers_in_words
from proposals.documents import unprintable
from proposals.forms.sections import SectionForm, base_of
from proposals.models import Proposal, ProposalSection
from proposals.questions import answers_as_plain
from proposals.rules.differences import differences
from proposals.views.own import crumbs, own_proposal, written_proposal
from proposals.views.writing import leave_if_closed

AUTOSAVE = "autosave"


@reads_and_writes
def section(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    asked = get_object_or_404(FormSection, version=proposal.form_version_id, key=key)
    written = _written(proposal, asked)
    initial = {
        "text": written.text,
        "is_complete": written.is_complete,
        "revision": written.revision,
        "base": _carried(written),
    }
    form = SectionForm(
        request.POST or None,
        request.FILES or None,
        section=asked,
        years=proposal.fiscal_years,
        call_years=range(proposal.call.first_year, proposal.call.first_year + proposal.call.max_years),
        answers=written.answers,
        addresses=_addresses(proposal, asked, written),
        initial=initial,
    )
    is_autosave = request.headers.get("X-Requested-With") == AUTOSAVE
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            values = form.values()
            written = save_section(proposal=proposal, section=asked, by=request.user, **values)
        except RuleBroken as broken:
            if broken.is_stale:
                written, status = _written(proposal, asked), 409
                make_from(form, "revision", written.revision)
                make_from(form, "base", _carried(written))
                make_from(form, "over", written.revision)
            add_violations(form, broken)
        else:
            stands = base_of(written.text, written.answers, written.is_complete)
            is_merged = _has_more(stands, values)
            if is_autosave:
                # The page knows the text that it sent, and asks for the page where that was put together with another.
                base = {**stands, "text": ""}
                return JsonResponse({"revision": written.revision, "base": base, "is_merged": is_merged})
            messages.success(request, _("“%(title)s” was saved.") % {"title": localized(asked, "title")})
            if is_merged:
                messages.info(
                    request,
                    _(
                        "Somebody else had changed other places of it in the meantime. Both changes are there."
                    ),
                )
            for warning in unprintable(f"{written.text} {canonical(written.answers)}"):
                messages.warning(request, sentence(warning))
            return _onward(request, proposal, asked)
    if is_autosave:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        answer = {"sentences": sentences, "is_own": written.edited_by_id == request.user.pk}
        return JsonResponse(answer, status=409 if status == 409 else 422)
    left, right = differences(written.text, form.cleaned_data.get("text", "")) if status == 409 else ([], [])
    context = {
        "form": form,
        "proposal": proposal,
        "section": asked,
        "is_preview": False,
        "is_conflict": status == 409,
        "is_own": written.edited_by_id == request.user.pk,
        "is_compared": status == 409 and asked.has_text,
        "left": left,
        "right": right,
        "history_url": reverse("proposals:section_history", args=[public_id, key]) if written.pk else "",
        "written": written,
        "saved_answers": answers_in_words(answers_as_plain(asked, written.answers), current())
        if status == 409
        else [],
        "is_wide": any(field.kind == FieldKind.YEN_TABLE for field in form.asked),
        "fields_help": "" if asked.has_text else localized(asked, "help"),
        "saves_itself": True,
        "has_next": _next(proposal, asked) is not None,
        "breadcrumbs": crumbs(proposal, localized(asked, "title")),
    }
    return render(request, "proposals/section.html", context, status=status)


def _has_more(stands: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Whether the section stands otherwise than it was sent: put together with what somebody else has saved."""
    answers = {key: answer for key, answer in sent["answers"].items() if not hasattr(answer, "chunks")}
    prints = base_of(sent["text"], answers, sent["is_complete"])["answers"]
    return stands["text"] != sent["text"] or any(
        stands["answers"].get(key, "") != print for key, print in prints.items()
    )


def _addresses(proposal: Proposal, asked: FormSection, written: ProposalSection) -> dict[str, str]:
    """Where the files among the answers are fetched, by their fields' keys."""
    return {
        field.key: reverse("proposals:section_file", args=[proposal.public_id, asked.key, field.key])
        for field in asked.fields.all()
        if field.kind == FieldKind.FILE and written.answers.get(field.key)
    }


@reads
def section_file(request: HttpRequest, public_id: str, key: str, field: str) -> HttpResponse | FileResponse:
    """A file that answers a field, as it stands in the draft; for anybody but the team it is absent."""
    proposal = own_proposal(request, public_id)
    asked = get_object_or_404(FormSection, version=proposal.form_version_id, key=key)
    answer = _written(proposal, asked).answers.get(field)
    if not isinstance(answer, dict) or "public_id" not in answer:
        raise Http404
    return show(request, get_object_or_404(StoredFile, public_id=answer["public_id"]))


def _written(proposal: Proposal, asked: FormSection) -> ProposalSection:
    found = ProposalSection.objects.filter(proposal=proposal, section=asked)
    return found.select_related("edited_by__person").first() or ProposalSection(
        proposal=proposal, section=asked
    )


def _carried(written: ProposalSection) -> str:
    """What the page carries of the section as it stands, for the save that follows."""
    return json.dumps(base_of(written.text, written.answers, written.is_complete), ensure_ascii=False)


def _next(proposal: Proposal, asked: FormSection) -> Any:
    following = FormSection.objects.filter(version=proposal.form_version_id, position__gt=asked.position)
    return following.order_by("position").first()


def _onward(request: HttpRequest, proposal: Proposal, asked: FormSection) -> HttpResponse:
    following = _next(proposal, asked) if "next" in request.POST else None
    if following is None:
        return redirect("proposals:tasks", public_id=proposal.public_id)
    return redirect("proposals:section", public_id=proposal.public_id, key=following.key)
