from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.models import Proposal
from review.enums import DecisionKind, Outcome, Vote
from review.states import DECISION


class Decision(models.Model):
    """The joint decision on a call: the ranked list that every required agency must say yes to."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=choices(DecisionKind), default=DecisionKind.FIRST.value)
    state = StateField(DECISION)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    adopted_at = models.DateTimeField(null=True)
    # What each agency had left when the decision was proposed: [{"agency": public id, "year": 2026, "left": minor units}].
    # An adoption takes its projects off the envelopes, so that their balance no longer tells what was decided upon.
    left_when_proposed = models.JSONField(default=list)
    # Why an adopted decision is corrected; blank in any other.
    reason = models.TextField(blank=True, default="")
    # The instant from which applicants, partners and institutions learn what was decided; NULL while the lead agency has
    # set none.
    publish_at = models.DateTimeField(null=True)
    # The last day on which anybody is called up from the reserve list, and whether the list was ended after it. Of a
    # call's first decision; NULL: the list has no end.
    reserve_until = models.DateField(null=True)
    reserve_ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(DECISION, "decision_state_is_known"),
            models.UniqueConstraint(fields=["call", "number"], name="decision_is_there_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="proposed"), name="one_decision_waits_a_call"
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="adopted", kind="first"),
                name="one_decision_adopted_a_call",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(adopted_at__isnull=False, publish_at__gte=F("adopted_at")),
                name="decision_is_published_once_adopted",
            ),
            models.CheckConstraint(
                condition=~Q(kind="correction") | ~Q(reason=""), name="correction_has_its_reason"
            ),
        ]

    @property
    def is_published(self) -> bool:
        """Whether the instant of its publication has come."""
        return self.publish_at is not None and self.publish_at <= now()


class DecisionItem(models.Model):
    """A proposal's place and outcome in a decision. A rank passed over has its reason."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decision_items")
    rank = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=choices(Outcome))
    reason = models.TextField(blank=True, default="")
    # What is awarded, in minor units by fiscal year (`{"2026": 1000}`), where it is less than what was asked for; empty: as
    # asked for.
    awarded = models.JSONField(default=dict)
    conditions_ja = models.TextField(blank=True, default="")
    conditions_en = models.TextField(blank=True, default="")
    # What the panel says to the applicants.
    words_ja = models.TextField(blank=True, default="")
    words_en = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="decision_item_is_there_once")
        ]


class AgencyAnswer(AnsweredOnBehalf):
    """One agency's yes or no to a decision, by its approver (`person`); or recorded on its behalf (`recorded_by`).

    One person answers once, whatever memberships and accounts they hold: people are kept here by the id with which
    their others were merged.
    """

    public_id = PublicIdField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="answers")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=3, choices=choices(Vote))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.TextField(blank=True, default="")
    # Whether the call asked for a second pair of eyes inside the agency when it answered; and who that was.
    needs_second = models.BooleanField(default=False)
    seconded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "agency"], name="agency_answers_once"),
            models.UniqueConstraint(fields=["decision", "person"], name="person_answers_once"),
            models.CheckConstraint(
                condition=Q(on_behalf=True, person=None) | Q(on_behalf=False, person__isnull=False),
                name="answer_is_own_or_on_behalf",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by=None, seconded_at=None)
                | (Q(needs_second=True, seconded_at__isnull=False) & ~Q(seconded_by=F("person"))),
                name="answer_is_seconded_by_another",
            ),
            *on_behalf_constraints("decision_answer"),
        ]

    @property
    def counts(self) -> bool:
        """Whether the answer is in force: confirmed where it was recorded on behalf, seconded where the call asks for it."""
        if self.on_behalf:
            return self.confirmed_at is not None
        return not self.needs_second or self.seconded_at is not None
