import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.enums import AgreementModel, CallMode, CapBasis, CapPeriod, Tier
from program.models.designation import Designation
from program.models.programme import Programme
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
    first_year = models.IntegerField()
    min_years = models.PositiveSmallIntegerField(default=1)
    max_years = models.PositiveSmallIntegerField(default=5)
    indirect_percent = models.PositiveSmallIntegerField(default=30)
    # A partner award is sufficient from this much a year; NULL where the call sets no threshold.
    sufficient_yearly_yen = models.BigIntegerField(null=True, blank=True)
    state = StateField(CALL)
    last_receipt = models.PositiveIntegerField(default=0, editable=False)

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
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    # Where and when its office is reached; a blank zone is that of its country.
    zone = models.CharField(max_length=40, blank=True, default="")
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
    """A cap as a rule: how much, in which currency, of what, over which period. All caps of a call hold at once.

    `limit_yen` is fixed when the call opens: the amount itself in yen, or at the rate that `rate` names.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="caps")
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
            models.UniqueConstraint(fields=["call", "basis", "period"], name="cap_is_there_once"),
        ]
