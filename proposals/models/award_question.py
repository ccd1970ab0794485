from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import LENGTH, PublicIdField
from proposals.models.proposal import Proposal


class AwardQuestion(models.Model):
    """What an agency asks the applicants about a partner award before it gives its verdict, and what they answered.

    The award is known by its public id, as in `EligibilityVerdict.points`: its row may go while the team corrects the
    proposal, and come back with the version that counts. What was asked and answered stays.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="award_questions")
    award_key = models.CharField(max_length=LENGTH)
    # The award's number as it was when the question was asked.
    number = models.CharField(max_length=60)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    question = models.TextField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    # Taken back by whoever asked, before it was answered: it is shown nowhere any more.
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, taken_back_at=None)
                    & ~Q(answer="")
                ),
                name="award_question_is_answered_or_not",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.answered_at is None and self.taken_back_at is None
