"""Adjusted scores of a large call, computed in the background and kept."""

from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from program.models import Call
from review.models import ScoreFit
from review.permissions import may_see_review

FIT_JOB = "review.adjusted_scores"
# A call has a fit for each reader's view of it, and older ones until their reviews are read no more.
KEPT = 40


@action
def request_fit(*, call: Call, by: Any, key: str, line: int | None) -> Job:
    """Ask for the adjusted scores of what this reader may see: of one agency (`key`: its public id) or of all ("").

    Raises:
        NotAllowed: see `may_see_review`.
    """
    require(may_see_review(by, call))
    job: Job = enqueue(FIT_JOB, {"call": call.public_id, "by": by.pk, "key": key, "line": line}, by=by)
    audit.record("fit_requested", call, by=by, details={"of": key, "line": line})
    return job


@action
def keep_fit(*, call: Call, fingerprint: str, content: dict[str, Any]) -> ScoreFit:
    """Keep what was computed; the call's oldest fits go once there are many."""
    fit, _made = ScoreFit.objects.get_or_create(
        call=call, fingerprint=fingerprint, defaults={"content": content}
    )
    old = ScoreFit.objects.filter(call=call).order_by("-id").values_list("pk", flat=True)[KEPT:]
    ScoreFit.objects.filter(pk__in=list(old)).delete()
    return fit
