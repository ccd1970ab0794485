import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.enums import Role
from accounts.models.organisation import Organisation
from accounts.models.person import Person
from kernel.choices import choices
from kernel.ids import PublicIdField


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_on(self, day: dt.date) -> "MembershipQuerySet":
        """Those in force on `day`, both end days counted."""
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))


class Membership(models.Model):
    """What a person does for an organisation, from one day to another. A person may hold several."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=25, choices=choices(Role))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "starts_on"], name="membership_is_there_once"
            ),
        ]
