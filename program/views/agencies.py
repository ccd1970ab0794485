"""Funding agencies by country, what the programme must know of each, and the calls that each takes part in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from program.actions.programmes import add_agency, set_agency_profile
from program.calendar import office_in_words, office_of
from program.forms.agencies import AgencyFilterForm, AgencyForm, ProfileForm
from program.models import AgencyProfile, CallAgency
from program.permissions import is_officer_here, may_set_up_calls
from program.queries import agencies_visible_to, calls_visible_to
from program.rules.numbers import pattern_is_safe, tried
from program.views.answering import answer_form, editing, only_if, posted, trail
from registries.models import Institution
from registries.queries import country_names

SHOWN_CALLS = 100


@reads
def agencies(request: HttpRequest) -> HttpResponse:
    only_if(is_officer_here(request.user))
    found = agencies_visible_to(request.user)
    names = country_names()
    codes = list(found.order_by("country_code").values_list("country_code", flat=True).distinct())
    form = AgencyFilterForm(request.GET, countries={code: names.get(code, code) for code in codes})
    if form.is_valid() and form.cleaned_data["country"]:
        found = found.filter(country_code=form.cleaned_data["country"])
    page = page_of(found.order_by("country_code", "short_name", "id"), request)
    may_change = may_set_up_calls(request.user)
    context = {
        "filter_form": form,
        "page": page,
        "rows": [
            {
                "agency": agency,
                "country": names.get(agency.country_code, agency.country_code),
                "profile": getattr(agency, "agency_profile", None),
            }
            for agency in page.objects
        ],
        "moves": [Move(_("Add an agency"), reverse("program:agency_add"), tone="primary")]
        if may_change
        else [],
    }
    return render(request, "program/agencies.html", context)


@reads
def agency(request: HttpRequest, public_id: str) -> HttpResponse:
    """One agency: its numbers, its pattern tried on its examples, its part in calls with days and reasons."""
    found = get_object_or_404(agencies_visible_to(request.user), public_id=public_id)
    profile = AgencyProfile.objects.filter(agency=found).first()
    parts = CallAgency.objects.filter(agency=found, call__in=calls_visible_to(request.user).order_by())
    url = reverse("program:agency_profile", args=[found.public_id])
    context = {
        "agency": found,
        "country": country_names().get(found.country_code, found.country_code),
        "known": Institution.objects.filter(ror_id=found.ror_id).first() if found.ror_id else None,
        "profile": profile,
        "office": office_in_words(office_of(found)),
        "examples": _examples(profile),
        "parts": parts.select_related("call__programme").order_by("-starts_on", "-id")[:SHOWN_CALLS],
        "moves": [Move(_("Change"), url)] if may_set_up_calls(request.user) else [],
        "breadcrumbs": trail((_("Agencies"), reverse("program:agencies")), (found.short_name, "")),
    }
    return render(request, "program/agency.html", context)


def _examples(profile: AgencyProfile | None) -> list[Any]:
    """The examples with whether the pattern fits; a pattern of before the check for safety is not tried."""
    if profile is None or not pattern_is_safe(profile.award_number_pattern):
        return []
    return list(tried(profile.award_number_pattern, profile.award_number_examples.split("\n")))


@reads_and_writes
@idempotent
def agency_add(request: HttpRequest) -> HttpResponse:
    only_if(may_set_up_calls(request.user))
    heading = _("Add an agency")
    return answer_form(
        request,
        form=AgencyForm(posted(request)),
        act=lambda values: add_agency(by=request.user, **values),
        back=reverse("program:agencies"),
        goes_to=lambda made: reverse("program:agency_profile", args=[made.public_id]),
        heading=heading,
        submit=_("Add"),
        success=_("The agency was added. Enter what the programme must know of it."),
        breadcrumbs=trail((_("Agencies"), reverse("program:agencies")), (heading, "")),
    )


@reads_and_writes
def agency_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    agency = get_object_or_404(agencies_visible_to(request.user), public_id=public_id)
    only_if(may_set_up_calls(request.user))
    heading = _("What the programme must know of an agency")
    profile = AgencyProfile.objects.filter(agency=agency).first()
    back = reverse("program:agency", args=[agency.public_id])
    return answer_form(
        request,
        **(
            editing(request, profile, lambda data: ProfileForm(data, instance=profile))
            if profile
            else {"form": ProfileForm(posted(request))}
        ),
        act=lambda values: set_agency_profile(agency=agency, by=request.user, **values),
        back=back,
        heading=heading,
        lead=localized(agency, "name"),
        submit=_("Save"),
        success=_("The agency was saved."),
        breadcrumbs=trail(
            (_("Agencies"), reverse("program:agencies")), (agency.short_name, back), (heading, "")
        ),
    )
