"""Documents of the review, set by typst: the letters of a decision."""

import datetime as dt
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings

from kernel.documents.typeset import render_pdf
from kernel.languages import localized
from review.models import DecisionLetter


def letter_pdf(letter: DecisionLetter, *, language: Literal["ja", "en"]) -> bytes:
    """A letter in both languages, the reader's first; the same bytes whenever it is made."""
    call = letter.item.decision.call
    order = (language, "en" if language == "ja" else "ja")
    zone = ZoneInfo(settings.TIME_ZONE)
    issued_at = letter.item.decision.publish_at or dt.datetime.combine(letter.dated, dt.time(), zone)
    data: dict[str, Any] = {
        "document": {
            "title": getattr(letter, f"subject_{language}"),
            "authors": [localized(call.lead_agency, "name", language)],
            "keywords": [letter.number],
            "issued_at": issued_at.astimezone(zone).isoformat(),
            "running_head": letter.number,
        },
        "texts": [
            {
                "language": code,
                "subject": getattr(letter, f"subject_{code}"),
                "paragraphs": [
                    paragraph.split("\n") for paragraph in getattr(letter, f"body_{code}").split("\n\n")
                ],
            }
            for code in order
        ],
    }
    return render_pdf("letter", data, language=language)
