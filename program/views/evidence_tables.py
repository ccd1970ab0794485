"""Evidence out and in as a file: the template, the export, a file sent, what it would change, and its taking in."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.errors import DocumentError
from kernel.documents.uploads import ENCODINGS
from kernel.files import store_upload
from kernel.files.models import StoredFile
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.actions.evidence_import import import_evidence
from program.dossiers import name_of
from program.enums import DesignationState, ImportedRow
from program.evidence_tables import evidence_csv, evidence_xlsx, guide_rows, rows_of, rows_of_version
from program.forms.evidence_import import ENDINGS, MOST_BYTES, EvidenceFileForm, read_table
from program.models import Designation, DossierVersion
from program.permissions import may_designate
from program.queries import designation_name
from program.resources import EvidenceResource, Preview
from program.views.answering import only_if, trail
from program.views.designations import home, kept_designation
from program.views.versions import kept_version

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    ImportedRow.NEW: "info",
    ImportedRow.CHANGED: "warning",
    ImportedRow.UNCHANGED: "neutral",
    ImportedRow.WRONG: "error",
}
SHOWN_ROWS = 300


def _csv(rows: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(evidence_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return response


def _xlsx(read: Callable[[], Iterable[Any]], name: str) -> HttpResponse:
    content = evidence_xlsx(read, language="ja" if current() == "ja" else "en")
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response


@reads
def template_csv(request: HttpRequest) -> HttpResponseBase:
    only_if(may_designate(request.user))
    return _csv([], _("evidence-template"))


@reads
def template_xlsx(request: HttpRequest) -> HttpResponse:
    only_if(may_designate(request.user))
    return _xlsx(list, _("evidence-template"))


@reads
def export_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    designation = kept_designation(request, public_id)
    return _csv(rows_of(designation.evidence), _file_name(designation))


@reads
def export_xlsx(request: HttpRequest, public_id: str) -> HttpResponse:
    designation = kept_designation(request, public_id)
    return _xlsx(lambda: rows_of(designation.evidence), _file_name(designation))


@reads
def version_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The evidence as it stood in a version, in the columns of the dossier's own export."""
    version = kept_version(request, public_id)
    return _csv(rows_of_version(version.content), _version_file_name(version))


@reads
def version_xlsx(request: HttpRequest, public_id: str) -> HttpResponse:
    version = kept_version(request, public_id)
    return _xlsx(lambda: rows_of_version(version.content), _version_file_name(version))


def _version_file_name(version: DossierVersion) -> str:
    return f"{_('Evidence')} {name_of(version.content, version.designation)} v{version.number}"


def _file_name(designation: Designation) -> str:
    return f"{_('Evidence')} {designation_name(designation)}"


def _steps(designation: Designation, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    address = reverse("program:designation", args=[designation.public_id])
    return trail(home(), (designation_name(designation), address), *steps)


def _draft(request: HttpRequest, public_id: str) -> Designation:
    designation = kept_designation(request, public_id)
    only_if(designation.state == DesignationState.DRAFT)
    return designation


@reads_and_writes
@idempotent
def evidence_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file is put away under its sender's name; nothing of the dossier changes yet."""
    designation = _draft(request, public_id)
    form = EvidenceFileForm(request.POST, request.FILES) if request.method == "POST" else EvidenceFileForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            # Read before it is kept: what cannot be used is not worth keeping, and says better what is wrong with it.
            _previewed(designation, upload.read(MOST_BYTES + 1)[:MOST_BYTES])
            upload.seek(0)
            stored = store_upload(
                upload=upload, by=request.user, allowed=ENDINGS, field="file", limit=MOST_BYTES
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("program:evidence_import_check", designation.public_id, stored.public_id)
    heading = _("Import evidence")
    context = {
        "form": form,
        "heading": heading,
        "lead": designation_name(designation),
        "guide": guide_rows(),
        "moves": [
            Move(_("Template (Excel)"), reverse("program:evidence_template_xlsx")),
            Move(_("Template (CSV)"), reverse("program:evidence_template_csv")),
        ],
        "cancel_url": reverse("program:designation", args=[designation.public_id]),
        "breadcrumbs": _steps(designation, (heading, "")),
    }
    return render(request, "program/evidence_import.html", context)


def _previewed(designation: Designation, content: bytes) -> tuple[str, Preview]:
    """How the file was written, and what it would do.

    Raises:
        RuleBroken: the file as a whole cannot be used.
    """
    try:
        table = read_table(content)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error
    return ENCODINGS[table.encoding], EvidenceResource(designation).preview(table)


@reads_and_writes
@idempotent
def evidence_import_check(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """What the file would change, row by row; a POST takes in what was seen, and nothing else."""
    designation = _draft(request, public_id)
    uploads = StoredFile.objects.filter(made_here=False, uploaded_by_id=request.user.pk)
    stored = get_object_or_404(uploads, public_id=file_id)
    heading = _("What this file would change")
    again = reverse("program:evidence_import", args=[designation.public_id])
    context: dict[str, Any] = {
        "heading": heading,
        "file": stored,
        "again": again,
        "breadcrumbs": _steps(designation, (_("Import evidence"), again), (heading, "")),
    }
    try:
        encoding, preview = _previewed(designation, stored.read())
        if request.method == "POST" and not preview.of(ImportedRow.WRONG):
            if request.POST.get("seen") == preview.digest:
                return _taken_in(request, designation, stored, preview)
            context["stale"] = True
    except RuleBroken as broken:
        context["refusals"] = [sentence(violation) for violation in broken.violations]
        return render(request, "program/evidence_import_check.html", context)
    context |= {
        "encoding": encoding,
        "figures": [{"label": label(state), "value": len(preview.of(state))} for state in ImportedRow],
        "may_import": bool(preview.wanted) and not preview.of(ImportedRow.WRONG),
        "is_wrong": bool(preview.of(ImportedRow.WRONG)),
        "known": _("Everything in this file stands in the dossier already. Importing it changes nothing."),
        "seen": preview.digest,
        **_rows(preview),
    }
    return render(request, "program/evidence_import_check.html", context)


def _rows(preview: Preview) -> dict[str, Any]:
    """What is to be corrected first, then what changes, then the rest; long tables are cut, and the rest is counted."""
    order = [ImportedRow.WRONG, ImportedRow.CHANGED, ImportedRow.NEW, ImportedRow.UNCHANGED]
    rows = sorted(preview.rows, key=lambda row: (order.index(row.state), row.number))
    return {
        "rows": [
            {
                "row": row,
                "state": label(row.state),
                "tone": TONES[row.state],
                "is_new": row.state == ImportedRow.NEW,
            }
            for row in rows[:SHOWN_ROWS]
        ],
        "more_rows": max(len(rows) - SHOWN_ROWS, 0),
    }


def _taken_in(
    request: HttpRequest, designation: Designation, stored: StoredFile, preview: Preview
) -> HttpResponse:
    added, changed = import_evidence(
        designation=designation,
        wanted=preview.wanted,
        file_name=stored.name,
        sha256=stored.sha256,
        by=request.user,
    )
    messages.success(
        request,
        _("The evidence was imported: %(added)s new, %(changed)s changed.")
        % {"added": added, "changed": changed},
    )
    return redirect("program:designation", designation.public_id)
