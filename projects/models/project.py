from django.db import models

from accounts.models import Organisation, Person
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Programme
from projects.states import PROJECT
from proposals.models import Proposal


class Project(models.Model):
    """An adopted proposal, paid year by year by the agency that owns it."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="projects")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="project")
    # JPMJAP2326: the agency's prefix, two digits of the year, a serial.
    number = models.CharField(max_length=20, unique=True)
    title_ja = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    pi = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="projects")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hosted_projects")
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    state = StateField(PROJECT)
    adopted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            state_is_known(PROJECT, "project_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")), name="project_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["programme", "agency", "id"], name="projects_by_agency")]
