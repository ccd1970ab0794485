"""Papers, each once, with the countries of their affiliations."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.methods import reads
from kernel.pages import page_of
from registries.enums import PublicationKind
from registries.forms.lists import PublicationFilterForm
from registries.models import Affiliation
from registries.queries import (
    country_names,
    find_publications,
    publications_visible_to,
    with_affiliation_in,
)
from registries.views.trails import country_name, trail

SHOWN_AUTHORS = 100


@reads
def publications(request: HttpRequest) -> HttpResponse:
    form = PublicationFilterForm(request.GET)
    found = publications_visible_to(request.user)
    if form.is_valid():
        values = form.cleaned_data
        if values["q"]:
            found = find_publications(request.user, values["q"])
        if values["country"]:
            found = with_affiliation_in(found, values["country"])
        if values["year"]:
            found = found.filter(year=values["year"])
    page = page_of(found, request)
    names = dict(form.fields["country"].choices)  # type: ignore[attr-defined]  # a ChoiceField has choices
    context = {
        "filter_form": form,
        "page": page,
        "rows": [
            {
                "paper": paper,
                "title": paper.title or _("(without a title)"),
                "kind": kind_words(paper.kind),
                "countries": ", ".join(country_name(names, code) for code in paper.country_codes),
            }
            for paper in page.objects
        ],
        "breadcrumbs": trail(request.user, (_("Publications"), "")),
    }
    return render(request, "registries/publications.html", context)


@reads
def publication(request: HttpRequest, public_id: str) -> HttpResponse:
    """One paper with its authors, as printed, and the country that was recognised in each affiliation."""
    paper = get_object_or_404(publications_visible_to(request.user), public_id=public_id)
    names = country_names()
    places = Prefetch("affiliations", Affiliation.objects.order_by("id"))
    authors = list(paper.authors.order_by("position").prefetch_related(places)[:SHOWN_AUTHORS])
    title = paper.title or _("(without a title)")
    context = {
        "paper": paper,
        "title": title,
        "kind": kind_words(paper.kind),
        "countries": ", ".join(country_name(names, code) for code in paper.country_codes),
        "award_numbers": ", ".join(str(number) for number in paper.award_numbers),
        "authors": [
            {
                "author": author,
                "name": f"{author.family}, {author.given}".strip(", "),
                "places": [
                    {"text": place.text, "country": names.get(place.country_code, place.country_code)}
                    for place in author.affiliations.all()
                ],
            }
            for author in authors
        ],
        "more_authors": max(0, paper.author_count - len(authors)),
        "breadcrumbs": trail(
            request.user, (_("Publications"), reverse("registries:publications")), (title[:60], "")
        ),
    }
    return render(request, "registries/publication.html", context)


def kind_words(kind: str) -> str:
    """The words for what a work is; as the source calls it where that is none of ours."""
    return label(PublicationKind(kind)) if kind in list(PublicationKind) else kind
