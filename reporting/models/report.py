from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.jobs.models import Job
from program.models import Programme
from projects.models import Project
from reporting.enums import DocumentFormat


class OutcomeReport(models.Model):
    """One immutable version of a programme's outcome report: the data as they were, their digest, and the documents."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="outcome_reports")
    # The agency whose projects it covers; NULL for the whole programme.
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    fiscal_year = models.IntegerField()
    number = models.PositiveIntegerField()
    # Whoever may read all of them may read the report.
    projects = models.ManyToManyField(Project, related_name="outcome_reports")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    snapshot = models.JSONField()
    # SHA-256 of the snapshot in canonical JSON: the same data give the same digest.
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "fiscal_year", "number"],
                condition=models.Q(agency=None),
                name="report_version_is_there_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "agency", "fiscal_year", "number"],
                name="report_version_of_agency_is_there_once",
            ),
        ]


class ReportDocument(models.Model):
    """A report as a file, in one language and format."""

    public_id = PublicIdField()
    report = models.ForeignKey(OutcomeReport, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(max_length=5)
    format = models.CharField(max_length=5, choices=choices(DocumentFormat))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "language", "format"], name="report_document_is_there_once"
            )
        ]
