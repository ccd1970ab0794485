"""Letters to many, and their mails."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kernel.clock
import kernel.ids


def _key(to, on_delete, **fields):
    return models.ForeignKey(on_delete=on_delete, to=to, **{"related_name": "+", **fields})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("kernel", "0006_cancelled_mail"),
        ("proposals", "0012_budgets_of_institutions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="MailRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", kernel.ids.PublicIdField()),
                (
                    "recipients",
                    models.CharField(
                        choices=[
                            (one, one) for one in ("pi", "co_investigators", "partner_pi", "institution_officers")
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_ja", models.CharField(max_length=150)),
                ("subject_en", models.CharField(max_length=150)),
                ("body_ja", models.TextField()),
                ("body_en", models.TextField()),
                ("hold_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=kernel.clock.now)),
                ("agency", _key("accounts.organisation", django.db.models.deletion.PROTECT)),
                ("by", _key(settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT)),
            ],
        ),
        migrations.CreateModel(
            name="RunMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.outboxmail"
                    ),
                ),
                ("person", _key("accounts.person", django.db.models.deletion.PROTECT)),
                ("proposal", _key("proposals.proposal", django.db.models.deletion.PROTECT)),
                ("run", _key("proposals.mailrun", django.db.models.deletion.CASCADE, related_name="mails")),
            ],
        ),
    ]
