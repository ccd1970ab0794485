from django.conf import settings
from django.db import models

from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField


class OfflineForm(models.Model):
    """A workbook of reviews that were written offline, as its reviewer has sent it: looked at first, then taken over."""

    public_id = PublicIdField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    taken_over_at = models.DateTimeField(null=True)
