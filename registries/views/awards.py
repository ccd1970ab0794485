"""Awards that partner agencies have published."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.documents.tables import stream_csv
from kernel.methods import reads
from kernel.moves import Move
from registries.forms.lists import AwardFilterForm
from registries.permissions import may_import
from registries.queries import awards_visible_to, country_names, find_awards
from registries.rules.partner_awards.template import COLUMNS
from registries.views.lists import list_page
from registries.views.trails import country_name, only_if, trail


@reads
def awards(request: HttpRequest) -> HttpResponse:
    form = AwardFilterForm(request.GET)
    found = awards_visible_to(request.user)
    if form.is_valid():
        if form.cleaned_data["q"]:
            found = find_awards(request.user, form.cleaned_data["q"])
        if form.cleaned_data["country"]:
            found = found.filter(country_code=form.cleaned_data["country"])
    moves = [Move(_("Import awards"), f"{reverse('registries:import')}?kind=awards")]
    return list_page(
        request,
        "registries/awards.html",
        heading=_("Partner agencies’ awards"),
        form=form,
        found=found,
        moves=moves if may_import(request.user) else [],
    )


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


@reads
def award_template(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """An empty table of awards with its headings, for agencies that publish none that a machine can read."""
    only_if(may_import(request.user))
    response = StreamingHttpResponse(stream_csv(COLUMNS, []), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="awards.csv"'
    return response
