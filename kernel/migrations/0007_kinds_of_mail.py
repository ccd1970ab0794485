"""A mail is of a kind, and whoever wants to does without the kinds that are no part of the procedure."""

from django.db import migrations, models

import kernel.clock

STATES = ["waiting", "held", "sending", "sent", "uncertain", "cancelled", "unsubscribed", "outdated"]
KINDS = [("required", "required"), ("reminder", "reminder"), ("news", "news"), ("alert", "alert")]


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_cancelled_mail"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="outboxmail", name="mail_state_is_known"),
        migrations.AlterField(
            model_name="outboxmail",
            name="state",
            field=models.CharField(
                choices=[(state, state) for state in STATES], default="waiting", max_length=12
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="mail_state_is_known"
            ),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="kind",
            field=models.CharField(choices=KINDS, default="required", max_length=10),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="recheck",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="MailOptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("address", models.EmailField(max_length=254)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("at", models.DateTimeField(default=kernel.clock.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("address", "kind"), name="mail_is_stopped_once_a_kind"),
                    models.CheckConstraint(
                        condition=~models.Q(kind="required"),
                        name="required_mail_is_never_stopped",
                    ),
                ],
            },
        ),
    ]
