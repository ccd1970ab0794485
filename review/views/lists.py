"""The agencies' lists before the decision: all proposals on one page, recorded, confirmed, taken away and brought in."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.documents.columns import Column, Kind
from kernel.documents.errors import DocumentError
from kernel.documents.tables import headings_of, stream_csv
from kernel.documents.uploads import as_text, read_table
from kernel.files import store_upload
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import Violation, sentence
from program.models import Call
from program.permissions import participation
from program.views.answering import carried_out, only_if, posted
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.agreeing import record_list
from review.agreeing import are_lists_open, lists_of, places_in
from review.enums import ListKind
from review.figures import board_of
from review.forms.agreeing import ListForm, ListTableForm
from review.models import AgencyList
from review.permissions import (
    acts_from_letter,
    is_free_of_all,
    may_confirm_list,
    may_list,
    sides_of,
)
from review.queries import locked_agencies, proposals_under_review
from review.rules.agreement import Place, agreement_of
from review.rules.list_tables import read_places
from review.views.agreeing import list_words, place_words
from review.views.pools import call_or_404, crumbs
from review.views.shown import decision_of, proposal_title, tabs_of
from review.views.steps import steps_of
from review.views.unread import unread_notice

MOST_BYTES = 2 * 1024 * 1024


def _call(request: HttpRequest, public_id: str) -> Call:
    """A call in which the agencies give lists, for officers who have no conflict in it: a list speaks of all proposals."""
    call = call_or_404(request, public_id)
    only_if(agreement_of(call.agreement).lists is not ListKind.NONE and is_free_of_all(request.user, call))
    return call


def _proposals(request: HttpRequest, call: Call) -> list[Proposal]:
    found = proposals_under_review(request.user).filter(call=call)
    return list(found)


def _seen(request: HttpRequest, call: Call, given: dict[int, AgencyList]) -> dict[int, AgencyList]:
    """The lists that the reader may read: their own sides', and the others' once all are given."""
    own, is_open = sides_of(request.user, call), are_lists_open(call, given)
    return {key: one for key, one in given.items() if is_open or key in own}


@reads
def lists(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _call(request, public_id)
    given = lists_of(call)
    seen = _seen(request, call, given)
    agencies = [part.agency for part in participation(call).values() if part.must_agree]
    places = {key: places_in(one) for key, one in seen.items()}
    context = {
        "call": call,
        "steps": steps_of(call, locked_agencies(call), decision_of(request.user, call)),
        "agencies": [
            {
                **list_words(request.user, agency, given.get(agency.pk)),
                "moves": _moves(request.user, call, agency, given.get(agency.pk)),
            }
            for agency in agencies
        ],
        "rows": [
            {
                "proposal": proposal,
                "title": proposal_title(proposal),
                "cells": [
                    {
                        "agency": agency.short_name,
                        "words": _said(places, agency, proposal, is_given=agency.pk in given),
                        "text": place.words
                        if (place := places.get(agency.pk, {}).get(proposal.public_id))
                        else "",
                    }
                    for agency in agencies
                ],
                "negotiation_url": reverse("review:negotiation", args=[proposal.public_id])
                if agreement_of(call.agreement).negotiates
                else "",
            }
            for proposal in _proposals(request, call)
        ],
        "moves": [Move(_("Table as CSV"), reverse("review:lists_csv", args=[public_id]))],
        "negotiates": agreement_of(call.agreement).negotiates,
        "tabs": tabs_of(request.user, call, "lists"),
        "breadcrumbs": crumbs(call, _("Lists of the agencies")),
    }
    return render(request, "review/lists.html", context)


def _said(
    places: dict[int, dict[str, Place]], agency: Organisation, proposal: Proposal, *, is_given: bool
) -> str:
    place = places.get(agency.pk, {}).get(proposal.public_id)
    if place is not None:
        return place_words(place)
    return _("given, not open yet") if is_given and agency.pk not in places else "–"


def _moves(user: Any, call: Call, agency: Organisation, given: AgencyList | None) -> list[Move]:
    ids = [call.public_id, agency.public_id]
    moves = []
    if may_list(user, call, agency) and (given is None or given.counts):
        words = (
            _("Record the list of %(agency)s") if given is None else _("Record the list of %(agency)s anew")
        )
        moves.append(
            Move(
                words % {"agency": agency.short_name}, reverse("review:list_record", args=ids), tone="primary"
            )
        )
    if given is not None and not given.counts and may_confirm_list(user, given):
        url = reverse("review:list_confirm", args=[given.public_id])
        moves.append(Move(_("Compare with the letter"), url, tone="primary"))
    return moves


def _agency(request: HttpRequest, call: Call, agency_id: str) -> Organisation:
    required = (part.agency for part in participation(call).values() if part.must_agree)
    agency: Organisation | None = next((one for one in required if one.public_id == agency_id), None)
    if agency is None or not may_list(request.user, call, agency):
        raise Http404
    return agency


@reads_and_writes
@idempotent
def list_record(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    """The list of one agency; a table that is sent fills it in, and is recorded by the next press alone."""
    call = _call(request, public_id)
    agency = _agency(request, call, agency_id)
    kind = agreement_of(call.agreement).lists
    board = board_of(request.user, call)
    proposals = [row.proposal for row in board.rows if row.proposal.state == ProposalState.ELIGIBLE]
    given = lists_of(call).get(agency.pk)
    places = places_in(given) if given else {}
    on_behalf = acts_from_letter(request.user, call, agency)
    table_form, is_table = ListTableForm(), "read" in request.POST
    if is_table:
        table_form = ListTableForm(request.POST, request.FILES)
        places = _from_table(request, table_form, kind, proposals) or places
    sent = (None, None) if is_table else (posted(request), request.FILES or None)
    form = ListForm(*sent, kind=kind, proposals=proposals, places=places, on_behalf=on_behalf)
    if not is_table:
        done, _made = carried_out(
            request,
            form,
            lambda values: _record(request, call, agency, form, values),
            _("The list is recorded. It counts once a second officer has confirmed it.")
            if on_behalf
            else _("The list is recorded."),
        )
        if done:
            return redirect("review:lists", public_id=public_id)
    context = {
        "call": call,
        "heading": _("Record the list of %(agency)s") % {"agency": localized(agency, "name")},
        "is_ranking": kind is ListKind.RANKING,
        "unread": unread_notice(board, among=[p.pk for p in proposals]),
        "form": form,
        "table_form": table_form,
        "rows": [{"proposal": p, "title": proposal_title(p), "fields": form.fields_of(p)} for p in proposals],
        "letter_fields": [form[name] for name in ("letter", "letter_dated") if name in form.fields],
        "csv_url": reverse("review:list_csv", args=[public_id, agency_id]),
        "cancel_url": reverse("review:lists", args=[public_id]),
        "breadcrumbs": crumbs(call, _("Lists of the agencies")),
    }
    return render(request, "review/list_record.html", context)


def _record(
    request: HttpRequest, call: Call, agency: Organisation, form: ListForm, values: dict[str, Any]
) -> AgencyList:
    """A letter that comes with it is stored with the list, or not at all."""
    with transaction.atomic():
        letter = values.get("letter")
        if letter:
            letter = store_upload(upload=letter, by=request.user, allowed=(".pdf",), field="letter")
        return record_list(
            call=call,
            agency=agency,
            by=request.user,
            places=form.places(),
            letter=letter,
            letter_dated=values.get("letter_dated"),
        )


def _from_table(
    request: HttpRequest, form: ListTableForm, kind: ListKind, proposals: list[Proposal]
) -> dict[str, Place]:
    """What the table says, by the proposals' public ids; what is wrong with it stands beside the file, and nothing is taken."""
    if not form.is_valid():
        return {}
    numbers = {p.receipt_number or "": p.public_id for p in proposals}
    violations: list[Violation] = []
    try:
        content = form.cleaned_data["table"].read(MOST_BYTES + 1)
        table = read_table(content[:MOST_BYTES], max_rows=len(proposals) + 1000)
        rows = [(number, [as_text(cell) for cell in cells]) for number, cells in table.rows]
        places, violations = read_places(kind, rows, numbers)
    except DocumentError as error:
        violations, places = [error.as_violation("table")], []
    for violation in violations:
        form.add_error("table", sentence(violation))
    if violations:
        return {}
    messages.success(request, _("The table is read into the list below. Check it, then record it."))
    return {place.key: place for place in places}


def _columns(kind: ListKind, names: list[str]) -> list[Column]:
    said = _("Rank") if kind is ListKind.RANKING else _("Recommended (yes/no)")
    columns = [Column(_("Number"), Kind.CODE), Column(_("Title of the research"), width=48)]
    if not names:
        return [*columns, Column(said, Kind.CODE), Column(_("Words"))]
    for name in names:
        columns += [Column(f"{name}: {said}", Kind.CODE), Column(f"{name}: {_('Words')}")]
    return columns


def _cell(place: Place | None) -> list[Any]:
    if place is None:
        return [None, None]
    if place.rank is not None:
        return [str(place.rank), place.words]
    return ["yes" if place.is_recommended else "no", place.words]


def _csv(name: str, columns: list[Column], rows: Iterator[list[Any]]) -> StreamingHttpResponse:
    content = stream_csv(headings_of(columns), rows)
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads
def lists_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """All lists that the reader may read, side by side."""
    call = _call(request, public_id)
    seen = _seen(request, call, lists_of(call))
    places = [places_in(one) for one in seen.values()]
    columns = _columns(agreement_of(call.agreement).lists, [one.agency.short_name for one in seen.values()])
    if not seen:
        columns = columns[:2]
    rows = (
        [
            p.receipt_number or "",
            proposal_title(p),
            *(cell for one in places for cell in _cell(one.get(p.public_id))),
        ]
        for p in _proposals(request, call)
    )
    return _csv(f"{call.code}-lists", columns, rows)


@reads
def list_csv(request: HttpRequest, public_id: str, agency_id: str) -> StreamingHttpResponse:
    """One agency's list as a table to be filled in elsewhere and brought back."""
    call = _call(request, public_id)
    agency = _agency(request, call, agency_id)
    given = lists_of(call).get(agency.pk)
    places = places_in(given) if given else {}
    rows = (
        [p.receipt_number or "", proposal_title(p), *_cell(places.get(p.public_id))]
        for p in _proposals(request, call)
        if p.state == ProposalState.ELIGIBLE
    )
    columns = _columns(agreement_of(call.agreement).lists, [])
    return _csv(f"{call.code}-{agency.short_name}-list", columns, rows)
