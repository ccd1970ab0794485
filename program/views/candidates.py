"""Candidate pairs compared: a heat map of balances, chosen pairs side by side, all of their evidence as CSV."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.documents.tables import ROWS_IN_CHUNK, stream_csv
from kernel.languages import current, localized
from kernel.methods import reads
from kernel.templatetags.kernel import day
from program.balances import TONES, turning_sentences, verdict_words
from program.candidates import Candidate, Grid, candidates_of, grid_of, newest_of_each_pair
from program.dossiers import measured, signed
from program.models import Designation, Programme
from program.queries import designation_name, programmes_kept_by
from program.rules.balance import Scored, arithmetic, balance_of, decimal, verdict
from program.views.answering import only_if, trail
from program.views.designations import address, home, toned

C = TypeVar("C")
MOST_SIDE_BY_SIDE = 6
STRONG = 1


def _programmes(request: HttpRequest) -> tuple[Programme, list[Programme]]:
    """The programme in the address, or the first that the reader keeps, and all of them; for others there is nothing."""
    kept = list(programmes_kept_by(request.user))
    asked = request.GET.get("programme", "")
    found = next((one for one in kept if not asked or one.public_id == asked), None)
    only_if(found is not None)
    assert found is not None
    return found, kept


def _asked_for(request: HttpRequest, found: list[C], designation_of: Callable[[C], Designation]) -> list[C]:
    """Those named in the address (`?d=…&d=…`), in its order, six at most; nonsense is left out."""
    by_id = {designation_of(one).public_id: one for one in found}
    asked = dict.fromkeys(request.GET.getlist("d")[:50])
    return [by_id[key] for key in asked if key in by_id][:MOST_SIDE_BY_SIDE]


def _chosen(request: HttpRequest, candidates: list[Candidate]) -> list[Candidate]:
    return _asked_for(request, candidates, lambda candidate: candidate.designation)


@reads
def candidates(request: HttpRequest) -> HttpResponse:
    programme, kept = _programmes(request)
    found = candidates_of(request.user, programme)
    grid = grid_of(found)
    chosen = _chosen(request, found)
    ids = {candidate.designation.public_id for candidate in chosen}
    heading = _("Candidate pairs compared")
    query = f"?programme={programme.public_id}"
    context = {
        "programme": programme,
        "programmes": [
            {
                "label": localized(other, "title"),
                "url": f"?programme={other.public_id}",
                "current": other == programme,
            }
            for other in kept
        ],
        "heading": heading,
        "finding": _finding(found),
        "columns": [name for _key, name in grid.partners],
        "rows": [
            {
                "name": name,
                "cells": [_cell(grid.cells.get((field, key)), ids) for key, _name in grid.partners],
            }
            for field, name in grid.fields
        ],
        "chart_url": reverse("program:candidates_chart") + query,
        "csv_url": reverse("program:candidates_csv")
        + query
        + "".join(f"&d={candidate.designation.public_id}" for candidate in chosen),
        "most": MOST_SIDE_BY_SIDE,
        "chosen": [_side(candidate) for candidate in chosen],
        "aspects": _aspects(chosen),
        "breadcrumbs": trail(home(), (heading, "")),
    }
    return render(request, "program/candidates.html", context)


def _finding(candidates: list[Candidate]) -> str:
    """One sentence: which pair stands highest, and which lowest."""
    known = [(c.balance, c) for c in candidates if c.balance is not None]
    if not known:
        return _("No pair has weighed evidence yet.")
    highest = max(known, key=lambda pair: pair[0])
    lowest = min(known, key=lambda pair: pair[0])
    return _("Highest: %(high)s (%(high_value)s). Lowest: %(low)s (%(low_value)s).") % {
        "high": designation_name(highest[1].designation),
        "high_value": decimal(highest[0]),
        "low": designation_name(lowest[1].designation),
        "low_value": decimal(lowest[0]),
    }


def _cell(candidate: Candidate | None, chosen: set[str]) -> dict[str, Any] | None:
    if candidate is None:
        return None
    said = verdict(candidate.balance)
    designation = candidate.designation
    return {
        "id": designation.public_id,
        "name": designation_name(designation),
        "url": address(designation),
        "balance": decimal(candidate.balance),
        "verdict": verdict_words(said),
        "tone": TONES[said],
        "heat": _heat(candidate),
        "state": label_of_field(designation, "state"),
        "is_chosen": designation.public_id in chosen,
    }


def _heat(candidate: Candidate) -> str:
    """How the cell is coloured: the class of a balance."""
    value = candidate.balance
    if value is None:
        return "unknown"
    if value == 0:
        return "even"
    side = "high" if value > 0 else "low"
    return f"strong-{side}" if abs(value) >= STRONG else side


def _side(candidate: Candidate) -> dict[str, Any]:
    designation = candidate.designation
    return {
        "name": designation_name(designation),
        "url": address(designation),
        "state": label_of_field(designation, "state"),
        "tone": toned(designation.state),
    }


def _aspects(chosen: list[Candidate]) -> list[dict[str, Any]]:
    """The rows of the table that lays chosen pairs side by side: what, and a list of lines for each pair."""
    if not chosen:
        return []

    def row(label: str, lines: Any) -> dict[str, Any]:
        return {"label": label, "cells": [lines(candidate) for candidate in chosen]}

    return [
        row(
            _("Balance"),
            lambda c: [
                f"{decimal(c.balance)} ({verdict_words(verdict(c.balance))})",
                *filter(None, [arithmetic(c.scored)]),
            ],
        ),
        row(_("Benefits"), lambda c: _items(c, "benefit")),
        row(_("Losses"), lambda c: _items(c, "loss")),
        row(
            _("Which weights would turn the result"),
            lambda c: turning_sentences(
                c.scored, {item.public_id: localized(item, "measure") for item in c.items}
            ),
        ),
        row(
            _("Policy documents on which it rests"),
            lambda c: [localized(policy, "title") for policy in c.designation.policies.all()],
        ),
        row(
            _("Consultations with the Cabinet Office"),
            lambda c: [
                f"{day(talk.held_on)} {localized(talk, 'offices')}"
                for talk in sorted(
                    c.designation.consultations.all(), key=lambda talk: (talk.held_on, talk.pk)
                )
            ],
        ),
    ]


def _items(candidate: Candidate, kind: str) -> list[str]:
    return [
        _("%(measure)s: %(value)s %(unit)s (%(year)s); score %(score)s, weight %(weight)s")
        % {
            "measure": localized(item, "measure"),
            "value": measured(str(item.value.normalize())),
            "unit": localized(item, "unit"),
            "year": item.year,
            "score": signed(item.score),
            "weight": item.weight,
        }
        for item in candidate.items
        if item.kind == kind
    ]


@reads
def chart(request: HttpRequest) -> HttpResponse:
    from kernel.documents.charts.heat import Heat, heat_map  # matplotlib is slow to load

    grid: Grid = grid_of(candidates_of(request.user, _programmes(request)[0]))

    def heat(candidate: Candidate | None) -> Heat:
        if candidate is None:
            return Heat(None, "–")
        value = candidate.balance
        return Heat(None if value is None else float(value), decimal(value))

    svg = heat_map(
        [name for _key, name in grid.fields],
        [name for _key, name in grid.partners],
        [[heat(grid.cells.get((field, key))) for key, _n in grid.partners] for field, _name in grid.fields],
        strong=STRONG,
        high_label=verdict_words("benefit"),
        even_label=verdict_words("even"),
        low_label=verdict_words("loss"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def csv(request: HttpRequest) -> StreamingHttpResponse:
    found = newest_of_each_pair(request.user, _programmes(request)[0])
    columns = [
        _("Field and partner"),
        _("State"),
        _("Balance"),
        _("Benefit or loss"),
        _("What is measured"),
        _("Value"),
        _("Unit"),
        _("Year"),
        _("Source"),
        _("Address of the source"),
        _("Score"),
        _("Weight"),
        _("Weight × score"),
        _("Reason for the score"),
    ]
    rows = _csv_rows(_asked_for(request, found, lambda one: one) or found, current())
    response = StreamingHttpResponse(stream_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="candidates.csv"'
    return response


def _csv_rows(designations: list[Designation], language: str) -> Iterator[list[Any]]:
    """One row an item of evidence, as it is read. In the language of the request: what streams has none of its own."""
    for designation in designations:
        evidence = designation.evidence.order_by("pk")
        scored = [Scored(*row) for row in evidence.values_list("public_id", "score", "weight")]
        value = balance_of(scored).value
        with translation.override(language):
            head = [
                designation_name(designation),
                label_of_field(designation, "state"),
                "" if value is None else round(float(value), 4),
            ]
        if not scored:
            yield [*head, *[""] * 11]
        for item in evidence.iterator(chunk_size=ROWS_IN_CHUNK):
            with translation.override(language):
                yield [
                    *head,
                    label_of_field(item, "kind"),
                    localized(item, "measure"),
                    item.value.normalize(),
                    localized(item, "unit"),
                    item.year,
                    localized(item, "source"),
                    item.source_url,
                    item.score,
                    item.weight,
                    item.weight * item.score,
                    localized(item, "reason"),
                ]
