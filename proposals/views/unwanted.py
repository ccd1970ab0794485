"""Reviewers by whom the applicants ask not to be reviewed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from proposals.actions.unwanted import change_unwanted, name_unwanted, remove_unwanted
from proposals.forms.unwanted import UnwantedForm
from proposals.models import UnwantedReviewer
from proposals.views.lists import Row, change_page, form_page, list_page, removal_page, sent, written_row
from proposals.views.own import written_proposal

FIELDS = ("name", "institution_name", "email", "reason")


def _row(request: HttpRequest, public_id: str, row_id: str) -> UnwantedReviewer:
    return written_row(request, UnwantedReviewer.objects.all(), public_id, row_id)


@reads
def unwanted(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    rows = [
        Row(
            [named.name, named.institution_name, named.reason],
            change_url=reverse("proposals:unwanted_change", args=[public_id, named.public_id]),
            remove_url=reverse("proposals:unwanted_remove", args=[public_id, named.public_id]),
        )
        for named in proposal.unwanted_reviewers.order_by("pk")
    ]
    return list_page(
        request,
        proposal,
        heading=_("Reviewers not wanted"),
        lead=_(
            "Up to five people by whom you ask not to be reviewed, each with the reason. Only the agencies’ officers read this; it stands in no PDF, and no reviewer is told."
        ),
        columns=[_("Name of the person"), _("Institution"), _("Reason")],
        rows=rows,
        empty=_("Nobody is named."),
        add_url=reverse("proposals:unwanted_add", args=[public_id]),
        add_label=_("Name a person"),
    )


@reads_and_writes
@idempotent
def unwanted_add(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    return form_page(
        request,
        proposal,
        UnwantedForm(sent(request)[0]),
        heading=_("Name a reviewer not wanted"),
        act=lambda values: name_unwanted(proposal=proposal, by=request.user, **values),
        back="proposals:unwanted",
        saved=_("Saved."),
    )


@reads_and_writes
def unwanted_change(request: HttpRequest, public_id: str, row_id: str) -> HttpResponse:
    row = _row(request, public_id, row_id)

    def make(*data: Any) -> UnwantedForm:
        return UnwantedForm(data[0], initial={name: getattr(row, name) for name in FIELDS})

    return change_page(
        request,
        row,
        make,
        heading=_("Change a reviewer not wanted"),
        act=lambda values: change_unwanted(row=row, by=request.user, **values),
        back="proposals:unwanted",
        saved=_("Saved."),
    )


@reads_and_writes
@idempotent
def unwanted_remove(request: HttpRequest, public_id: str, row_id: str) -> HttpResponse:
    row = _row(request, public_id, row_id)
    return removal_page(
        request,
        row,
        heading=_("Remove a reviewer not wanted"),
        question=_("Take %(name)s off the list?") % {"name": row.name},
        act=lambda seen: remove_unwanted(row=row, by=request.user, seen=seen),
        back="proposals:unwanted",
    )
