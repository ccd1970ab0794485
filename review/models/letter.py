from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call
from review.enums import Addressee, AppealVerdict, Outcome
from review.models.decision import DecisionItem


class LetterText(models.Model):
    """The text of a call's letters of one outcome, in both languages, where it is not the portal's own.

    It has places such as {title}; `review.rules.letters` says which.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letter_texts")
    outcome = models.CharField(max_length=8, choices=choices(Outcome))
    subject_ja = models.CharField(max_length=150)
    subject_en = models.CharField(max_length=150)
    body_ja = models.TextField()
    body_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "outcome"], name="letter_text_is_there_once_an_outcome")
        ]


class DecisionLetter(models.Model):
    """A letter that tells one person what was decided on a proposal, as it was written when its instant was set."""

    public_id = PublicIdField()
    item = models.ForeignKey(DecisionItem, on_delete=models.PROTECT, related_name="letters")
    addressee = models.CharField(max_length=11, choices=choices(Addressee))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, unique=True)
    dated = models.DateField()
    subject_ja = models.CharField(max_length=250)
    subject_en = models.CharField(max_length=250)
    body_ja = models.TextField()
    body_en = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "addressee", "person"], name="letter_of_a_decision_is_there_once"
            )
        ]


class Appeal(models.Model):
    """An applicant's objection (異議申立て) to what was decided, and the lead agency's answer to it."""

    public_id = PublicIdField()
    item = models.OneToOneField(DecisionItem, on_delete=models.PROTECT, related_name="appeal")
    reasons = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    verdict = models.CharField(max_length=9, choices=choices(AppealVerdict), blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", answer="", answered_by=None, answered_at=None)
                | (~Q(verdict="") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="appeal_is_answered_whole",
            )
        ]
