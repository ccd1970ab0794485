"""A proposal chooses one of the support types that its call offers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("program", "0014_caps_of_support_types"),
        ("proposals", "0007_tests_of_forms"),
    ]
    operations = [
        migrations.AddField(
            "Proposal",
            "support_type",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="program.supporttype",
            ),
        ),
    ]
