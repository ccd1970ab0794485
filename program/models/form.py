from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.ids import PublicIdField
from program.enums import CriterionAspect, ScaleDirection, SectionKind
from program.models.call import Call


class FormVersion(models.Model):
    """A call's form and criteria. Frozen when the call opens; a change makes a new version and touches nothing written."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="form_versions")
    number = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="form_version_is_there_once")]


class FormSection(models.Model):
    """A section of the form: what is asked, and how long the answer may be in code points."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=choices(SectionKind), default=SectionKind.TEXT)
    position = models.PositiveSmallIntegerField()
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    help_ja = models.TextField(blank=True, default="")
    help_en = models.TextField(blank=True, default="")
    limit = models.PositiveIntegerField(default=2000)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="form_section_is_there_once")]


class Criterion(models.Model):
    """What proposals are scored by: weight, scale and direction, and what its ends mean, in words."""

    public_id = PublicIdField()
    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="criteria")
    aspect = models.CharField(max_length=12, choices=choices(CriterionAspect))
    position = models.PositiveSmallIntegerField()
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    help_ja = models.TextField(blank=True, default="")
    help_en = models.TextField(blank=True, default="")
    weight = models.PositiveSmallIntegerField(default=1)
    lowest = models.SmallIntegerField(default=1)
    highest = models.SmallIntegerField(default=5)
    direction = models.CharField(
        max_length=15, choices=choices(ScaleDirection), default=ScaleDirection.HIGH_IS_BEST
    )
    # {"1": {"ja": "...", "en": "..."}, "5": {...}}: words for the steps of the scale.
    anchors = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="criterion_scale_has_steps"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_has_weight"),
            models.UniqueConstraint(fields=["version", "position"], name="criterion_has_one_position"),
        ]
