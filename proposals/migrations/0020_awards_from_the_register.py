"""A claimed award says what part the partner researcher has in it, and keeps what the register said when it was taken over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0019_section_history")]
    operations = [
        migrations.AddField(
            "PartnerAward",
            "pi_role",
            models.CharField(
                blank=True,
                choices=[("pi", "pi"), ("co_pi", "co_pi"), ("other", "other")],
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField("PartnerAward", "taken_over", models.JSONField(default=dict)),
    ]
