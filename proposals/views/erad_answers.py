"""A table from e-Rad: what it would change on which proposal, and its being read back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.errors import DocumentError
from kernel.documents.uploads import ENCODINGS, read_table
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, sentence
from program.enums import ImportedRow
from program.models import Call
from proposals.actions.erad import read_answers
from proposals.actions.intake import MOST_ROWS
from proposals.enums import EradTable
from proposals.erad import Answers, RowRead, compare_answers
from proposals.erad_tables import layout_of
from proposals.erad_words import field_words
from proposals.intake_columns import quoted
from proposals.intake_queries import erad_calls, own_uploads
from proposals.intake_tasks import MOST_COLUMNS, ORDER, SHOWN_ROWS
from proposals.views.intake import TONES, crumbs, words
from proposals.views.own import title_of


def answers_in(request: HttpRequest, call: Call, content: bytes) -> Answers:
    """What a file from e-Rad says.

    Raises:
        RuleBroken: the file as a whole cannot be used.
    """
    try:
        table = read_table(content, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error
    layout = layout_of(call.lead_agency, EradTable.ANSWERS)
    return compare_answers(call=call, layout=layout, table=table, by=request.user)


@reads_and_writes
@idempotent
def erad_check(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """What the file would change, row by row; a POST reads back what was seen, and nothing else."""
    call = get_object_or_404(erad_calls(request.user), public_id=public_id)
    stored = get_object_or_404(own_uploads(request.user), public_id=file_id)
    heading = _("What this file would change")
    again = reverse("proposals:erad", args=[public_id])
    context: dict[str, Any] = {
        "heading": heading,
        "call": call,
        "file": stored,
        "again": again,
        "breadcrumbs": crumbs(call, ("e-Rad", again), (heading, "")),
    }
    try:
        answers = answers_in(request, call, stored.read())
    except RuleBroken as broken:
        context["refusals"] = [sentence(violation) for violation in broken.violations]
        return render(request, "proposals/erad_check.html", context)
    is_wrong = bool(answers.of(ImportedRow.WRONG))
    if request.method == "POST" and not is_wrong:
        if request.POST.get("seen") == answers.digest:
            return _read_back(request, call, answers, stored)
        context["stale"] = True
    rows = sorted(answers.rows, key=lambda row: (ORDER.index(row.state), row.number))
    context |= {
        "encoding": ENCODINGS[answers.encoding],
        "figures": [{"label": label(state), "value": len(answers.of(state))} for state in ImportedRow],
        "ignored": quoted(answers.ignored),
        "is_wrong": is_wrong,
        "may_import": not is_wrong and bool(answers.of(ImportedRow.NEW, ImportedRow.CHANGED)),
        "known": _("Everything in this file is known already. Importing it changes nothing."),
        "seen": answers.digest,
        "rows": [_row(row) for row in rows[:SHOWN_ROWS]],
        "more_rows": max(0, len(rows) - SHOWN_ROWS),
    }
    return render(request, "proposals/erad_check.html", context)


def _row(row: RowRead) -> dict[str, Any]:
    return {
        "number": row.number,
        "key": row.key,
        "title": title_of(row.proposal) if row.proposal else "",
        "state": label(row.state),
        "tone": TONES[row.state],
        "problems": [(field_words(name), words(code, dict(params))) for name, code, params in row.problems],
        "changes": [(field_words(name), before, after) for name, before, after in row.changes],
    }


def _read_back(request: HttpRequest, call: Call, answers: Answers, stored: Any) -> HttpResponse:
    read_answers(call=call, answers=answers, stored=stored, by=request.user)
    changed = len(answers.of(ImportedRow.NEW, ImportedRow.CHANGED))
    messages.success(request, _("The table was read: %(n)s proposals changed.") % {"n": changed})
    return redirect("proposals:erad", call.public_id)
