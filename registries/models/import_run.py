from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from registries.enums import RegistryKind


class ImportRun(models.Model):
    """One file read into the registries: what it was, what became of its records, and what was wrong with them."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=15, choices=choices(RegistryKind))
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # [{"where": record or line, "code": ..., "params": {...}, "severity": "error" | "warning"}]
    problems = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
