from django.conf import settings
from django.db import models

from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField


class PaperFile(models.Model):
    """A file of papers by the million, kept in columns and never changed: what it was, and from which database of what day."""

    public_id = PublicIdField()
    name = models.CharField(max_length=255)
    # Of the file as it came; the columns made of it are `content`.
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    # Under which licence the source gives it, in the source's own words.
    licence = models.CharField(max_length=200, blank=True, default="")
    dated = models.DateField()
    content = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    read = models.PositiveBigIntegerField(default=0)
    kept = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    repeated = models.PositiveBigIntegerField(default=0)
    # Of the papers that were kept; NULL of files that came before this was noted.
    first_year = models.IntegerField(null=True)
    last_year = models.IntegerField(null=True)
    # The first of the records that were left out, as an `ImportRun` keeps them.
    problems = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "source", "dated"], name="paper_file_is_there_once_a_source_and_day"
            )
        ]
