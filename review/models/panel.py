from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call
from proposals.models import Proposal
from review.enums import Attendance, Ballot, PanelRole
from review.states import PANEL


class Panel(models.Model):
    """A meeting of a call's panel: when and where, how many proposals can be funded, and how it groups and votes."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panels")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True, default="")
    online_url = models.URLField(max_length=500, blank=True, default="")
    # How many can be funded; NULL where that is not known yet.
    places = models.PositiveIntegerField(null=True, blank=True)
    # The groups into which proposals are put, the best first: "A, B, C"; blank: none.
    bands = models.CharField(max_length=60, blank=True, default="A, B, C")
    has_votes = models.BooleanField(default=False)
    state = StateField(PANEL)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(PANEL, "panel_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="panel_ends_after_it_starts"
            ),
        ]


class PanelMember(models.Model):
    """Somebody of a panel, for which agency they sit on it, and whether they came."""

    public_id = PublicIdField()
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_seats")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=9, choices=choices(PanelRole), default=PanelRole.MEMBER)
    attendance = models.CharField(max_length=8, choices=choices(Attendance), default=Attendance.EXPECTED)

    class Meta:
        constraints = [
            # One person sits for one agency, and has one vote.
            models.UniqueConstraint(fields=["panel", "person"], name="person_sits_once_on_a_panel")
        ]


class PanelItem(models.Model):
    """A proposal before the panel: its turn on the agenda, the panel's rank and group, and a note for the minutes."""

    public_id = PublicIdField()
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="panel_items")
    turn = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    band = models.CharField(max_length=12, blank=True, default="")
    interview_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "proposal"], name="proposal_is_before_a_panel_once")
        ]


class PanelLeave(models.Model):
    """That a member left the room while a proposal was discussed."""

    item = models.ForeignKey(PanelItem, on_delete=models.CASCADE, related_name="leaves")
    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="leaves")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="member_leaves_once_an_item")]


class PanelVote(models.Model):
    """A member's vote on a proposal; one a person, counted for the member's agency."""

    item = models.ForeignKey(PanelItem, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="votes")
    ballot = models.CharField(max_length=7, choices=choices(Ballot))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="member_votes_once_an_item")]
