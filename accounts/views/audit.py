"""The audit trail: who did what, when, in words; filtered in the address, and as CSV."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.forms import AuditFilterForm
from accounts.permissions import may_manage_memberships
from accounts.queries import audit_filtered, audit_visible_to
from kernel.audit.words import Change, line
from kernel.documents.tables import stream_csv
from kernel.methods import reads
from kernel.pages import page_of

CHUNK = 2_000


def _asked(request: HttpRequest) -> tuple[AuditFilterForm, Any]:
    """The filter as it was sent, and the entries that pass it: all where it cannot be read."""
    if not may_manage_memberships(request.user):
        raise Http404
    form = AuditFilterForm(request.GET)
    entries = audit_visible_to(request.user)
    return form, audit_filtered(entries, **form.cleaned_data) if form.is_valid() else entries


@reads
def audit(request: HttpRequest) -> HttpResponse:
    form, entries = _asked(request)
    page = page_of(entries, request)
    context = {
        "form": form,
        "page": page,
        "lines": [line(entry) for entry in page.objects],
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/audit.html", context)


@reads
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the filter lets through, one row an entry, sent as it is read."""
    _form, entries = _asked(request)
    headings = [
        _("When"),
        _("Who"),
        _("What"),
        _("Code of what"),
        _("Of"),
        _("Code of the kind"),
        _("Identifier"),
        _("Before and after"),
    ]
    rows = _rows(entries, translation.get_language())
    response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _rows(entries: Any, language: str) -> Iterator[list[Any]]:
    """In the language of the request: what streams has none of its own."""
    for entry in entries.iterator(chunk_size=CHUNK):
        with translation.override(language):
            told = line(entry)
            changes = "; ".join(_plain(change) for change in told.changes)
        yield [
            entry.at.isoformat(),
            entry.actor.email if entry.actor else "",
            told.verb,
            entry.verb,
            told.subject,
            entry.subject_type,
            entry.subject_id,
            changes,
        ]


def _plain(change: Change) -> str:
    values = f"{change.before} → {change.text}" if change.is_change else change.text
    return f"{change.field}: {values}"
