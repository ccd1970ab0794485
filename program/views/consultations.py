"""A consultation with the Cabinet Office: who took part, what was raised and answered, what was handed over."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files import show
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import day
from program.actions import consultations as actions
from program.enums import DesignationState as State
from program.forms.consultations import AttachmentForm, ConsultationForm, PointForm
from program.models import Consultation, ConsultationFile, ConsultationPoint
from program.permissions import may_keep_programme
from program.queries import designation_name, designations_visible_to
from program.rules.participants import participants_in
from program.views.answering import answer_form, editing, held, only_if, trail
from program.views.designations import address, home, kept_designation


def posted_with_files(request: HttpRequest) -> tuple[Any, Any]:
    """The posted values and files, or nothing for a form that has not been sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _kept(request: HttpRequest, public_id: str) -> Consultation:
    found = get_object_or_404(
        Consultation.objects.select_related(
            "designation__programme", "designation__field", "designation__country", "designation__group"
        ).filter(designation__in=designations_visible_to(request.user).order_by()),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, found.designation.programme))
    return found


def _part(request: HttpRequest, model: Any, public_id: str) -> Any:
    """A point or an attachment, for an officer of the ministry whose dossier it stands in."""
    found = get_object_or_404(
        model.objects.select_related("consultation__designation__programme"), public_id=public_id
    )
    only_if(may_keep_programme(request.user, found.consultation.designation.programme))
    return found


def _here(consultation: Consultation) -> str:
    return reverse("program:consultation", args=[consultation.public_id])


def _answer(request: HttpRequest, consultation: Consultation, **how: Any) -> HttpResponse:
    name = designation_name(consultation.designation)
    steps = trail(
        home(),
        (name, address(consultation.designation)),
        (_heading(consultation), _here(consultation)),
        (how["heading"], ""),
    )
    return answer_form(request, back=_here(consultation), breadcrumbs=steps, **{"lead": name, **how})


def _heading(consultation: Consultation) -> str:
    return _("Consultation of %(day)s") % {"day": day(consultation.held_on)}


@reads_and_writes
@idempotent
def consultation_add(request: HttpRequest, public_id: str) -> HttpResponse:
    designation = kept_designation(request, public_id)
    name = designation_name(designation)
    heading = _("Record a consultation")
    return answer_form(
        request,
        form=ConsultationForm(posted_with_files(request)[0]),
        act=lambda values: actions.record_consultation(designation=designation, by=request.user, **values),
        back=address(designation),
        goes_to=_here,
        heading=heading,
        lead=name,
        submit=_("Record"),
        success=_(
            "The consultation was recorded. Add the points raised, with their answers, and attachments."
        ),
        breadcrumbs=trail(home(), (name, address(designation)), (heading, "")),
    )


@reads
def consultation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    may_edit = found.designation.state == State.DRAFT
    name = designation_name(found.designation)
    people, _broken = participants_in(localized(found, "participants"))

    def to(route: str, part: Any) -> str:
        return reverse(f"program:{route}", args=[part.public_id])

    def removal(route: str, part: Any) -> list[Move]:
        return [
            Move(_("Take it out"), to(route, part), "post", "secondary", _("Take this out of the dossier?"))
        ]

    context = {
        "consultation": found,
        "designation": found.designation,
        "heading": _heading(found),
        "name": name,
        "participants": people,
        "raised": [
            {
                "point": point,
                "url": to("point_change", point) if may_edit else "",
                "moves": removal("point_remove", point) if may_edit else [],
            }
            for point in found.raised.order_by("id")
        ],
        "attachments": [
            {
                "attachment": attachment,
                "url": to("consultation_file", attachment),
                "moves": removal("attachment_remove", attachment) if may_edit else [],
            }
            for attachment in found.attachments.select_related("file").order_by("id")
        ],
        "moves": [
            Move(_("Add a point raised"), to("point_add", found), tone="primary"),
            Move(_("Attach a file"), to("consultation_attach", found)),
            Move(_("Change what was recorded"), to("consultation_change", found)),
        ]
        if may_edit
        else [],
        "breadcrumbs": trail(home(), (name, address(found.designation)), (_heading(found), "")),
    }
    return render(request, "program/consultation.html", context)


@reads_and_writes
def consultation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    names = ConsultationForm.base_fields
    return _answer(
        request,
        found,
        **editing(request, found, lambda data: ConsultationForm(data, initial=held(found, names))),
        act=lambda values: actions.change_consultation(consultation=found, by=request.user, **values),
        heading=_("Change what was recorded"),
        submit=_("Save"),
        success=_("The consultation was saved."),
    )


@reads_and_writes
@idempotent
def point_add(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    return _answer(
        request,
        found,
        form=PointForm(posted_with_files(request)[0]),
        act=lambda values: actions.add_point(consultation=found, by=request.user, **values),
        heading=_("Add a point raised"),
        submit=_("Add"),
        success=_("The point was added."),
    )


@reads_and_writes
def point_change(request: HttpRequest, public_id: str) -> HttpResponse:
    point = _part(request, ConsultationPoint, public_id)
    found = _kept(request, point.consultation.public_id)
    return _answer(
        request,
        found,
        **editing(request, point, lambda data: PointForm(data, initial=held(point, PointForm.base_fields))),
        act=lambda values: actions.change_point(point=point, by=request.user, **values),
        heading=_("Change or answer a point"),
        submit=_("Save"),
        success=_("The point was saved."),
    )


@writes
def point_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    point = _part(request, ConsultationPoint, public_id)
    actions.remove_point(point=point, by=request.user)
    messages.success(request, _("The point was taken out."))
    return redirect(_here(point.consultation))


@reads_and_writes
@idempotent
def attachment_add(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    return _answer(
        request,
        found,
        form=AttachmentForm(*posted_with_files(request)),
        act=lambda values: actions.attach_file(
            consultation=found, by=request.user, upload=values.pop("file"), **values
        ),
        heading=_("Attach a file"),
        submit=_("Attach"),
        success=_("The file was attached."),
    )


@reads
def consultation_file(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """An attachment, for officers of the ministry alone; each download is written down."""
    attachment = _part(request, ConsultationFile, public_id)
    actions.note_download(attachment=attachment, by=request.user)
    return show(request, attachment.file)


@writes
def attachment_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    attachment = _part(request, ConsultationFile, public_id)
    actions.remove_attachment(attachment=attachment, by=request.user)
    messages.success(request, _("The attachment was taken out."))
    return redirect(_here(attachment.consultation))


@writes
def consultation_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    actions.remove_consultation(consultation=found, by=request.user)
    messages.success(request, _("The consultation was taken out."))
    return redirect(address(found.designation))
