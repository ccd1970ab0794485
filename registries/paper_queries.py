"""Reads of the files of papers by the million, for those who work on evidence."""

from typing import Any

from django.db.models import QuerySet

from kernel.jobs.models import Job
from registries.models import PaperFile
from registries.permissions import may_keep_papers
from registries.queries import PAPER_JOB


def paper_files_visible_to(user: Any) -> QuerySet[PaperFile]:
    """The newest first."""
    files = PaperFile.objects.select_related("by__person", "content").order_by("-dated", "-id")
    return files if may_keep_papers(user) else files.none()


def paper_jobs_of(user: Any) -> QuerySet[Job]:
    """The files that this person has sent, whatever became of them, newest first."""
    jobs = Job.objects.filter(name=PAPER_JOB).order_by("-id")
    return jobs.filter(requested_by=user) if may_keep_papers(user) else jobs.none()
