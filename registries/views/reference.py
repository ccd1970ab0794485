"""Exchange rates, countries, holidays, the ministry's review record, the state's budget by item: tables to look things up in."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.methods import reads
from registries.forms.lists import (
    BudgetFilterForm,
    HolidayFilterForm,
    RateFilterForm,
    ReviewFilterForm,
    WordsForm,
)
from registries.queries import (
    budget_items_visible_to,
    countries_visible_to,
    holidays_visible_to,
    rates_visible_to,
    review_projects_visible_to,
    with_words,
)
from registries.rules.review_record import recorded_supplements
from registries.views.lists import list_page
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
    return list_page(request, "registries/rates.html", heading=_("Exchange rates"), form=form, found=found)


@reads
def countries(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.GET)
    found = countries_visible_to(request.user)
    if form.is_valid() and form.cleaned_data["q"]:
        q = form.cleaned_data["q"]
        found = found.filter(Q(name_ja__icontains=q) | Q(name_en__icontains=q) | Q(code__iexact=q))
    return list_page(
        request, "registries/countries.html", heading=_("Countries"), form=form, found=found, size=300
    )


@reads
def holidays(request: HttpRequest) -> HttpResponse:
    form = HolidayFilterForm(request.GET)
    found = holidays_visible_to(request.user)
    if form.is_valid() and form.cleaned_data["year"]:
        found = found.filter(on__year=form.cleaned_data["year"])
    return list_page(
        request, "registries/holidays.html", heading=_("Holidays of Japan"), form=form, found=found
    )


@reads
def review_projects(request: HttpRequest) -> HttpResponse:
    form = ReviewFilterForm(request.GET)
    found = review_projects_visible_to(request.user)
    if form.is_valid():
        values = form.cleaned_data
        found = with_words(found, values["q"])
        if year := values["year"]:
            found = found.filter(Q(start_year=None) | Q(start_year__lte=year))
            found = found.filter(Q(end_year=None) | Q(end_year__gte=year))
    return list_page(
        request, "registries/review_projects.html", heading=_("Review record"), form=form, found=found
    )


@reads
def review_project(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(review_projects_visible_to(request.user), public_id=public_id)
    steps = ((_("Review record"), reverse("registries:review_projects")), (found.name, ""))
    context = {
        "project": found,
        "methods": "、".join(found.methods),
        "supplements": recorded_supplements(found.remarks),
        "breadcrumbs": trail(request.user, *steps),
    }
    return render(request, "registries/review_project.html", context)


@reads
def budget_items(request: HttpRequest) -> HttpResponse:
    form = BudgetFilterForm(request.GET)
    found = budget_items_visible_to(request.user)
    if form.is_valid():
        values = form.cleaned_data
        found = with_words(found, values["q"])
        wanted = {"fiscal_year": values["year"], "budget": values["budget"], "account": values["account"]}
        found = found.filter(**{column: value for column, value in wanted.items() if value})
    return list_page(
        request, "registries/budget_items.html", heading=_("Budget items"), form=form, found=found
    )


@reads
def budget_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """One item, and the same item in the year's other documents."""
    found = get_object_or_404(budget_items_visible_to(request.user), public_id=public_id)
    same = ("fiscal_year", "account", "organisation", "special_account", "section_code", "name")
    others = budget_items_visible_to(request.user).filter(
        **{column: getattr(found, column) for column in same}
    )
    steps = ((_("Budget items"), reverse("registries:budget_items")), (found.name, ""))
    context = {
        "item": found,
        "documents": list(others.order_by("id")[:20]),
        "breadcrumbs": trail(request.user, *steps),
    }
    return render(request, "registries/budget_item.html", context)
