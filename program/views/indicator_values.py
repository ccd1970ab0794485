"""The programme's own figures that are entered: one by one, or as a table that is seen before it is saved."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.documents.errors import DocumentError
from kernel.documents.tables import stream_csv
from kernel.files.store import look_into
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.templatetags.kernel import grouped
from kernel.violations import RuleBroken, Violation, refuse_if, sentence
from program.actions.indicator_values import import_values, remove_value, set_value
from program.enums import IndicatorMeasure
from program.forms.evidence_import import ENDINGS, MOST_BYTES, as_text, read_table
from program.forms.indicators import ValueForm, ValuesFileForm
from program.models import Indicator, IndicatorValue
from program.rules.indicator_values import RowOfValues, read_rows
from program.views.answering import only_if, posted, trail
from program.views.indicators import kept_indicator
from program.views.programmes import answer_of_programme

COLUMNS = ("year", "value", "source_ja", "source_en")
MOST_ROWS = 200


def _entered(request: HttpRequest, public_id: str) -> Indicator:
    indicator = kept_indicator(request, public_id)
    only_if(indicator.measure == IndicatorMeasure.ENTERED)
    return indicator


def headings() -> list[str]:
    return [_("Year"), _("Value"), _("Source (Japanese)"), _("Source (English)")]


@reads_and_writes
@idempotent
def value_set(request: HttpRequest, public_id: str) -> HttpResponse:
    indicator = _entered(request, public_id)
    return answer_of_programme(
        request,
        indicator.programme,
        form=ValueForm(posted(request)),
        act=lambda values: set_value(indicator=indicator, by=request.user, **values),
        heading=_("Enter a figure"),
        lead=localized(indicator, "title"),
        submit=_("Save"),
        success=_("The figure was saved."),
    )


@writes
@idempotent
def value_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    values = IndicatorValue.objects.select_related("indicator__programme")
    value = get_object_or_404(values, public_id=public_id)
    indicator = _entered(request, value.indicator.public_id)
    remove_value(value=value, by=request.user)
    messages.success(request, _("The figure was taken away."))
    return redirect("program:programme_page", indicator.programme.public_id)


@reads
def values_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The figures as they are, which is also the template: filled in, the file can be imported again."""
    indicator = _entered(request, public_id)
    rows = [
        [value.year, value.value.normalize(), value.source_ja, value.source_en]
        for value in indicator.values.all()
    ]
    response = StreamingHttpResponse(stream_csv(headings(), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="indicator-figures.csv"'
    return response


@reads_and_writes
@idempotent
def values_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file is read and shown, with what is wrong in each row; what was seen is what is then saved, all of it or nothing."""
    indicator = _entered(request, public_id)
    form = ValuesFileForm(request.POST, request.FILES) if request.method == "POST" else ValuesFileForm()
    heading = _("Import figures")
    back = reverse("program:programme_page", args=[indicator.programme.public_id])
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "lead": localized(indicator, "title"),
        "indicator": indicator,
        "columns": headings(),
        "cancel_url": back,
        "breadcrumbs": trail((localized(indicator.programme, "title"), back), (heading, "")),
    }
    if request.method == "POST" and form.is_valid():
        upload, seen = form.cleaned_data["file"], form.cleaned_data["seen"]
        name = upload.name if upload else form.cleaned_data["name"]
        try:
            rows = _rows_of(_content_of(upload) if upload else seen.encode())
            if seen and not upload:
                return _saved(request, indicator, rows, name)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            context |= _shown(rows, name)
    return render(request, "program/indicator_values_import.html", context)


def _content_of(upload: Any) -> bytes:
    """An upload's content, looked into and scanned as one that is stored would be.

    Raises:
        RuleBroken: what `look_into` finds.
    """
    return look_into(upload, allowed=ENDINGS, limit=MOST_BYTES, field="file").content


def _rows_of(content: bytes) -> list[RowOfValues]:
    """What a file holds; the first row is its heading.

    Raises:
        RuleBroken: the file cannot be read, has another number of columns, no row or too many.
    """
    try:
        table = read_table(content)
    except DocumentError as error:
        raise RuleBroken(error.as_violation("file")) from error
    refuse_if(
        Violation("values_columns_wrong", "file") if len(table.header) < len(COLUMNS) - 1 else None,
        None if table.rows else Violation("import_without_rows", "file"),
        Violation("values_too_many", "file", {"limit": MOST_ROWS}) if len(table.rows) > MOST_ROWS else None,
    )
    return read_rows((number, [as_text(cell) for cell in cells]) for number, cells in table.rows)


def _shown(rows: Sequence[RowOfValues], name: str) -> dict[str, Any]:
    labels = dict(zip(COLUMNS, headings(), strict=True))
    is_wrong = any(row.violations for row in rows)
    return {
        "name": name,
        "rows": [
            {
                "number": row.number,
                "wanted": row.wanted,
                "value": grouped(row.wanted.value) if row.wanted else "",
                "problems": [f"{labels[one.field]}: {sentence(one)}" for one in row.violations],
            }
            for row in rows
        ],
        "is_wrong": is_wrong,
        "seen": "" if is_wrong else _as_csv(rows),
    }


def _as_csv(rows: Sequence[RowOfValues]) -> str:
    """What was read, as it is sent back when it is confirmed."""
    lines = [
        [one.year, f"{one.value:f}", one.source_ja, one.source_en] for row in rows if (one := row.wanted)
    ]
    return b"".join(stream_csv(list(COLUMNS), lines, encoding="utf-8")).decode()


def _saved(
    request: HttpRequest, indicator: Indicator, rows: Sequence[RowOfValues], name: str
) -> HttpResponse:
    wanted = [row.wanted for row in rows if row.wanted is not None]
    refuse_if(Violation("indicator_values_wrong", "file") if len(wanted) < len(rows) else None)
    new, changed = import_values(indicator=indicator, wanted=wanted, by=request.user, file_name=name)
    messages.success(
        request,
        _("The figures were saved: %(new)s new, %(changed)s changed.") % {"new": new, "changed": changed},
    )
    return redirect("program:programme_page", indicator.programme.public_id)
