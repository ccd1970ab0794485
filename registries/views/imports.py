"""Taking a file in: choose it, see what it would change, confirm, and read what became of it. The work is done in the background."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import may_keep_institutions
from kernel.choices import label, label_of_field
from kernel.forms import add_violations
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.methods import reads, reads_and_writes
from kernel.violations import RuleBroken, Violation, sentence
from registries.actions.imports import request_import, request_preview
from registries.enums import ImportStep, RegistryKind, Severity
from registries.forms.imports import ImportForm
from registries.messages import problem_in_full, problem_words
from registries.permissions import may_import
from registries.queries import IMPORT_JOB, PREVIEW_JOB, import_jobs_of, import_runs_visible_to, uploads_of
from registries.views.trails import LISTS, only_if, trail

SHOWN_PROBLEMS_OF_A_RUN = 500
TONES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


@reads_and_writes
@idempotent
def import_begin(request: HttpRequest) -> HttpResponse:
    """A file is put away under its sender's name and read in the background; nothing in the registries changes yet."""
    only_if(may_import(request.user))
    # A list may lead here with its own kind chosen; any other word chooses none.
    chosen = {"kind": request.GET.get("kind", "")}
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm(initial=chosen)
    if request.method == "POST" and form.is_valid():
        kind = RegistryKind(form.cleaned_data["kind"])
        try:
            job = request_preview(kind=kind, uploads=form.cleaned_data["file"], by=request.user)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("registries:import_job", job.public_id)
    heading = _("Import a file")
    context = {"form": form, "heading": heading, "breadcrumbs": trail(request.user, (heading, ""))}
    return render(request, "registries/import.html", context)


@reads_and_writes
@idempotent
def import_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file on its way: how far it is, what it would change, what is wrong with it. A POST has it taken in.

    Asked by htmx while it is worked on, the inside of the progress box; 286 once there is nothing more to ask.
    """
    job = get_object_or_404(import_jobs_of(request.user), public_id=public_id)
    if request.method == "POST":
        return _take_in(request, job)
    state = _state(job)
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    if job.result.get("run"):
        return redirect("registries:import_run", job.result["run"])
    heading = _heading(job)
    context: dict[str, Any] = {
        **state,
        "heading": heading,
        "kind": label(RegistryKind(job.payload["kind"])),
        "file_name": job.payload["name"],
        "has_ended": job.has_ended,
        "failed": job.state in (JobState.FAILED, JobState.CANCELLED),
        "poll_url": reverse("registries:import_job", args=[job.public_id]),
        "breadcrumbs": trail(request.user, (_("Import a file"), reverse("registries:import")), (heading, "")),
    }
    if "refusals" in job.result:
        context["refusals"] = refusal_words(job.result)
    elif "counts" in job.result:
        context |= _preview(job.result)
    return render(request, "registries/import_job.html", context)


def _take_in(request: HttpRequest, job: Job) -> HttpResponse:
    """Only what has been looked at is taken in."""
    only_if(job.name == PREVIEW_JOB and "counts" in job.result)
    stored = get_object_or_404(uploads_of(request.user), public_id=job.payload["file"])
    kind = RegistryKind(job.payload["kind"])
    taken = request_import(kind=kind, stored=stored, by=request.user)
    messages.success(request, _("The file is being imported. You may leave this page."))
    return redirect("registries:import_job", taken.public_id)


def _heading(job: Job) -> str:
    if job.name == IMPORT_JOB:
        return _("Import of %(file)s") % {"file": job.payload["name"]}
    return _("What this file would change") if job.has_ended else _("The file is being read")


def _state(job: Job) -> dict[str, Any]:
    words = label_of_field(job, "state")
    if job.state == JobState.RUNNING and job.step in list(ImportStep):
        words = f"{words}: {label(ImportStep(job.step))}"
    state = {"label": job.payload["name"], "state_label": words, "percent": job.percent}
    if not job.has_ended:
        return state | {"result_url": "", "result_label": ""}
    url = reverse("registries:import_job", args=[job.public_id])
    return state | {"result_url": url, "result_label": _("Show the result")}


def refusal_words(result: dict[str, Any]) -> list[str]:
    """Why a file was refused, in the reader's language: the file's own faults, then those of its records."""
    own = [sentence(Violation(refusal["code"], "", refusal["params"])) for refusal in result["refusals"]]
    return own + [problem_in_full(problem) for problem in result["problems"]]


def _preview(result: dict[str, Any]) -> dict[str, Any]:
    counts = result["counts"]
    return {
        "figures": figures(*counts),
        "problems": problem_rows(result["problems"]),
        "problem_count": result["problem_count"],
        "more_problems": max(0, result["problem_count"] - len(result["problems"])),
        "changes_nothing": counts[1] == counts[2] == 0,
    }


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
        "codes_url": reverse("registries:participant_codes")
        if kind == RegistryKind.ERAD_CODES and may_keep_institutions(request.user)
        else "",
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
