import django.db.models.deletion
import kernel.clock
import kernel.ids
import kernel.schema
import review.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("review", "0001_initial"),
        ("review", "0002_answers_on_behalf"),
        ("review", "0003_closed_reviews_and_locks_on_behalf"),
        ("review", "0004_reviewers_on_behalf"),
        ("review", "0005_decision_keeps_balances"),
        ("review", "0006_moving_up_from_the_reserve_list"),
        ("review", "0007_reviewers_are_invited"),
        ("review", "0008_phases_discussion_and_extra_time"),
        ("review", "0009_scenarios"),
        ("review", "0010_amended_in_the_discussion"),
        ("review", "0011_pools_invitations_and_verdicts"),
        ("review", "0012_adjusted_scores_and_panels"),
        ("review", "0013_decisions_in_full"),
        ("review", "0014_searches_for_an_assignment"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_tables"),
        ("program", "0001_tables"),
        ("proposals", "0001_tables"),
    ]

    operations = [
        kernel.schema.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AgencyList",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_lists",
                                to="program.call",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "agency"), name="agency_has_one_list_a_call"),
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
                                name="agency_list_on_behalf_has_its_letter",
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
                                name="agency_list_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyListItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_recommended", models.BooleanField(null=True)),
                        ("rank", models.PositiveIntegerField(null=True)),
                        ("words", models.TextField(blank=True, default="")),
                        (
                            "agency_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="review.agencylist",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency_list", "proposal"), name="agency_lists_a_proposal_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_recommended__isnull", False), ("rank", None)),
                                    models.Q(("is_recommended", None), ("rank__gte", 1)),
                                    _connector="OR",
                                ),
                                name="agency_list_item_is_of_one_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("assigned", "assigned"),
                                    ("in_progress", "in_progress"),
                                    ("submitted", "submitted"),
                                    ("closed", "closed"),
                                    ("conflicted", "conflicted"),
                                    ("withdrawn", "withdrawn"),
                                    ("handed_back", "handed_back"),
                                ],
                                default="assigned",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("comment_to_applicant", models.TextField(blank=True, default="")),
                        ("comment_to_agency", models.TextField(blank=True, default="")),
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                                default="",
                                max_length=6,
                            ),
                        ),
                        ("extended_to", models.DateField(null=True)),
                        ("reopened_to", models.DateField(null=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("assigned_at", models.DateTimeField(default=kernel.clock.now)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("amended_at", models.DateTimeField(null=True)),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="proposals.proposal",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="review.reviewer",
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
                                            "assigned",
                                            "in_progress",
                                            "submitted",
                                            "closed",
                                            "conflicted",
                                            "withdrawn",
                                            "handed_back",
                                        ],
                                    )
                                ),
                                name="assignment_state_is_known",
                            ),
                            models.UniqueConstraint(fields=("proposal", "reviewer"), name="assignment_is_there_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("wanted", models.JSONField(default=dict)),
                        ("asked_at", models.DateTimeField(default=kernel.clock.now)),
                        ("found_at", models.DateTimeField(null=True)),
                        ("gap", models.FloatField(default=0)),
                        ("seconds", models.FloatField(default=0)),
                        ("is_integral", models.BooleanField(default=False)),
                        ("floor", models.FloatField(default=0)),
                        ("short", models.JSONField(default=list)),
                        ("bottlenecks", models.JSONField(default=list)),
                        (
                            "asked_by",
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
                                related_name="assignment_runs",
                                to="program.call",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kernel.job",
                            ),
                        ),
                        (
                            "taking",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kernel.job",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConflictDeclaration",
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
                                    ("none", "none"),
                                    ("kin", "kin"),
                                    ("same_unit", "same_unit"),
                                    ("coauthor", "coauthor"),
                                    ("teacher_student", "teacher_student"),
                                    ("employment", "employment"),
                                    ("competitor", "competitor"),
                                    ("other", "other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.TextField(blank=True, default="")),
                        ("found_by_portal", models.BooleanField(default=False)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="proposals.proposal",
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
                        "indexes": [models.Index(fields=["proposal", "person", "kind"], name="conflicts_by_proposal")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since", None), ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="conflict_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("number", models.PositiveIntegerField(default=1)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("first", "first"), ("call_up", "call_up"), ("correction", "correction")],
                                default="first",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("proposed", "proposed"), ("adopted", "adopted"), ("refused", "refused")],
                                default="proposed",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(default=kernel.clock.now)),
                        ("adopted_at", models.DateTimeField(null=True)),
                        ("left_when_proposed", models.JSONField(default=list)),
                        ("reason", models.TextField(blank=True, default="")),
                        ("publish_at", models.DateTimeField(null=True)),
                        ("reserve_until", models.DateField(null=True)),
                        ("reserve_ended_at", models.DateTimeField(null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="program.call"
                            ),
                        ),
                        (
                            "proposed_by",
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
                                condition=models.Q(("state__in", ["proposed", "adopted", "refused"])),
                                name="decision_state_is_known",
                            ),
                            models.UniqueConstraint(fields=("call", "number"), name="decision_is_there_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("call",),
                                name="one_decision_waits_a_call",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "first"), ("state", "adopted")),
                                fields=("call",),
                                name="one_decision_adopted_a_call",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publish_at", None),
                                    models.Q(
                                        ("adopted_at__isnull", False), ("publish_at__gte", models.F("adopted_at"))
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_is_published_once_adopted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "correction"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="correction_has_its_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyAnswer",
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
                        ("vote", models.CharField(choices=[("yes", "yes"), ("no", "no")], max_length=3)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("reason", models.TextField(blank=True, default="")),
                        ("needs_second", models.BooleanField(default=False)),
                        ("seconded_at", models.DateTimeField(null=True)),
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
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kernel.storedfile",
                            ),
                        ),
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
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "seconded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="review.decision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("decision", "agency"), name="agency_answers_once"),
                            models.UniqueConstraint(fields=("decision", "person"), name="person_answers_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("on_behalf", True), ("person", None)),
                                    models.Q(("on_behalf", False), ("person__isnull", False)),
                                    _connector="OR",
                                ),
                                name="answer_is_own_or_on_behalf",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("seconded_at", None), ("seconded_by", None)),
                                    models.Q(
                                        ("needs_second", True),
                                        ("seconded_at__isnull", False),
                                        models.Q(("seconded_by", models.F("person")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="answer_is_seconded_by_another",
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
                                name="decision_answer_on_behalf_has_its_letter",
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
                                name="decision_answer_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rank", models.PositiveIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("adopt", "adopt"), ("reserve", "reserve"), ("reject", "reject")], max_length=8
                            ),
                        ),
                        ("reason", models.TextField(blank=True, default="")),
                        ("awarded", models.JSONField(default=dict)),
                        ("conditions_ja", models.TextField(blank=True, default="")),
                        ("conditions_en", models.TextField(blank=True, default="")),
                        ("words_ja", models.TextField(blank=True, default="")),
                        ("words_en", models.TextField(blank=True, default="")),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="review.decision"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_items",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("decision", "proposal"), name="decision_item_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("reasons", models.TextField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("upheld", "upheld"), ("dismissed", "dismissed")],
                                default="",
                                max_length=9,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, default="")),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.person",
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
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="review.decisionitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_at", None), ("answered_by", None), ("verdict", "")
                                    ),
                                    models.Q(
                                        models.Q(("verdict", ""), _negated=True),
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_is_answered_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "addressee",
                            models.CharField(
                                choices=[("pi", "pi"), ("partner_pi", "partner_pi"), ("institution", "institution")],
                                max_length=11,
                            ),
                        ),
                        ("number", models.CharField(max_length=80, unique=True)),
                        ("dated", models.DateField()),
                        ("subject_ja", models.CharField(max_length=250)),
                        ("subject_en", models.CharField(max_length=250)),
                        ("body_ja", models.TextField()),
                        ("body_en", models.TextField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="review.decisionitem",
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
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "addressee", "person"), name="letter_of_a_decision_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DiscussionEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("is_officer", models.BooleanField(default=False)),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("hidden_at", models.DateTimeField(null=True)),
                        ("hidden_reason", models.TextField(blank=True, default="")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "hidden_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discussion",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hidden_at", None), ("hidden_by", None), ("hidden_reason", "")),
                                    models.Q(
                                        ("hidden_at__isnull", False),
                                        ("hidden_by__isnull", False),
                                        models.Q(("hidden_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="hidden_entry_has_its_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraTime",
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
                                choices=[("extension", "extension"), ("reopening", "reopening")], max_length=10
                            ),
                        ),
                        ("until", models.DateField()),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extra_times",
                                to="review.assignment",
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
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="LetterText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("adopt", "adopt"), ("reserve", "reserve"), ("reject", "reject")], max_length=8
                            ),
                        ),
                        ("subject_ja", models.CharField(max_length=150)),
                        ("subject_en", models.CharField(max_length=150)),
                        ("body_ja", models.TextField()),
                        ("body_en", models.TextField()),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter_texts",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "outcome"), name="letter_text_is_there_once_an_outcome"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NegotiationNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("text", models.TextField()),
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="negotiation",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="OfflineForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("taken_over_at", models.DateTimeField(null=True)),
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
                    name="Panel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title", models.CharField(max_length=200)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("place", models.CharField(blank=True, default="", max_length=300)),
                        ("online_url", models.URLField(blank=True, default="", max_length=500)),
                        ("places", models.PositiveIntegerField(blank=True, null=True)),
                        ("bands", models.CharField(blank=True, default="A, B, C", max_length=60)),
                        ("has_votes", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")],
                                default="open",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="program.call"
                            ),
                        ),
                        (
                            "made_by",
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
                                condition=models.Q(("state__in", ["open", "closed"])), name="panel_state_is_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="panel_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("turn", models.PositiveIntegerField()),
                        ("rank", models.PositiveIntegerField()),
                        ("band", models.CharField(blank=True, default="", max_length=12)),
                        ("interview_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, default="")),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="review.panel"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panel_items",
                                to="proposals.proposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("panel", "proposal"), name="proposal_is_before_a_panel_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelMember",
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
                                    ("chair", "chair"),
                                    ("member", "member"),
                                    ("secretary", "secretary"),
                                    ("observer", "observer"),
                                ],
                                default=review.enums.PanelRole["MEMBER"],
                                max_length=9,
                            ),
                        ),
                        (
                            "attendance",
                            models.CharField(
                                choices=[
                                    ("expected", "expected"),
                                    ("present", "present"),
                                    ("online", "online"),
                                    ("absent", "absent"),
                                ],
                                default=review.enums.Attendance["EXPECTED"],
                                max_length=8,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="review.panel"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panel_seats",
                                to="accounts.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("panel", "person"), name="person_sits_once_on_a_panel")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelLeave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leaves",
                                to="review.panelitem",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leaves",
                                to="review.panelmember",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "member"), name="member_leaves_once_an_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ballot",
                            models.CharField(
                                choices=[("for", "for"), ("against", "against"), ("abstain", "abstain")], max_length=7
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="review.panelitem"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="review.panelmember",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "member"), name="member_votes_once_an_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("made", models.JSONField(default=list)),
                        ("changed", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(null=True)),
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.call"
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
                        "indexes": [models.Index(fields=["call", "agency"], name="pool_imports_by_call")],
                    },
                ),
                migrations.CreateModel(
                    name="Reviewer",
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
                        ("institution_name", models.CharField(blank=True, default="", max_length=300)),
                        ("institution_ror_id", models.CharField(blank=True, default="", max_length=9)),
                        ("country_code", models.CharField(blank=True, default="", max_length=2)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("named", "named"),
                                    ("invited", "invited"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("retired", "retired"),
                                ],
                                default="named",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("expertise", models.CharField(blank=True, default="", max_length=300)),
                        ("keywords", models.JSONField(blank=True, default=list)),
                        ("dois", models.JSONField(blank=True, default=list)),
                        ("languages", models.JSONField(blank=True, default=list)),
                        ("max_load", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "gender",
                            models.CharField(
                                choices=[
                                    ("not_stated", "not_stated"),
                                    ("female", "female"),
                                    ("male", "male"),
                                    ("other", "other"),
                                ],
                                default="not_stated",
                                max_length=10,
                            ),
                        ),
                        ("search_text", models.TextField(blank=True, default="")),
                        ("added_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reviewers", to="program.call"
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
                        ("fields", models.ManyToManyField(blank=True, related_name="+", to="program.field")),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviewing",
                                to="accounts.person",
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
                            models.UniqueConstraint(fields=("call", "person"), name="reviewer_is_in_one_pool_a_call"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["named", "invited", "accepted", "declined", "retired"])
                                ),
                                name="reviewer_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("max_load__gt", 0)), name="reviewer_takes_one_or_more"
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
                                name="reviewer_on_behalf_has_its_letter",
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
                                name="reviewer_second_officer_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("kind", models.CharField(choices=[("pin", "pin"), ("forbid", "forbid")], max_length=6)),
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="proposals.proposal"
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="review.reviewer"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "reviewer"), name="pair_is_wished_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pin", "forbid"])), name="wish_kind_is_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FindingVerdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("team_member", "team_member"),
                                    ("same_institution", "same_institution"),
                                    ("same_domain", "same_domain"),
                                    ("coauthor", "coauthor"),
                                    ("co_applicant", "co_applicant"),
                                    ("applicant", "applicant"),
                                    ("unwanted", "unwanted"),
                                    ("declared", "declared"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(choices=[("upheld", "upheld"), ("set_aside", "set_aside")], max_length=9),
                        ),
                        ("reason", models.TextField()),
                        ("evidence", models.JSONField(default=list)),
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="review.reviewer",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["proposal", "reviewer"], name="verdicts_by_pair")],
                    },
                ),
                migrations.CreateModel(
                    name="ConfidentialityAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=kernel.clock.now)),
                        ("by_link", models.BooleanField(default=False)),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreements",
                                to="review.reviewer",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reviewer", "version"), name="confidentiality_is_agreed_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentPair",
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
                                choices=[("add", "add"), ("keep", "keep"), ("remove", "remove")],
                                default=review.enums.PairKind["ADD"],
                                max_length=6,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("dropped", "dropped"),
                                    ("taking", "taking"),
                                    ("taken", "taken"),
                                    ("refused", "refused"),
                                    ("undone", "undone"),
                                ],
                                default=review.enums.PairState["PROPOSED"],
                                max_length=9,
                            ),
                        ),
                        ("expertise", models.FloatField(default=0)),
                        ("reasons", models.JSONField(default=dict)),
                        ("is_by_hand", models.BooleanField(default=False)),
                        ("due_on", models.DateField(null=True)),
                        ("refusal", models.JSONField(default=list)),
                        (
                            "assignment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="review.assignment",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="proposals.proposal"
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs",
                                to="review.assignmentrun",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="review.reviewer"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["run", "state"], name="pairs_by_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "proposal", "reviewer"), name="pair_is_there_once_a_run"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewerAbsence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_day", models.DateField()),
                        ("to_day", models.DateField()),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to="review.reviewer",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["from_day", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("to_day__gte", models.F("from_day"))),
                                name="absence_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewerInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254)),
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
                        ("suggestion", models.TextField(blank=True, default="")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="review.reviewer",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["pending", "accepted", "declined", "revoked", "expired"])
                                ),
                                name="reviewer_invitation_state_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("pending", "accepted"))),
                                fields=("reviewer",),
                                name="reviewer_invitation_is_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("others_from", models.DateField(blank=True, null=True)),
                        ("closes_on", models.DateField(blank=True, null=True)),
                        ("discussion_from", models.DateField(blank=True, null=True)),
                        ("frozen_from", models.DateField(blank=True, null=True)),
                        ("may_amend", models.BooleanField(default=False)),
                        ("shows_names", models.BooleanField(default=False)),
                        ("reminder_days", models.CharField(blank=True, default="14, 7, 2, 1", max_length=60)),
                        ("set_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="review_plans",
                                to="program.call",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "agency"), name="review_plan_is_there_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("discussion_from", None), ("frozen_from", None)),
                                    ("closes_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="review_plan_closes_before_it_goes_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("discussion_from", None),
                                        ("discussion_from__gt", models.F("closes_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("frozen_from", None),
                                        ("frozen_from__gt", models.F("closes_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("others_from", None),
                                        ("closes_on", None),
                                        ("others_from__lte", models.F("closes_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("discussion_from", None),
                                        ("frozen_from", None),
                                        ("frozen_from__gt", models.F("discussion_from")),
                                        _connector="OR",
                                    ),
                                ),
                                name="review_plan_dates_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("scores", models.JSONField(default=list)),
                        (
                            "confidence",
                            models.CharField(
                                blank=True,
                                choices=[("high", "high"), ("medium", "medium"), ("low", "low")],
                                default="",
                                max_length=6,
                            ),
                        ),
                        ("comment_to_applicant", models.TextField(blank=True, default="")),
                        ("comment_to_agency", models.TextField(blank=True, default="")),
                        ("submitted_at", models.DateTimeField(null=True)),
                        ("reason", models.TextField()),
                        ("amended_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="review.assignment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "number"), name="review_version_is_there_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scenario",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("title", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("line", "line"), ("best", "best"), ("hand", "hand")], max_length=4
                            ),
                        ),
                        ("wishes", models.JSONField(default=dict)),
                        ("chosen", models.JSONField(default=list)),
                        ("outcome", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scenarios", to="program.call"
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kernel.job",
                            ),
                        ),
                        (
                            "made_by",
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
                                condition=models.Q(("kind__in", ["line", "best", "hand"])),
                                name="scenario_kind_is_known",
                            ),
                            models.UniqueConstraint(
                                fields=("call", "agency", "title"), name="scenario_title_is_there_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.SmallIntegerField(null=True)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="review.assignment",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="program.criterion"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("assignment", "criterion"), name="score_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreFit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", kernel.ids.PublicIdField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("content", models.JSONField()),
                        ("made_at", models.DateTimeField(default=kernel.clock.now)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="score_fits",
                                to="program.call",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "fingerprint"), name="score_fit_is_there_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreLock",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="score_locks",
                                to="program.call",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "agency"), name="scores_are_locked_once_an_agency"),
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
                                name="score_lock_on_behalf_has_its_letter",
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
                                name="score_lock_second_officer_is_another",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
