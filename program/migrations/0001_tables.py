import datetime
import django.core.validators
import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.schema
import program.enums
import program.rules.milestones
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("program", "0001_initial"),
        ("program", "0002_envelope_triggers"),
        ("program", "0003_history_repeats_public_ids"),
        ("program", "0004_envelope_sum_by_entries"),
        ("program", "0005_parts_have_public_ids"),
        ("program", "0006_evidence_in_both_languages"),
        ("program", "0007_designations_are_reviewed_signed_and_renewed"),
        ("program", "0008_decided_dossiers_are_versions"),
        ("program", "0009_forms_have_fields"),
        ("program", "0010_call_dates_types_documents"),
        ("program", "0011_programme_in_full"),
        ("program", "0012_consultations_have_participants_points_and_files"),
        ("program", "0013_evidence_from_publications"),
        ("program", "0014_caps_of_support_types"),
        ("program", "0015_yearly_amounts_are_caps"),
        ("program", "0016_divisions_and_consultations_in_both_languages"),
        ("program", "0017_office_hours_of_agencies"),
        ("program", "0018_decided_dossiers_are_dropped"),
        ("program", "0019_indicators_side_by_side"),
        ("program", "0020_exchange_target_and_part_years"),
        ("program", "0021_institutions_approve"),
        ("program", "0022_agreements_keep_what_was_shown"),
        ("program", "0023_changes_of_announced_calls"),
        ("program", "0024_caps_of_several_currencies"),
        ("program", "0025_agencies_have_checklists"),
        ("program", "0026_calls_say_when_to_remind"),
        ("program", "0027_calls_ask_for_notices"),
        ("program", "0028_calls_want_statements"),
        ("program", "0029_files_of_a_field_have_bounds"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_tables"),
        ("registries", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("held_on", models.DateField()),
                        ("offices_ja", models.CharField(max_length=300)),
                        ("offices_en", models.CharField(blank=True, default="", max_length=300)),
                        ("participants_ja", models.TextField(blank=True, default="")),
                        ("participants_en", models.TextField(blank=True, default="")),
                        ("points_ja", models.TextField()),
                        ("points_en", models.TextField(blank=True, default="")),
                        ("answer_ja", models.TextField(blank=True, default="")),
                        ("answer_en", models.TextField(blank=True, default="")),
                        (
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultations",
                                to="program.designation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CountryGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("code", models.SlugField(max_length=40)),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="country_groups",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "code"), name="country_group_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Field",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("code", models.SlugField(max_length=40)),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("description_ja", models.TextField(blank=True, default="")),
                        ("description_en", models.TextField(blank=True, default="")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fields",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "code"), name="field_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormSection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("text", "text"), ("fields", "fields")],
                                default=program.enums.SectionKind["TEXT"],
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("help_ja", models.TextField(blank=True, default="")),
                        ("help_en", models.TextField(blank=True, default="")),
                        ("limit", models.PositiveIntegerField(default=2000)),
                        (
                            "unit",
                            models.CharField(
                                choices=[("characters", "characters"), ("words", "words")],
                                default=program.enums.LimitUnit["CHARACTERS"],
                                max_length=10,
                            ),
                        ),
                        ("is_required", models.BooleanField(default=True)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="program.formversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "key"), name="form_section_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
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
                            models.CharField(choices=[("output", "output"), ("outcome", "outcome")], max_length=8),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("dispatched", "dispatched"),
                                    ("received", "received"),
                                    ("coauthored_papers", "coauthored_papers"),
                                    ("entered", "entered"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("unit_ja", models.CharField(max_length=20)),
                        ("unit_en", models.CharField(max_length=20)),
                        ("definition_ja", models.TextField(blank=True, default="")),
                        ("definition_en", models.TextField(blank=True, default="")),
                        ("source_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("source_en", models.CharField(blank=True, default="", max_length=300)),
                        ("counts_fiscal_years", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("title_ja", models.CharField(max_length=200)),
                        ("title_en", models.CharField(max_length=200)),
                        ("summary_ja", models.TextField(blank=True, default="")),
                        ("summary_en", models.TextField(blank=True, default="")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("partner_funded", "partner_funded"),
                                    ("joint_call", "joint_call"),
                                    ("lead_agency", "lead_agency"),
                                ],
                                default=program.enums.CallMode["JOINT_CALL"],
                                max_length=15,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[("1", "1"), ("2", "2"), ("3", "3")],
                                default=program.enums.Tier["BOTH_AGENCIES"],
                                max_length=1,
                            ),
                        ),
                        (
                            "agreement",
                            models.CharField(
                                choices=[
                                    ("both_recommend", "both_recommend"),
                                    ("negotiation", "negotiation"),
                                    ("joint_panel", "joint_panel"),
                                    ("lead_confirmed", "lead_confirmed"),
                                ],
                                default=program.enums.AgreementModel["BOTH_RECOMMEND"],
                                max_length=15,
                            ),
                        ),
                        ("opens_at", models.DateTimeField()),
                        ("deadline_at", models.DateTimeField()),
                        (
                            "notice",
                            models.CharField(
                                choices=[("off", "off"), ("optional", "optional"), ("required", "required")],
                                default=program.enums.NoticeRule["OFF"],
                                max_length=8,
                            ),
                        ),
                        ("notice_deadline_at", models.DateTimeField(blank=True, null=True)),
                        ("first_year", models.IntegerField()),
                        ("min_years", models.PositiveSmallIntegerField(default=1)),
                        ("max_years", models.PositiveSmallIntegerField(default=5)),
                        ("indirect_percent", models.PositiveSmallIntegerField(default=30)),
                        ("sufficient_yearly_yen", models.BigIntegerField(blank=True, null=True)),
                        ("exchange_target_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("caps_by_month", models.BooleanField(default=False)),
                        ("needs_approval", models.BooleanField(default=True)),
                        ("required_statements", models.CharField(blank=True, default="", max_length=120)),
                        ("reminder_days", models.CharField(blank=True, default="14, 7, 2, 1", max_length=60)),
                        ("reminders_since", models.DateTimeField(editable=False, null=True)),
                        (
                            "feedback",
                            models.CharField(
                                choices=[("nothing", "nothing"), ("means", "means"), ("means_and_n", "means_and_n")],
                                default="means",
                                max_length=12,
                            ),
                        ),
                        ("appeal_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                    ("review", "review"),
                                    ("decided", "decided"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("last_receipt", models.PositiveIntegerField(default=0, editable=False)),
                        ("last_notice", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "lead_agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_calls",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "open", "closed", "review", "decided", "cancelled"])
                                ),
                                name="call_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("deadline_at__gt", models.F("opens_at"))),
                                name="call_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("max_years__gte", models.F("min_years")), ("min_years__gte", 1)),
                                name="call_years_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("max_years__gte", 5)), name="call_permits_five_years"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mode__in", ["joint_call", "lead_agency"]), ("tier", "3")),
                                    models.Q(("mode", "partner_funded"), ("tier__in", ["2", "3"])),
                                    _connector="OR",
                                ),
                                name="call_mode_fits_tier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("exchange_target_percent", None),
                                    ("exchange_target_percent__lte", 100),
                                    _connector="OR",
                                ),
                                name="call_exchange_target_at_most_all",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice", "off"), ("notice_deadline_at", None)),
                                    models.Q(
                                        ("notice__in", ["optional", "required"]),
                                        ("notice_deadline_at__gt", models.F("opens_at")),
                                        ("notice_deadline_at__isnull", False),
                                        ("notice_deadline_at__lt", models.F("deadline_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="call_notice_has_its_deadline",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAgency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("must_agree", models.BooleanField(default=True)),
                        ("signs_in", models.BooleanField(default=True)),
                        ("second_pair", models.BooleanField(default=False)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
                        ("checklist", models.JSONField(blank=True, default=list)),
                        ("zone", models.CharField(blank=True, default="", max_length=40)),
                        ("office_opens", models.TimeField(default=datetime.time(9, 0))),
                        ("office_closes", models.TimeField(default=datetime.time(17, 0))),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_agencies",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="call_agencies",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "agency"), name="call_agency_is_there_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="call_agency_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on_behalf", models.BooleanField(default=False)),
                        ("letter_dated", models.DateField(null=True)),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("digest", models.CharField(max_length=64)),
                        ("shown", models.TextField(blank=True, default="")),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                            ),
                        ),
                        (
                            "part",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreement",
                                to="program.callagency",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_behalf", False),
                                    models.Q(
                                        ("letter__isnull", False),
                                        ("letter_dated__isnull", False),
                                        ("recorded_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="call_agreement_on_behalf_has_its_letter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="call_agreement_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("reason_ja", models.TextField()),
                        ("reason_en", models.TextField()),
                        ("rows", models.JSONField(default=list)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="program.call"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="CallDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("added_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="program.call"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title_ja", models.CharField(max_length=200)),
                        ("title_en", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="program.consultation",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConsultationPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("point_ja", models.TextField()),
                        ("point_en", models.TextField(blank=True, default="")),
                        ("answer_ja", models.TextField(blank=True, default="")),
                        ("answer_en", models.TextField(blank=True, default="")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="raised",
                                to="program.consultation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CountryGroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registries.country"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="program.countrygroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "country", "starts_on"), name="group_member_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="group_member_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Designation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("summary_ja", models.TextField(blank=True, default="")),
                        ("summary_en", models.TextField(blank=True, default="")),
                        ("division_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("division_en", models.CharField(blank=True, default="", max_length=200)),
                        ("director_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("director_en", models.CharField(blank=True, default="", max_length=200)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("proposed", "proposed"),
                                    ("reviewed", "reviewed"),
                                    ("signed", "signed"),
                                    ("decided", "decided"),
                                    ("suspended", "suspended"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(null=True)),
                        ("review_comment", models.TextField(blank=True, default="")),
                        ("signed_at", models.DateTimeField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.country",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="program.countrygroup",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewals",
                                to="program.designation",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="designations",
                                to="program.field",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="designations",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "proposed",
                                            "reviewed",
                                            "signed",
                                            "decided",
                                            "suspended",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="designation_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("country", None), ("group__isnull", False)),
                                    models.Q(("country__isnull", False), ("group", None)),
                                    _connector="OR",
                                ),
                                name="designation_has_country_or_group",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="designation_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("valid_from__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="designation_decided_has_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="designation_needs_two_officers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    ("signed_by", None),
                                    models.Q(("decided_by", models.F("signed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="designation_needs_two_signatures",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_by", None),
                                    models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="designation_is_reviewed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallDesignation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="call_designations",
                                to="program.call",
                            ),
                        ),
                        (
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_designations",
                                to="program.designation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "designation"), name="call_designation_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DesignationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("suspended", "suspended"),
                                    ("resumed", "resumed"),
                                    ("ended", "ended"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reason", models.TextField(blank=True, default="")),
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
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="program.designation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DossierVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("decided", "decided"),
                                    ("renewed", "renewed"),
                                    ("kept", "kept"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="program.designation",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("designation", "number"), name="dossier_version_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("fiscal_year", models.IntegerField()),
                        ("appropriated", models.BigIntegerField(default=0)),
                        ("committed", models.BigIntegerField(default=0)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="envelopes",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="envelopes",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "agency", "fiscal_year"), name="envelope_is_there_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("committed__lte", models.F("appropriated"))),
                                name="envelope_is_not_exceeded",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("committed__gte", 0)), name="envelope_commitment_not_below_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnvelopeEntry",
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
                                    ("request", "request"),
                                    ("appropriation", "appropriation"),
                                    ("addition", "addition"),
                                    ("reduction", "reduction"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("reason", models.CharField(max_length=300)),
                        ("source", models.CharField(blank=True, default="", max_length=300)),
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
                            "envelope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="program.envelope",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__lt", 0), ("kind", "reduction")),
                                    models.Q(models.Q(("kind", "reduction"), _negated=True), ("amount__gt", 0)),
                                    _connector="OR",
                                ),
                                name="envelope_entry_has_its_sign",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("kind", models.CharField(choices=[("benefit", "benefit"), ("loss", "loss")], max_length=8)),
                        ("measure_ja", models.CharField(max_length=200)),
                        ("measure_en", models.CharField(blank=True, default="", max_length=200)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("unit_ja", models.CharField(max_length=40)),
                        ("unit_en", models.CharField(blank=True, default="", max_length=40)),
                        ("year", models.IntegerField()),
                        ("source_ja", models.CharField(max_length=300)),
                        ("source_en", models.CharField(blank=True, default="", max_length=300)),
                        ("source_url", models.URLField(blank=True, default="", max_length=400)),
                        (
                            "score",
                            models.SmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(-2),
                                    django.core.validators.MaxValueValidator(2),
                                ]
                            ),
                        ),
                        ("reason_ja", models.TextField()),
                        ("reason_en", models.TextField(blank=True, default="")),
                        ("weight", models.PositiveSmallIntegerField(default=1)),
                        ("origin", models.CharField(blank=True, default="", max_length=12)),
                        ("added_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="program.designation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", -2), ("score__lte", 2)),
                                name="evidence_score_in_range",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldDefinition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField()),
                        ("terms", models.JSONField(default=list)),
                        ("subjects", models.JSONField(default=list)),
                        ("journals", models.JSONField(default=list)),
                        ("exclusions", models.JSONField(default=list)),
                        ("note", models.TextField(blank=True, default="")),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "field",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="definitions",
                                to="program.field",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("field", "number"), name="field_definition_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("first_year", models.IntegerField()),
                        ("last_year", models.IntegerField()),
                        ("source", models.JSONField()),
                        ("partners", models.JSONField()),
                        ("figures", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("paper_count", models.PositiveBigIntegerField()),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
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
                            "papers",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence_runs",
                                to="program.field",
                            ),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="program.fielddefinition",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["field", "-id"], name="evidence_runs_of_field")],
                    },
                ),
                migrations.CreateModel(
                    name="FormField",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "text"),
                                    ("number", "number"),
                                    ("yen_table", "yen_table"),
                                    ("choice", "choice"),
                                    ("date", "date"),
                                    ("file", "file"),
                                    ("person", "person"),
                                    ("organisation", "organisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("help_ja", models.TextField(blank=True, default="")),
                        ("help_en", models.TextField(blank=True, default="")),
                        ("is_required", models.BooleanField(default=True)),
                        ("limit", models.PositiveIntegerField(default=400)),
                        (
                            "unit",
                            models.CharField(
                                choices=[("characters", "characters"), ("words", "words")],
                                default=program.enums.LimitUnit["CHARACTERS"],
                                max_length=10,
                            ),
                        ),
                        ("lowest", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                        ("highest", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                        ("measure_ja", models.CharField(blank=True, default="", max_length=30)),
                        ("measure_en", models.CharField(blank=True, default="", max_length=30)),
                        ("options", models.JSONField(default=list)),
                        ("file_kinds", models.JSONField(default=list)),
                        ("most_megabytes", models.PositiveSmallIntegerField(null=True)),
                        ("most_pages", models.PositiveSmallIntegerField(null=True)),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fields",
                                to="program.formsection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("section", "key"), name="form_field_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("frozen_at", models.DateTimeField(null=True)),
                        ("reason_ja", models.CharField(blank=True, default="", max_length=400)),
                        ("reason_en", models.CharField(blank=True, default="", max_length=400)),
                        ("trial_begun_at", models.DateTimeField(null=True)),
                        ("tried_at", models.DateTimeField(null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="form_versions",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "number"), name="form_version_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("excellence", "excellence"),
                                    ("partner", "partner"),
                                    ("people", "people"),
                                    ("plan", "plan"),
                                    ("priority", "priority"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("help_ja", models.TextField(blank=True, default="")),
                        ("help_en", models.TextField(blank=True, default="")),
                        ("weight", models.PositiveSmallIntegerField(default=1)),
                        ("lowest", models.SmallIntegerField(default=1)),
                        ("highest", models.SmallIntegerField(default=5)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("high_is_best", "high_is_best"), ("low_is_best", "low_is_best")],
                                default=program.enums.ScaleDirection["HIGH_IS_BEST"],
                                max_length=15,
                            ),
                        ),
                        ("anchors", models.JSONField(default=dict)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="program.formversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("highest__gt", models.F("lowest"))),
                                name="criterion_scale_has_steps",
                            ),
                            models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="criterion_has_weight"),
                            models.UniqueConstraint(fields=("version", "position"), name="criterion_has_one_position"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Baseline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.IntegerField()),
                        ("is_fiscal_year", models.BooleanField(default=True)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("source_ja", models.CharField(max_length=300)),
                        ("source_en", models.CharField(max_length=300)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="baselines",
                                to="program.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year"],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "year"), name="baseline_is_there_once_a_year")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fiscal_year", models.IntegerField()),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("source_ja", models.CharField(max_length=300)),
                        ("source_en", models.CharField(max_length=300)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="program.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["fiscal_year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "fiscal_year"), name="target_is_there_once_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("year", models.IntegerField()),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("source_ja", models.CharField(max_length=300)),
                        ("source_en", models.CharField(blank=True, default="", max_length=300)),
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
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="program.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "year"), name="indicator_value_is_there_once_a_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                                    ("opening", "opening"),
                                    ("notice_of_intent", "notice_of_intent"),
                                    ("intent_check", "intent_check"),
                                    ("full_proposal", "full_proposal"),
                                    ("eligibility", "eligibility"),
                                    ("review", "review"),
                                    ("interview", "interview"),
                                    ("panel", "panel"),
                                    ("decision", "decision"),
                                    ("start", "start"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("at", models.TimeField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("note_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("note_en", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "kind"), name="milestone_is_there_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="milestone_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("at", None), ("ends_on", None), _connector="OR"),
                                name="milestone_has_an_hour_or_several_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title_ja", models.CharField(max_length=300)),
                        ("title_en", models.CharField(blank=True, default="", max_length=300)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("url", models.URLField(blank=True, default="", max_length=400)),
                        (
                            "designation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="policies",
                                to="program.designation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("title_ja", models.CharField(max_length=200)),
                        ("title_en", models.CharField(max_length=200)),
                        ("purpose_ja", models.TextField(blank=True, default="")),
                        ("purpose_en", models.TextField(blank=True, default="")),
                        ("outline_ja", models.TextField(blank=True, default="")),
                        ("outline_en", models.TextField(blank=True, default="")),
                        ("issues_ja", models.TextField(blank=True, default="")),
                        ("issues_en", models.TextField(blank=True, default="")),
                        ("first_year", models.IntegerField()),
                        ("last_year", models.IntegerField()),
                        ("currency", models.CharField(default="JPY", max_length=3)),
                        ("year_begins_in_month", models.PositiveSmallIntegerField(default=4)),
                        ("zone", models.CharField(default="Asia/Tokyo", max_length=60)),
                        (
                            "fund_model",
                            models.CharField(
                                choices=[("multi_year", "multi_year"), ("single_year", "single_year")],
                                default=program.enums.FundModel["MULTI_YEAR"],
                                max_length=12,
                            ),
                        ),
                        (
                            "default_tier",
                            models.CharField(
                                choices=[("1", "1"), ("2", "2"), ("3", "3")],
                                default=program.enums.Tier["BOTH_AGENCIES"],
                                max_length=1,
                            ),
                        ),
                        ("review_number", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "ministry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="programme_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year_begins_in_month__gte", 1), ("year_begins_in_month__lte", 12)),
                                name="programme_month_exists",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalField",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("public_id", kernel.ids.PublicIdField(db_index=True, unique=False)),
                        ("code", models.SlugField(max_length=40)),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("description_ja", models.TextField(blank=True, default="")),
                        ("description_en", models.TextField(blank=True, default="")),
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
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical field",
                        "verbose_name_plural": "historical fields",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ProgrammeEvaluation",
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
                                    ("ex_ante", "ex_ante"),
                                    ("interim", "interim"),
                                    ("ex_post", "ex_post"),
                                    ("follow_up", "follow_up"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("year", models.IntegerField()),
                        ("planned_on", models.DateField(blank=True, null=True)),
                        ("remind_days", models.PositiveSmallIntegerField(default=90)),
                        ("held_on", models.DateField(blank=True, null=True)),
                        ("note_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("note_en", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evaluations",
                                to="program.programme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SourcedFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("about", models.CharField(max_length=40)),
                        ("value_ja", models.CharField(max_length=300)),
                        ("value_en", models.CharField(max_length=300)),
                        ("source_ja", models.CharField(max_length=300)),
                        ("source_en", models.CharField(max_length=300)),
                        ("dated", models.CharField(max_length=20)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facts",
                                to="program.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "about", "source_ja"), name="fact_is_there_once_a_source"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportType",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("key", models.SlugField(max_length=40)),
                        ("title_ja", models.CharField(max_length=120)),
                        ("title_en", models.CharField(max_length=120)),
                        ("summary_ja", models.TextField(blank=True, default="")),
                        ("summary_en", models.TextField(blank=True, default="")),
                        ("min_years", models.PositiveSmallIntegerField()),
                        ("max_years", models.PositiveSmallIntegerField()),
                        ("yearly_yen", models.BigIntegerField(blank=True, null=True)),
                        ("early_career_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("early_career_en", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="support_types",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "key"), name="support_type_is_there_once"),
                            models.CheckConstraint(
                                condition=models.Q(("max_years__gte", models.F("min_years")), ("min_years__gte", 1)),
                                name="support_type_years_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("yearly_yen", None), ("yearly_yen__gt", 0), _connector="OR"),
                                name="support_type_cap_is_above_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallCap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("amount", models.BigIntegerField()),
                        ("currency", models.CharField(default="JPY", max_length=3)),
                        (
                            "basis",
                            models.CharField(
                                choices=[("total", "total"), ("direct", "direct")],
                                default=program.enums.CapBasis["TOTAL"],
                                max_length=8,
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[("fiscal_year", "fiscal_year"), ("whole_term", "whole_term")],
                                default=program.enums.CapPeriod["FISCAL_YEAR"],
                                max_length=12,
                            ),
                        ),
                        ("limit_yen", models.BigIntegerField(editable=False, null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="caps", to="program.call"
                            ),
                        ),
                        (
                            "rate",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.exchangerate",
                            ),
                        ),
                        (
                            "support_type",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="caps",
                                to="program.supporttype",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="cap_is_above_zero"),
                            models.UniqueConstraint(
                                condition=models.Q(("support_type", None)),
                                fields=("call", "basis", "period", "currency"),
                                name="cap_is_there_once_for_all",
                            ),
                            models.UniqueConstraint(
                                fields=("support_type", "basis", "period", "currency"), name="cap_is_there_once_a_type"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("funder_id", models.CharField(blank=True, default="", max_length=20)),
                        ("award_number_pattern", models.CharField(blank=True, default="", max_length=200)),
                        ("award_number_examples", models.TextField(blank=True, default="")),
                        ("project_number_format", models.CharField(blank=True, default="", max_length=60)),
                        ("currency", models.CharField(default="JPY", max_length=3)),
                        ("early_career_ja", models.CharField(blank=True, default="", max_length=300)),
                        ("early_career_en", models.CharField(blank=True, default="", max_length=300)),
                        ("office_zone", models.CharField(blank=True, default="", max_length=40)),
                        ("office_opens", models.TimeField(default=datetime.time(9, 0))),
                        ("office_closes", models.TimeField(default=datetime.time(17, 0))),
                        (
                            "closed_days",
                            models.JSONField(blank=True, default=program.rules.milestones.saturday_and_sunday),
                        ),
                        (
                            "agency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_profile",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("office_closes__gt", models.F("office_opens"))),
                                name="office_closes_after_it_opens",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
