from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.files.models import StoredFile


class AnsweredOnBehalf(models.Model):
    """An agency's answer that may have been recorded on its behalf, where the agency does not sign in.

    Such an answer names the agency's letter, its date and the officer who recorded it, and counts only from the moment
    at which a second officer has confirmed it (domain.md, “Who works here”).
    """

    on_behalf = models.BooleanField(default=False)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    letter_dated = models.DateField(null=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def counts(self) -> bool:
        """Whether the answer is in force."""
        return not self.on_behalf or self.confirmed_at is not None


def on_behalf_constraints(prefix: str) -> list[models.CheckConstraint]:
    """What the database itself holds of every such answer; `prefix` makes the constraints' names unique."""
    return [
        models.CheckConstraint(
            condition=Q(on_behalf=False)
            | Q(letter__isnull=False, letter_dated__isnull=False, recorded_by__isnull=False),
            name=f"{prefix}_on_behalf_has_its_letter",
        ),
        models.CheckConstraint(
            condition=Q(confirmed_by=None, confirmed_at=None)
            | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("recorded_by"))),
            name=f"{prefix}_second_officer_is_another",
        ),
    ]
