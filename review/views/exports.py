"""The board as a table to be taken away: CSV and XLSX, as its reader sees it on the page."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import headings_of, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from program.models import Call
from review.figures import Board, board_of
from review.rules.means import in_words
from review.views.boards import in_order
from review.views.pools import call_or_404
from review.views.shown import proposal_title, rank_words

R = TypeVar("R", bound=HttpResponseBase)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _columns(found: Board) -> list[Column]:
    """Ranks are text, since a shared one says so."""
    columns = [
        Column(_("Number"), Kind.CODE),
        Column(_("Title of the research"), width=48),
        Column(_("Principal investigator")),
        Column(_("Institution")),
    ]
    for side in found.sides:
        agency = side.agency.short_name
        columns += [
            Column(f"{agency} {_('Mean')}", Kind.DECIMAL),
            Column(f"{agency} n", Kind.INTEGER),
            Column(f"{agency} {_('Spread')}", Kind.DECIMAL),
            Column(f"{agency} {_('Rank')}", Kind.CODE),
        ]
    return [
        *columns,
        Column(_("Mean of the agencies"), Kind.DECIMAL),
        Column(_("Rank"), Kind.CODE),
        Column(_("Difference"), Kind.DECIMAL),
    ]


def _number(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(in_words(value))


def _place(rank: int | None, is_shared: bool) -> str | None:
    return None if rank is None else rank_words(rank, is_shared)


def _rows(found: Board) -> Iterator[list[Any]]:
    """A shut column and a missing mean are empty cells."""
    for row in in_order(found, "rank"):
        proposal = row.proposal
        line: list[Any] = [
            proposal.receipt_number or "",
            proposal_title(proposal),
            proposal.pi.name,
            localized(proposal.institution, "name"),
        ]
        for cell in row.cells:
            figure = cell.figure
            line += [
                _number(figure.mean) if figure else None,
                figure.n if figure else None,
                _number(figure.spread) if figure else None,
                _place(cell.rank, cell.is_shared),
            ]
        yield [*line, _number(row.overall), _place(row.rank, row.is_shared), _number(row.gap)]


def _named(response: R, call: Call, ending: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="{call.code}-ranking.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads
def board_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    call = call_or_404(request, public_id)
    found = board_of(request.user, call)
    content = stream_csv(headings_of(_columns(found)), _rows(found))
    return _named(StreamingHttpResponse(content, content_type="text/csv; charset=utf-8"), call, "csv")


@reads
def board_xlsx(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    found = board_of(request.user, call)
    book = Workbook(created=now(), title=_("Ranking"), language=current())
    book.add_sheet(_("Ranking"), _columns(found), _rows(found))
    return _named(HttpResponse(book.to_bytes(), content_type=XLSX), call, "xlsx")
