from django.db import models

from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call


class ScoreFit(models.Model):
    """Adjusted scores that took a background job, with the fingerprint of every review they rest upon.

    They are found by that fingerprint alone: once a review is changed, withdrawn or conflicted, or for a reader who may see
    fewer proposals, the fingerprint is another one, and these figures are met no more.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="score_fits")
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "fingerprint"], name="score_fit_is_there_once")
        ]
