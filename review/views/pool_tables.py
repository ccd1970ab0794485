"""A pool as a table: out with every column, and in again after a look at what it would change; an import undone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.errors import DocumentError
from kernel.documents.sheets import Workbook
from kernel.documents.tables import stream_csv
from kernel.documents.uploads import ENCODINGS, TABLE_ENDINGS, read_table
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import day, instant
from kernel.violations import RuleBroken, sentence
from program.enums import ImportedRow
from program.views.answering import only_if, posted
from review.actions.pools import request_import, request_undo
from review.forms.pools import MOST_BYTES, PoolImportForm
from review.models import PoolImport
from review.permissions import acts_from_letter, may_remove_from_pool
from review.pool_columns import COLUMNS, PoolRow, headings, row_of
from review.pool_table import MOST_ROWS, compare
from review.profiles import with_profile
from review.queries import calls_under_review, reviewers_visible_to
from review.views.named import last_letter
from review.views.pool_letters import letter_for, letter_in
from review.views.pools import call_or_404, crumbs, filtered, filters_of, kept_agencies

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_ROWS = 500
SHOWN_IMPORTS = 20
TONES = {
    ImportedRow.NEW: "info",
    ImportedRow.CHANGED: "warning",
    ImportedRow.UNCHANGED: "neutral",
    ImportedRow.WRONG: "error",
}


@reads
def pool_export(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """The officer's own side's pool, as far as it is filtered, with the columns that an import takes."""
    call = call_or_404(request, public_id)
    if kind not in ("csv", "xlsx"):
        raise Http404
    own = reviewers_visible_to(request.user).filter(call=call).select_related("person__user")
    rows = [row_of(one) for one in with_profile(filtered(own, filters_of(request, call)))]
    response: HttpResponse | StreamingHttpResponse
    if kind == "csv":
        response = StreamingHttpResponse(stream_csv(headings(), rows), content_type="text/csv; charset=utf-8")
    else:
        book = Workbook(
            created=now(), title=_("Pool of reviewers"), language="ja" if current() == "ja" else "en"
        )
        book.add_sheet(_("Reviewers"), [Column(words, Kind.CODE) for words in headings()], rows)
        response = HttpResponse(book.to_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="reviewers-{call.code}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads_and_writes
@idempotent
def pool_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """A table is put away under its sender's name; nothing of the pool changes yet."""
    call = call_or_404(request, public_id)
    kept = kept_agencies(request, call)
    only_if(bool(kept))
    agencies = Organisation.objects.filter(pk__in=[a.pk for a in kept]).order_by("short_name")
    silent = [a for a in kept if acts_from_letter(request.user, call, a)]
    last = last_letter(request.user, call, silent)
    form = PoolImportForm(
        posted(request),
        request.FILES or None,
        agencies=agencies,
        on_behalf=[a.short_name for a in silent],
        last_letter=day(last.letter_dated) if last else "",
    )
    letter: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid() and form.cleaned_data["agency"] in silent:
        letter = letter_for(request, call, form, last)
    if request.method == "POST" and form.is_valid():
        stored = store_upload(
            upload=form.cleaned_data["file"],
            by=request.user,
            allowed=TABLE_ENDINGS,
            field="file",
            limit=MOST_BYTES,
        )
        agency = form.cleaned_data["agency"].public_id
        check = reverse("review:pool_check", args=[public_id, agency, stored.public_id])
        return redirect(f"{check}?{urlencode(letter)}" if letter else check)
    runs = PoolImport.objects.filter(call=call, agency__in=[a.pk for a in kept]).select_related(
        "file", "by__person", "agency"
    )
    may_undo = may_remove_from_pool(request.user, call, kept[0])
    context = {
        "form": form,
        "columns": [{"words": str(words), "name": name} for name, words in COLUMNS.items()],
        "runs": [_run(run, may_undo=may_undo) for run in runs.order_by("-pk")[:SHOWN_IMPORTS]],
        "cancel_url": reverse("review:pool", args=[public_id]),
        "breadcrumbs": crumbs(call, _("Import a table")),
    }
    return render(request, "review/pool_import.html", context)


def _run(run: PoolImport, *, may_undo: bool) -> dict[str, Any]:
    undo = Move(
        _("Undo"),
        reverse("review:pool_undo", args=[run.public_id]),
        "post",
        confirm=_("Whoever this import made leaves the pool, and what it changed becomes as it was."),
    )
    return {
        "run": run,
        "at": instant(run.at),
        "by": str(run.by.person),  # type: ignore[attr-defined]  # an officer has a person
        "made": len(run.made),
        "changed": len(run.changed),
        "moves": [undo] if may_undo and run.undone_at is None else [],
    }


@reads_and_writes
@idempotent
def pool_check(request: HttpRequest, public_id: str, agency_id: str, file_id: str) -> HttpResponse:
    """What the table would change, row by row; a POST takes it in, if it is still what was looked at."""
    call = call_or_404(request, public_id)
    agency = get_object_or_404(
        Organisation.objects.filter(pk__in=[a.pk for a in kept_agencies(request, call)]), public_id=agency_id
    )
    stored = get_object_or_404(
        StoredFile.objects.filter(made_here=False, uploaded_by=request.user.pk), public_id=file_id
    )
    again = reverse("review:pool_import", args=[public_id])
    context: dict[str, Any] = {
        "heading": _("What this file would change"),
        "file": stored,
        "again": again,
        "stale": "",
        "ignored": "",
        "refusals": [],
        "breadcrumbs": crumbs(call, _("Import a table")),
    }
    try:
        table = read_table(stored.read(), max_rows=MOST_ROWS)
        found = compare(call=call, agency=agency, table=table, by=request.user)
    except DocumentError as error:
        context["refusals"] = [sentence(error.as_violation("file"))]
        return render(request, "review/pool_check.html", context)
    except RuleBroken as broken:
        context["refusals"] = [sentence(violation) for violation in broken.violations]
        return render(request, "review/pool_check.html", context)
    if request.method == "POST" and request.POST.get("seen") == found.digest:
        try:
            job = request_import(
                call=call,
                agency=agency,
                stored=stored,
                seen=found.digest,
                by=request.user,
                **letter_in(request, call),
            )
        except RuleBroken as broken:
            for violation in broken.violations:
                messages.error(request, sentence(violation))
            return redirect(again)
        return redirect("review:pool_job", public_id=job.public_id)
    counts = {state: len(found.of(state)) for state in ImportedRow}
    changes = counts[ImportedRow.NEW] + counts[ImportedRow.CHANGED]
    context |= {
        "encoding": ENCODINGS.get(table.encoding, table.encoding),
        "stale": _("The pool was changed meanwhile. Look at what the file would change once more.")
        if request.method == "POST"
        else "",
        "is_wrong": bool(counts[ImportedRow.WRONG]),
        "figures": [{"label": label(state), "value": n, "note": ""} for state, n in counts.items()],
        "may_import": bool(changes) and not counts[ImportedRow.WRONG],
        "known": _("Everything in this file is in the pool already. Importing it changes nothing."),
        "seen": found.digest,
        "rows": [_row(row) for row in _first(found.rows)],
        "more_rows": max(0, len(found.rows) - SHOWN_ROWS),
    }
    return render(request, "review/pool_check.html", context)


def _first(rows: list[PoolRow]) -> list[PoolRow]:
    """What is wrong comes first, then what changes."""
    order = [ImportedRow.WRONG, ImportedRow.CHANGED, ImportedRow.NEW, ImportedRow.UNCHANGED]
    return sorted(rows, key=lambda row: (order.index(row.state), row.number))[:SHOWN_ROWS]


def _row(row: PoolRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "email": row.email,
        "state": label(row.state),
        "tone": TONES[row.state],
        "problems": [
            (str(COLUMNS[name]) if name in COLUMNS else "", sentence(violation))
            for name, violation in row.problems
        ],
        "changes": [(str(COLUMNS[name]), before, after) for name, before, after in row.changes]
        if row.state in (ImportedRow.NEW, ImportedRow.CHANGED)
        else [],
    }


@writes
@idempotent
def pool_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what an import made and changed."""
    runs = PoolImport.objects.filter(call__in=calls_under_review(request.user).values("pk"))
    run = get_object_or_404(runs.select_related("call__programme", "agency", "file"), public_id=public_id)
    only_if(may_remove_from_pool(request.user, run.call, run.agency))
    try:
        job = request_undo(run=run, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
        return redirect("review:pool_import", public_id=run.call.public_id)
    return redirect("review:pool_job", public_id=job.public_id)
