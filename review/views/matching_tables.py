"""A proposed assignment as CSV, and in again after a look at what it would change."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.errors import DocumentError
from kernel.documents.tables import stream_csv
from kernel.documents.uploads import TABLE_ENDINGS, read_table
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, Violation, sentence
from program.enums import ImportedRow
from program.views.answering import only_if, posted
from review.actions.matching import apply_table
from review.enums import PairKind, PairState
from review.forms.matching import MOST_BYTES, MatchTableForm
from review.matching import agencies_to_assign, pairs_visible_to
from review.matching_table import Change, compare, headings
from review.models import AssignmentPair
from review.views.matching import run_crumbs, run_or_404
from review.views.matching_words import percent, why_of
from review.views.shown import proposal_title

MOST_ROWS = 20_000
SHOWN_ROWS = 300
TONES = {
    ImportedRow.NEW: "info",
    ImportedRow.CHANGED: "warning",
    ImportedRow.UNCHANGED: "neutral",
    ImportedRow.WRONG: "error",
}


@reads
def run_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The pairs of the reader's side: what `run_table` takes in again."""
    run = run_or_404(request, public_id)
    pairs = pairs_visible_to(request.user).filter(run=run).exclude(state=PairState.DROPPED)

    def rows() -> Iterator[list[Any]]:
        for pair in pairs.iterator(chunk_size=500):
            yield _written(pair)

    response = StreamingHttpResponse(stream_csv(headings(), rows()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="assignment-{run.call.code}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _written(pair: AssignmentPair) -> list[Any]:
    return [
        pair.proposal.receipt_number or "",
        pair.reviewer.public_id,
        pair.beyond,
        proposal_title(pair.proposal),
        pair.reviewer.person.name,
        pair.reviewer.agency.short_name,
        label(PairKind(pair.kind)),
        label(PairState(pair.state)),
        percent(pair.expertise),
        "; ".join(why_of(pair)),
    ]


@reads_and_writes
@idempotent
def run_table(request: HttpRequest, public_id: str) -> HttpResponse:
    """A changed table is put away under its sender's name; nothing changes yet."""
    run = run_or_404(request, public_id)
    only_if(bool(agencies_to_assign(request.user, run.call)))
    form = MatchTableForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        stored = store_upload(
            upload=form.cleaned_data["file"],
            by=request.user,
            allowed=TABLE_ENDINGS,
            field="file",
            limit=MOST_BYTES,
        )
        return redirect("review:run_check", public_id=public_id, file_id=stored.public_id)
    context = {
        "form": form,
        "heading": _("Change the proposed assignment by a table"),
        "lead": _(
            "Download the table, add or delete rows, and upload it. You see what it would change first."
        ),
        "submit_label": _("Look at what it would change"),
        "cancel_url": reverse("review:run", args=[public_id]),
        "breadcrumbs": run_crumbs(run, _("Change by a table")),
    }
    return render(request, "review/one_form.html", context)


@reads_and_writes
@idempotent
def run_check(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """What the table would change, row by row; a POST changes it, if it is still what was looked at."""
    run = run_or_404(request, public_id)
    only_if(bool(agencies_to_assign(request.user, run.call)))
    stored = get_object_or_404(
        StoredFile.objects.filter(made_here=False, uploaded_by=request.user.pk), public_id=file_id
    )
    context: dict[str, Any] = {
        "file": stored,
        "again": reverse("review:run_table", args=[public_id]),
        "refusals": [],
        "stale": "",
        "breadcrumbs": run_crumbs(run, _("Change by a table")),
    }
    try:
        found = compare(run=run, table=read_table(stored.read(), max_rows=MOST_ROWS), by=request.user)
    except DocumentError as error:
        context["refusals"] = [sentence(error.as_violation("file"))]
        return render(request, "review/matching_check.html", context)
    if found is None:
        context["refusals"] = [sentence(Violation("match_table_columns"))]
        return render(request, "review/matching_check.html", context)
    counts = {state: len(found.of(state)) for state in ImportedRow}
    changes = counts[ImportedRow.NEW] + counts[ImportedRow.CHANGED]
    may_change = bool(changes) and not counts[ImportedRow.WRONG]
    if request.method == "POST" and may_change and request.POST.get("seen") == found.digest:
        if _apply(request, run, found):
            return redirect("review:run", public_id=public_id)
        return redirect("review:run_table", public_id=public_id)
    order = [ImportedRow.WRONG, ImportedRow.CHANGED, ImportedRow.NEW, ImportedRow.UNCHANGED]
    rows = sorted(found.rows, key=lambda row: (order.index(row.state), row.number))
    words = {
        ImportedRow.NEW: _("to be proposed"),
        ImportedRow.CHANGED: _("to be dropped"),
        ImportedRow.UNCHANGED: _("stays"),
        ImportedRow.WRONG: label(ImportedRow.WRONG),
    }
    context |= {
        "stale": _(
            "The proposed assignment was changed meanwhile. Look at what the table would change once more."
        )
        if request.method == "POST"
        else "",
        "figures": [{"label": words[state], "value": n, "note": ""} for state, n in counts.items()],
        "is_wrong": bool(counts[ImportedRow.WRONG]),
        "may_import": may_change,
        "ignored": "",
        "encoding": "",
        "known": _("This table proposes what is proposed already. It changes nothing."),
        "seen": found.digest,
        "rows": [
            {
                "number": row.number or "–",
                "receipt": row.receipt,
                "reviewer": row.reviewer,
                "state": words[row.state],
                "tone": TONES[row.state],
                "problems": [sentence(problem) for problem in row.problems],
            }
            for row in rows[:SHOWN_ROWS]
        ],
        "more_rows": max(0, len(rows) - SHOWN_ROWS),
    }
    return render(request, "review/matching_check.html", context)


def _apply(request: HttpRequest, run: Any, found: Change) -> bool:
    try:
        with transaction.atomic():
            apply_table(
                run=run,
                add=[row.adds for row in found.rows if row.adds],
                drop=[row.drops for row in found.rows if row.drops],
                by=request.user,
            )
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
        return False
    messages.success(
        request, _("The proposed assignment was changed. Nothing is given before it is accepted.")
    )
    return True
