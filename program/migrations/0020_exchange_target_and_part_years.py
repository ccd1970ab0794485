"""A call may set a target line for the money spent on exchange, and say that caps of part years are reduced by month."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("program", "0019_indicators_side_by_side")]
    operations = [
        migrations.AddField(
            "Call", "exchange_target_percent", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AddField("Call", "caps_by_month", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "Call",
            models.CheckConstraint(
                condition=Q(exchange_target_percent=None) | Q(exchange_target_percent__lte=100),
                name="call_exchange_target_at_most_all",
            ),
        ),
    ]
