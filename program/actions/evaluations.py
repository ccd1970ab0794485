"""Evaluations of a programme: planned, held, and its ministry's officers reminded of them."""

import datetime as dt

from django.utils import translation

from accounts.enums import Role
from accounts.models import Membership, User
from kernel import audit
from kernel.actions import action, require
from kernel.choices import label
from kernel.clock import today
from kernel.outbox import MailKind, queue_mail
from kernel.outbox.models import OutboxMail
from kernel.revisions import refuse_stale
from kernel.violations import Violation, refuse_if
from program.enums import EvaluationKind
from program.models import Programme, ProgrammeEvaluation
from program.permissions import may_keep_programme
from program.rules.evaluations import reminder_reached


@action
def plan_evaluation(
    *,
    programme: Programme,
    by: User,
    kind: str,
    year: int,
    note_ja: str = "",
    note_en: str = "",
    planned_on: dt.date | None = None,
    held_on: dt.date | None = None,
    remind_days: int = 90,
) -> ProgrammeEvaluation:
    """Note an evaluation of the programme, held or planned in fiscal year `year`. There may be several of a kind.

    Raises:
        RuleBroken: `evaluation_day_outside_year`, `evaluation_held_ahead`.
    """
    require(may_keep_programme(by, programme))
    _refuse_bad(programme, year, planned_on, held_on)
    evaluation = ProgrammeEvaluation.objects.create(
        programme=programme,
        kind=kind,
        year=year,
        note_ja=note_ja,
        note_en=note_en,
        planned_on=planned_on,
        held_on=held_on,
        remind_days=remind_days,
    )
    audit.record("planned", evaluation, by=by, details={"kind": kind, "year": year})
    return evaluation


@action
def change_evaluation(
    *,
    evaluation: ProgrammeEvaluation,
    by: User,
    kind: str,
    year: int,
    note_ja: str = "",
    note_en: str = "",
    planned_on: dt.date | None = None,
    held_on: dt.date | None = None,
    remind_days: int = 90,
    seen: str = "",
) -> ProgrammeEvaluation:
    """Change an evaluation, or note on which day it was held. A new day begins its reminders anew.

    Raises:
        RuleBroken: as `plan_evaluation`; `stale_version` if the evaluation was changed since `seen`.
    """
    evaluation = (
        ProgrammeEvaluation.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=evaluation.pk)
    )
    require(may_keep_programme(by, evaluation.programme))
    refuse_stale(evaluation, seen, writer=by, verb="changed", subject=evaluation)
    _refuse_bad(evaluation.programme, year, planned_on, held_on)
    evaluation.kind, evaluation.year = kind, year
    evaluation.note_ja, evaluation.note_en = note_ja, note_en
    evaluation.planned_on, evaluation.held_on, evaluation.remind_days = planned_on, held_on, remind_days
    evaluation.save()
    audit.record(
        "changed",
        evaluation,
        by=by,
        details={
            "kind": kind,
            "year": year,
            "planned_on": planned_on.isoformat() if planned_on else None,
            "held_on": held_on.isoformat() if held_on else None,
        },
    )
    return evaluation


def _refuse_bad(programme: Programme, year: int, planned_on: dt.date | None, held_on: dt.date | None) -> None:
    calendar = programme.calendar
    refuse_if(
        *(
            Violation("evaluation_day_outside_year", field, {"day": day, "year": year})
            if day and calendar.year_of(day) != year
            else None
            for field, day in (("planned_on", planned_on), ("held_on", held_on))
        ),
        Violation("evaluation_held_ahead", "held_on")
        if held_on and held_on > today(programme.zone)
        else None,
    )


@action
def remove_evaluation(*, evaluation: ProgrammeEvaluation, by: User) -> None:
    """Take away an evaluation that was entered by mistake."""
    require(may_keep_programme(by, evaluation.programme))
    audit.record(
        "evaluation_removed",
        evaluation.programme,
        by=by,
        details={"kind": evaluation.kind, "year": evaluation.year},
    )
    evaluation.delete()


@action
def remind_of_evaluations() -> int:
    """Write to the officers of each programme's ministry whose evaluation comes near; returns how many mails are new.

    Each officer is told once of each reminder of each planned day: doing it again writes nothing.
    """
    written = 0
    planned = ProgrammeEvaluation.objects.filter(planned_on__isnull=False, held_on=None)
    for evaluation in planned.select_related("programme").order_by("planned_on", "id"):
        programme = evaluation.programme
        day = today(programme.zone)
        reached = reminder_reached(evaluation.planned_on, evaluation.held_on, evaluation.remind_days, day)
        if reached is None:
            continue
        for user in _officers(programme, day):
            key = f"evaluation:{evaluation.public_id}:{evaluation.planned_on}:{reached}:{user.public_id}"
            if OutboxMail.objects.filter(key=key).exists():
                continue
            with translation.override(user.language):
                kind = label(EvaluationKind(evaluation.kind))
            queue_mail(
                "evaluation_due",
                to=user.email,
                language=user.language,
                values={"evaluation": evaluation, "programme": programme, "kind": kind},
                about=evaluation,
                key=key,
                kind=MailKind.REMINDER,
            )
            written += 1
    return written


def _officers(programme: Programme, day: dt.date) -> list[User]:
    members = Membership.objects.active_on(day).filter(
        organisation=programme.ministry_id, role=Role.MINISTRY_OFFICER, person__user__is_active=True
    )
    users = User.objects.filter(pk__in=members.values("person__user"))
    return list(users.order_by("id"))
