from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.choices import choices
from kernel.ids import PublicIdField
from program.enums import StatementKind
from proposals.models.proposal import Proposal


class Statement(models.Model):
    """A statement on compliance, with its day and who made it; of a person where it concerns one.

    It stands in Japan's annex: a change voids the institution's approval and no signature.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=20, choices=choices(StatementKind))
    # NULL where it is of the whole proposal.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True, default="")
    # Of a training: what it was, when it was done, and until when it holds, where it ends.
    course = models.CharField(max_length=200, blank=True, default="")
    done_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    # Of research integrity: the person's posts and side jobs as their profile had them on that day (`accounts.posts`).
    posts = models.JSONField(default=list)
    stated_on = models.DateField()
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "person"], name="statement_is_made_once_a_person"
            ),
            # NULLs are never alike.
            models.UniqueConstraint(
                fields=["proposal", "kind"], condition=Q(person=None), name="statement_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(done_on=None) | Q(valid_until__gte=F("done_on")),
                name="training_ends_after_it_was_done",
            ),
        ]
