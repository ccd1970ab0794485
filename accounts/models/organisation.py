from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.enums import OrganisationKind
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField


class Organisation(models.Model):
    """A ministry, a funding agency or a research institution that people belong to."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=25, choices=choices(OrganisationKind))
    name_ja = models.CharField(max_length=200, blank=True, default="")
    name_en = models.CharField(max_length=200, blank=True, default="")
    # What everyone calls it: JST, NSF, 東大.
    short_name = models.CharField(max_length=40)
    country_code = models.CharField(max_length=2)
    # The full ROR address's last part, e.g. 057zh3y96; NULL where there is none.
    ror_id = models.CharField(max_length=9, null=True, blank=True, unique=True)
    erad_code = models.CharField(max_length=20, blank=True, default="")
    # The institution that this one turned out to be; it is kept for what still points to it, and offered nowhere.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_ja="", name_en=""), name="organisation_has_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("pk")),
                name="organisation_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class OrganisationMerge(models.Model):
    """That two records turned out to be one institution: what was moved and filled in, so that it can be undone."""

    public_id = PublicIdField()
    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.CharField(max_length=300)
    # {"accounts.membership.organisation": [keys of the rows that now point to the kept one]}
    moved = models.JSONField(default=dict)
    # What the kept one, and the merged one, held before.
    before = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at=None),
                name="organisation_is_merged_away_once",
            )
        ]
