"""A meeting's minutes as PDF and Word, in the reader's language, for officers without a conflict in the call."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from kernel.choices import label_of_field
from kernel.clock import now
from kernel.languages import current
from kernel.methods import reads
from review.enums import Attendance
from review.minutes import minutes_docx, minutes_of, minutes_pdf
from review.models import Panel
from review.views.panel_rows import rows_of
from review.views.panels import to_run
from review.views.reopened import reopened_rows

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _minutes(request: HttpRequest, panel: Panel) -> dict[str, Any]:
    members = list(panel.members.select_related("person", "agency").order_by("agency__short_name", "id"))
    people = [
        {
            "name": one.person.name,
            "agency": one.agency.short_name,
            "role": label_of_field(one, "role"),
            "attendance": label_of_field(one, "attendance"),
            "is_absent": one.attendance == Attendance.ABSENT,
        }
        for one in members
    ]
    rows = rows_of(request.user, panel, members, may_change=False)
    reopened = reopened_rows([row["item"].proposal for row in rows])
    return minutes_of(panel, people, rows, made_at=now(), reopened=reopened)


def _sent(content: bytes, panel: Panel, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{panel.call.code}-minutes-{panel.public_id}-{current()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads
def panel_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = to_run(request, public_id)
    language: Any = current()
    return _sent(minutes_pdf(_minutes(request, panel), language), panel, "application/pdf", "pdf")


@reads
def panel_docx(request: HttpRequest, public_id: str) -> HttpResponse:
    panel = to_run(request, public_id)
    return _sent(minutes_docx(_minutes(request, panel)), panel, WORD, "docx")
