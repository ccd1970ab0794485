"""The agency says of its award whether it suffices, of its holder's standing and of fair share; exceptions are recorded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0021_verdicts_hold_the_checklist"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("PartnerAward", "points", models.JSONField(default=dict)),
        migrations.AddField("PartnerAward", "share_exception", models.TextField(blank=True, default="")),
        migrations.AddField(
            "PartnerAward",
            "share_exception_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("PartnerAward", "share_exception_at", models.DateTimeField(null=True)),
    ]
