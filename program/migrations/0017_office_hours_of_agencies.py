"""An agency's office hours stand with the agency."""

import datetime

from django.db import migrations, models

import program.rules.milestones


class Migration(migrations.Migration):
    dependencies = [("program", "0016_divisions_and_consultations_in_both_languages")]
    operations = [
        migrations.AddField(
            "AgencyProfile", "office_zone", models.CharField(blank=True, default="", max_length=40)
        ),
        migrations.AddField("AgencyProfile", "office_opens", models.TimeField(default=datetime.time(9))),
        migrations.AddField("AgencyProfile", "office_closes", models.TimeField(default=datetime.time(17))),
        migrations.AddField(
            "AgencyProfile",
            "closed_days",
            models.JSONField(blank=True, default=program.rules.milestones.saturday_and_sunday),
        ),
        migrations.AddConstraint(
            "AgencyProfile",
            models.CheckConstraint(
                condition=models.Q(office_closes__gt=models.F("office_opens")),
                name="office_closes_after_it_opens",
            ),
        ),
    ]
