"""A project's ledger: the page with its filters, and the files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import ROWS_IN_CHUNK, headings_of, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.pages import page_of
from kernel.templatetags.kernel import unit_words
from projects.enums import EntryKind
from projects.forms import LedgerFilterForm
from projects.models import LedgerEntry, Project
from projects.permissions import may_enter
from projects.queries import ledger_of, totals_of
from projects.views.shared import (
    address,
    category_words,
    crumbs,
    kind_words,
    title_of,
    visible_project,
    written,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Total = tuple[int, str, str, int]  # fiscal year, category, kind, amount


def _filtered(
    request: HttpRequest, project: Project
) -> tuple[LedgerFilterForm, QuerySet[LedgerEntry], list[Total]]:
    """The filter, the entries that it leaves, and what these add up to."""
    totals = totals_of(project)
    form = LedgerFilterForm(request.GET, years=sorted({year for year, *_rest in totals}))
    found = ledger_of(project)
    if form.is_valid():
        wanted = tuple(form.cleaned_data[name] for name in ("year", "category", "kind"))
        columns = zip(("fiscal_year", "category", "kind"), wanted, strict=True)
        found = found.filter(**{column: value for column, value in columns if value})
        totals = [
            total
            for total in totals
            if all(not want or want == has for want, has in zip(wanted, total[:3], strict=True))
        ]
    return form, found, totals


def _sums(totals: list[Total], currency: str) -> list[dict[str, Any]]:
    """The sum of each kind of entry that there is, in the order in which the kinds are listed."""
    return [
        {"label": label(kind), "amount": written(sum(t[3] for t in totals if t[2] == kind), currency)}
        for kind in EntryKind
        if any(t[2] == kind for t in totals)
    ]


@reads
def ledger(request: HttpRequest, public_id: str) -> HttpResponse:
    project = visible_project(request, public_id)
    form, found, totals = _filtered(request, project)
    currency, may_correct = project.programme.currency, may_enter(request.user, project)
    page = page_of(found, request)
    query = request.GET.urlencode()
    context = {
        "project": project,
        "title": title_of(project),
        "filter_form": form,
        "page": page,
        "rows": [_row(entry, currency, may_correct) for entry in page.objects],
        "sums": _sums(totals, currency),
        "currency": currency,
        "exports": [
            {"label": words, "url": f"{address(project, 'ledger_export')}?{query}&format={name}"}
            for name, words in (("csv", "CSV"), ("xlsx", "XLSX"))
        ],
        "breadcrumbs": crumbs(project, (_("Ledger"), "")),
    }
    return render(request, "projects/ledger.html", context)


def _row(entry: LedgerEntry, currency: str, may_correct: bool) -> dict[str, Any]:
    is_corrected = hasattr(entry, "corrected_by")
    note = ""
    if entry.corrects is not None:
        note = _("Corrects the entry %(key)s") % {"key": entry.corrects.public_id}
    elif is_corrected:
        note = _("Put right by the entry %(key)s") % {"key": entry.corrected_by.public_id}
    return {
        "entry": entry,
        "amount": written(entry.amount, currency),
        "note": note,
        "correct_url": reverse("projects:correct", args=[entry.project.public_id, entry.public_id])
        if may_correct and not is_corrected and entry.corrects_id is None
        else "",
    }


def _columns(currency: str) -> list[Column]:
    return [
        Column(_("Entry number"), Kind.CODE),
        Column(_("Project number"), Kind.CODE),
        Column(_("Date"), Kind.DATE),
        Column(_("Fiscal year it belongs to"), Kind.CODE),
        Column(_("Category"), Kind.TEXT),
        Column(_("Kind of entry"), Kind.TEXT),
        Column(_("Amount"), Kind.YEN, unit=unit_words(currency)),
        Column(_("Institution"), Kind.TEXT),
        Column(_("Reason"), Kind.TEXT),
        Column(_("Corrects"), Kind.CODE),
        Column(_("Recorded at"), Kind.INSTANT),
    ]


def _rows(project: Project, entries: QuerySet[LedgerEntry]) -> Iterator[list[Any]]:
    """Rows as `_columns` says. Words are looked up before the first row: what streams has no language of its own."""
    words = category_words(), kind_words(), current()
    return _written_rows(project, entries, *words)


def _written_rows(
    project: Project,
    entries: QuerySet[LedgerEntry],
    categories: dict[str, str],
    kinds: dict[str, str],
    language: str,
) -> Iterator[list[Any]]:
    for entry in entries.iterator(chunk_size=ROWS_IN_CHUNK):
        yield [
            entry.public_id,
            project.number,
            entry.on,
            str(entry.fiscal_year),
            categories[entry.category],
            kinds[entry.kind],
            entry.amount,
            localized(entry.institution, "name", language),
            entry.reason,
            entry.corrects.public_id if entry.corrects else "",
            entry.at,
        ]


@reads
def ledger_export(request: HttpRequest, public_id: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered ledger as CSV (streamed) or, with `?format=xlsx`, as a workbook."""
    project = visible_project(request, public_id)
    _form, found, _totals = _filtered(request, project)
    columns, rows = (
        _columns(project.programme.currency),
        _rows(project, found.select_related(None).select_related("institution", "corrects")),
    )
    if request.GET.get("format") == "xlsx":
        heading = _("Ledger")
        book = Workbook(created=now(), title=f"{project.number} {heading}", language=current())
        book.add_sheet(heading, columns, rows)
        response: HttpResponse | StreamingHttpResponse = HttpResponse(book.to_bytes(), content_type=XLSX)
        ending = "xlsx"
    else:
        response = StreamingHttpResponse(
            stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
        )
        ending = "csv"
    response["Content-Disposition"] = f'attachment; filename="{project.number}-ledger.{ending}"'
    return response
