import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.schema
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("projects", "0001_initial"), ("projects", "0002_ledger_triggers")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("program", "0001_tables"),
        ("proposals", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("title_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("title_en", models.CharField(blank=True, default="", max_length=200)),
                        ("first_year", models.IntegerField()),
                        ("last_year", models.IntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "offered"),
                                    ("active", "active"),
                                    ("ended", "ended"),
                                    ("closed", "closed"),
                                ],
                                default="offered",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("adopted_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hosted_projects",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "pi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="program.programme",
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["programme", "agency", "id"], name="projects_by_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["offered", "active", "ended", "closed"])),
                                name="project_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="project_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("fiscal_year", models.IntegerField()),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("goods", "goods"),
                                    ("travel", "travel"),
                                    ("personnel", "personnel"),
                                    ("other", "other"),
                                    ("indirect", "indirect"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("allocation", "allocation"),
                                    ("change", "change"),
                                    ("carry_out", "carry_out"),
                                    ("carry_in", "carry_in"),
                                    ("payment", "payment"),
                                    ("return", "return"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carried_to",
                                to="projects.ledgerentry",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="projects.ledgerentry",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["project", "fiscal_year", "id"], name="ledger_by_project_and_year")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount", 0), _negated=True), name="ledger_entry_moves_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__gt", 0), ("kind", "change"), ("corrects__isnull", False), _connector="OR"
                                ),
                                name="ledger_entry_has_its_sign",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("carried_from__isnull", False)),
                                fields=("carried_from",),
                                name="ledger_entry_is_carried_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CapAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fiscal_year", models.IntegerField(default=0)),
                        ("counts_indirect", models.BooleanField()),
                        ("limit", models.BigIntegerField()),
                        ("total", models.BigIntegerField(default=0)),
                        (
                            "cap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.callcap"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cap_accounts",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "cap", "fiscal_year"), name="cap_account_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("total__lte", models.F("limit"))), name="cap_is_not_exceeded"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("total__gte", 0)), name="cap_total_not_below_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpendAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fiscal_year", models.IntegerField()),
                        ("available", models.BigIntegerField(default=0)),
                        ("paid", models.BigIntegerField(default=0)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spend_accounts",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "fiscal_year"), name="spend_account_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid__lte", models.F("available"))),
                                name="payments_within_what_is_available",
                            ),
                            models.CheckConstraint(condition=models.Q(("paid__gte", 0)), name="paid_not_below_zero"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CapException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("amount", models.BigIntegerField()),
                        ("reason", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField(default=kernel.clock.now)),
                        ("is_approved", models.BooleanField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="projects.capaccount",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="cap_exception_above_zero"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("answered_by", None), ("is_approved", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("is_approved__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cap_exception_is_answered_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_by", None),
                                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cap_exception_takes_two_people",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_approved", None)),
                                fields=("account",),
                                name="cap_exception_is_asked_for_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
