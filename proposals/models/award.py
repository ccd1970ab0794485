from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.enums import AwardRole, Verdict
from proposals.models.proposal import Proposal
from registries.models import ExchangeRate, RegisteredAward


class PartnerAward(AnsweredOnBehalf):
    """The award of a partner agency that the proposal claims, and what that agency says of it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="awards")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    registered = models.ForeignKey(
        RegisteredAward, on_delete=models.PROTECT, null=True, related_name="claims"
    )
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    pi_name = models.CharField(max_length=200)
    # The partner PI's part in the award; blank in claims from before it was asked for.
    pi_role = models.CharField(max_length=5, choices=choices(AwardRole), blank=True, default="")
    # What the register said when it was taken over (`proposals.actions.register`); empty where the award was typed in.
    taken_over = models.JSONField(default=dict)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # At the dated, sourced rate named by `rate`, rounded down to the yen.
    amount_yen = models.BigIntegerField(null=True)
    rate = models.ForeignKey(ExchangeRate, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=3, choices=choices(Verdict), blank=True, default="")
    verdict_reason = models.TextField(blank=True, default="")
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True)
    # What the verdict says of single points, `proposals.rules.points.Point` by `AwardPoint`; what is open is not there.
    points = models.JSONField(default=dict)
    # Why the award may stand although its agency found the shares not fair, and which approver says so.
    share_exception = models.TextField(blank=True, default="")
    share_exception_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    share_exception_at = models.DateTimeField(null=True)
    # What has come up since it was received (`proposals.rules.alerts`), and when an officer took note of it.
    alerts = models.JSONField(default=list)
    alerts_noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="partner_award_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="partner_award_above_zero"),
            models.UniqueConstraint(
                fields=["proposal", "agency", "number"], name="partner_award_is_there_once"
            ),
            *on_behalf_constraints("partner_award"),
        ]
