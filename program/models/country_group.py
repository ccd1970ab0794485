from django.db import models
from django.db.models import F, Q

from kernel.ids import PublicIdField
from program.models.programme import Programme
from registries.models import Country


class CountryGroup(models.Model):
    """A group of partner countries (協力相手国群), whose members change over time."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="country_groups")
    code = models.SlugField(max_length=40)
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="country_group_is_there_once")
        ]


class CountryGroupMember(models.Model):
    """A country in a group, from one day to another."""

    group = models.ForeignKey(CountryGroup, on_delete=models.CASCADE, related_name="members")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "country", "starts_on"], name="group_member_is_there_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="group_member_ends_after_start",
            ),
        ]
