"""A planned stay says what of the budget it takes, and its host has the ROR id of the registry."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("proposals", "0015_voided_signatures_are_told")]
    operations = [
        migrations.AddField("ExchangePlan", "amount_yen", models.BigIntegerField(null=True)),
        migrations.AddField(
            "ExchangePlan", "host_ror_id", models.CharField(blank=True, default="", max_length=9)
        ),
        migrations.AddConstraint(
            "ExchangePlan",
            models.CheckConstraint(
                condition=Q(amount_yen=None) | Q(amount_yen__gte=0),
                name="exchange_costs_no_less_than_nothing",
            ),
        ),
    ]
