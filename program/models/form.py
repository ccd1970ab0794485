from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.ids import PublicIdField
from program.enums import CriterionAspect, FieldKind, LimitUnit, ScaleDirection, SectionKind
from program.models.call import Call


class FormVersion(models.Model):
    """A call's form and criteria. Frozen when the call opens; a change makes a new version and touches nothing written."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="form_versions")
    number = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True)
    # Why it was changed, for the applicants whose proposals stand on the version before.
    reason_ja = models.CharField(max_length=400, blank=True, default="")
    reason_en = models.CharField(max_length=400, blank=True, default="")
    # When an officer began to fill it in as a test, and when that test was sent off. What has been begun is not rewritten.
    trial_begun_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)

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
    unit = models.CharField(max_length=10, choices=choices(LimitUnit), default=LimitUnit.CHARACTERS)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="form_section_is_there_once")]

    @property
    def has_text(self) -> bool:
        """Whether the section asks a text of its own."""
        return self.kind == SectionKind.TEXT


class FormField(models.Model):
    """A field of a section: what it takes, and within which bounds. Bounds that its kind does not know are left as they are."""

    section = models.ForeignKey(FormSection, on_delete=models.CASCADE, related_name="fields")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=choices(FieldKind))
    position = models.PositiveSmallIntegerField()
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    help_ja = models.TextField(blank=True, default="")
    help_en = models.TextField(blank=True, default="")
    is_required = models.BooleanField(default=True)
    # of a text
    limit = models.PositiveIntegerField(default=400)
    unit = models.CharField(max_length=10, choices=choices(LimitUnit), default=LimitUnit.CHARACTERS)
    # of a number; NULL is no bound
    lowest = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    highest = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    measure_ja = models.CharField(max_length=30, blank=True, default="")
    measure_en = models.CharField(max_length=30, blank=True, default="")
    # [{"key": "a", "ja": "...", "en": "..."}]: what may be chosen, or the rows of a table
    options = models.JSONField(default=list)
    # of a file: what it takes besides PDF (`FileKind`); NULL is the portal's own bound
    file_kinds = models.JSONField(default=list)
    most_megabytes = models.PositiveSmallIntegerField(null=True)
    most_pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="form_field_is_there_once")]


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
