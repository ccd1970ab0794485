"""The officers' list taken away: as a table, and as the PDFs themselves."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer
from kernel.clock import now, today
from kernel.documents.sheets import Workbook
from kernel.documents.tables import headings_of, stream_csv
from kernel.files.archive import member_name, pieces_of, stream_zip
from kernel.languages import current, localized
from kernel.methods import reads
from proposals.actions.downloads import note_archive
from proposals.beside import members_beside
from proposals.models import Submission
from proposals.queries import office_proposals
from proposals.views.office_cells import table_of
from proposals.views.office_list import chosen_of, listing_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads
def office_export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The filtered list as CSV (streamed) or as a workbook: the chosen columns, or all where none was chosen."""
    if kind not in ("csv", "xlsx") or not is_agency_officer(request.user):
        raise Http404
    listing = listing_of(request, every_column=True)
    columns, rows = table_of(listing.found, listing.columns)
    response: HttpResponse | StreamingHttpResponse
    if kind == "xlsx":
        book = Workbook(created=now(), title=_("Proposals"), language=current())
        book.add_sheet(_("Proposals"), columns, rows)
        response = HttpResponse(book.to_bytes(), content_type=XLSX)
    else:
        response = StreamingHttpResponse(
            stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
        )
    response["Content-Disposition"] = f'attachment; filename="proposals.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads
def office_archive(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The PDFs of the ticked proposals, or of all that the filter finds, each with the files beside it, as one ZIP that is made while it is sent."""
    if not is_agency_officer(request.user):
        raise Http404
    chosen = list(chosen_of(request).order_by("receipt_number").values_list("pk", flat=True))
    if not chosen:
        messages.warning(request, _("No proposal is chosen. Tick at least one."))
        return redirect("proposals:office")
    note_archive(by=request.user, proposals=chosen)
    words = (_("not-included.txt"), _("These proposals have no PDF at the moment; it is still being made:"))
    members = _members(request.user, chosen, current(), now(), *words)
    response = StreamingHttpResponse(stream_zip(members), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="proposals-{today():%Y%m%d}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _members(
    user: Any, chosen: list[int], language: str, at: datetime, missing_name: str, missing_words: str
) -> Iterator[tuple[str, datetime, Iterable[bytes]]]:
    """Each file, the right to it asked when its turn comes: a long archive must not outlive a right. At the end a text that
    names what is not there."""
    missing = []
    for key in chosen:
        proposal = office_proposals(user).filter(pk=key).first()
        if proposal is None:
            continue  # neither the file nor its absence is told
        submission = Submission.objects.filter(proposal=key).select_related("pdf").latest("number")
        pieces = pieces_of(submission.pdf) if submission.pdf else None
        title = localized(proposal, "title", language)
        name = member_name(
            proposal.receipt_number or "", proposal.pi.name_in(language), title[:60], ending=".pdf"
        )
        stem = name.removesuffix(".pdf")
        if pieces is None:
            missing.append(stem)
        else:
            yield name, submission.at, pieces
        beside, lost = members_beside(submission, stem)
        yield from beside
        missing += lost
    if missing:
        text = "\r\n".join([missing_words, "", *missing, ""])
        yield missing_name, at, [text.encode("utf-8-sig")]
