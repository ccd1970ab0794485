from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call, Field
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from review.enums import Gender
from review.states import REVIEWER


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
    state = StateField(REVIEWER)
    # Free words, beside the keywords by which proposals are matched.
    expertise = models.CharField(max_length=300, blank=True, default="")
    keywords = models.JSONField(default=list, blank=True)
    fields = models.ManyToManyField(Field, related_name="+", blank=True)
    # Papers that speak for the expertise: DOIs in lower case, beside those that the ORCID iD leads to.
    dois = models.JSONField(default=list, blank=True)
    # Languages in which the person reads proposals, by ISO 639-1; none where nobody has said.
    languages = models.JSONField(default=list, blank=True)
    # The most proposals that the person takes; NULL where the call's own limit holds.
    max_load = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=10, choices=choices(Gender), default=Gender.NOT_STATED.value)
    # What the pool is searched by: `rules.profiles.searched_text`.
    search_text = models.TextField(blank=True, default="")
    added_at = models.DateTimeField(default=now)

    class Meta:
        # One person reviews for one agency of a call: nobody counts on both sides.
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_is_in_one_pool_a_call"),
            state_is_known(REVIEWER, "reviewer_state_is_known"),
            models.CheckConstraint(condition=Q(max_load__gt=0), name="reviewer_takes_one_or_more"),
            *on_behalf_constraints("reviewer"),
        ]


class PoolImport(models.Model):
    """A table taken into an agency's pool: what it made and changed, so that it can be undone."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    # For an agency that does not sign in: the letter in which it names them.
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    letter_dated = models.DateField(null=True)
    # Public ids of the reviewers that it made; and of those that it changed, the profile before and after.
    made = models.JSONField(default=list)
    changed = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["call", "agency"], name="pool_imports_by_call")]


class ReviewerAbsence(models.Model):
    """Days on which a reviewer is away, first and last included."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="absences")
    from_day = models.DateField()
    to_day = models.DateField()

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__gte=F("from_day")), name="absence_ends_after_it_begins"
            )
        ]
