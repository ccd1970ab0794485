import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.outbox.kinds
import kernel.schema
import proposals.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("proposals", "0001_initial"),
        ("proposals", "0002_version_of_each_part"),
        ("proposals", "0003_answers_on_behalf"),
        ("proposals", "0004_other_grants"),
        ("proposals", "0005_forms_have_fields"),
        ("proposals", "0006_signatures"),
        ("proposals", "0007_tests_of_forms"),
        ("proposals", "0008_support_types"),
        ("proposals", "0009_members_have_tasks"),
        ("proposals", "0010_saved_filters"),
        ("proposals", "0011_institutions_approve"),
        ("proposals", "0012_budgets_of_institutions"),
        ("proposals", "0013_mail_runs"),
        ("proposals", "0014_invitations"),
        ("proposals", "0015_voided_signatures_are_told"),
        ("proposals", "0016_stays_cost_money"),
        ("proposals", "0017_proposals_are_declined"),
        ("proposals", "0018_proposed_changes"),
        ("proposals", "0019_section_history"),
        ("proposals", "0020_awards_from_the_register"),
        ("proposals", "0021_verdicts_hold_the_checklist"),
        ("proposals", "0022_verdicts_on_points_of_awards"),
        ("proposals", "0023_proposals_are_returned_for_correction"),
        ("proposals", "0024_awards_raise_alerts"),
        ("proposals", "0025_members_take_part"),
        ("proposals", "0026_collected_elsewhere_and_erad"),
        ("proposals", "0027_letters_are_written_in_the_background"),
        ("proposals", "0028_notices_of_intent"),
        ("proposals", "0029_standing_of_partners"),
        ("proposals", "0030_statements_on_compliance"),
        ("proposals", "0031_hints_of_overlap"),
        ("proposals", "0032_awards_are_asked_about"),
        ("proposals", "0033_posts_stand_with_the_team"),
        ("proposals", "0034_reviewers_not_wanted"),
        ("proposals", "0035_withdrawn_before_the_deadline"),
        ("proposals", "0036_texts_are_compared_anew"),
        ("proposals", "0037_decisions_are_published_later"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_tables"),
        ("program", "0001_tables"),
        ("registries", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="BudgetInstitution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("name", models.CharField(max_length=300)),
                        ("ror_id", models.CharField(blank=True, default="", max_length=9)),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_institutions",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "key"), name="budget_institution_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EradRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    name="Intake",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "key",
                            models.CharField(
                                choices=[("number", "number"), ("erad_application", "erad_application")], max_length=20
                            ),
                        ),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="program.call"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.storedfile"
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
                ),
                migrations.CreateModel(
                    name="MailRun",
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
                                    ("required", "required"),
                                    ("reminder", "reminder"),
                                    ("news", "news"),
                                    ("alert", "alert"),
                                ],
                                default=kernel.outbox.kinds.MailKind["REQUIRED"],
                                max_length=10,
                            ),
                        ),
                        (
                            "recipients",
                            models.CharField(
                                choices=[
                                    ("pi", "pi"),
                                    ("co_investigators", "co_investigators"),
                                    ("partner_pi", "partner_pi"),
                                    ("institution_officers", "institution_officers"),
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
                        ("written_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="NoticeOfIntent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("title_en", models.CharField(blank=True, default="", max_length=200)),
                        ("keywords", models.CharField(blank=True, default="", max_length=200)),
                        ("summary", models.TextField(blank=True, default="")),
                        ("family_kanji", models.CharField(blank=True, default="", max_length=100)),
                        ("given_kanji", models.CharField(blank=True, default="", max_length=100)),
                        ("family_romaji", models.CharField(blank=True, default="", max_length=100)),
                        ("given_romaji", models.CharField(blank=True, default="", max_length=100)),
                        ("email", models.EmailField(blank=True, default="", max_length=254)),
                        ("institution_name", models.CharField(blank=True, default="", max_length=300)),
                        ("institution_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("country_code", models.CharField(blank=True, default="", max_length=2)),
                        ("award_number", models.CharField(blank=True, default="", max_length=60)),
                        ("award_title", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("accepted", "accepted"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("number", models.CharField(max_length=30, null=True, unique=True)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
                        ("changed_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="program.call"
                            ),
                        ),
                        (
                            "designation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="program.designation",
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
                            "partner_agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "pi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "support_type",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="program.supporttype",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["call", "state", "id"], name="notices_by_call"),
                            models.Index(fields=["pi", "id"], name="notices_by_pi"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "accepted", "refused", "withdrawn"])
                                ),
                                name="notice_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "withdrawn"]),
                                    models.Q(("number__isnull", False), ("submitted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="notice_has_its_receipt",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeExclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exclusions",
                                to="proposals.noticeofintent",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("notice", "person"), name="notice_exclusion_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeVerdict",
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
                        (
                            "verdict",
                            models.CharField(
                                choices=[("yes", "yes"), ("advice", "advice"), ("no", "no")], max_length=6
                            ),
                        ),
                        ("reasons", models.TextField(blank=True, default="")),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
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
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="verdicts",
                                to="proposals.noticeofintent",
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
                            models.UniqueConstraint(
                                fields=("notice", "agency"), name="notice_verdict_is_given_once_an_agency"
                            ),
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
                                name="notice_verdict_on_behalf_has_its_letter",
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
                                name="notice_verdict_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("title_en", models.CharField(blank=True, default="", max_length=200)),
                        ("years", models.PositiveSmallIntegerField(default=5)),
                        ("first_month", models.PositiveSmallIntegerField(null=True)),
                        ("last_month", models.PositiveSmallIntegerField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("locked", "locked"),
                                    ("eligible", "eligible"),
                                    ("ineligible", "ineligible"),
                                    ("adopted", "adopted"),
                                    ("reserved", "reserved"),
                                    ("not_adopted", "not_adopted"),
                                    ("withdrawn", "withdrawn"),
                                    ("declined", "declined"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("core_version", models.PositiveIntegerField(default=1)),
                        ("budget_version", models.PositiveIntegerField(default=1)),
                        ("voided_told_at_version", models.PositiveIntegerField(default=0)),
                        ("is_test", models.BooleanField(default=False)),
                        ("extended_until", models.DateTimeField(null=True)),
                        ("receipt_number", models.CharField(max_length=30, null=True, unique=True)),
                        ("is_unreceived", models.BooleanField(default=False)),
                        ("collected", models.JSONField(default=dict)),
                        ("overlaps_seen", models.PositiveIntegerField(default=0)),
                        ("overlaps_due", models.BooleanField(default=False)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("told_state", models.CharField(blank=True, default="", max_length=20)),
                        ("told_from", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
                        ("changed_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "attachment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="program.call"
                            ),
                        ),
                        (
                            "designation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="program.designation",
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.formversion"
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="proposals.noticeofintent",
                            ),
                        ),
                        (
                            "pi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_proposals",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "support_type",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="program.supporttype",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["call", "state", "id"], name="proposals_by_call"),
                            models.Index(fields=["pi", "id"], name="proposals_by_pi"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "locked",
                                            "eligible",
                                            "ineligible",
                                            "adopted",
                                            "reserved",
                                            "not_adopted",
                                            "withdrawn",
                                            "declined",
                                        ],
                                    )
                                ),
                                name="proposal_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_test", False),
                                    models.Q(("receipt_number", None), ("state", "draft")),
                                    _connector="OR",
                                ),
                                name="test_proposal_stays_a_draft",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("notice",),
                                name="notice_has_one_proposal_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerAward",
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
                        ("number", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=300)),
                        ("pi_name", models.CharField(max_length=200)),
                        (
                            "pi_role",
                            models.CharField(
                                blank=True,
                                choices=[("pi", "pi"), ("co_pi", "co_pi"), ("other", "other")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        ("taken_over", models.JSONField(default=dict)),
                        ("amount", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("amount_yen", models.BigIntegerField(null=True)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "verdict",
                            models.CharField(
                                blank=True, choices=[("yes", "yes"), ("no", "no")], default="", max_length=3
                            ),
                        ),
                        ("verdict_reason", models.TextField(blank=True, default="")),
                        ("verdict_at", models.DateTimeField(null=True)),
                        ("points", models.JSONField(default=dict)),
                        ("share_exception", models.TextField(blank=True, default="")),
                        ("share_exception_at", models.DateTimeField(null=True)),
                        ("alerts", models.JSONField(default=list)),
                        ("alerts_noted_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
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
                            "evidence",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
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
                            "rate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registries.exchangerate",
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
                        (
                            "registered",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="registries.registeredaward",
                            ),
                        ),
                        (
                            "share_exception_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="awards",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="partner_award_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="partner_award_above_zero"
                            ),
                            models.UniqueConstraint(
                                fields=("proposal", "agency", "number"), name="partner_award_is_there_once"
                            ),
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
                                name="partner_award_on_behalf_has_its_letter",
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
                                name="partner_award_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OverlapFlag",
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
                                    ("person", "person"),
                                    ("effort", "effort"),
                                    ("text", "text"),
                                    ("grant", "grant"),
                                    ("award", "award"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        ("details", models.JSONField(default=dict)),
                        ("found_at", models.DateTimeField(default=kernel.clock.now)),
                        ("settlement", models.TextField(blank=True, default="")),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overlaps",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["other"], name="overlaps_by_other")],
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "key"), name="overlap_is_flagged_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_at", None),
                                        ("settled_by", None),
                                        ("settled_for", None),
                                        ("settlement", ""),
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                        ("settled_for__isnull", False),
                                        models.Q(("settlement", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="overlap_settlement_has_reason_and_officer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("status", models.CharField(choices=[("held", "held"), ("applied", "applied")], max_length=7)),
                        ("funder", models.CharField(max_length=200)),
                        ("title", models.CharField(max_length=300)),
                        ("amount_yen", models.BigIntegerField(null=True)),
                        ("first_year", models.PositiveSmallIntegerField()),
                        ("last_year", models.PositiveSmallIntegerField()),
                        ("effort_percent", models.PositiveSmallIntegerField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grants",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="other_grant_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("effort_percent__lte", 100)), name="other_grant_effort_at_most_all"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_yen", None), ("amount_yen__gte", 0), _connector="OR"),
                                name="other_grant_not_below_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherFunding",
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
                                choices=[("own", "own"), ("partner", "partner"), ("other", "other")], max_length=10
                            ),
                        ),
                        ("fiscal_year", models.IntegerField()),
                        ("amount", models.BigIntegerField()),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="other_funding",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "source", "fiscal_year"), name="other_funding_is_there_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="other_funding_is_above_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                    ("replaced", "replaced"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=kernel.clock.now)),
                        ("comment", models.TextField(blank=True, default="")),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "approved", "returned", "replaced"])),
                                name="approval_state_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("proposal",),
                                name="approval_is_asked_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "returned"]), _negated=True),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approval_answer_has_its_officer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("comment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="approval_return_has_a_comment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExchangePlan",
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
                        ("person_name", models.CharField(blank=True, default="", max_length=200)),
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
                        ("host", models.CharField(max_length=300)),
                        ("host_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("country_code", models.CharField(max_length=2)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("degree_sought", models.CharField(blank=True, default="", max_length=120)),
                        ("amount_yen", models.BigIntegerField(null=True)),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exchange",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="exchange_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_yen", None), ("amount_yen__gte", 0), _connector="OR"),
                                name="exchange_costs_no_less_than_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EradRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("application_number", models.CharField(blank=True, default="", max_length=40)),
                        ("project_id", models.CharField(blank=True, default="", max_length=40)),
                        ("approval", models.CharField(blank=True, default="", max_length=100)),
                        ("approved_on", models.DateField(null=True)),
                        ("status", models.CharField(blank=True, default="", max_length=100)),
                        ("changed_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="erad",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["application_number"], name="erad_by_application")],
                    },
                ),
                migrations.CreateModel(
                    name="EradChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="proposals.eradrun",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="erad_changes",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EligibilityVerdict",
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
                        ("verdict", models.CharField(choices=[("yes", "yes"), ("no", "no")], max_length=3)),
                        ("reasons", models.TextField(blank=True, default="")),
                        ("checks", models.JSONField(blank=True, default=list)),
                        ("points", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="eligibility",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "agency"), name="eligibility_is_given_once_an_agency"
                            ),
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
                                name="eligibility_on_behalf_has_its_letter",
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
                                name="eligibility_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("until", models.DateTimeField()),
                        ("what", models.TextField()),
                        ("parts", models.JSONField(default=list)),
                        ("submission_number", models.PositiveIntegerField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("proposal",),
                                name="proposal_is_returned_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectedProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("values", models.JSONField(default=dict)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.call"
                            ),
                        ),
                        (
                            "intake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.intake"
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collection",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "key"), name="collected_proposal_is_there_once_a_call"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("amount", models.BigIntegerField()),
                        (
                            "institution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="proposals.budgetinstitution",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("institution", None)),
                                fields=("proposal", "fiscal_year", "category"),
                                name="budget_line_is_there_once",
                            ),
                            models.UniqueConstraint(
                                fields=("institution", "fiscal_year", "category"), name="budget_line_is_there_once_each"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="budget_line_not_below_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("award_key", models.CharField(max_length=12)),
                        ("number", models.CharField(max_length=60)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("question", models.TextField()),
                        ("answer", models.TextField(blank=True, default="")),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("taken_back_at", models.DateTimeField(null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="award_questions",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("answered_by", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("taken_back_at", None),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="award_question_is_answered_or_not",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(choices=[("reader", "reader"), ("excluded", "excluded")], max_length=8),
                        ),
                        ("source", models.CharField(max_length=60)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="access",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "person", "kind", "source"), name="access_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalSection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(blank=True, default="")),
                        ("answers", models.JSONField(default=dict)),
                        ("is_complete", models.BooleanField(default=False)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("edited_at", models.DateTimeField(null=True)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.formsection"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "section"), name="proposal_section_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "target",
                            models.CharField(
                                choices=[("title_ja", "title_ja"), ("title_en", "title_en"), ("section", "section")],
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField()),
                        ("text", models.TextField(blank=True, default="")),
                        ("comment", models.TextField(blank=True, default="")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("accepted", "accepted"),
                                    ("rejected", "rejected"),
                                    ("superseded", "superseded"),
                                ],
                                default="open",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        ("answer", models.TextField(blank=True, default="")),
                        ("answered_at", models.DateTimeField(null=True)),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposed_changes",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="program.formsection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "accepted", "rejected", "superseded"])),
                                name="proposed_change_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("section__isnull", False), ("target", "section")),
                                    models.Q(models.Q(("target", "section"), _negated=True), ("section__isnull", True)),
                                    _connector="OR",
                                ),
                                name="proposed_change_has_its_target",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RunMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("ja", "Japanese"), ("en", "English")], default="ja", max_length=5
                            ),
                        ),
                        (
                            "mail",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.outboxmail",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mails",
                                to="proposals.mailrun",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("name", models.CharField(max_length=60)),
                        ("query", models.CharField(blank=True, max_length=1000)),
                        ("is_default", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(default=kernel.clock.now)),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "name"), name="saved_filter_has_its_name_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("user",),
                                name="one_saved_filter_is_the_default",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectionRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(blank=True, default="")),
                        ("answers", models.JSONField(default=dict)),
                        ("is_complete", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(null=True)),
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
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="proposals.proposalsection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("section", "number"), name="section_revision_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "person", "sha256"), name="a_content_is_signed_once_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingRecord",
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
                                    ("position", "position"),
                                    ("prize", "prize"),
                                    ("work", "work"),
                                    ("membership", "membership"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("body", models.CharField(blank=True, default="", max_length=200)),
                        ("first_year", models.PositiveSmallIntegerField()),
                        ("last_year", models.PositiveSmallIntegerField(null=True)),
                        ("source_url", models.CharField(blank=True, default="", max_length=400)),
                        ("doi", models.CharField(blank=True, default="", max_length=255)),
                        ("paper", models.JSONField(default=dict)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standing",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_year", None), ("last_year__gte", models.F("first_year")), _connector="OR"
                                ),
                                name="standing_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source_url", ""), _negated=True),
                                    models.Q(("doi", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="standing_has_a_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
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
                                    ("export_control", "export_control"),
                                    ("ethics_training", "ethics_training"),
                                    ("data_management", "data_management"),
                                    ("integrity", "integrity"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(blank=True, default="")),
                        ("course", models.CharField(blank=True, default="", max_length=200)),
                        ("done_on", models.DateField(null=True)),
                        ("valid_until", models.DateField(null=True)),
                        ("posts", models.JSONField(default=list)),
                        ("stated_on", models.DateField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statements",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "stated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "kind", "person"), name="statement_is_made_once_a_person"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("proposal", "kind"),
                                name="statement_is_made_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None),
                                    ("done_on", None),
                                    ("valid_until__gte", models.F("done_on")),
                                    _connector="OR",
                                ),
                                name="training_ends_after_it_was_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "number"), name="submission_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=60)),
                        ("receipt_number", models.CharField(max_length=30)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("people", models.JSONField(default=list)),
                        (
                            "intake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="proposals.intake"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="intake_rows",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="proposals.submission",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("intake", "number"), name="intake_row_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
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
                                    ("pi", "pi"),
                                    ("co_investigator", "co_investigator"),
                                    ("partner_pi", "partner_pi"),
                                    ("partner_member", "partner_member"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("institution_name", models.CharField(max_length=300)),
                        ("institution_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("department_ja", models.CharField(blank=True, default="", max_length=200)),
                        ("department_en", models.CharField(blank=True, default="", max_length=200)),
                        ("title_ja", models.CharField(blank=True, default="", max_length=100)),
                        ("title_en", models.CharField(blank=True, default="", max_length=100)),
                        ("country_code", models.CharField(max_length=2)),
                        ("effort_percent", models.PositiveSmallIntegerField(default=10)),
                        ("task", models.CharField(blank=True, default="", max_length=300)),
                        ("joined_at", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="team_memberships",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="team",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "person"), name="team_member_is_there_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "pi")), fields=("proposal",), name="proposal_has_one_pi"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("effort_percent__lte", 100)), name="effort_at_most_all"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("pi", "pi"),
                                    ("co_investigator", "co_investigator"),
                                    ("partner_pi", "partner_pi"),
                                    ("partner_member", "partner_member"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(choices=[("ja", "Japanese"), ("en", "English")], max_length=5)),
                        ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "pending"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("revoked", "revoked"),
                                    ("expired", "expired"),
                                ],
                                default="pending",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("sent_at", models.DateTimeField(default=kernel.clock.now)),
                        ("expires_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("reason", models.TextField(blank=True, default="")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="proposals.teammember",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["email", "state"], name="invitations_by_email")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["pending", "accepted", "declined", "revoked", "expired"])
                                ),
                                name="invitation_state_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("pending", "accepted"))),
                                fields=("member",),
                                name="invitation_is_open_once_a_member",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnwantedReviewer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("name", models.CharField(max_length=200)),
                        ("institution_name", models.CharField(blank=True, default="", max_length=300)),
                        ("email", models.EmailField(blank=True, default="", max_length=254)),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unwanted_reviewers",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EradMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "table",
                            models.CharField(
                                choices=[("proposals", "proposals"), ("results", "results"), ("answers", "answers")],
                                max_length=10,
                            ),
                        ),
                        ("columns", models.JSONField(default=list)),
                        (
                            "encoding",
                            models.CharField(
                                choices=[("utf-8", "utf-8"), ("cp932", "cp932")],
                                default=proposals.enums.EradEncoding["UTF8"],
                                max_length=10,
                            ),
                        ),
                        (
                            "dates",
                            models.CharField(
                                choices=[
                                    ("slash", "slash"),
                                    ("iso", "iso"),
                                    ("era", "era"),
                                    ("era_short", "era_short"),
                                ],
                                default=proposals.enums.EradDates["SLASH"],
                                max_length=10,
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[("yen", "yen"), ("thousand", "thousand")],
                                default=proposals.enums.EradUnit["YEN"],
                                max_length=10,
                            ),
                        ),
                        ("key", models.CharField(blank=True, default="", max_length=40)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erad_mappings",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "table"), name="erad_mapping_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InternalDeadline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("on", models.DateField()),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="internal_deadlines",
                                to="program.call",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="internal_deadlines",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "call"), name="internal_deadline_is_there_once_a_call"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoticeAdmission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField()),
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="admissions",
                                to="program.call",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "person"), name="notice_admission_is_there_once")
                        ],
                    },
                ),
            ],
        ),
    ]
