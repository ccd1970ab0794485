"""Reads of evidence from publications, for officers of the ministry whose field it is."""

from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.permissions import organisation_ids
from kernel.jobs.models import Job
from program.models import Designation, EvidenceRun, Field, FieldDefinition
from program.rules.field_definition import FieldDefinition as Definition
from registries.models import PaperFile

EVIDENCE_JOB = "program.evidence"
LISTS = ("terms", "subjects", "journals", "exclusions")


def kept_fields(user: Any) -> QuerySet[Field]:
    """The fields of the programmes whose ministry the user is an officer of."""
    return Field.objects.select_related("programme").filter(
        programme__ministry__in=organisation_ids(user, Role.MINISTRY_OFFICER)
    )


def evidence_runs_visible_to(user: Any) -> QuerySet[EvidenceRun]:
    """Newest first, without what only one of them needs."""
    return (
        EvidenceRun.objects.filter(field__in=kept_fields(user))
        .select_related("field__programme", "definition", "papers", "made_by__person")
        .order_by("-id")
    )


def evidence_jobs_visible_to(user: Any) -> QuerySet[Job]:
    """The computations that the user has asked for, newest first."""
    return Job.objects.filter(name=EVIDENCE_JOB, requested_by_id=user.pk).order_by("-id")


def latest_definition(field: Field) -> FieldDefinition | None:
    return field.definitions.order_by("-number").first()


def as_rule(definition: FieldDefinition) -> Definition:
    """The definition as the rule sees it."""
    return Definition(**{name: tuple(getattr(definition, name)) for name in LISTS})


def paper_files() -> QuerySet[PaperFile]:
    return PaperFile.objects.select_related("content").order_by("-dated", "-id")


def drafts_of(user: Any, run: EvidenceRun, partner: str) -> QuerySet[Designation]:
    """The dossiers in preparation to which a figure of this partner belongs."""
    drafts = Designation.objects.filter(
        field=run.field, state="draft", field__in=kept_fields(user)
    ).select_related("field", "country", "group", "programme")
    by_country = drafts.filter(country=partner)
    return by_country if by_country.exists() else drafts.filter(group__public_id=partner)
