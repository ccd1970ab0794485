"""What else belongs to a call: its milestones, support types, documents, and the agencies' agreement to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from program.enums import MilestoneKind
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from program.models.call import Call, CallAgency


class Milestone(models.Model):
    """A date of a call beside its opening and its deadline: a day, several days, or an hour in the programme's zone."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=20, choices=choices(MilestoneKind))
    starts_on = models.DateField()
    # NULL: the whole day.
    at = models.TimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    note_ja = models.CharField(max_length=200, blank=True, default="")
    note_en = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="milestone_is_there_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="milestone_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(at=None) | Q(ends_on=None), name="milestone_has_an_hour_or_several_days"
            ),
        ]


class SupportType(models.Model):
    """A kind of support that a call offers ("Top", "Next generation"): its length, its caps (`caps`, beside those that
    hold for every project of the call), who is early-career in it."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="support_types")
    key = models.SlugField(max_length=40)
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    summary_ja = models.TextField(blank=True, default="")
    summary_en = models.TextField(blank=True, default="")
    min_years = models.PositiveSmallIntegerField()
    max_years = models.PositiveSmallIntegerField()
    # No longer written: `CallCap` holds the caps of a type too. To be dropped with the next release.
    yearly_yen = models.BigIntegerField(null=True, blank=True)
    early_career_ja = models.CharField(max_length=300, blank=True, default="")
    early_career_en = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="support_type_is_there_once"),
            models.CheckConstraint(
                condition=Q(min_years__gte=1, max_years__gte=F("min_years")),
                name="support_type_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(yearly_yen=None) | Q(yearly_yen__gt=0), name="support_type_cap_is_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CallDocument(models.Model):
    """A file that is published with a call: its guidelines, a template, an agency's own notice."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]


class CallAgreement(AnsweredOnBehalf):
    """An agency's yes to a call as it stood: `digest` says to what, so that a later change asks again."""

    public_id = PublicIdField()
    part = models.OneToOneField(CallAgency, on_delete=models.CASCADE, related_name="agreement")
    digest = models.CharField(max_length=64)
    # What was shown to the one who agreed, a fingerprint each part (`program.agreed.shown_state`): what has changed since.
    shown = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [*on_behalf_constraints("call_agreement")]


class CallChange(models.Model):
    """A change of an announced call, and why: everybody reads it, and those whom it concerns are told by mail.

    `rows` are what was changed, each `what` (a field of the call, "milestone" or "document"), `before` and `after` as
    text or as a milestone's or document's own fields; None where there was nothing before, or is nothing after.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=now)
    reason_ja = models.TextField()
    reason_en = models.TextField()
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
