import accounts.enums
import django.db.models.deletion
import django.db.models.functions.text
import kernel.clock
import kernel.ids
import kernel.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_history_repeats_public_ids"),
        ("accounts", "0003_institutions_are_merged"),
        ("accounts", "0004_roles_are_asked_for"),
        ("accounts", "0005_institutions_have_deputies"),
        ("accounts", "0006_people_hold_posts"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        (
                            "language",
                            models.CharField(
                                choices=[("ja", "Japanese"), ("en", "English")], default="ja", max_length=5
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_staff", models.BooleanField(default=False)),
                        ("date_joined", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"), name="user_email_unique_in_any_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ministry", "ministry"),
                                    ("funding_agency", "funding_agency"),
                                    ("research_institution", "research_institution"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("name_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("name_en", models.CharField(blank=True, default="", max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                        ("country_code", models.CharField(max_length=2)),
                        ("ror_id", models.CharField(blank=True, max_length=9, null=True, unique=True)),
                        ("erad_code", models.CharField(blank=True, default="", max_length=20)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_ja", ""), _negated=True),
                                name="organisation_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_is_not_merged_into_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("ministry_officer", "ministry_officer"),
                                    ("programme_officer", "programme_officer"),
                                    ("approver", "approver"),
                                    ("field_supervisor", "field_supervisor"),
                                    ("researcher", "researcher"),
                                    ("institution_officer", "institution_officer"),
                                    ("institution_deputy", "institution_deputy"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="membership_ends_after_it_starts",
                            ),
                            models.UniqueConstraint(
                                fields=("person", "organisation", "role", "starts_on"), name="membership_is_there_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalOrganisation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("public_id", kernel.ids.PublicIdField(db_index=True, unique=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ministry", "ministry"),
                                    ("funding_agency", "funding_agency"),
                                    ("research_institution", "research_institution"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("name_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("name_en", models.CharField(blank=True, default="", max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                        ("country_code", models.CharField(max_length=2)),
                        ("ror_id", models.CharField(blank=True, db_index=True, max_length=9, null=True)),
                        ("erad_code", models.CharField(blank=True, default="", max_length=20)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical organisation",
                        "verbose_name_plural": "historical organisations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="OrganisationMerge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("reason", models.CharField(max_length=300)),
                        ("moved", models.JSONField(default=dict)),
                        ("before", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "merged",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges_away",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "undone_by",
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
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None)),
                                fields=("merged",),
                                name="organisation_is_merged_away_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("family_kanji", models.CharField(blank=True, default="", max_length=100)),
                        ("given_kanji", models.CharField(blank=True, default="", max_length=100)),
                        ("family_kana", models.CharField(blank=True, default="", max_length=100)),
                        ("given_kana", models.CharField(blank=True, default="", max_length=100)),
                        ("family_romaji", models.CharField(blank=True, default="", max_length=100)),
                        ("given_romaji", models.CharField(blank=True, default="", max_length=100)),
                        ("email", models.EmailField(blank=True, default="", max_length=254)),
                        ("orcid", models.CharField(blank=True, default="", max_length=19)),
                        ("erad_number", models.CharField(blank=True, default="", max_length=8)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="person",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["email"], name="person_by_email")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("family_kanji", ""),
                                    ("family_romaji", ""),
                                    ("given_kanji", ""),
                                    ("given_romaji", ""),
                                    _negated=True,
                                ),
                                name="person_has_a_name",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("orcid", ""), _negated=True),
                                fields=("orcid",),
                                name="person_orcid_unique",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("ministry_officer", "ministry_officer"),
                                    ("programme_officer", "programme_officer"),
                                    ("approver", "approver"),
                                    ("field_supervisor", "field_supervisor"),
                                    ("researcher", "researcher"),
                                    ("institution_officer", "institution_officer"),
                                    ("institution_deputy", "institution_deputy"),
                                ],
                                max_length=25,
                            ),
                        ),
                        ("institution_name", models.CharField(max_length=300)),
                        ("ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("note", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("granted", "granted"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=kernel.clock.now)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
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
                            "membership",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership_requests",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership_requests",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "granted", "refused", "withdrawn"])),
                                name="membership_request_state_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("person", "role", "institution_name"),
                                name="membership_is_asked_for_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("post", "post"), ("side_job", "side_job")],
                                default=accounts.enums.PostKind["POST"],
                                max_length=10,
                            ),
                        ),
                        ("institution_name", models.CharField(max_length=300)),
                        ("institution_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("department_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("department_en", models.CharField(blank=True, default="", max_length=200)),
                        ("title_ja", models.CharField(blank=True, default="", max_length=100)),
                        ("title_en", models.CharField(blank=True, default="", max_length=100)),
                        ("starts_on", models.DateField(null=True)),
                        ("ends_on", models.DateField(null=True)),
                        ("is_main", models.BooleanField(default=False)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-is_main", "kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_main", True)),
                                fields=("person",),
                                name="person_has_one_main_post",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on", None),
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="post_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title_en", ""), ("title_ja", ""), _negated=True),
                                name="post_has_a_title",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
