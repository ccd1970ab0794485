"""A support type has caps as the call has them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("program", "0013_evidence_from_publications")]
    operations = [
        migrations.AddField(
            "CallCap",
            "support_type",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="caps",
                to="program.supporttype",
            ),
        ),
        migrations.RemoveConstraint("CallCap", "cap_is_there_once"),
        migrations.AddConstraint(
            "CallCap",
            models.UniqueConstraint(
                condition=models.Q(("support_type", None)),
                fields=("call", "basis", "period"),
                name="cap_is_there_once_for_all",
            ),
        ),
        migrations.AddConstraint(
            "CallCap",
            models.UniqueConstraint(
                fields=("support_type", "basis", "period"), name="cap_is_there_once_a_type"
            ),
        ),
    ]
