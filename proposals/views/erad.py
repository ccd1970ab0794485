"""e-Rad and a call: what goes there as a table, and the tables that came from there."""

from collections import deque
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.errors import DocumentError
from kernel.documents.sheets import Workbook
from kernel.documents.tables import require_encodable, stream_csv
from kernel.files import store_upload
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.models import Call
from proposals.actions.intake import ENDINGS, MOST_BYTES
from proposals.enums import EradEncoding, EradTable, EradUnit
from proposals.erad_tables import doubts, exported, headings_of, layout_of, rows_of
from proposals.forms.erad import AnswersForm
from proposals.intake_queries import erad_calls, erad_runs_visible_to
from proposals.rules.erad import FIELDS, FieldKind
from proposals.views.erad_answers import answers_in
from proposals.views.intake import XLSX, crumbs
from proposals.views.own import title_of

OUT = (EradTable.PROPOSALS, EradTable.RESULTS)
SHOWN_RUNS = 50


def erad_call(request: HttpRequest, public_id: str) -> Call:
    """A call whose tables the officer brings to e-Rad and back; for anybody else it is absent."""
    return get_object_or_404(erad_calls(request.user), public_id=public_id)


@reads_and_writes
@idempotent
def erad(request: HttpRequest, public_id: str) -> HttpResponse:
    """The tables of a call for e-Rad, what should be looked at before, and a table from e-Rad, sent to be looked at."""
    call = erad_call(request, public_id)
    form = AnswersForm(request.POST, request.FILES) if request.method == "POST" else AnswersForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            # Read before it is kept: what cannot be used is not worth keeping.
            answers_in(request, call, upload.read(MOST_BYTES + 1)[:MOST_BYTES])
            upload.seek(0)
            stored = store_upload(
                upload=upload, by=request.user, allowed=ENDINGS, field="file", limit=MOST_BYTES
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("proposals:erad_check", call.public_id, stored.public_id)
    context = {
        "form": form,
        "heading": "e-Rad",
        "call": call,
        "tables": [_table(call, table) for table in EradTable],
        "doubts": [
            {
                "receipt": one.receipt_number,
                "title": title_of(one),
                "url": reverse("proposals:office_proposal", args=[one.public_id]),
                "told": [sentence(violation) for violation in told],
            }
            for one, told in doubts(request.user, call)
        ],
        "runs": erad_runs_visible_to(request.user, call)[:SHOWN_RUNS],
        "breadcrumbs": crumbs(call, ("e-Rad", "")),
    }
    return render(request, "proposals/erad.html", context)


def _table(call: Call, table: EradTable) -> dict[str, Any]:
    layout = layout_of(call.lead_agency, table)
    downloads = [
        Move(text, reverse("proposals:erad_export", args=[call.public_id, str(table), kind]))
        for text, kind in ((_("Download as CSV"), "csv"), (_("Download as Excel"), "xlsx"))
    ]
    mapping = reverse("proposals:erad_mapping", args=[call.lead_agency.public_id, str(table)])
    return {
        "name": label(table),
        "headings": headings_of(layout),
        "moves": [*(downloads if table in OUT else []), Move(_("Change the columns"), mapping)],
    }


@reads
def erad_export(request: HttpRequest, public_id: str, table: str, kind: str) -> HttpResponseBase:
    """A table for e-Rad, of what the officer may see: CSV as it is read, or a workbook.

    What cannot be written (a character that Shift JIS lacks, a sum that is no whole thousand) is told before anything is
    sent, with its row.
    """
    call = erad_call(request, public_id)
    if table not in OUT or kind not in ("csv", "xlsx"):
        raise Http404
    layout = layout_of(call.lead_agency, EradTable(table))
    found, headings = exported(request.user, call, layout.table), headings_of(layout)
    response: HttpResponse | StreamingHttpResponse
    try:
        if kind == "xlsx":
            book = Workbook(created=now(), title=label(layout.table), language="ja")
            money = [FIELDS[layout.table][name] is FieldKind.MONEY for name, _heading in layout.columns]
            columns = [
                Column(heading, Kind.INTEGER if is_money else Kind.CODE)
                for heading, is_money in zip(headings, money, strict=True)
            ]
            book.add_sheet(label(layout.table), columns, rows_of(found, layout))
            response = HttpResponse(book.to_bytes(), content_type=XLSX)
        else:
            codec: Any = "cp932" if layout.encoding == EradEncoding.CP932 else "utf-8-sig"
            if codec == "cp932":
                require_encodable(headings, rows_of(found, layout), encoding=codec)
            elif layout.unit is EradUnit.THOUSAND:
                deque(rows_of(found, layout), maxlen=0)
            charset = "shift_jis" if codec == "cp932" else "utf-8"
            response = StreamingHttpResponse(
                stream_csv(headings, rows_of(found, layout), encoding=codec),
                content_type=f"text/csv; charset={charset}",
            )
    except DocumentError as error:
        messages.error(request, sentence(error.as_violation()))
        return redirect("proposals:erad", public_id)
    except RuleBroken as broken:
        messages.error(request, sentence(broken.violations[0]))
        return redirect("proposals:erad", public_id)
    response.headers["Content-Disposition"] = f'attachment; filename="erad-{table}-{call.code}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
