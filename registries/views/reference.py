"""Exchange rates and countries."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kernel.methods import reads
from kernel.pages import page_of
from registries.forms.lists import RateFilterForm, WordsForm
from registries.queries import countries_visible_to, rates_visible_to
from registries.views.trails import trail


@reads
def rates(request: HttpRequest) -> HttpResponse:
    form = RateFilterForm(request.GET)
    found = rates_visible_to(request.user)
    if form.is_valid():
        if form.cleaned_data["currency"]:
            found = found.filter(currency=form.cleaned_data["currency"])
        if form.cleaned_data["year"]:
            found = found.filter(on__year=form.cleaned_data["year"])
    context = {
        "filter_form": form,
        "page": page_of(found, request),
        "breadcrumbs": trail(request.user, (_("Exchange rates"), "")),
    }
    return render(request, "registries/rates.html", context)


@reads
def countries(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.GET)
    found = countries_visible_to(request.user)
    if form.is_valid() and form.cleaned_data["q"]:
        q = form.cleaned_data["q"]
        found = found.filter(Q(name_ja__icontains=q) | Q(name_en__icontains=q) | Q(code__iexact=q))
    context = {
        "filter_form": form,
        "page": page_of(found, request, size=300),
        "breadcrumbs": trail(request.user, (_("Countries"), "")),
    }
    return render(request, "registries/countries.html", context)
