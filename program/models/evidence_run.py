from django.conf import settings
from django.db import models

from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.jobs.models import Job
from program.models.field import Field


class FieldDefinition(models.Model):
    """One version of what papers belong to a field; never changed, only followed by the next."""

    public_id = PublicIdField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField()
    terms = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    journals = models.JSONField(default=list)
    exclusions = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "number"], name="field_definition_is_there_once")
        ]


class EvidenceRun(models.Model):
    """Figures of a field computed from papers, with all that they rest on; never changed."""

    public_id = PublicIdField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="evidence_runs")
    definition = models.ForeignKey(FieldDefinition, on_delete=models.PROTECT, related_name="runs")
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    # {"name": the database, "dated": day, "records": how many, "files": [{"name", "sha256"}]}
    source = models.JSONField()
    # The countries of each partner: {"US": ["US"], "<public id of a group>": ["DE", "FR"]}
    partners = models.JSONField()
    # See `program.rules.coauthored.gathered`.
    figures = models.JSONField()
    # Of source, definition, partners, years and figures in canonical JSON: the same data give the same digest.
    sha256 = models.CharField(max_length=64)
    # The papers of the field in columns, from which every figure can be counted again.
    papers = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    paper_count = models.PositiveBigIntegerField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["field", "-id"], name="evidence_runs_of_field")]
