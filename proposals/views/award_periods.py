"""The picture of the awards' periods and its numbers, for the team and for whoever handles the proposal."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from kernel.documents.tables import stream_csv
from kernel.methods import reads
from kernel.templatetags.kernel import fiscal_year_short
from proposals.award_periods import name_of, period_of, periods_table, term_of
from proposals.models import PartnerAward, Proposal
from proposals.permissions import keep_impartial
from proposals.queries import office_proposals, own_proposals
from proposals.rules.periods import uncovered


def _readable(request: HttpRequest, public_id: str) -> tuple[Proposal, list[PartnerAward]]:
    """Of the team's own page, or of the officers'; for anybody else it is absent."""
    own = own_proposals(request.user).filter(public_id=public_id).first()
    proposal = own or office_proposals(request.user).filter(public_id=public_id).first()
    if proposal is None:
        raise Http404
    if own is None:
        keep_impartial(request.user, proposal)
    return proposal, list(proposal.awards.select_related("agency").order_by("pk"))


@reads
def award_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts.periods import Bar, spans_of_days  # matplotlib is slow to load

    proposal, awards = _readable(request, public_id)
    term, periods = term_of(proposal), [period_of(award) for award in awards]
    gaps = [(gap.first, gap.last) for gap in uncovered(term, periods)]
    bars = [Bar(_("Joint research"), term.first, term.last, gaps, is_measure=True)]
    bars += [Bar(name_of(award), own.first, own.last) for award, own in zip(awards, periods, strict=True)]
    calendar = proposal.call.programme.calendar
    svg = spans_of_days(
        bars,
        [(calendar.first_day(year), fiscal_year_short(year)) for year in proposal.fiscal_years],
        measure_label=_("Joint research"),
        other_label=_("Award of the partner agency"),
        gap_label=_("Not covered"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def award_periods_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    proposal, awards = _readable(request, public_id)
    headers, rows = periods_table(proposal, awards)
    response = StreamingHttpResponse(stream_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="award-periods.csv"'
    return response
