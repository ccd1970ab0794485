import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.schema
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("registries", "0001_initial"),
        ("registries", "0002_history_repeats_public_ids"),
        ("registries", "0003_affiliations_are_found_by_country"),
        ("registries", "0004_authors_are_found_by_orcid"),
        ("registries", "0005_institutions_in_full"),
        ("registries", "0006_reference_tables"),
        ("registries", "0007_papers_in_columns"),
        ("registries", "0008_files_of_papers_say_more"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Country",
                    fields=[
                        ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                        ("code3", models.CharField(blank=True, default="", max_length=3)),
                        ("name_ja", models.CharField(max_length=100)),
                        ("name_en", models.CharField(max_length=100)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Holiday",
                    fields=[
                        ("on", models.DateField(primary_key=True, serialize=False)),
                        ("name_ja", models.CharField(max_length=100)),
                    ],
                ),
                migrations.CreateModel(
                    name="ExchangeRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "basis",
                            models.CharField(
                                choices=[("daily", "daily"), ("yearly_average", "yearly_average")], max_length=15
                            ),
                        ),
                        ("on", models.DateField()),
                        ("yen_per_unit", models.DecimalField(decimal_places=8, max_digits=18)),
                        ("source", models.CharField(max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("currency", "basis", "on", "source"), name="rate_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("yen_per_unit__gt", 0)), name="rate_is_above_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCountry",
                    fields=[
                        ("code", models.CharField(db_index=True, max_length=2)),
                        ("code3", models.CharField(blank=True, default="", max_length=3)),
                        ("name_ja", models.CharField(max_length=100)),
                        ("name_en", models.CharField(max_length=100)),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                    ],
                    options={
                        "verbose_name": "historical country",
                        "verbose_name_plural": "historical countrys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInstitution",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("public_id", kernel.ids.PublicIdField(db_index=True, unique=False)),
                        ("ror_id", models.CharField(db_index=True, max_length=9)),
                        ("name_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("name_kana", models.CharField(blank=True, default="", max_length=300)),
                        ("name_en", models.CharField(max_length=300)),
                        ("erad_code", models.CharField(blank=True, db_index=True, default="", max_length=20)),
                        ("country_code", models.CharField(db_index=True, max_length=2)),
                        ("city", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[("active", "active"), ("inactive", "inactive"), ("withdrawn", "withdrawn")],
                                max_length=12,
                            ),
                        ),
                        ("established", models.IntegerField(blank=True, null=True)),
                        ("kinds", models.JSONField(default=list)),
                        ("names", models.JSONField(default=list)),
                        ("locations", models.JSONField(default=list)),
                        ("relationships", models.JSONField(default=list)),
                        ("external_ids", models.JSONField(default=list)),
                        ("links", models.JSONField(default=list)),
                        ("domains", models.JSONField(default=list)),
                        ("modified_on", models.DateField(blank=True, null=True)),
                        ("search_text", models.TextField(blank=True, default="")),
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
                    ],
                    options={
                        "verbose_name": "historical institution",
                        "verbose_name_plural": "historical institutions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportRun",
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
                                    ("institutions", "institutions"),
                                    ("countries", "countries"),
                                    ("rates", "rates"),
                                    ("holidays", "holidays"),
                                    ("awards", "awards"),
                                    ("publications", "publications"),
                                    ("erad_codes", "erad_codes"),
                                    ("review_projects", "review_projects"),
                                    ("budget_items", "budget_items"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=255)),
                        ("sha256", models.CharField(max_length=64)),
                        ("read", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("refused", models.PositiveIntegerField(default=0)),
                        ("problems", models.JSONField(default=list)),
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
                    ],
                ),
                migrations.CreateModel(
                    name="Institution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("ror_id", models.CharField(max_length=9, unique=True)),
                        ("name_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("name_kana", models.CharField(blank=True, default="", max_length=300)),
                        ("name_en", models.CharField(max_length=300)),
                        ("erad_code", models.CharField(blank=True, db_index=True, default="", max_length=20)),
                        ("country_code", models.CharField(db_index=True, max_length=2)),
                        ("city", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[("active", "active"), ("inactive", "inactive"), ("withdrawn", "withdrawn")],
                                max_length=12,
                            ),
                        ),
                        ("established", models.IntegerField(blank=True, null=True)),
                        ("kinds", models.JSONField(default=list)),
                        ("names", models.JSONField(default=list)),
                        ("locations", models.JSONField(default=list)),
                        ("relationships", models.JSONField(default=list)),
                        ("external_ids", models.JSONField(default=list)),
                        ("links", models.JSONField(default=list)),
                        ("domains", models.JSONField(default=list)),
                        ("modified_on", models.DateField(blank=True, null=True)),
                        ("search_text", models.TextField(blank=True, default="")),
                    ],
                    options={
                        "indexes": [models.Index(fields=["country_code", "name_en"], name="institutions_by_country")],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("doi", models.CharField(blank=True, max_length=255, null=True, unique=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[("crossref", "crossref"), ("pubmed", "pubmed"), ("openalex", "openalex")],
                                max_length=12,
                            ),
                        ),
                        ("source_key", models.CharField(max_length=255)),
                        ("title", models.TextField(blank=True, default="")),
                        ("container", models.CharField(blank=True, default="", max_length=500)),
                        ("kind", models.CharField(blank=True, default="", max_length=60)),
                        ("year", models.IntegerField(null=True)),
                        ("published_on", models.DateField(null=True)),
                        ("is_retracted", models.BooleanField(default=False)),
                        ("is_correction", models.BooleanField(default=False)),
                        ("funding_text", models.TextField(blank=True, default="")),
                        ("award_numbers", models.JSONField(default=list)),
                        ("author_count", models.PositiveIntegerField(default=0)),
                        ("country_codes", models.JSONField(default=list)),
                        (
                            "imported_by_run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.importrun",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["year", "id"], name="publications_by_year")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "source_key"), name="publication_is_there_once_a_source"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Author",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("family", models.CharField(blank=True, default="", max_length=300)),
                        ("given", models.CharField(blank=True, default="", max_length=300)),
                        ("orcid", models.CharField(blank=True, default="", max_length=19)),
                        ("is_group", models.BooleanField(default=False)),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authors",
                                to="registries.publication",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("orcid", ""), _negated=True),
                                fields=["orcid"],
                                name="authors_by_orcid",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "position"), name="author_has_one_position")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisteredAward",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("agency_ror_id", models.CharField(max_length=9)),
                        ("agency_name", models.CharField(max_length=200)),
                        ("number", models.CharField(max_length=60)),
                        ("title", models.TextField(blank=True, default="")),
                        ("abstract", models.TextField(blank=True, default="")),
                        ("pi_name", models.CharField(blank=True, default="", max_length=200)),
                        ("pi_email", models.EmailField(blank=True, default="", max_length=254)),
                        ("institution_name", models.CharField(blank=True, default="", max_length=300)),
                        ("country_code", models.CharField(max_length=2)),
                        ("amount", models.BigIntegerField(null=True)),
                        ("currency", models.CharField(max_length=3)),
                        ("starts_on", models.DateField(null=True)),
                        ("ends_on", models.DateField(null=True)),
                        ("source_url", models.URLField(blank=True, default="", max_length=400)),
                        (
                            "imported_by_run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.importrun",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency_ror_id", "number"), name="registered_award_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on", None),
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="registered_award_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewProject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("review_year", models.IntegerField(null=True)),
                        ("name", models.CharField(max_length=300)),
                        ("ministry", models.CharField(max_length=200)),
                        ("bureau", models.CharField(blank=True, default="", max_length=200)),
                        ("category", models.CharField(blank=True, default="", max_length=60)),
                        ("purpose", models.TextField(blank=True, default="")),
                        ("issues", models.TextField(blank=True, default="")),
                        ("outline", models.TextField(blank=True, default="")),
                        ("addresses", models.JSONField(default=list)),
                        ("start_year", models.IntegerField(null=True)),
                        ("end_year", models.IntegerField(null=True)),
                        ("major_expense", models.CharField(blank=True, default="", max_length=100)),
                        ("methods", models.JSONField(default=list)),
                        ("remarks", models.TextField(blank=True, default="")),
                        ("old_number", models.CharField(blank=True, default="", max_length=40)),
                        ("search_text", models.TextField(blank=True, default="")),
                        (
                            "imported_by_run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.importrun",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Affiliation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("country_code", models.CharField(blank=True, default="", max_length=2)),
                        ("institution_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="affiliations",
                                to="registries.author",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["country_code", "author"], name="affiliations_by_country")],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("key", models.CharField(max_length=60, unique=True)),
                        ("fiscal_year", models.IntegerField()),
                        (
                            "account",
                            models.CharField(
                                choices=[("general", "general"), ("special", "special"), ("agency", "agency")],
                                max_length=8,
                            ),
                        ),
                        ("budget", models.CharField(max_length=40)),
                        ("ministry", models.CharField(max_length=200)),
                        ("organisation", models.CharField(blank=True, default="", max_length=100)),
                        ("special_account", models.CharField(blank=True, default="", max_length=100)),
                        ("section_code", models.CharField(blank=True, default="", max_length=10)),
                        ("section", models.CharField(blank=True, default="", max_length=200)),
                        ("major_expense", models.CharField(blank=True, default="", max_length=100)),
                        ("name", models.CharField(max_length=300)),
                        ("description", models.TextField(blank=True, default="")),
                        ("amount", models.BigIntegerField()),
                        ("previous", models.BigIntegerField(null=True)),
                        ("current", models.BigIntegerField(null=True)),
                        ("spent", models.BigIntegerField(null=True)),
                        ("carried_over", models.BigIntegerField(null=True)),
                        ("unused", models.BigIntegerField(null=True)),
                        ("page", models.PositiveIntegerField(null=True)),
                        ("address", models.URLField(blank=True, default="", max_length=400)),
                        ("search_text", models.TextField(blank=True, default="")),
                        (
                            "imported_by_run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.importrun",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["fiscal_year", "budget", "id"], name="budget_items_by_year")],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionSuccession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("successor_ror_id", models.CharField(max_length=9)),
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successions",
                                to="registries.institution",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("predecessor", "successor_ror_id"), name="succession_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("name", models.CharField(max_length=255)),
                        ("sha256", models.CharField(max_length=64)),
                        ("source", models.CharField(max_length=120)),
                        ("licence", models.CharField(blank=True, default="", max_length=200)),
                        ("dated", models.DateField()),
                        ("read", models.PositiveBigIntegerField(default=0)),
                        ("kept", models.PositiveBigIntegerField(default=0)),
                        ("refused", models.PositiveBigIntegerField(default=0)),
                        ("repeated", models.PositiveBigIntegerField(default=0)),
                        ("first_year", models.IntegerField(null=True)),
                        ("last_year", models.IntegerField(null=True)),
                        ("problems", models.JSONField(default=list)),
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
                            "content",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sha256", "source", "dated"), name="paper_file_is_there_once_a_source_and_day"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
