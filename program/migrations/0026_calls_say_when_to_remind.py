"""A call says how many days before its deadline people are reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("program", "0025_agencies_have_checklists")]

    operations = [
        migrations.AddField(
            "call", "reminder_days", models.CharField(blank=True, default="14, 7, 2, 1", max_length=60)
        ),
    ]
