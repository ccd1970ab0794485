from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from proposals.enums import EradDates, EradEncoding, EradTable, EradUnit
from proposals.models.proposal import Proposal


class EradMapping(models.Model):
    """How an agency's tables for e-Rad, or from it, are laid out. Where there is none, `rules.erad.DEFAULTS` holds."""

    public_id = PublicIdField()
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="erad_mappings")
    table = models.CharField(max_length=10, choices=choices(EradTable))
    # [{"field": "receipt_number", "heading": "受付番号"}, ...] in the order of the columns
    columns = models.JSONField(default=list)
    encoding = models.CharField(max_length=10, choices=choices(EradEncoding), default=EradEncoding.UTF8)
    dates = models.CharField(max_length=10, choices=choices(EradDates), default=EradDates.SLASH)
    unit = models.CharField(max_length=10, choices=choices(EradUnit), default=EradUnit.YEN)
    # Of a table from e-Rad: by which field its rows are matched.
    key = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "table"], name="erad_mapping_is_there_once")]


class EradRun(models.Model):
    """A table from e-Rad that was read back onto proposals."""

    public_id = PublicIdField()
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)


class EradRecord(models.Model):
    """What e-Rad says of a proposal, as it was read last; `proposals.rules.erad.ANSWERS` names its fields."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="erad")
    application_number = models.CharField(max_length=40, blank=True, default="")
    project_id = models.CharField(max_length=40, blank=True, default="")
    approval = models.CharField(max_length=100, blank=True, default="")
    approved_on = models.DateField(null=True)
    status = models.CharField(max_length=100, blank=True, default="")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["application_number"], name="erad_by_application")]


class EradChange(models.Model):
    """What one row of a table changed: the record before and after."""

    run = models.ForeignKey(EradRun, on_delete=models.PROTECT, related_name="changes")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="erad_changes")
    number = models.PositiveIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
