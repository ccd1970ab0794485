from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
from projects.models import Project
from registries.models import Publication
from reporting.enums import LinkSource


class ProjectPublication(models.Model):
    """A paper that came of a project. A paper of two projects stands under both and counts once in the programme."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="publication_links")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="project_links")
    source = models.CharField(max_length=16, choices=choices(LinkSource))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    linked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "publication"], name="paper_is_linked_once")
        ]
