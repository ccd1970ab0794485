from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.enums import Verdict
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
