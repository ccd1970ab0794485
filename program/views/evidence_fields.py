"""A field's evidence from publications: which papers it is, asking for figures, watching them being computed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.forms import add_violations
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.states import JobState
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import RuleBroken
from program.actions.evidence_runs import define_field, request_evidence
from program.enums import EvidenceStep
from program.evidence_queries import (
    LISTS,
    evidence_jobs_visible_to,
    evidence_runs_visible_to,
    kept_fields,
    latest_definition,
    paper_files,
)
from program.evidence_words import source_name
from program.forms.evidence_runs import ComputeForm, DefinitionForm
from program.models import Field
from program.rules.field_definition import FieldDefinition, condition, definition_violations
from program.views.answering import answer_form, posted, trail
from registries.columnar import columnar
from registries.registry_papers import write_registry_papers

PREVIEWED = 20
JOBS_SHOWN = 5


def kept_field(request: HttpRequest, public_id: str) -> Field:
    """A field whose evidence the reader works on; for others the page is absent."""
    return get_object_or_404(kept_fields(request.user), public_id=public_id)


def field_steps(field: Field, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    fields = (_("Fields and countries"), reverse("program:fields"))
    own = (localized(field, "title"), reverse("program:field_evidence", args=[field.public_id]))
    return trail(fields, own if steps else (own[0], ""), *steps)


@reads
def field_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a field is by papers, and what was computed of it."""
    field = kept_field(request, public_id)
    page = page_of(
        evidence_runs_visible_to(request.user).filter(field=field).defer("figures", "partners"), request
    )
    definition = latest_definition(field)
    here = [field.public_id]
    moves = [
        Move(
            _("Change which papers belong to it") if definition else _("Say which papers belong to it"),
            reverse("program:field_definition", args=here),
            tone="secondary" if definition else "primary",
        )
    ]
    moves.append(Move(_("Files of papers"), reverse("registries:paper_files")))
    if definition:
        moves.insert(
            0, Move(_("Compute figures"), reverse("program:evidence_compute", args=here), tone="primary")
        )
    jobs = evidence_jobs_visible_to(request.user).exclude(state=JobState.DONE)[:JOBS_SHOWN]
    context = {
        "field": field,
        "definition": definition,
        "lists": [
            {"label": DefinitionForm.base_fields[name].label, "entries": getattr(definition, name)}
            for name in LISTS
            if definition and getattr(definition, name)
        ],
        "page": page,
        "rows": [{"run": run, "source": source_name(run)} for run in page.objects],
        "jobs": [
            {
                "url": reverse("program:evidence_progress", args=[job.public_id]),
                "state": label_of_field(job, "state"),
            }
            for job in jobs
        ],
        "moves": moves,
        "breadcrumbs": field_steps(field),
    }
    return render(request, "program/field_evidence.html", context)


@reads_and_writes
@idempotent
def field_definition(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lists of a field, with a preview of the papers that they find; saving makes a new version."""
    field = kept_field(request, public_id)
    latest = latest_definition(field)
    initial = {name: "\n".join(getattr(latest, name)) for name in LISTS} if latest else {}
    form = DefinitionForm(posted(request), initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" in request.POST:
                preview = _preview(form.definition())
            else:
                define_field(
                    field=field, definition=form.definition(), by=request.user, note=form.cleaned_data["note"]
                )
                messages.success(request, _("It was saved which papers belong to the field."))
                return redirect("program:field_evidence", field.public_id)
        except RuleBroken as broken:
            add_violations(form, broken)
    heading = _("Which papers belong to the field")
    context = {
        "form": form,
        "heading": heading,
        "field": field,
        "preview": preview,
        "cancel_url": reverse("program:field_evidence", args=[field.public_id]),
        "breadcrumbs": field_steps(field, (heading, "")),
    }
    return render(request, "program/field_definition.html", context)


def _preview(definition: FieldDefinition) -> dict[str, Any]:
    """The newest papers that a definition finds: in the newest file of papers, or in the registry where there is none.

    Raises:
        RuleBroken: see `definition_violations`.
    """
    from program.evidence_papers import preview_of

    if found := definition_violations(definition):
        raise RuleBroken(found)
    newest = paper_files().first()
    with columnar() as engine:
        if newest:
            with newest.content.on_disk() as path:
                papers, total = preview_of(engine, path, condition(definition), size=PREVIEWED)
        else:
            path = engine.folder / "papers.parquet"
            write_registry_papers(engine.folder, path, engine)
            papers, total = preview_of(engine, path, condition(definition), size=PREVIEWED)
    return {"papers": papers, "total": total, "source": newest}


@reads_and_writes
@idempotent
def evidence_compute(request: HttpRequest, public_id: str) -> HttpResponse:
    field = kept_field(request, public_id)
    heading = _("Compute figures")
    return answer_form(
        request,
        form=ComputeForm(posted(request)),
        act=lambda values: request_evidence(field=field, by=request.user, **values),
        back=reverse("program:field_evidence", args=[field.public_id]),
        goes_to=lambda job: reverse("program:evidence_progress", args=[job.public_id]),
        heading=heading,
        lead=_(
            "Papers of the field by authors in Japan and in each partner country are counted, year by year, in the background. Each computation is kept as it is."
        ),
        submit=_("Compute"),
        success=_("The figures are being computed. You may leave this page."),
        breadcrumbs=field_steps(field, (heading, "")),
    )


@reads
def evidence_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a computation is. Asked by htmx, the inside of the progress box; 286 once there is nothing more to ask."""
    job = get_object_or_404(evidence_jobs_visible_to(request.user), public_id=public_id)
    words = label_of_field(job, "state")
    if job.state == JobState.RUNNING and job.step in list(EvidenceStep):
        words = f"{words}: {label(EvidenceStep(job.step))}"
    run = evidence_runs_visible_to(request.user).filter(job=job).first() if job.has_ended else None
    state = {
        "label": _("Computing figures"),
        "state_label": words,
        "percent": job.percent,
        "result_url": reverse("program:evidence_run", args=[run.public_id]) if run else "",
        "result_label": _("Open the figures") if run else "",
    }
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    heading = {
        JobState.DONE: _("The figures have been computed"),
        JobState.FAILED: _("The figures could not be computed"),
        JobState.CANCELLED: _("The computing of figures was stopped"),
    }.get(JobState(job.state), _("Figures are being computed"))
    context = {
        **state,
        "has_ended": job.has_ended,
        "failed": job.state == JobState.FAILED,
        "poll_url": reverse("program:evidence_progress", args=[job.public_id]),
        "heading": heading,
        "breadcrumbs": trail((_("Fields and countries"), reverse("program:fields")), (heading, "")),
    }
    return render(request, "program/evidence_progress.html", context)
