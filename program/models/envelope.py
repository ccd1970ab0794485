from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from program.enums import EnvelopeEntryKind
from program.models.programme import Programme


class Envelope(models.Model):
    """What an agency may commit in a fiscal year, and what is committed, in minor units of the programme's currency.

    One row, so that the database itself compares the two: `committed` is kept by the ledger's triggers, `appropriated`
    by the triggers of `EnvelopeEntry` (docs/adr/0012-caps-and-envelopes.md).
    """

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="envelopes")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="envelopes")
    fiscal_year = models.IntegerField()
    appropriated = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "agency", "fiscal_year"], name="envelope_is_there_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(committed__lte=F("appropriated")), name="envelope_is_not_exceeded"
            ),
            models.CheckConstraint(condition=Q(committed__gte=0), name="envelope_commitment_not_below_zero"),
        ]

    @property
    def left(self) -> int:
        return self.appropriated - self.committed


class EnvelopeEntry(models.Model):
    """Why an envelope changed: an appropriation, an addition, a reduction; or a request, which changes nothing."""

    public_id = PublicIdField()
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=15, choices=choices(EnvelopeEntryKind))
    # Signed, in minor units of the programme's currency; a reduction is below zero.
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reduction", amount__lt=0) | (~Q(kind="reduction") & Q(amount__gt=0)),
                name="envelope_entry_has_its_sign",
            )
        ]
