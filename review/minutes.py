"""The minutes of a panel's meeting: what was recorded, as plain values for a PDF and a Word document."""

import datetime as dt
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.documents.typeset import Language, render_pdf
from kernel.languages import localized
from kernel.templatetags.kernel import plain_instant
from review.models import Panel

# What Word is told of Japanese text, which its Latin font does not hold.
JAPANESE_FONT, LATIN_FONT = "BIZ UDPGothic", "Arial"


def minutes_of(
    panel: Panel,
    people: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    *,
    made_at: dt.datetime,
    reopened: list[list[str]],
) -> dict[str, Any]:
    """Everything that the minutes say. `people` and `rows` are those of the board, `reopened` the late reviews that were
    opened again after a lock, in words."""
    call = panel.call
    issued = (panel.closed_at or made_at).astimezone(ZoneInfo(settings.TIME_ZONE))
    absent = [one["name"] for one in people if one["is_absent"]]
    facts = [
        (_("Call"), localized(call, "title")),
        (_("Meeting"), panel.title),
        (pgettext("meeting", "Start"), plain_instant(panel.starts_at)),
        (pgettext("meeting", "End"), plain_instant(panel.ends_at)),
        (pgettext("meeting", "Place"), panel.place or "–"),
        (_("Online"), panel.online_url or "–"),
        (_("Number of proposals that can be funded"), str(panel.places or "–")),
        (_("State of the minutes"), _("final") if panel.closed_at else _("draft: the meeting is not closed")),
    ]
    return {
        "document": {
            "title": _("Minutes of the panel"),
            "authors": [localized(call.lead_agency, "name")],
            "keywords": [call.code],
            "issued_at": issued.isoformat(timespec="seconds"),
            "running_head": localized(call, "title"),
        },
        "subtitle": panel.title,
        "facts": [{"name": name, "value": value} for name, value in facts],
        "chapters": [
            {
                "heading": pgettext("panel", "People"),
                "sentences": [
                    _("Absent: %(names)s") % {"names": ", ".join(absent)}
                    if absent
                    else _("Nobody was absent.")
                ],
                "caption": _("Who sits on the panel"),
                "columns": _columns(
                    (pgettext("person", "Name"), 3), (_("Agency"), 2), (_("Role"), 2), (_("Attendance"), 2)
                ),
                "rows": [[one["name"], one["agency"], one["role"], one["attendance"]] for one in people],
            },
            {
                "heading": _("Order and groups"),
                "sentences": [],
                "caption": _("Proposals in the panel’s order"),
                "columns": [
                    {"title": _("Rank"), "width": 1, "numeric": True},
                    *_columns(
                        (_("Rank by the scores"), 2),
                        (_("Number"), 2),
                        (_("Title of the research"), 5),
                        (pgettext("panel", "Group"), 1),
                        (_("Interview"), 3),
                    ),
                ],
                "rows": [
                    [
                        str(row["rank"]),
                        row["standing"],
                        row["item"].proposal.receipt_number or "",
                        row["title"],
                        row["band"],
                        plain_instant(row["item"].interview_at) if row["item"].interview_at else "–",
                    ]
                    for row in rows
                ],
            },
            {
                "heading": _("Leaving the room"),
                "sentences": [],
                "caption": _("Who had to leave, and who left, by proposal"),
                "columns": _columns(
                    (_("Number"), 2), (_("Had to leave, and why"), 5), (_("Left the room"), 4)
                ),
                "rows": [
                    [
                        row["item"].proposal.receipt_number or "",
                        "\n".join(f"{one['name']} ({one['why']})" for one in row["must_leave"]) or "–",
                        ", ".join(row["left"]) or "–",
                    ]
                    for row in rows
                    if row["must_leave"] or row["left"]
                ],
            },
            {
                "heading": _("Notes and votes"),
                "sentences": [],
                "caption": _("What was said of each proposal"),
                "columns": _columns((_("Number"), 2), (_("Note for the minutes"), 6), (_("Votes"), 4)),
                "rows": [
                    [
                        row["item"].proposal.receipt_number or "",
                        row["note"] or "–",
                        "\n".join(row["votes"]) or "–",
                    ]
                    for row in rows
                ],
            },
            *([_reopened(reopened)] if reopened else []),
        ],
    }


def _reopened(rows: list[list[str]]) -> dict[str, Any]:
    """The chapter on what was reopened after the lock, since it comes into figures that stood when the panel prepared itself."""
    return {
        "heading": _("Reviews reopened after the lock"),
        "sentences": [],
        "caption": _("Late reviews that were opened again, and why"),
        "columns": _columns(
            (_("Number"), 2),
            (_("Agency"), 2),
            (_("Reopened on"), 3),
            (_("Open until"), 3),
            (_("Reason"), 4),
            (_("What came of it"), 4),
        ),
        "rows": rows,
    }


def _columns(*columns: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"title": title, "width": width, "numeric": False} for title, width in columns]


def minutes_pdf(minutes: dict[str, Any], language: Language) -> bytes:
    return render_pdf("minutes", minutes, language=language)


def minutes_docx(minutes: dict[str, Any]) -> bytes:
    """The same as a Word document, to be written on."""
    from docx import Document  # slow to load
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN_FONT, Pt(10)
    for name in ("Normal", "Title", "Heading 1"):
        style: Any = document.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), JAPANESE_FONT)
    about = minutes["document"]
    document.core_properties.title = about["title"]
    document.core_properties.author = ", ".join(about["authors"])
    document.add_heading(about["title"], 0)
    document.add_paragraph(minutes["subtitle"])
    _table(document, [], [[fact["name"], fact["value"]] for fact in minutes["facts"]])
    for chapter in minutes["chapters"]:
        document.add_heading(chapter["heading"], 1)
        for sentence in chapter["sentences"]:
            document.add_paragraph(sentence)
        if not chapter["rows"]:
            document.add_paragraph(_("None."))
            continue
        _table(document, [column["title"] for column in chapter["columns"]], chapter["rows"])
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _table(document: Any, head: list[str], rows: list[list[str]]) -> None:
    """A table with thin rules; the head is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = document.add_table(rows=0, cols=len(head or rows[0]))
    table.style = "Table Grid"
    if head:
        cells = table.add_row().cells
        for cell, text in zip(cells, head, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            # A control character that XML does not know would make the whole file unreadable.
            cell.text = "".join(one for one in text if one in "\n\t" or ord(one) >= 32)
    document.add_paragraph()
