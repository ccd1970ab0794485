"""The audit trail: who did what, when, in words; filtered in the address, and as CSV."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.forms import AuditFilterForm
from accounts.models import Person
from accounts.permissions import may_manage_memberships
from accounts.queries import audit_filtered, audit_visible_to, came_by_link
from kernel.audit import BY_LINK
from kernel.audit.models import AuditEntry
from kernel.audit.words import Change, Line, line
from kernel.documents.tables import ROWS_IN_CHUNK, instant_heading, stream_csv
from kernel.methods import reads
from kernel.pages import page_of


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
        "lines": _lines(page.objects),
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/audit.html", context)


def _lines(entries: list[AuditEntry]) -> list[tuple[str, Line]]:
    """Who it was, and the entry in words."""
    guests = came_by_link(entries)
    return [(_who(entry, guests), line(entry)) for entry in entries]


def _who(entry: AuditEntry, guests: Mapping[str, Person]) -> str:
    """A user by the e-mail; who came by a link by invitation, address and name; the portal where it was nobody."""
    if entry.actor is not None:
        return entry.actor.email
    came_by = entry.details.get(BY_LINK)
    if came_by is None:
        return _("the portal itself")
    guest = guests.get(came_by["person"])
    if guest is None:  # no longer known to the portal
        return _("by the link of invitation %(invitation)s") % came_by
    return _("by the link of invitation %(invitation)s: %(name)s, %(email)s") % {
        "invitation": came_by["invitation"],
        "name": guest.name,
        "email": guest.user.email if guest.user else guest.email,
    }


@reads
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the filter lets through, one row an entry, sent as it is read."""
    _form, entries = _asked(request)
    headings = [
        instant_heading(_("When")),
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
    found = entries.iterator(chunk_size=ROWS_IN_CHUNK)
    while chunk := list(islice(found, ROWS_IN_CHUNK)):
        with translation.override(language):
            rows = [_row(who, told) for who, told in _lines(chunk)]
        yield from rows


def _row(who: str, told: Line) -> list[Any]:
    entry = told.entry
    return [
        entry.at,
        who,
        told.verb,
        entry.verb,
        told.subject,
        entry.subject_type,
        entry.subject_id,
        "; ".join(_plain(change) for change in told.changes),
    ]


def _plain(change: Change) -> str:
    values = f"{change.before} → {change.text}" if change.is_change else change.text
    return f"{change.field}: {values}"
