"""Funding agencies, and what the programme must know of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.pages import page_of
from program.actions.programmes import set_agency_profile
from program.forms.programmes import ProfileForm
from program.models import AgencyProfile
from program.permissions import is_officer_here, may_set_up_calls
from program.queries import agencies_visible_to
from program.views.answering import answer_form, only_if, posted, trail


@reads
def agencies(request: HttpRequest) -> HttpResponse:
    only_if(is_officer_here(request.user))
    page = page_of(agencies_visible_to(request.user), request)
    context = {
        "page": page,
        "rows": [
            {"agency": agency, "profile": getattr(agency, "agency_profile", None)} for agency in page.objects
        ],
        "may_change": may_set_up_calls(request.user),
    }
    return render(request, "program/agencies.html", context)


@reads_and_writes
def agency_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    agency = get_object_or_404(agencies_visible_to(request.user), public_id=public_id)
    only_if(may_set_up_calls(request.user))
    heading = _("What the programme must know of an agency")
    profile = AgencyProfile.objects.filter(agency=agency).first()
    return answer_form(
        request,
        form=ProfileForm(posted(request), instance=profile),
        act=lambda values: set_agency_profile(agency=agency, by=request.user, **values),
        back=reverse("program:agencies"),
        heading=heading,
        lead=localized(agency, "name"),
        submit=_("Save"),
        success=_("The agency was saved."),
        breadcrumbs=trail((_("Agencies"), reverse("program:agencies")), (agency.short_name, "")),
    )
