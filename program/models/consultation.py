from django.db import models

from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from program.models.designation import Designation


class Consultation(models.Model):
    """A consultation with the Cabinet Office (内閣府) on a designation: what was discussed, and with what outcome.

    Its texts, and those of its parts, are held in both languages; the Japanese ones are always there.
    """

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="consultations")
    held_on = models.DateField()
    offices_ja = models.CharField(max_length=300)
    offices_en = models.CharField(max_length=300, blank=True, default="")
    # One a line: the office, then the name; read by `rules.participants`.
    participants_ja = models.TextField(blank=True, default="")
    participants_en = models.TextField(blank=True, default="")
    points_ja = models.TextField()
    points_en = models.TextField(blank=True, default="")
    answer_ja = models.TextField(blank=True, default="")
    answer_en = models.TextField(blank=True, default="")


class ConsultationPoint(models.Model):
    """A point that was raised in a consultation, and its answer."""

    public_id = PublicIdField()
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="raised")
    point_ja = models.TextField()
    point_en = models.TextField(blank=True, default="")
    answer_ja = models.TextField(blank=True, default="")
    answer_en = models.TextField(blank=True, default="")


class ConsultationFile(models.Model):
    """What was handed over in a consultation; read by officers of the ministry alone."""

    public_id = PublicIdField()
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title_ja = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
