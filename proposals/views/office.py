"""The officers' list of what their calls received."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.permissions import has_role, is_agency_officer
from kernel.choices import label
from kernel.clock import now
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from program.enums import CallState, NoticeRule
from proposals.enums import OfficeColumn, OfficeOrder
from proposals.queries import saved_filters_of
from proposals.views.office_cells import cells_of
from proposals.views.office_list import Listing, listing_of
from proposals.views.own import title_of

# What turns the default filter off where nothing else is asked.
ALL = "all"
RETURNED_SHOWN = 50
# The orders to which the head of a column leads: the first, and the other way round once it is in force.
HEADS: dict[str, tuple[OfficeOrder, ...]] = {
    "receipt": (OfficeOrder.RECEIPT,),
    "title": (OfficeOrder.TITLE,),
    OfficeColumn.PI: (OfficeOrder.PI,),
    OfficeColumn.INSTITUTION: (OfficeOrder.INSTITUTION,),
    OfficeColumn.STATE: (OfficeOrder.STATE,),
    OfficeColumn.ASKED: (OfficeOrder.ASKED_MOST, OfficeOrder.ASKED_LEAST),
    OfficeColumn.RECEIVED: (OfficeOrder.RECEIVED_FIRST, OfficeOrder.RECEIVED_LAST),
}
DESCENDING = (OfficeOrder.ASKED_MOST, OfficeOrder.RECEIVED_LAST)


@reads
def office(request: HttpRequest) -> HttpResponse:
    """What was received, with filters in the address. Before a deadline only how many proposals stand submitted."""
    if not is_agency_officer(request.user):
        raise Http404
    saved = list(saved_filters_of(request.user))
    usual = next((one for one in saved if one.is_default and one.user_id == request.user.pk), None)
    if usual is not None and usual.query and not request.GET:
        return redirect(f"{reverse('proposals:office')}?{usual.query}")
    listing = listing_of(request)
    page = page_of(listing.found, request)
    query = listing.form.query
    cells = cells_of(listing.columns)
    context = {
        "filter_form": listing.form,
        "page": page,
        "heads": _heads(request, listing),
        "rows": [
            {
                "proposal": proposal,
                "title": title_of(proposal),
                "url": reverse("proposals:office_proposal", args=[proposal.public_id]),
                "cells": cells(proposal),
            }
            for proposal in page.objects
        ],
        "order": label(OfficeOrder(sort))
        if (sort := listing.form.cleaned_data.get("sort"))
        else _("Newest first"),
        "has_returned": any(call.has_returned for call in listing.calls),  # type: ignore[attr-defined]  # annotated
        "saved": [
            {
                "name": one.name,
                "url": f"?{one.query or ALL}",
                "is_current": one.query == query and query != "",
            }
            for one in saved
        ],
        "save_url": f"{reverse('proposals:office_filters')}?{query}",
        "clear_url": f"{reverse('proposals:office')}?{ALL}",
        "archive_url": reverse("proposals:office_archive"),
        "mail_url": reverse("proposals:office_mail_write")
        if has_role(request.user, Role.PROGRAMME_OFFICER)
        else "",
        "collecting": [call for call in listing.calls if call.state == CallState.OPEN],
        "past_deadline": [call.public_id for call in listing.calls if call.deadline_at <= now()],
        "moves": [
            *(_moves(request.user, query) if page.objects else []),
            *(
                [Move(_("Notices of intent"), reverse("proposals:notices"))]
                if any(call.notice != NoticeRule.OFF for call in listing.calls)
                else []
            ),
        ],
    }
    return render(request, "proposals/office.html", context)


def _moves(user: Any, query: str) -> list[Move]:
    """What can be done with everything that the filter finds."""
    writes = has_role(user, Role.PROGRAMME_OFFICER)
    return [
        Move(text, f"{reverse(route, args=args)}?{query}")
        for text, route, args in (
            (_("Download as CSV"), "proposals:office_export", ["csv"]),
            (_("Download as Excel"), "proposals:office_export", ["xlsx"]),
            (_("Download the PDFs (ZIP)"), "proposals:office_archive", []),
            *([(_("Write to all of these"), "proposals:office_mail_write", [])] if writes else []),
            (_("Mails"), "proposals:office_mails", []),
        )
    ]


def _heads(request: HttpRequest, listing: Listing) -> list[dict[str, Any]]:
    """The heads of the columns, each with the order to which it leads and how it is sorted now."""
    sort = listing.form.cleaned_data.get("sort", "")
    names: list[tuple[str, str]] = [("receipt", _("Receipt number")), ("title", _("Title"))]
    names += [(column.value, label(column)) for column in listing.columns]
    found = []
    for name, text in names:
        orders = [order.value for order in HEADS.get(name, ())]
        url = ""
        if orders:
            at = (orders.index(sort) + 1) % len(orders) if sort in orders else 0
            query = request.GET.copy()
            query.pop("page", None)
            query["sort"] = orders[at]
            url = f"?{query.urlencode()}"
        direction = "descending" if sort in DESCENDING else "ascending"
        found.append(
            {
                "label": text,
                "url": url,
                "sorted": direction if sort in orders else "",
                "is_numeric": name in (OfficeColumn.ASKED, OfficeColumn.YEARS),
            }
        )
    return found
