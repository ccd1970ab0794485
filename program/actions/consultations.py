"""Consultations with the Cabinet Office: who took part, what was raised and answered, what was handed over."""

import datetime as dt
from typing import Any

from accounts.models import User
from kernel import audit
from kernel.actions import action
from kernel.clock import today
from kernel.files import store_upload
from kernel.revisions import refuse_stale
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.dossiers import designation_in_preparation
from program.models import Consultation, ConsultationFile, ConsultationPoint, Designation
from program.rules.participants import participants_in

TEXTS = (
    "offices_ja",
    "offices_en",
    "participants_ja",
    "participants_en",
    "points_ja",
    "points_en",
    "answer_ja",
    "answer_en",
)
OF_POINT = ("point_ja", "point_en", "answer_ja", "answer_en")
ATTACHMENTS = (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg")


@action
def record_consultation(
    *,
    designation: Designation,
    by: User,
    held_on: dt.date,
    offices_ja: str,
    points_ja: str,
    **texts: str,
) -> Consultation:
    """Record a consultation with the Cabinet Office: when, with which offices, who took part, on what, with what outcome.

    `texts` are any others of `TEXTS`; the participants stand one a line: the office, then the name.

    Raises:
        RuleBroken: `dossier_fixed`, `consultation_to_come`, `participant_without_office`, `participant_too_long`.
    """
    designation = designation_in_preparation(designation, by)
    consultation = Consultation(
        designation=designation, held_on=held_on, offices_ja=offices_ja, points_ja=points_ja, **texts
    )
    _check(consultation)
    consultation.save()
    audit.record("consulted", designation, by=by, details=_head(consultation))
    return consultation


def _head(consultation: Consultation) -> dict[str, str]:
    return {"held_on": consultation.held_on.isoformat(), "offices": consultation.offices_ja}


@action
def change_consultation(
    *, consultation: Consultation, by: User, seen: str = "", **values: Any
) -> Consultation:
    """Change what was recorded, while the dossier is a draft; `values` as `record_consultation` takes them.

    Raises:
        RuleBroken: as `record_consultation`; `stale_version` if it was changed since `seen`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_stale(consultation, seen, writer=by, verb="consultation_changed", subject=designation)
    before = _head(consultation)
    for name in ("held_on", *TEXTS):
        if name in values:
            setattr(consultation, name, values[name])
    _check(consultation)
    consultation.save()
    details = {"before": before, "after": _head(consultation)}
    audit.record("consultation_changed", designation, by=by, details=details)
    return consultation


def _check(consultation: Consultation) -> None:
    """What is recorded has been held, and names its participants."""
    refuse_if(
        Violation("consultation_to_come", "held_on") if consultation.held_on > today() else None,
    )
    broken = [
        violation
        for name in ("participants_ja", "participants_en")
        for violation in participants_in(getattr(consultation, name), name)[1]
    ]
    if broken:
        raise RuleBroken(broken)


@action
def add_point(*, consultation: Consultation, by: User, point_ja: str, **texts: str) -> ConsultationPoint:
    """Add a point that was raised, with its answer where there is one yet: `texts` are any others of `OF_POINT`.

    Raises:
        RuleBroken: `dossier_fixed`, `point_missing`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    refuse_if(Violation("point_missing", "point_ja") if is_blank_text(point_ja) else None)
    made = ConsultationPoint.objects.create(consultation=consultation, point_ja=point_ja, **texts)
    audit.record("point_added", designation, by=by, details={"consultation": consultation.public_id})
    return made


@action
def change_point(*, point: ConsultationPoint, by: User, seen: str = "", **texts: str) -> ConsultationPoint:
    """Change a point that was raised, or answer it: `texts` are any of `OF_POINT`.

    Raises:
        RuleBroken: `dossier_fixed`, `point_missing`; `stale_version` if the point was changed since `seen`.
    """
    designation = designation_in_preparation(point.consultation.designation, by)
    point = ConsultationPoint.objects.select_for_update().get(pk=point.pk)
    refuse_stale(point, seen, writer=by, verb="point_changed", subject=designation)
    for name in OF_POINT:
        setattr(point, name, texts.get(name, getattr(point, name)))
    refuse_if(Violation("point_missing", "point_ja") if is_blank_text(point.point_ja) else None)
    point.save(update_fields=OF_POINT)
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
def attach_file(
    *, consultation: Consultation, by: User, upload: Any, title_ja: str, title_en: str = ""
) -> ConsultationFile:
    """Attach what was handed over: a paper, a table, a picture of up to 20 MB.

    Raises:
        RuleBroken: `dossier_fixed`, and what `store_upload` refuses, beside the field `file`.
    """
    designation = designation_in_preparation(consultation.designation, by)
    stored = store_upload(upload=upload, by=by, allowed=ATTACHMENTS, field="file")
    made = ConsultationFile.objects.create(
        consultation=consultation, file=stored, title_ja=title_ja, title_en=title_en
    )
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
        details=_head(consultation),
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
