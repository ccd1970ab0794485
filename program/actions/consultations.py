"""Consultations with the Cabinet Office: who took part, what was raised and answered, what was handed over."""

import datetime as dt
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.files import store_upload
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.dossiers import designation_in_preparation
from program.models import Consultation, ConsultationFile, ConsultationPoint, Designation
from program.rules.participants import participants_in

ATTACHMENTS = (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg")


@action
def record_consultation(
    *,
    designation: Designation,
    by: User,
    held_on: dt.date,
    offices: str,
    points: str,
    answer: str = "",
    participants: str = "",
) -> Consultation:
    """Record a consultation with the Cabinet Office: when, with which offices, who took part, on what, with what outcome.

    `participants` has one a line: the office, then the name.

    Raises:
        RuleBroken: `dossier_fixed`, `participant_without_office`.
    """
    designation = designation_in_preparation(designation, by)
    consultation = Consultation(
        designation=designation,
        held_on=held_on,
        offices=offices,
        points=points,
        answer=answer,
        participants=_checked(participants),
    )
    consultation.save()
    audit.record(
        "consulted", designation, by=by, details={"held_on": held_on.isoformat(), "offices": offices}
    )
    return consultation


@action
def change_consultation(*, consultation: Consultation, by: User, **values: Any) -> Consultation:
    """Change what was recorded, while the dossier is a draft; `values` as `record_consultation` takes them.

    Raises:
        RuleBroken: as `record_consultation`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    before = {"held_on": consultation.held_on.isoformat(), "offices": consultation.offices}
    values["participants"] = _checked(values.get("participants", consultation.participants))
    for name in ("held_on", "offices", "points", "answer", "participants"):
        if name in values:
            setattr(consultation, name, values[name])
    consultation.save()
    after = {"held_on": consultation.held_on.isoformat(), "offices": consultation.offices}
    audit.record("consultation_changed", designation, by=by, details={"before": before, "after": after})
    return consultation


def _checked(participants: str) -> str:
    broken = participants_in(participants)[1]
    if broken:
        raise RuleBroken(broken)
    return participants


@action
def add_point(*, consultation: Consultation, by: User, point: str, answer: str = "") -> ConsultationPoint:
    """Add a point that was raised, with its answer where there is one yet.

    Raises:
        RuleBroken: `dossier_fixed`, `point_missing`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    refuse_if(None if point.strip() else Violation("point_missing", "point"))
    made = ConsultationPoint.objects.create(consultation=consultation, point=point, answer=answer)
    audit.record("point_added", designation, by=by, details={"consultation": consultation.public_id})
    return made


@action
def change_point(*, point: ConsultationPoint, by: User, text: str, answer: str) -> ConsultationPoint:
    """Change a point that was raised, or answer it.

    Raises:
        RuleBroken: `dossier_fixed`, `point_missing`.
    """
    designation = designation_in_preparation(point.consultation.designation, by)
    refuse_if(None if text.strip() else Violation("point_missing", "point"))
    point.point, point.answer = text, answer
    point.save(update_fields=["point", "answer"])
    audit.record("point_changed", designation, by=by, details={"point": point.public_id})
    return point


@action
def remove_point(*, point: ConsultationPoint, by: User) -> None:
    """Take a point out of a draft.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(point.consultation.designation, by)
    audit.record("point_removed", designation, by=by, details={"point": point.public_id})
    point.delete()


@action
def attach_file(*, consultation: Consultation, by: User, upload: Any, title: str) -> ConsultationFile:
    """Attach what was handed over: a paper, a table, a picture of up to 20 MB.

    Raises:
        RuleBroken: `dossier_fixed`, and what `store_upload` refuses, beside the field `file`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    stored = store_upload(upload=upload, by=by, allowed=ATTACHMENTS, field="file")
    made = ConsultationFile.objects.create(consultation=consultation, file=stored, title=title)
    audit.record(
        "attachment_added",
        designation,
        by=by,
        details={"attachment": made.public_id, "sha256": stored.sha256},
    )
    return made


@action
def remove_attachment(*, attachment: ConsultationFile, by: User) -> None:
    """Take an attachment out of a draft; versions go on saying that it was there.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(attachment.consultation.designation, by)
    audit.record("attachment_removed", designation, by=by, details={"attachment": attachment.public_id})
    attachment.delete()


@action
def remove_consultation(*, consultation: Consultation, by: User) -> None:
    """Take a consultation out of a draft, where it was recorded by mistake.

    Raises:
        RuleBroken: `dossier_fixed`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    audit.record(
        "consultation_removed",
        designation,
        by=by,
        details={"held_on": consultation.held_on.isoformat(), "offices": consultation.offices},
    )
    consultation.delete()


@action
def note_download(*, attachment: ConsultationFile, by: User) -> None:
    """Write down that the attachment was read."""
    audit.record(
        "attachment_downloaded",
        attachment.consultation.designation,
        by=by,
        details={"attachment": attachment.public_id},
    )
