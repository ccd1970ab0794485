from django.db import models
from simple_history.models import HistoricalRecords

from kernel.choices import choices
from kernel.ids import PublicIdField
from registries.enums import InstitutionStatus


class Institution(models.Model):
    """A research organisation of the world as ROR knows it.

    `names` holds every name with its language and kind, `locations` every place, as in ROR's v2 records;
    `name_ja`, `name_kana`, `name_en` and `search_text` are drawn from them for display and search.
    """

    public_id = PublicIdField()
    ror_id = models.CharField(max_length=9, unique=True)
    name_ja = models.CharField(max_length=300, blank=True, default="")
    name_kana = models.CharField(max_length=300, blank=True, default="")
    name_en = models.CharField(max_length=300)
    # 研究機関コード: ten digits, kept as text. ROR does not know it; it has a file of its own.
    erad_code = models.CharField(max_length=20, blank=True, default="", db_index=True)
    country_code = models.CharField(max_length=2, db_index=True)
    city = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=12, choices=choices(InstitutionStatus))
    established = models.IntegerField(null=True, blank=True)
    kinds = models.JSONField(default=list)
    names = models.JSONField(default=list)
    locations = models.JSONField(default=list)
    relationships = models.JSONField(default=list)
    # [{"kind": "fundref", "preferred": "501100002241", "every": [...]}], [{"kind": "website", "url": ...}]
    external_ids = models.JSONField(default=list)
    links = models.JSONField(default=list)
    domains = models.JSONField(default=list)
    modified_on = models.DateField(null=True, blank=True)
    # Every name on a line of its own, as `registries.rules.texts.searchable` writes it.
    search_text = models.TextField(blank=True, default="")
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["country_code", "name_en"], name="institutions_by_country")]

    def __str__(self) -> str:
        return self.ror_id


class InstitutionSuccession(models.Model):
    """An institution that ended, and one that carries on its work."""

    predecessor = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="successions")
    successor_ror_id = models.CharField(max_length=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor_ror_id"], name="succession_is_there_once"
            )
        ]
