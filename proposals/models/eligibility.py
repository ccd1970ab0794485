from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.enums import Verdict
from proposals.models.proposal import Proposal


class EligibilityVerdict(AnsweredOnBehalf):
    """What one agency says of a proposal's eligibility, with its reasons."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="eligibility")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=3, choices=choices(Verdict))
    reasons = models.TextField(blank=True, default="")
    # The agency's checklist as it was answered, `proposals.rules.eligibility.Check` an item; [] where it had none.
    checks = models.JSONField(default=list, blank=True)
    # What the agency says of the points of awards that other agencies made: `proposals.rules.points.Point` by `AwardPoint`,
    # by the award's public id; what is open is not there. On its own award it speaks with its word on that (`PartnerAward`).
    points = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "agency"], name="eligibility_is_given_once_an_agency"
            ),
            *on_behalf_constraints("eligibility"),
        ]
