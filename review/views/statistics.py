"""Reading a call's scores: adjusted for severity, with intervals and the chance to be above the line; agreement; charts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.columns import Column, Kind
from kernel.documents.tables import headings_of, stream_csv
from kernel.fragments import progress_part, wants_part
from kernel.jobs.models import Job
from kernel.languages import localized
from kernel.methods import reads, writes
from kernel.pages import part_of
from program.models import Call
from review.actions.fits import FIT_JOB, request_fit
from review.figures import Board, Row, board_of
from review.forms.statistics import LineForm
from review.panels import newest_panel
from review.reading import Reading, View, habits_of, pairs_of, reading_of, standing, views_of
from review.rules.means import NOTHING, in_words
from review.views.pools import call_or_404, crumbs
from review.views.reopened import reopened_words
from review.views.shown import behalf_words, proposal_title, rank_words, tabs_of
from review.views.statistics_words import agreement_rows, chance_words, decimals, habit_row, pair_shown
from review.views.unread import unread_notice

# So many proposals a page: a chart of more cannot be read.
SHOWN = 30
TONES = {"above": "success", "near": "warning", "below": "neutral"}


@dataclass(frozen=True)
class Asked:
    """What of a call is asked for: which side's reviews, and where the line is."""

    call: Call
    board: Board
    views: list[View]
    view: View
    form: LineForm
    line: int | None

    @property
    def query(self) -> str:
        return f"?of={self.view.key}&line={self.line or ''}"


def asked(request: HttpRequest, public_id: str) -> Asked:
    """From the address; a line that is no number is none, and the form says so."""
    call = call_or_404(request, public_id)
    board = board_of(request.user, call)
    views = views_of(board)
    if not views:
        raise Http404
    key = request.GET.get("of", "")
    view = next((one for one in views if one.key == key), views[0])
    panel = newest_panel(call)
    preset = panel.places if panel else None
    form = LineForm(request.GET if "line" in request.GET else None, initial={"line": preset})
    line = preset
    if form.is_bound:
        line = form.cleaned_data["line"] if form.is_valid() else None
    return Asked(call, board, views, view, form, line)


def ordered(of: Asked, reading: Reading) -> list[Row]:
    """The rows, by adjusted rank; those without one last, by receipt number."""
    place = {key: row.rank for key, row in reading.adjusted.items()}
    return sorted(of.board.rows, key=lambda row: (place.get(row.proposal.public_id, 10**9), row.proposal.pk))


def raw_of(of: Asked, row: Row) -> tuple[Any, int, str]:
    """The unadjusted mean of the view, n, and rank in words."""
    if of.view.agency is None:
        n = sum(cell.figure.n for cell in row.cells if cell.figure)
        return row.overall, n, rank_words(row.rank, row.is_shared)
    for side, cell in zip(of.board.sides, row.cells, strict=True):
        if side.agency.pk == of.view.agency.pk and cell.figure:
            return cell.figure.mean, cell.figure.n, rank_words(cell.rank, cell.is_shared)
    return None, 0, NOTHING


def row_of(of: Asked, reading: Reading, row: Row) -> dict[str, Any]:
    mean, n, rank = raw_of(of, row)
    found = reading.adjusted.get(row.proposal.public_id)
    stands = standing(found.chance) if found else None
    return {
        "proposal": row.proposal,
        "title": proposal_title(row.proposal),
        "n": n,
        "mean": in_words(mean),
        "rank": rank,
        "adjusted": decimals(found.score) if found else NOTHING,
        "interval": f"{decimals(found.low)} – {decimals(found.high)}" if found else NOTHING,
        "adjusted_rank": str(found.rank) if found else NOTHING,
        "rank_interval": f"{found.rank_low} – {found.rank_high}" if found else NOTHING,
        "chance": chance_words(found.chance) if found else NOTHING,
        "standing": label(stands) if stands else "",
        "tone": TONES[stands] if stands else "neutral",
    }


@reads
def statistics(request: HttpRequest, public_id: str) -> HttpResponse:
    of = asked(request, public_id)
    reading = reading_of(of.call, of.board, of.view, of.line)
    page = part_of(ordered(of, reading), request, size=SHOWN)
    here = reverse("review:statistics", args=[public_id])
    from review.views.statistics_charts import intervals_figure, pairs_figures, strips_figure
    from review.views.statistics_spread import spread_figures

    shown = list(page.objects)
    pairs = pairs_of(of.board, of.line)
    figures = [strips_figure(of, shown, page.number), *spread_figures(of), *pairs_figures(of, pairs)]
    if reading.fit is not None:
        figures.insert(0, intervals_figure(of, reading, shown, page.number))
    context = {
        "call": of.call,
        "form": of.form,
        "key": of.view.key,
        "views": [
            {
                "label": one.agency.short_name if one.agency else _("All agencies"),
                "url": f"{here}?of={one.key}&line={of.line or ''}",
                "current": one.key == of.view.key,
                "count": "",
            }
            for one in of.views
        ],
        "all_locked": of.board.all_locked,
        "reopened": reopened_words(of.call, [row.proposal for row in of.board.rows]),
        "unread": unread_notice(of.board) if of.board.all_locked else {},
        "refusal": label(reading.refusal) if reading.refusal else "",
        "is_pending": reading.is_pending,
        "compute_url": reverse("review:statistics_compute", args=[public_id]),
        "line": of.line,
        "page": page,
        "rows": [row_of(of, reading, row) for row in shown],
        "figures": figures,
        "agreement": agreement_rows(of, reading),
        "pairs": [pair_shown(pair, of.line) for pair in pairs],
        "habits": [habit_row(name, habit) for name, habit in habits_of(request.user, of.call, reading)],
        "csv_url": reverse("review:statistics_csv", args=[public_id]) + of.query,
        "behalf": behalf_words(request.user, of.board.locks),
        "tabs": tabs_of(request.user, of.call, "statistics"),
        "breadcrumbs": crumbs(of.call, _("Statistics")),
    }
    return render(request, "review/statistics.html", context)


def _columns(of: Asked) -> list[Column]:
    return [
        Column(_("Number"), Kind.CODE),
        Column(_("Title of the research"), width=48),
        Column("n", Kind.INTEGER),
        Column(_("Mean"), Kind.DECIMAL),
        Column(_("Rank"), Kind.CODE),
        Column(_("Adjusted score"), Kind.DECIMAL),
        Column(_("Adjusted score, 95% from"), Kind.DECIMAL),
        Column(_("Adjusted score, 95% to"), Kind.DECIMAL),
        Column(_("Adjusted rank"), Kind.INTEGER),
        Column(_("Adjusted rank, 95% from"), Kind.INTEGER),
        Column(_("Adjusted rank, 95% to"), Kind.INTEGER),
        Column(_("Chance to be above the line"), Kind.DECIMAL),
    ]


@reads
def statistics_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The table of the page, whole; what is not computed is an empty cell."""
    of = asked(request, public_id)
    reading = reading_of(of.call, of.board, of.view, of.line)
    rows = []
    for row in ordered(of, reading):
        mean, n, rank = raw_of(of, row)
        line: list[Any] = [
            row.proposal.receipt_number or "",
            proposal_title(row.proposal),
            n,
            None if mean is None else in_words(mean),
            None if rank == NOTHING else rank,
        ]
        found = reading.adjusted.get(row.proposal.public_id)
        if found is None:
            rows.append([*line, *[None] * 7])
            continue
        rows.append(
            [
                *line,
                decimals(found.score, 3),
                decimals(found.low, 3),
                decimals(found.high, 3),
                found.rank,
                found.rank_low,
                found.rank_high,
                None if found.chance is None else decimals(found.chance, 3),
            ]
        )
    response = StreamingHttpResponse(
        stream_csv(headings_of(_columns(of)), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{of.call.code}-statistics.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@writes
def statistics_compute(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the adjusted scores of a large call."""
    call = call_or_404(request, public_id)
    board = board_of(request.user, call)
    key = request.POST.get("of", "")
    form = LineForm(request.POST)
    if not form.is_valid() or key not in {one.key for one in views_of(board)}:
        messages.error(request, _("Enter how many proposals can be funded, as a number of 1 or more."))
        return redirect("review:statistics", public_id=public_id)
    job = request_fit(call=call, by=request.user, key=key, line=form.cleaned_data["line"])
    return redirect("review:statistics_progress", public_id=job.public_id)


@reads
def statistics_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the computation is, for who asked for it."""
    job = get_object_or_404(Job, name=FIT_JOB, requested_by=request.user, public_id=public_id)
    call = call_or_404(request, job.payload["call"])
    result = reverse("review:statistics", args=[call.public_id])
    result += f"?of={job.payload['key']}&line={job.payload['line'] or ''}"
    state = {
        "label": _("Adjusted scores: %(call)s") % {"call": localized(call, "title")},
        "state_label": _("computed") if job.has_ended else _("being computed in the background"),
        "percent": job.percent,
        "result_url": result if job.has_ended else "",
        "result_label": _("Open the statistics"),
    }
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    context = {
        **state,
        "has_ended": job.has_ended,
        "poll_url": reverse("review:statistics_progress", args=[public_id]),
        "breadcrumbs": crumbs(call, _("Statistics")),
    }
    return render(request, "review/statistics_progress.html", context)
