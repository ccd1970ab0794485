from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call, Designation, SupportType
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.enums import NoticeAnswer
from proposals.states import NOTICE


class NoticeOfIntent(models.Model):
    """A notice of intent (趣意書) to a call, before the full proposal: what is planned, with whom, on which award.

    What is said of the partner is as it was typed: a person is made of it once a proposal is begun.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="notices")
    pi = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, null=True, related_name="+")
    support_type = models.ForeignKey(SupportType, on_delete=models.SET_NULL, null=True, related_name="+")
    title_ja = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    keywords = models.CharField(max_length=200, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    partner_agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    family_kanji = models.CharField(max_length=100, blank=True, default="")
    given_kanji = models.CharField(max_length=100, blank=True, default="")
    family_romaji = models.CharField(max_length=100, blank=True, default="")
    given_romaji = models.CharField(max_length=100, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    institution_name = models.CharField(max_length=300, blank=True, default="")
    institution_ror_id = models.CharField(max_length=9, blank=True, default="")
    country_code = models.CharField(max_length=2, blank=True, default="")
    award_number = models.CharField(max_length=60, blank=True, default="")
    award_title = models.CharField(max_length=300, blank=True, default="")
    state = StateField(NOTICE)
    # <code of the call>-N0001, ... given at the first submission and kept; the instant is that of the last one.
    number = models.CharField(max_length=30, null=True, unique=True)
    submitted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            state_is_known(NOTICE, "notice_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="notice_has_its_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "id"], name="notices_by_call"),
            models.Index(fields=["pi", "id"], name="notices_by_pi"),
        ]


class NoticeVerdict(AnsweredOnBehalf):
    """What one agency says of a notice of intent, with its reasons or its advice."""

    public_id = PublicIdField()
    notice = models.ForeignKey(NoticeOfIntent, on_delete=models.CASCADE, related_name="verdicts")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=choices(NoticeAnswer))
    reasons = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "agency"], name="notice_verdict_is_given_once_an_agency"
            ),
            *on_behalf_constraints("notice_verdict"),
        ]


class NoticeExclusion(models.Model):
    """Who has declared a conflict of interest with a notice of intent: it is shut to them, and a proposal begun from it."""

    notice = models.ForeignKey(NoticeOfIntent, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="notice_exclusion_is_there_once")
        ]


class NoticeAdmission(models.Model):
    """Somebody whom the agency that runs a call lets propose without an accepted notice of intent, and why."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="admissions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="notice_admission_is_there_once")
        ]
