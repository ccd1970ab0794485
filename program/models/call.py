import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.enums import AgreementModel, CallMode, CapBasis, CapPeriod, Feedback, NoticeRule, Tier
from program.models.designation import Designation
from program.models.programme import Programme
from program.rules.reminders import USUAL
from program.states import CALL
from registries.models import ExchangeRate


class Call(models.Model):
    """A call for proposals (公募) that two or more agencies open together."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    # The Japanese agency that runs the call and to whose envelope its projects belong.
    lead_agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="led_calls")
    code = models.SlugField(max_length=40, unique=True)
    title_ja = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    summary_ja = models.TextField(blank=True, default="")
    summary_en = models.TextField(blank=True, default="")
    mode = models.CharField(max_length=15, choices=choices(CallMode), default=CallMode.JOINT_CALL)
    tier = models.CharField(max_length=1, choices=choices(Tier), default=Tier.BOTH_AGENCIES)
    agreement = models.CharField(
        max_length=15, choices=choices(AgreementModel), default=AgreementModel.BOTH_RECOMMEND
    )
    opens_at = models.DateTimeField()
    # The instant from which a submission is late: 17:00:00.000 itself is late.
    deadline_at = models.DateTimeField()
    # Whether a notice of intent is asked for before the full proposal, and the instant from which one is late; NULL where
    # none is asked for.
    notice = models.CharField(max_length=8, choices=choices(NoticeRule), default=NoticeRule.OFF)
    notice_deadline_at = models.DateTimeField(null=True, blank=True)
    first_year = models.IntegerField()
    min_years = models.PositiveSmallIntegerField(default=1)
    max_years = models.PositiveSmallIntegerField(default=5)
    indirect_percent = models.PositiveSmallIntegerField(default=30)
    # A partner award is sufficient from this much a year; NULL where the call sets no threshold.
    sufficient_yearly_yen = models.BigIntegerField(null=True, blank=True)
    # A target line for the part of the budget that goes into exchanging people, an indicator alone; NULL where there is none.
    exchange_target_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether a yearly cap is reduced by the months in which the joint research does not run.
    caps_by_month = models.BooleanField(default=False)
    # Whether a proposal is submitted only with its research institution's approval (機関承認).
    needs_approval = models.BooleanField(default=True)
    # The statements on compliance without which nothing is submitted (`program.rules.statements`); blank: none.
    required_statements = models.CharField(max_length=120, blank=True, default="")
    # How many days before the deadline whoever has something left to do is reminded (`program.rules.reminders`).
    reminder_days = models.CharField(max_length=60, blank=True, default=USUAL)
    # When that was last changed of an announced call: of days gone by then nobody is reminded for it.
    reminders_since = models.DateTimeField(null=True, editable=False)
    # What applicants read of their scores once the decision is published.
    feedback = models.CharField(max_length=12, choices=choices(Feedback), default=Feedback.MEANS.value)
    # So many days from the publication an applicant may object to the decision; NULL where nobody can.
    appeal_days = models.PositiveSmallIntegerField(null=True, blank=True)
    state = StateField(CALL)
    last_receipt = models.PositiveIntegerField(default=0, editable=False)
    last_notice = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            state_is_known(CALL, "call_state_is_known"),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(min_years__gte=1, max_years__gte=F("min_years")), name="call_years_in_order"
            ),
            # 「5年以上継続することを可能とする」
            models.CheckConstraint(condition=Q(max_years__gte=5), name="call_permits_five_years"),
            models.CheckConstraint(
                condition=Q(mode__in=["joint_call", "lead_agency"], tier="3")
                | Q(mode="partner_funded", tier__in=["2", "3"]),
                name="call_mode_fits_tier",
            ),
            models.CheckConstraint(
                condition=Q(exchange_target_percent=None) | Q(exchange_target_percent__lte=100),
                name="call_exchange_target_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(notice="off", notice_deadline_at=None)
                | Q(
                    notice__in=["optional", "required"],
                    notice_deadline_at__isnull=False,
                    notice_deadline_at__gt=F("opens_at"),
                    notice_deadline_at__lt=F("deadline_at"),
                ),
                name="call_notice_has_its_deadline",
            ),
        ]


class CallDesignation(models.Model):
    """A designation on which a call opens."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="call_designations")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="call_designations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "designation"], name="call_designation_is_there_once")
        ]


class CallAgency(models.Model):
    """An agency's part in a call, from one day to another: whether its yes is needed, and whether it signs in at all."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="call_agencies")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="call_agencies")
    must_agree = models.BooleanField(default=True)
    # False for an agency whose answers are recorded on its behalf by the lead agency's officers.
    signs_in = models.BooleanField(default=True)
    # Whether an approver's answer to a decision counts only once a second person of the agency has confirmed it.
    second_pair = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    # What it checks of every proposal, as `program.rules.checklist.ChecklistItem`: nobody else's before all have judged.
    checklist = models.JSONField(default=list, blank=True)
    # Where its office for this call is; blank: as the agency's profile says.
    zone = models.CharField(max_length=40, blank=True, default="")
    # No longer read: the agency's profile has its hours. To be dropped with the next release.
    office_opens = models.TimeField(default=dt.time(9))
    office_closes = models.TimeField(default=dt.time(17))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "agency"], name="call_agency_is_there_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="call_agency_ends_after_it_starts",
            ),
        ]


class CallCap(models.Model):
    """A cap as a rule: how much, in which currency, of what, over which period. All caps of a call hold at once, and with
    them those of the support type that a proposal has chosen.

    `limit_yen` is fixed when the call opens: the amount itself in yen, or at the rate that `rate` names.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="caps")
    # NULL: it holds for every project of the call.
    support_type = models.ForeignKey(
        "program.SupportType", on_delete=models.CASCADE, null=True, blank=True, related_name="caps"
    )
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="JPY")
    basis = models.CharField(max_length=8, choices=choices(CapBasis), default=CapBasis.TOTAL)
    period = models.CharField(max_length=12, choices=choices(CapPeriod), default=CapPeriod.FISCAL_YEAR)
    limit_yen = models.BigIntegerField(null=True, editable=False)
    rate = models.ForeignKey(
        ExchangeRate, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cap_is_above_zero"),
            models.UniqueConstraint(
                fields=["call", "basis", "period", "currency"],
                condition=Q(support_type=None),
                name="cap_is_there_once_for_all",
            ),
            # NULLs are never alike: what holds for all is the other constraint's.
            models.UniqueConstraint(
                fields=["support_type", "basis", "period", "currency"], name="cap_is_there_once_a_type"
            ),
        ]
