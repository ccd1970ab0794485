"""The papers of a project: which count and why not, linking them from the registry, and taking a link back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.forms import SearchForm, add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken
from program.views.answering import posted
from projects.models import Project
from registries.models import Publication
from registries.queries import country_names, find_publications, publications_visible_to
from reporting.actions.links import link_publication, unlink_publication
from reporting.enums import NotCounted
from reporting.figures.papers import Papers, is_older, papers_of
from reporting.forms import PaperForm
from reporting.models import ProjectPublication
from reporting.permissions import may_record_outcomes
from reporting.rules.coauthorship import PaperCount
from reporting.rules.papers import written
from reporting.views.shared import (
    Cell,
    Table,
    address,
    crumbs,
    heading_of,
    number,
    recorded_project,
    tabs_of,
    visible_project,
)

FOUND_SHOWN = 30


@reads
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    project = visible_project(request, public_id)
    may_record = may_record_outcomes(request.user, project)
    found = papers_of([project])
    moves = [Move(_("Link a paper"), address("paper_link", project.public_id), tone="primary")]
    context = {
        "heading": heading_of(project),
        "tabs": tabs_of(project, "papers"),
        "moves": moves if may_record else [],
        "breadcrumbs": crumbs((project.number, "")),
        "tables": [_listed(project, found, may_record), _countries(found)],
    }
    return render(request, "reporting/tables.html", context)


def counted_words(paper: PaperCount) -> str:
    """Whether a paper counts, or why not."""
    if paper.not_counted:
        return _("not counted: %(why)s") % {"why": label(NotCounted(paper.not_counted))}
    return _("counted, multilateral") if paper.is_multilateral else _("counted")


def _listed(project: Project, found: Papers, may_record: bool) -> Table:
    headers = [
        (_("Title of the paper"), ""),
        (_("Year"), "numeric"),
        (_("Countries of affiliation"), ""),
        (_("Counted, or why not"), ""),
        *([(_("Change"), "")] if may_record else []),
    ]
    rows, names = [], country_names()
    for paper in reversed(found.programme.papers):
        record = found.records[paper.key]
        unlink = Move(
            _("Unlink"),
            address("paper_unlink", project.public_id, record.public_id),
            "post",
            "danger",
            _("The paper stays in the registry. Reports made before keep it."),
        )
        unknown = paper.authors_without_country
        more = _("authors without a known country: %(n)s") % {"n": unknown} if unknown else ""
        rows.append(
            [
                _title(record),
                Cell(str(paper.year or "–"), css="numeric"),
                Cell(named(paper.countries, names), more=more),
                Cell(counted_words(paper)),
                *([Cell(moves=[unlink])] if may_record else []),
            ]
        )
    return Table("papers", _("Papers of the project"), headers, rows, _("No paper has been linked yet."))


def _title(record: Publication) -> Cell:
    url = f"https://doi.org/{record.doi}" if record.doi else ""
    return Cell(
        record.title or _("(no title)"), url, " · ".join(filter(None, [record.container, record.doi])), "wide"
    )


def named(codes: Iterable[str], names: dict[str, str]) -> str:
    """The countries by name; a code that the registry does not know stays a code."""
    return _(", ").join(names.get(code, code) for code in codes) or "–"


def _countries(found: Papers) -> Table:
    counts, names = found.programme, country_names()
    rows = [
        [Cell(named([code], names)), number(whole), Cell(written(counts.fractional[code]), css="numeric")]
        for code, whole in sorted(counts.whole.items(), key=lambda item: (-item[1], item[0]))
    ]
    headers = [
        (_("Country"), ""),
        (_("Whole count"), "numeric"),
        (_("Fractional count"), "numeric"),
    ]
    caption = _("Papers counted by country: %(total)s (multilateral: %(multilateral)s)") % {
        "total": counts.total,
        "multilateral": counts.multilateral,
    }
    return Table("countries", caption, headers, rows, _("Nothing to count yet."))


@reads_and_writes
@idempotent
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Search the registry by DOI or title, then choose a paper."""
    project = recorded_project(request, public_id)
    form = PaperForm(posted(request))
    if request.method == "POST" and form.is_valid():
        publication = publications_visible_to(request.user).filter(public_id=form.cleaned_data["publication"])
        try:
            link_publication(project=project, publication=publication.get(), by=request.user)
        except Publication.DoesNotExist:
            form.add_error("publication", _("Choose a paper."))
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The paper was linked."))
            return redirect("reporting:papers", public_id=project.public_id)
    search = SearchForm(request.GET)
    query = search.cleaned_data["q"] if search.is_valid() else ""
    found = list(find_publications(request.user, query)[:FOUND_SHOWN]) if query else []
    back = address("papers", project.public_id)
    context = {
        "form": form,
        "search": search,
        "heading": _("Link a paper"),
        "lead": heading_of(project),
        "query": query,
        "rows": _found(project, found),
        "cancel_url": back,
        "breadcrumbs": crumbs((project.number, back), (_("Link a paper"), "")),
    }
    return render(request, "reporting/paper_link.html", context)


def _found(project: Project, found: list[Publication]) -> list[dict[str, Any]]:
    linked = set(
        ProjectPublication.objects.filter(project=project, publication__in=found).values_list(
            "publication", flat=True
        )
    )
    names = country_names()
    return [
        {
            "paper": paper,
            "title": paper.title or _("(no title)"),
            "is_linked": paper.pk in linked,
            "countries": named(paper.country_codes, names),
            "retracted": paper.is_retracted,
            "is_older": is_older(paper, project),
        }
        for paper in found
    ]


@writes
@idempotent
def unlink(request: HttpRequest, public_id: str, publication_id: str) -> HttpResponse:
    project = recorded_project(request, public_id)
    publication = get_object_or_404(publications_visible_to(request.user), public_id=publication_id)
    unlink_publication(project=project, publication=publication, by=request.user)
    messages.success(request, _("The paper is no longer among the project’s papers."))
    return redirect("reporting:papers", public_id=project.public_id)
