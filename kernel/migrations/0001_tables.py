import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.jobs.states
import kernel.outbox.kinds
import kernel.outbox.states
import kernel.schema
import kernel.search.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("kernel", "0001_initial"),
        ("kernel", "0002_used_tokens_know_their_values"),
        ("kernel", "0003_audit_is_found_by_time"),
        ("kernel", "0004_search_entries"),
        ("kernel", "0005_search_index"),
        ("kernel", "0006_cancelled_mail"),
        ("kernel", "0007_kinds_of_mail"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AuditHead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.BigIntegerField(default=0)),
                        (
                            "digest",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=kernel.clock.now, editable=False)),
                        ("acting_for", models.CharField(blank=True, default="", max_length=12)),
                        ("verb", models.CharField(max_length=80)),
                        ("subject_type", models.CharField(max_length=60)),
                        ("subject_id", models.CharField(max_length=12)),
                        ("details", models.JSONField(default=dict)),
                        ("private", models.JSONField(default=dict)),
                        ("private_salt", models.CharField(blank=True, default="", max_length=32)),
                        ("private_digest", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
                            models.Index(fields=["at"], name="audit_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="kernel.auditentry"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("name", models.CharField(max_length=80)),
                        ("payload", models.JSONField(default=dict)),
                        ("key", models.CharField(max_length=120, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "queued"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default=kernel.jobs.states.JobState["QUEUED"],
                                max_length=12,
                            ),
                        ),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(default=kernel.clock.now)),
                        ("done_units", models.PositiveIntegerField(default=0)),
                        ("total_units", models.PositiveIntegerField(default=0)),
                        ("step", models.CharField(blank=True, default="", max_length=80)),
                        ("result", models.JSONField(default=dict)),
                        ("error", models.TextField(blank=True, default="")),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "lease_until"], name="jobs_by_lease")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                                name="job_state_is_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailOptOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.EmailField(max_length=254)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("required", "required"),
                                    ("reminder", "reminder"),
                                    ("news", "news"),
                                    ("alert", "alert"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("address", "kind"), name="mail_is_stopped_once_a_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "required"), _negated=True),
                                name="required_mail_is_never_stopped",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("template", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("required", "required"),
                                    ("reminder", "reminder"),
                                    ("news", "news"),
                                    ("alert", "alert"),
                                ],
                                default=kernel.outbox.kinds.MailKind["REQUIRED"],
                                max_length=10,
                            ),
                        ),
                        ("subject_id", models.CharField(blank=True, db_index=True, default="", max_length=12)),
                        ("recipient", models.EmailField(max_length=254)),
                        ("language", models.CharField(max_length=5)),
                        ("subject", models.CharField(max_length=250)),
                        ("body", models.TextField()),
                        ("recheck", models.JSONField(default=dict)),
                        ("key", models.CharField(max_length=150, null=True, unique=True)),
                        ("message_id", models.CharField(max_length=120, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("held", "held"),
                                    ("sending", "sending"),
                                    ("sent", "sent"),
                                    ("uncertain", "uncertain"),
                                    ("cancelled", "cancelled"),
                                    ("unsubscribed", "unsubscribed"),
                                    ("outdated", "outdated"),
                                ],
                                default=kernel.outbox.states.MailState["WAITING"],
                                max_length=12,
                            ),
                        ),
                        ("hold_until", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
                        ("sending_since", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "created_at"], name="outbox_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "waiting",
                                            "held",
                                            "sending",
                                            "sent",
                                            "uncertain",
                                            "cancelled",
                                            "unsubscribed",
                                            "outdated",
                                        ],
                                    )
                                ),
                                name="mail_state_is_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("object_id", models.BigIntegerField()),
                        ("source", models.CharField(blank=True, default="", max_length=40)),
                        ("text", models.TextField()),
                        ("tokens", kernel.search.models.TokensField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("name", models.CharField(max_length=255)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.BigIntegerField()),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("pages", models.PositiveIntegerField(null=True)),
                        ("made_here", models.BooleanField(default=False)),
                        ("found_clean", models.BooleanField(null=True)),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="UsedToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.CharField(max_length=40)),
                        ("digest", models.CharField(blank=True, default="", max_length=64)),
                        ("location", models.TextField(blank=True, default="")),
                        ("used_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("user", "token"), name="token_is_used_once")],
                    },
                ),
            ],
        ),
    ]
