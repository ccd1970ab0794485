from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints


class ScoreLock(AnsweredOnBehalf):
    """An agency's word that its scores are final. Each side sees the other's when both have locked.

    For an agency that does not sign in it is recorded from its letter, and locks once a second officer confirms it.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="score_locks")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "agency"], name="scores_are_locked_once_an_agency"),
            *on_behalf_constraints("score_lock"),
        ]
