"""What was withdrawn before it was ever received is read by no agency; of what was withdrawn already the trail tells."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def look_back(apps, schema_editor):
    locked = apps.get_model("kernel", "AuditEntry").objects.filter(
        subject_type="proposals.proposal", subject_id=OuterRef("public_id"), verb="lock"
    )
    withdrawn = apps.get_model("proposals", "Proposal").objects.filter(~Exists(locked), state="withdrawn")
    withdrawn.update(is_unreceived=True)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_pages_of_files"),
        ("proposals", "0034_reviewers_not_wanted"),
    ]

    operations = [
        migrations.AddField("proposal", "is_unreceived", models.BooleanField(default=False)),
        migrations.RunPython(look_back, migrations.RunPython.noop, elidable=True),
    ]
