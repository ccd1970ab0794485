"""Awards that partner agencies have published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.methods import reads
from kernel.pages import page_of
from registries.forms.lists import AwardFilterForm
from registries.queries import awards_visible_to, country_names, find_awards
from registries.views.trails import country_name, trail


@reads
def awards(request: HttpRequest) -> HttpResponse:
    form = AwardFilterForm(request.GET)
    found = awards_visible_to(request.user)
    if form.is_valid():
        if form.cleaned_data["q"]:
            found = find_awards(request.user, form.cleaned_data["q"])
        if form.cleaned_data["country"]:
            found = found.filter(country_code=form.cleaned_data["country"])
    context = {
        "filter_form": form,
        "page": page_of(found, request),
        "breadcrumbs": trail(request.user, (_("Partner agencies’ awards"), "")),
    }
    return render(request, "registries/awards.html", context)


@reads
def award(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the agency has published of one award."""
    found = get_object_or_404(awards_visible_to(request.user), public_id=public_id)
    context = {
        "award": found,
        "title": found.title or found.number,
        "country": country_name(country_names(), found.country_code),
        "breadcrumbs": trail(
            request.user,
            (_("Partner agencies’ awards"), reverse("registries:awards")),
            (found.number, ""),
        ),
    }
    return render(request, "registries/award.html", context)
