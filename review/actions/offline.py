"""Reviews that were written offline, taken over. Nothing is submitted by it."""

from collections.abc import Sequence
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.files import store_upload
from review.actions.reviews import save_review
from review.models import OfflineForm
from review.offline import Checked, check_workbook


@action
def receive_offline(*, upload: Any, by: Any) -> OfflineForm:
    """Put a workbook away, to be looked at. No review changes.

    Raises:
        RuleBroken: what `store_upload` says.
    """
    file = store_upload(upload=upload, by=by, allowed=(".xlsx",), field="file")
    form = OfflineForm.objects.create(file=file, by=by)
    audit.record("offline_received", form, by=by, details={"sha256": file.sha256})
    return form


@action
def take_over(*, form: OfflineForm, by: Any) -> Sequence[Checked]:
    """Save what the sheets without an error hold, and answer these. What is refused stays as it is, and in the file.

    Raises:
        NotAllowed: it is another's form.
        RuleBroken: what `save_review` says; then nothing is saved at all.
    """
    form = OfflineForm.objects.select_for_update(of=("self",)).select_related("file").get(pk=form.pk)
    require(form.by_id == by.pk)
    good = [one for one in check_workbook(form.file.read(), by) if one.is_good]
    for one in good:
        assert one.assignment is not None
        save_review(assignment=one.assignment, by=by, revision=one.revision, scores=one.scores, **one.texts)
    if good:
        form.taken_over_at = now()
        form.save(update_fields=["taken_over_at"])
        reviews = [one.assignment.public_id for one in good if one.assignment]
        audit.record("offline_taken_over", form, by=by, details={"reviews": reviews, "items": len(good)})
    return good
