import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.schema
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("reporting", "0001_initial"), ("reporting", "0002_report_covers_projects")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_tables"),
        ("program", "0001_tables"),
        ("projects", "0001_tables"),
        ("registries", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="OutcomeReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("fiscal_year", models.IntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("snapshot", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "job",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.job"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcome_reports",
                                to="program.programme",
                            ),
                        ),
                        ("projects", models.ManyToManyField(related_name="outcome_reports", to="projects.project")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("agency", None)),
                                fields=("programme", "fiscal_year", "number"),
                                name="report_version_is_there_once",
                            ),
                            models.UniqueConstraint(
                                fields=("programme", "agency", "fiscal_year", "number"),
                                name="report_version_of_agency_is_there_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectPublication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[("by_hand", "by_hand"), ("acknowledgement", "acknowledgement")], max_length=16
                            ),
                        ),
                        ("linked_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "linked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication_links",
                                to="projects.project",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project_links",
                                to="registries.publication",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "publication"), name="paper_is_linked_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("language", models.CharField(max_length=5)),
                        ("format", models.CharField(choices=[("pdf", "pdf"), ("xlsx", "xlsx")], max_length=5)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="reporting.outcomereport",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "language", "format"), name="report_document_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "direction",
                            models.CharField(
                                choices=[("dispatch", "dispatch"), ("acceptance", "acceptance")], max_length=10
                            ),
                        ),
                        (
                            "career_stage",
                            models.CharField(
                                choices=[
                                    ("master", "master"),
                                    ("doctoral", "doctoral"),
                                    ("postdoc", "postdoc"),
                                    ("faculty", "faculty"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("home", models.CharField(max_length=300)),
                        ("host", models.CharField(max_length=300)),
                        ("country_code", models.CharField(max_length=2)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("degree_sought", models.CharField(blank=True, default="", max_length=120)),
                        ("recorded_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="accounts.person"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="projects.project"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="stay_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                fields=("project", "person", "direction", "starts_on"), name="stay_is_recorded_once"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
