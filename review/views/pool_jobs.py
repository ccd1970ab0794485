"""A table of reviewers on its way into a pool, or out of it again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.fragments import progress_part, wants_part
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.methods import reads
from kernel.violations import Violation, sentence
from review.actions.pools import IMPORT_JOB, UNDO_JOB
from review.views.pools import call_or_404, crumbs


@reads
def pool_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far one of the reader's own tables is, and what came of it; asked by htmx, the inside of the progress box."""
    own = Job.objects.filter(name__in=[IMPORT_JOB, UNDO_JOB], requested_by=request.user.pk)
    job = get_object_or_404(own, public_id=public_id)
    call = call_or_404(request, job.payload["call"])
    state = _state(job)
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    is_undo = job.name == UNDO_JOB
    words = _("Undoing the import of %(file)s") if is_undo else _("Import of %(file)s")
    heading = words % {"file": job.payload["name"]}
    refusals = [sentence(Violation(one["code"], "", one["params"])) for one in job.result.get("refusals", [])]
    context = {
        **state,
        "call": call,
        "heading": heading,
        "has_ended": job.has_ended,
        "failed": job.state in (JobState.FAILED, JobState.CANCELLED),
        "refusals": refusals,
        "again": reverse("review:pool_import", args=[call.public_id]),
        "poll_url": reverse("review:pool_job", args=[public_id]),
        "result": _result(job.result, is_undo=is_undo) if "run" in job.result else [],
        "pool_url": reverse("review:pool", args=[call.public_id]),
        "breadcrumbs": crumbs(call, heading),
    }
    return render(request, "review/pool_job.html", context)


def _result(result: dict[str, Any], *, is_undo: bool) -> list[dict[str, Any]]:
    rows = (
        [(_("Have left the pool"), result["made"]), (_("As before the import"), result["changed"])]
        if is_undo
        else [(_("New in the pool"), result["made"]), (_("Changed"), result["changed"])]
    )
    return [{"label": words, "value": str(n), "url": ""} for words, n in rows]


def _state(job: Job) -> dict[str, Any]:
    state = {
        "label": job.payload["name"],
        "state_label": label_of_field(job, "state"),
        "percent": job.percent,
        "result_url": "",
        "result_label": "",
    }
    if job.has_ended:
        state |= {
            "result_url": reverse("review:pool_job", args=[job.public_id]),
            "result_label": _("Show the result"),
        }
    return state
