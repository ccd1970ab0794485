"""Reads of what was collected elsewhere, as far as a user may see it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.permissions import organisation_ids
from kernel.files.models import StoredFile
from kernel.jobs.models import Job
from program.enums import CallState
from program.models import Call
from proposals.enums import CollectionKey
from proposals.models import CollectedProposal, EradRun, Intake, IntakeRow
from proposals.permissions import RECEIVING, exclusions_of
from proposals.queries import office_proposals

PREVIEW_JOB = "proposals.preview_intake"
INTAKE_JOB = "proposals.take_in"
UNDO_JOB = "proposals.undo_intake"


def collection_key(call: Call) -> CollectionKey | None:
    """By which column the call's tables are matched; None before the first was taken in, or once all were undone."""
    first = Intake.objects.filter(call=call, undone_at=None).order_by("pk").first()
    return CollectionKey(first.key) if first else None


def collecting_calls(user: Any) -> QuerySet[Call]:
    """The calls into which the user may take proposals in (as `permissions.may_collect`), the newest first."""
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    return (
        Call.objects.filter(lead_agency__in=agencies, state__in=RECEIVING)
        .select_related("programme", "lead_agency")
        .order_by("-opens_at", "-pk")
    )


def erad_calls(user: Any) -> QuerySet[Call]:
    """The calls of the user's own agencies whose tables they bring to e-Rad and back, the newest first."""
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    return (
        Call.objects.filter(lead_agency__in=agencies, lead_agency__country_code="JP")
        .exclude(state__in=(CallState.DRAFT, CallState.CANCELLED))
        .select_related("programme", "lead_agency")
        .order_by("-opens_at", "-pk")
    )


def erad_runs_visible_to(user: Any, call: Call) -> QuerySet[EradRun]:
    """The tables from e-Rad that have changed something of a call, each with `changed`: on how many of the proposals that
    the user may see."""
    shown = Q(changes__proposal__call=call, changes__proposal__in=office_proposals(user).values("pk"))
    return (
        EradRun.objects.annotate(changed=Count("changes", filter=shown))
        .filter(changed__gt=0)
        .select_related("file", "by__person")
        .order_by("-pk")
    )


def intakes_visible_to(user: Any) -> QuerySet[Intake]:
    """The tables that were taken into calls of the user's own agency, the newest first."""
    agencies = organisation_ids(user, Role.PROGRAMME_OFFICER)
    return (
        Intake.objects.filter(call__lead_agency__in=agencies)
        .select_related("call__programme", "call__lead_agency", "file", "by__person", "undone_by__person")
        .order_by("-pk")
    )


def rows_counted(user: Any, intake: Intake) -> QuerySet[IntakeRow]:
    """The rows of a table that are told to the user, even if only by their number: none of a proposal from which they are
    excluded by a conflict of interest."""
    excluded = exclusions_of(user)
    hidden = Q(proposal__in=excluded.values("proposal"))
    return IntakeRow.objects.filter(intake=intake).exclude(hidden).order_by("number")


def rows_shown(user: Any, intake: Intake) -> QuerySet[IntakeRow]:
    """The rows whose proposals the user may open: before the deadline none."""
    shown = rows_counted(user, intake).filter(proposal__in=office_proposals(user).values("pk"))
    return shown.select_related("proposal__pi", "proposal__call")


def collected_visible_to(user: Any, call: Call) -> QuerySet[CollectedProposal]:
    """What was collected elsewhere for a call and can be opened by the user, in the order of its receipt."""
    found = CollectedProposal.objects.filter(call=call, proposal__in=office_proposals(user).values("pk"))
    return found.order_by("proposal__receipt_number")


def intake_jobs_of(user: Any) -> QuerySet[Job]:
    """The user's own tables on their way."""
    return Job.objects.filter(name__in=(PREVIEW_JOB, INTAKE_JOB, UNDO_JOB), requested_by=user)


def own_uploads(user: Any) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(made_here=False, uploaded_by=user)
