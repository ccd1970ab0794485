"""Taking a file in: choose it, see what it would change, confirm, and read what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.files import store_upload
from kernel.files.inspect import clean_name
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, sentence
from registries.actions.imports import MOST_BYTES, import_file, preview_file
from registries.enums import RegistryKind, Severity
from registries.forms.imports import ENDINGS, ImportForm
from registries.messages import problem_words
from registries.permissions import may_import
from registries.queries import import_runs_visible_to, uploads_of
from registries.views.trails import LISTS, only_if, trail

SHOWN_PROBLEMS = 20
SHOWN_PROBLEMS_OF_A_RUN = 500
TONES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


@reads_and_writes
@idempotent
def import_begin(request: HttpRequest) -> HttpResponse:
    """A file is put away under its sender's name; nothing in the registries changes yet."""
    only_if(may_import(request.user))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        upload, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        try:
            # Read before it is kept: what no importer can use is not worth keeping.
            content, name = upload.read(MOST_BYTES + 1), clean_name(upload.name)
            preview_file(kind=RegistryKind(kind), name=name, content=content, reader=request.user)
            upload.seek(0)
            stored = store_upload(
                upload=upload, by=request.user, allowed=ENDINGS, field="file", limit=MOST_BYTES
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("registries:import_preview", kind, stored.public_id)
    heading = _("Import a file")
    context = {"form": form, "heading": heading, "breadcrumbs": trail(request.user, (heading, ""))}
    return render(request, "registries/import.html", context)


@reads_and_writes
@idempotent
def import_preview(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """What the file would change; a POST takes it in."""
    only_if(may_import(request.user) and kind in list(RegistryKind))
    registry = RegistryKind(kind)
    stored = get_object_or_404(uploads_of(request.user), public_id=public_id)
    if request.method == "POST":
        run = import_file(kind=registry, name=stored.name, content=stored.read(), by=request.user)
        messages.success(request, _("The file was imported."))
        return redirect("registries:import_run", run.public_id)
    heading = _("What this file would change")
    context: dict[str, Any] = {
        "heading": heading,
        "file": stored,
        "kind": label(registry),
        "breadcrumbs": trail(request.user, (_("Import a file"), reverse("registries:import")), (heading, "")),
    }
    try:
        preview = preview_file(kind=registry, name=stored.name, content=stored.read(), reader=request.user)
    except RuleBroken as broken:
        # The registry or its importer may have changed since the file was sent.
        context["refusals"] = [sentence(violation) for violation in broken.violations]
        return render(request, "registries/import_preview.html", context)
    context |= {
        "figures": figures(
            preview.read,
            len(preview.changes.new),
            len(preview.changes.changed),
            preview.changes.unchanged,
            preview.refused,
        ),
        "problems": problem_rows(preview.problems[:SHOWN_PROBLEMS]),
        "problem_count": len(preview.problems),
        "more_problems": max(0, len(preview.problems) - SHOWN_PROBLEMS),
        "changes_nothing": not preview.changes.new and not preview.changes.changed,
    }
    return render(request, "registries/import_preview.html", context)


@reads
def import_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a file, with every problem kept."""
    run = get_object_or_404(
        import_runs_visible_to(request.user).select_related("by__person"), public_id=public_id
    )
    kind = RegistryKind(run.kind)
    heading = _("Import of %(file)s") % {"file": run.file_name}
    context = {
        "run": run,
        "heading": heading,
        "figures": figures(run.read, run.created, run.updated, run.unchanged, run.refused),
        "problems": problem_rows(run.problems[:SHOWN_PROBLEMS_OF_A_RUN]),
        "problem_count": len(run.problems),
        "list_url": reverse(LISTS[kind]) if kind in LISTS else "",
        "breadcrumbs": trail(
            request.user, (_("Imports"), reverse("registries:import_runs")), (run.file_name, "")
        ),
    }
    return render(request, "registries/import_run.html", context)


def figures(read: int, created: int, updated: int, unchanged: int, refused: int) -> list[dict[str, Any]]:
    """The counts of an import with their words."""
    return [
        {"label": _("Records in the file"), "value": read},
        {"label": _("New"), "value": created},
        {"label": _("Changed"), "value": updated},
        {"label": _("Unchanged"), "value": unchanged},
        {"label": _("Records left out"), "value": refused},
    ]


def problem_rows(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems as rows of a table: how much each matters, where it is, and what it is."""
    return [
        {
            "severity": label(Severity(problem["severity"])),
            "tone": TONES[Severity(problem["severity"])],
            "key": problem["key"],
            "words": problem_words(problem),
        }
        for problem in problems
    ]
