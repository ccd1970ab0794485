import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids


class Migration(migrations.Migration):
    """What was changed of a call after its opening, with the reason."""

    dependencies = [("program", "0022_agreements_keep_what_was_shown")]

    operations = [
        migrations.CreateModel(
            "CallChange",
            [
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("public_id", kernel.ids.PublicIdField()),
                ("at", models.DateTimeField(default=kernel.clock.now)),
                ("reason_ja", models.TextField()),
                ("reason_en", models.TextField()),
                ("rows", models.JSONField(default=list)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="program.call",
                    ),
                ),
            ],
            options={"ordering": ["-at", "-id"]},
        ),
    ]
