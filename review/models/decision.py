from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call
from proposals.models import Proposal
from review.enums import Outcome, Vote
from review.states import DECISION


class Decision(models.Model):
    """The joint decision on a call: the ranked list that every required agency must say yes to."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(default=1)
    state = StateField(DECISION)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(DECISION, "decision_state_is_known"),
            models.UniqueConstraint(fields=["call", "number"], name="decision_is_there_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="proposed"), name="one_decision_waits_a_call"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="adopted"), name="one_decision_adopted_a_call"
            ),
        ]


class DecisionItem(models.Model):
    """A proposal's place and outcome in a decision. A rank passed over has its reason."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decision_items")
    rank = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=choices(Outcome))
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="decision_item_is_there_once")
        ]


class AgencyAnswer(models.Model):
    """One agency's yes or no to a decision, by its approver; or recorded on its behalf.

    An answer on behalf names the letter, its date, the officer who recorded it and a second who confirmed it, and
    counts only from then. One person answers once, whatever memberships they hold.
    """

    public_id = PublicIdField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="answers")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=3, choices=choices(Vote))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.TextField(blank=True, default="")
    on_behalf = models.BooleanField(default=False)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    letter_dated = models.DateField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "agency"], name="agency_answers_once"),
            models.UniqueConstraint(
                fields=["decision", "person"], condition=Q(on_behalf=False), name="person_answers_once"
            ),
            models.CheckConstraint(
                condition=Q(on_behalf=False) | Q(letter__isnull=False, letter_dated__isnull=False),
                name="answer_on_behalf_has_its_letter",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")),
                name="second_officer_is_another",
            ),
        ]

    @property
    def counts(self) -> bool:
        """Whether the answer is in force."""
        return not self.on_behalf or self.confirmed_by_id is not None
