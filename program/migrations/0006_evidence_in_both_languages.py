"""Evidence says what it measures in both languages; what was there is taken as the Japanese text."""

from django.db import migrations, models

TEXTS = (
    ("measure", models.CharField(blank=True, default="", max_length=200)),
    ("unit", models.CharField(blank=True, default="", max_length=40)),
    ("source", models.CharField(blank=True, default="", max_length=300)),
    ("reason", models.TextField(blank=True, default="")),
)


class Migration(migrations.Migration):
    dependencies = [("program", "0005_parts_have_public_ids")]
    operations = [
        *(migrations.RenameField("EvidenceItem", name, f"{name}_ja") for name, _ in TEXTS),
        *(migrations.AddField("EvidenceItem", f"{name}_en", field) for name, field in TEXTS),
        migrations.AddField(
            "EvidenceItem", "origin", models.CharField(blank=True, default="", max_length=12)
        ),
    ]
