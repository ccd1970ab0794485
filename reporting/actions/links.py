"""Saying which papers came of which project."""

from typing import Any

from django.db import IntegrityError, transaction

from kernel import audit
from kernel.actions import action
from kernel.violations import RuleBroken, Violation, refuse_if
from projects.models import Project
from registries.models import Publication
from reporting.actions.locking import lock_project
from reporting.enums import LinkSource
from reporting.figures.papers import first_day_of, is_older
from reporting.models import ProjectPublication


@action
def link_publication(
    *, project: Project, publication: Publication, by: Any, source: LinkSource = LinkSource.BY_HAND
) -> ProjectPublication:
    """Say that a paper came of a project. Another project may have it too.

    Raises:
        NotAllowed: `by` neither belongs to the project's team in Japan nor is an officer of its agency.
        RuleBroken: `project_not_begun`, `paper_before_project`, `paper_linked_already`.
    """
    project = lock_project(project=project, by=by)
    refuse_if(
        Violation("paper_before_project", "publication", {"first": first_day_of(project)})
        if is_older(publication, project)
        else None
    )
    try:
        with transaction.atomic():
            link = ProjectPublication.objects.create(
                project=project, publication=publication, source=source, linked_by=by
            )
    except IntegrityError as error:
        raise RuleBroken(Violation("paper_linked_already")) from error
    audit.record(
        "paper_linked",
        project,
        by=by,
        details={"publication": publication.public_id, "doi": publication.doi, "source": str(source)},
    )
    return link


@action
def unlink_publication(*, project: Project, publication: Publication, by: Any) -> None:
    """Say that a paper did not come of a project after all. Reports made before keep it.

    Raises:
        NotAllowed: as `link_publication`.
        RuleBroken: `project_not_begun`, `paper_not_linked`.
    """
    project = lock_project(project=project, by=by)
    links = ProjectPublication.objects.filter(project=project, publication=publication)
    if not links.delete()[0]:
        raise RuleBroken(Violation("paper_not_linked"))
    audit.record(
        "paper_unlinked",
        project,
        by=by,
        details={"publication": publication.public_id, "doi": publication.doi},
    )
