from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from program.enums import EvidenceKind, VersionOccasion
from program.models.designation import Designation


class EvidenceItem(models.Model):
    """One measured fact in a dossier, with its signed score (−2 to +2), the reason for it, and its weight.

    Its texts are held in both languages; the Japanese ones are always there.
    """

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=choices(EvidenceKind))
    measure_ja = models.CharField(max_length=200)
    measure_en = models.CharField(max_length=200, blank=True, default="")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit_ja = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40, blank=True, default="")
    year = models.IntegerField()
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300, blank=True, default="")
    source_url = models.URLField(max_length=400, blank=True, default="")
    score = models.SmallIntegerField(validators=[MinValueValidator(-2), MaxValueValidator(2)])
    reason_ja = models.TextField()
    reason_en = models.TextField(blank=True, default="")
    weight = models.PositiveSmallIntegerField(default=1)
    # The item of an earlier dossier that this one goes on: by it two versions are laid side by side.
    origin = models.CharField(max_length=12, blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=-2, score__lte=2), name="evidence_score_in_range"),
        ]


class PolicyDocument(models.Model):
    """A policy document on which a designation rests (上位施策)."""

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="policies")
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=400, blank=True, default="")


class DossierVersion(models.Model):
    """A dossier as it stood at one moment: at the proposal, at the decision, when a renewal took it over. Never changed."""

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    occasion = models.CharField(max_length=10, choices=choices(VersionOccasion))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["designation", "number"], name="dossier_version_is_there_once")
        ]
