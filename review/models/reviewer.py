from django.db import models

from accounts.models import Organisation, Person
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints


class Reviewer(AnsweredOnBehalf):
    """A person in an agency's pool for a call.

    For an agency that does not sign in, its letter names them; nothing is given to them before a second officer has
    confirmed that it does.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviewers")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewing")
    institution_name = models.CharField(max_length=300, blank=True, default="")
    institution_ror_id = models.CharField(max_length=9, blank=True, default="")
    country_code = models.CharField(max_length=2, blank=True, default="")
    expertise = models.CharField(max_length=300, blank=True, default="")
    added_at = models.DateTimeField(default=now)

    class Meta:
        # One person reviews for one agency of a call: nobody counts on both sides.
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_is_in_one_pool_a_call"),
            *on_behalf_constraints("reviewer"),
        ]
