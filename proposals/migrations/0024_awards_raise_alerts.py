"""What has come up about a claimed award since it was received, and when an officer took note of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0023_proposals_are_returned_for_correction")]
    operations = [
        migrations.AddField("PartnerAward", "alerts", models.JSONField(default=list)),
        migrations.AddField("PartnerAward", "alerts_noted_at", models.DateTimeField(null=True)),
    ]
