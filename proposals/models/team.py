from django.db import models
from django.db.models import Q

from accounts.models import Person
from kernel.choices import choices
from kernel.ids import PublicIdField
from proposals.enums import TeamRole
from proposals.models.proposal import Proposal


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def joined(self) -> "TeamMemberQuerySet":
        """Those who take part: who was only named, or has not answered yet, is none of them."""
        return self.filter(joined_at__isnull=False)


class TeamMember(models.Model):
    """A person of either team, where they work, what they do in the joint research (分担内容), and how much of their time
    they give (percent of full time)."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="team_memberships")
    role = models.CharField(max_length=20, choices=choices(TeamRole))
    institution_name = models.CharField(max_length=300)
    institution_ror_id = models.CharField(max_length=9, blank=True, default="")
    # 所属部局・職名, taken over from the person's posts (`accounts.models.Post`) or typed for one who has entered none.
    department_ja = models.CharField(max_length=200, blank=True, default="")
    department_en = models.CharField(max_length=200, blank=True, default="")
    title_ja = models.CharField(max_length=100, blank=True, default="")
    title_en = models.CharField(max_length=100, blank=True, default="")
    country_code = models.CharField(max_length=2)
    effort_percent = models.PositiveSmallIntegerField(default=10)
    task = models.CharField(max_length=300, blank=True, default="")
    # When they began to take part (参画の承諾): the PI with the proposal, others by accepting their invitation. Until then the
    # proposal is closed to them, but for the shared core that the invitation shows.
    joined_at = models.DateTimeField(null=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="team_member_is_there_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(role="pi"), name="proposal_has_one_pi"),
            models.CheckConstraint(condition=Q(effort_percent__lte=100), name="effort_at_most_all"),
        ]
