"""The budget as a spreadsheet: the same figures as on the page and in the PDF."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import headings_of, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.templatetags.kernel import fiscal_year_short
from proposals.actions.content import content_of, read_whole
from proposals.budget_words import asked_rows, funding_caption, funding_rows, named_parts
from proposals.budgeting import asked_in, funding_in
from proposals.models import Proposal
from proposals.queries import last_submission, own_proposals, proposals_visible_to
from proposals.rules.budget import total_of
from proposals.views.own import own_proposal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _content(request: HttpRequest, public_id: str) -> tuple[Proposal, dict[str, Any]]:
    """For the team the budget as it stands; for whoever else may read the proposal, as it was submitted."""
    if own_proposals(request.user).filter(public_id=public_id).exists():
        proposal = own_proposal(request, public_id)
        read_whole(proposal)
        return proposal, content_of(proposal)
    proposal = get_object_or_404(proposals_visible_to(request.user), public_id=public_id)
    submission = last_submission(proposal)
    if submission is None:
        raise Http404
    return proposal, submission.content


def _rows(content: dict[str, Any], lead: str) -> Iterator[list[Any]]:
    years, whole = content["fiscal_years"], asked_in(content)
    parts = named_parts(content, lead, current())

    def row(of: str, head: str, of_year: Any) -> list[Any]:
        values = [of_year(year) for year in years]
        return [of, head, *values, sum(values)]

    for name, amounts in [*parts, *([(_("All institutions"), whole)] if len(parts) > 1 else [])]:
        for head, of_year in asked_rows(amounts):
            yield row(name, head, of_year)
        yield row(name, _("Total"), lambda year, amounts=amounts: total_of(amounts, year))
    if funding := funding_in(content):
        for head, of_year in funding_rows(funding):
            yield row(funding_caption(), head, of_year)


@reads
def budget_export(request: HttpRequest, public_id: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The budget as CSV or as a workbook."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    proposal, content = _content(request, public_id)
    columns = [
        Column(_("Institution"), Kind.TEXT),
        Column(_("Category"), Kind.TEXT),
        *(Column(fiscal_year_short(year), Kind.YEN) for year in content["fiscal_years"]),
        Column(_("Whole term"), Kind.YEN),
    ]
    rows = list(_rows(content, localized(proposal.institution, "name")))
    response: HttpResponse | StreamingHttpResponse
    if kind == "xlsx":
        book = Workbook(created=now(), title=_("Budget by fiscal year"), language=current())
        book.add_sheet(_("Budget by fiscal year"), columns, rows)
        response = HttpResponse(book.to_bytes(), content_type=XLSX)
    else:
        response = StreamingHttpResponse(
            stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
        )
    response["Content-Disposition"] = f'attachment; filename="budget.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
