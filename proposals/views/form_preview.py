"""A call's form as an applicant meets it, for the officers who prepare it: the very page of a section, saved nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.methods import reads
from program.enums import FieldKind
from program.models import Call, FormSection, FormVersion
from program.permissions import may_change_call
from program.queries import calls_visible_to
from program.views.answering import only_if
from proposals.forms.sections import SectionForm
from proposals.models import Proposal, ProposalSection
from proposals.rules.years import usual_years


def _address(call: Call, version: FormVersion, section: FormSection) -> str:
    return reverse("proposals:form_preview", args=[call.public_id, version.number, section.key])


@reads
def form_preview(request: HttpRequest, public_id: str, number: int, key: str) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    only_if(may_change_call(request.user, call))
    version = get_object_or_404(call.form_versions.prefetch_related("sections__fields"), number=number)
    sections = list(version.sections.all())
    place = next((index for index, one in enumerate(sections) if one.key == key), None)
    only_if(place is not None)
    assert place is not None
    asked = sections[place]
    years = usual_years(call.min_years, call.max_years)
    proposal = Proposal(call=call, form_version=version, years=years)
    form = SectionForm(section=asked, years=proposal.fiscal_years, initial={"revision": 0})
    back = reverse("program:call_form", args=[call.public_id])
    context = {
        "form": form,
        "proposal": proposal,
        "section": asked,
        "is_conflict": False,
        "is_preview": True,
        "history_url": "",
        "written": ProposalSection(),
        "has_next": False,
        "is_wide": any(field.kind == FieldKind.YEN_TABLE for field in form.asked),
        "fields_help": "" if asked.has_text else localized(asked, "help"),
        "saves_itself": False,
        "previous_url": _address(call, version, sections[place - 1]) if place else "",
        "next_url": _address(call, version, sections[place + 1]) if place + 1 < len(sections) else "",
        "back": back,
        "breadcrumbs": [
            {"label": _("Calls"), "url": reverse("program:calls")},
            {
                "label": localized(call, "title"),
                "url": reverse("program:call", args=[call.public_id]),
            },
            {"label": _("Form and criteria"), "url": back},
            {"label": localized(asked, "title"), "url": ""},
        ],
    }
    return render(request, "proposals/section.html", context)
