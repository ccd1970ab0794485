"""Proposals collected elsewhere: the file sent, what it would change, and its taking in, in the background."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.documents.tables import stream_csv
from kernel.forms import add_violations
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes
from kernel.money import Unit
from kernel.moves import Move
from kernel.violations import RuleBroken, Violation, sentence
from program.enums import ImportedRow
from program.models import Call
from proposals.actions.intake import request_intake, request_preview
from proposals.enums import CollectionKey, IntakeStep
from proposals.forms.intake import IntakeForm
from proposals.intake_columns import IntakeColumn, columns_for
from proposals.intake_queries import (
    INTAKE_JOB,
    PREVIEW_JOB,
    UNDO_JOB,
    collected_visible_to,
    collecting_calls,
    collection_key,
    intake_jobs_of,
    intakes_visible_to,
    own_uploads,
    rows_counted,
)
from proposals.intake_tables import Cells, guide_headings, guide_rows, rows_of, table_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    ImportedRow.NEW: "info",
    ImportedRow.CHANGED: "warning",
    ImportedRow.UNCHANGED: "neutral",
    ImportedRow.WRONG: "error",
}
SHOWN_INTAKES = 50


def collecting_call(request: HttpRequest, public_id: str) -> Call:
    """A call into which the officer may take proposals; for anybody else it is absent."""
    return get_object_or_404(collecting_calls(request.user), public_id=public_id)


def crumbs(call: Call, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """From the call to this page."""
    trail = [(localized(call, "title"), reverse("program:call", args=[call.public_id])), *steps]
    return [{"label": text, "url": url} for text, url in trail]


@reads_and_writes
@idempotent
def intake(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file is put away under its sender's name and compared in the background; nothing of the call changes yet."""
    call = collecting_call(request, public_id)
    standing = collection_key(call)
    form = (
        IntakeForm(request.POST, request.FILES, standing=standing)
        if request.method == "POST"
        else IntakeForm(standing=standing)
    )
    if request.method == "POST" and form.is_valid():
        try:
            job = request_preview(
                call=call,
                key=CollectionKey(form.cleaned_data["key"]),
                upload=form.cleaned_data["file"],
                by=request.user,
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("proposals:intake_job", job.public_id)
    heading = _("Proposals collected elsewhere")
    key = standing or CollectionKey.NUMBER
    context = {
        "form": form,
        "heading": heading,
        "call": call,
        "guide_headings": guide_headings(),
        "guide": guide_rows(call, key),
        "intakes": [
            {"intake": one, "rows": rows_counted(request.user, one).count(), "url": _url(one)}
            for one in intakes_visible_to(request.user).filter(call=call)[:SHOWN_INTAKES]
        ],
        "moves": [
            Move(text, reverse("proposals:intake_table", args=[call.public_id, kind]))
            for text, kind in (
                (_("Template (Excel)"), "template-xlsx"),
                (_("Template (CSV)"), "template-csv"),
                (_("Explanation of the columns (CSV)"), "guide-csv"),
                *(
                    [(_("What was taken in (Excel)"), "all-xlsx"), (_("What was taken in (CSV)"), "all-csv")]
                    if standing
                    else []
                ),
            )
        ],
        "cancel_url": reverse("program:call", args=[call.public_id]),
        "breadcrumbs": crumbs(call, (heading, "")),
    }
    return render(request, "proposals/intake.html", context)


def _url(intake: Any) -> str:
    return reverse("proposals:intake_run", args=[intake.public_id])


@reads
def intake_table(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """The empty template, the explanation of its columns, or what was taken in as such a table again."""
    call = collecting_call(request, public_id)
    key, language = collection_key(call) or CollectionKey.NUMBER, "ja" if current() == "ja" else "en"
    found = collected_visible_to(request.user, call)
    names = {"template": "collected-template", "guide": "collected-guide", "all": "collected"}
    what, _sep, ending = kind.partition("-")
    if kind not in ("template-csv", "template-xlsx", "guide-csv", "all-csv", "all-xlsx"):
        raise Http404
    rows: Any = rows_of(call, found, language=language) if what == "all" else []
    response: HttpResponse | StreamingHttpResponse
    if ending == "xlsx":
        content = table_xlsx(call, key, lambda: rows, language="ja" if language == "ja" else "en")
        response = HttpResponse(content, content_type=XLSX)
    else:
        headings = [column.words() for column in columns_for(call)]
        if what == "guide":
            headings, rows = guide_headings(), guide_rows(call, key)
        response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{names[what]}-{call.code}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads_and_writes
@idempotent
def intake_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """A table on its way: how far it is, what it would change, what is wrong with it. A POST has it taken in.

    Asked by htmx while it is worked on, the inside of the progress box; 286 once there is nothing more to ask.
    """
    job = get_object_or_404(intake_jobs_of(request.user), public_id=public_id)
    call = collecting_call(request, job.payload["call"])
    if request.method == "POST":
        return _confirmed(request, job, call)
    state = _state(job)
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    if job.result.get("intake"):
        return redirect("proposals:intake_run", job.result["intake"])
    again = reverse("proposals:intake", args=[call.public_id])
    heading = _heading(job)
    context: dict[str, Any] = {
        **state,
        "heading": heading,
        "call": call,
        "file_name": job.payload["name"],
        "has_ended": job.has_ended,
        "failed": job.state in (JobState.FAILED, JobState.CANCELLED),
        "again": again,
        "poll_url": reverse("proposals:intake_job", args=[job.public_id]),
        "breadcrumbs": crumbs(call, (_("Proposals collected elsewhere"), again), (heading, "")),
    }
    if "refusals" in job.result:
        context["refusals"] = [words(one["code"], one["params"]) for one in job.result["refusals"]]
    elif "counts" in job.result:
        context |= _preview(job.result, call) | {
            "known": _("Everything in this file was taken in already. Importing it changes nothing.")
        }
    return render(request, "proposals/intake_job.html", context)


def _confirmed(request: HttpRequest, job: Job, call: Call) -> HttpResponse:
    """Only what has been looked at is taken in, and nothing that has an error."""
    counts = job.result.get("counts", {})
    if job.name != PREVIEW_JOB or not counts or counts[ImportedRow.WRONG]:
        raise Http404
    stored = get_object_or_404(own_uploads(request.user), public_id=job.payload["file"])
    key = CollectionKey(job.payload["key"])
    taken = request_intake(call=call, key=key, stored=stored, seen=job.result["seen"], by=request.user)
    messages.success(request, _("The proposals are being taken in. You may leave this page."))
    return redirect("proposals:intake_job", taken.public_id)


def _heading(job: Job) -> str:
    if job.name == UNDO_JOB:
        return _("Undoing the import of %(file)s") % {"file": job.payload["name"]}
    if job.name == INTAKE_JOB:
        return _("Import of %(file)s") % {"file": job.payload["name"]}
    return _("What this file would change") if job.has_ended else _("The file is being read")


def _state(job: Job) -> dict[str, Any]:
    told = label_of_field(job, "state")
    if job.state == JobState.RUNNING and job.step in list(IntakeStep):
        told = f"{told}: {label(IntakeStep(job.step))}"
    state = {"label": job.payload["name"], "state_label": told, "percent": job.percent}
    if not job.has_ended:
        return state | {"result_url": "", "result_label": ""}
    url = reverse("proposals:intake_job", args=[job.public_id])
    return state | {"result_url": url, "result_label": _("Show the result")}


def words(code: str, params: dict[str, Any]) -> str:
    """The sentence of a kept problem; units of money are written in the reader's language again."""
    units = {"unit", "currency"} & set(params)
    return sentence(Violation(code, "", {**params, **{name: Unit(params[name]) for name in units}}))


def _preview(result: dict[str, Any], call: Call) -> dict[str, Any]:
    counts = result["counts"]
    columns = {column.name: column for column in columns_for(call)}
    cells = Cells(call, current())
    return {
        "encoding": result["encoding"],
        "figures": [
            *({"label": label(state), "value": counts[state]} for state in ImportedRow),
            {"label": _("Rows to be looked at"), "value": result["doubted"]},
        ],
        "is_wrong": bool(counts[ImportedRow.WRONG]),
        "may_import": not counts[ImportedRow.WRONG]
        and bool(counts[ImportedRow.NEW] + counts[ImportedRow.CHANGED]),
        "rows": [_row(row, columns, cells) for row in result["rows"]],
        "more_rows": result["more_rows"],
    }


def _row(row: dict[str, Any], columns: dict[str, IntakeColumn], cells: Cells) -> dict[str, Any]:
    state = ImportedRow(row["state"])
    return {
        "number": row["number"],
        "key": row["key"],
        "title": localized(_Titles(row), "title"),
        "state": label(state),
        "tone": TONES[state],
        "problems": [(_named(name, columns), words(code, params)) for name, code, params in row["problems"]],
        "warnings": [(_named(name, columns), words(code, params)) for name, code, params in row["warnings"]],
        "changes": [
            (_named(name, columns), said_of(name, before, cells), said_of(name, after, cells))
            for name, before, after in row["changes"]
        ],
    }


class _Titles:
    def __init__(self, row: dict[str, Any]) -> None:
        self.title_ja, self.title_en = row["title_ja"], row["title_en"]


def _named(name: str, columns: dict[str, IntakeColumn]) -> str:
    if name == "institution":
        return _("Institution")
    return columns[name].words() if name in columns else ""


def said_of(name: str, value: str, cells: Cells) -> str:
    """A value of a row in words."""
    return cells.said(name, value) if value else ""
