"""Policy documents, consultations and statements get an address, so that one entered by mistake can be taken away."""

import secrets

from django.db import migrations, models

import kernel.ids

PARTS = ("PolicyDocument", "Consultation", "SourcedFact")
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def give_ids(apps, schema_editor):
    for name in PARTS:
        for row in apps.get_model("program", name).objects.filter(public_id=None):
            row.public_id = "".join(secrets.choice(ALPHABET) for _ in range(12))
            row.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("program", "0004_envelope_sum_by_entries")]
    # A new unique column is filled before it is made unique: one default would be one id for all rows.
    operations = [
        *(
            migrations.AddField(name, "public_id", models.CharField(max_length=12, null=True))
            for name in PARTS
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        *(migrations.AlterField(name, "public_id", kernel.ids.PublicIdField()) for name in PARTS),
    ]
