"""Files of papers by the million: what is kept, a new one, how far it is, and what became of its records."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.forms import add_violations
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.states import JobState
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import RuleBroken
from registries.actions.paper_files import request_paper_file
from registries.columnar import columnar
from registries.enums import PaperStep
from registries.forms.paper_files import PaperFileForm
from registries.models import PaperFile
from registries.paper_queries import paper_files_visible_to, paper_jobs_of
from registries.permissions import may_keep_papers
from registries.views.imports import problem_rows, refusal_words
from registries.views.trails import only_if, trail

JOBS_SHOWN = 5


def _steps(request: HttpRequest, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    home = (_("Files of papers"), reverse("registries:paper_files") if steps else "")
    return trail(request.user, home, *steps)


@reads
def paper_files(request: HttpRequest) -> HttpResponse:
    """Every file that was taken in, with its figures, and the reader's own that are not done."""
    only_if(may_keep_papers(request.user))
    jobs = paper_jobs_of(request.user).exclude(state=JobState.DONE)[:JOBS_SHOWN]
    context = {
        "heading": _("Files of papers"),
        "page": page_of(paper_files_visible_to(request.user), request),
        "jobs": [
            {
                "url": reverse("registries:paper_job", args=[job.public_id]),
                "name": job.payload["name"],
                "state": label_of_field(job, "state"),
            }
            for job in jobs
        ],
        "moves": [Move(_("Add a file of papers"), reverse("registries:papers_add"), tone="primary")],
        "breadcrumbs": _steps(request),
    }
    return render(request, "registries/paper_files.html", context)


@reads_and_writes
@idempotent
def paper_file_add(request: HttpRequest) -> HttpResponse:
    only_if(may_keep_papers(request.user))
    form = PaperFileForm(request.POST, request.FILES) if request.method == "POST" else PaperFileForm()
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            job = request_paper_file(upload=values.pop("file"), by=request.user, **values)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("registries:paper_job", job.public_id)
    heading = _("Add a file of papers")
    context = {"form": form, "heading": heading, "breadcrumbs": _steps(request, (heading, ""))}
    return render(request, "registries/paper_file_add.html", context)


@reads
def paper_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a file is. Asked by htmx, the inside of the progress box; 286 once there is nothing more to ask."""
    job = get_object_or_404(paper_jobs_of(request.user), public_id=public_id)
    words = label_of_field(job, "state")
    if job.state == JobState.RUNNING and job.step in list(PaperStep):
        words = f"{words}: {label(PaperStep(job.step))}"
    here = reverse("registries:paper_job", args=[job.public_id])
    state = {
        "label": job.payload["name"],
        "state_label": words,
        "percent": job.percent,
        "result_url": here if job.has_ended else "",
        "result_label": _("Show the result") if job.has_ended else "",
    }
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    if job.result.get("papers"):
        return redirect("registries:papers_kept", job.result["papers"])
    heading = _("A file of papers is taken in")
    context = {
        **state,
        "heading": heading,
        "has_ended": job.has_ended,
        "failed": job.state in (JobState.FAILED, JobState.CANCELLED),
        "poll_url": here,
        "refusals": refusal_words(job.result) if "refusals" in job.result else [],
        "breadcrumbs": _steps(request, (heading, "")),
    }
    return render(request, "registries/paper_job.html", context)


@reads
def paper_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """One file: what it is, its papers by year, and the records that were left out."""
    found = get_object_or_404(paper_files_visible_to(request.user), public_id=public_id)
    context = {
        "file": found,
        "heading": found.name,
        "figures": [
            {"label": _("Records in the file"), "value": found.read},
            {"label": _("Papers kept"), "value": found.kept},
            {"label": _("Repeated"), "value": found.repeated},
            {"label": _("Records left out"), "value": found.refused},
        ],
        "years": _by_year(found),
        "problems": problem_rows(found.problems),
        "problem_count": len(found.problems),
        "more_problems": max(0, found.refused - len(found.problems)),
        "breadcrumbs": _steps(request, (found.name, "")),
    }
    return render(request, "registries/paper_file.html", context)


def _by_year(found: PaperFile) -> list[dict[str, Any]]:
    """How many papers there are of each year, and of how many of them the source says whether they are in the top 10 %."""
    with columnar() as engine, found.content.on_disk() as path:
        engine.open_papers(path)
        rows = engine.rows(
            "SELECT year, count(*), count(is_top10) FROM papers GROUP BY year ORDER BY year DESC LIMIT 200"
        )
    return [{"year": str(year), "papers": papers, "known": known} for year, papers, known in rows]
