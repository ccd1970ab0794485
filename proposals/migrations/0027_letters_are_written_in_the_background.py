"""A letter to many is written by a job, and is of a kind."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [(kind, kind) for kind in ("required", "reminder", "news", "alert")]


def written_long_ago(apps, schema_editor):
    apps.get_model("proposals", "MailRun").objects.update(written_at=models.F("created_at"))


def as_they_were_written(apps, schema_editor):
    run_mail = apps.get_model("proposals", "RunMail")
    run_mail.objects.filter(mail__language="en").update(language="en")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_kinds_of_mail"), ("proposals", "0026_collected_elsewhere_and_erad")]

    operations = [
        migrations.AddField(
            "mailrun", "kind", models.CharField(choices=KINDS, default="required", max_length=10)
        ),
        migrations.AddField("mailrun", "written_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "runmail",
            "language",
            models.CharField(choices=[("ja", "Japanese"), ("en", "English")], default="ja", max_length=5),
        ),
        migrations.AlterField(
            "runmail",
            "mail",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.outboxmail",
            ),
        ),
        migrations.RunPython(written_long_ago, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(as_they_were_written, migrations.RunPython.noop, elidable=True),
    ]
