"""An outcome report as a PDF."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.documents.typeset import Language, render_pdf
from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year, fiscal_year_short, yen
from proposals.enums import ExchangeDirection
from reporting.documents import words
from reporting.documents.chapters import (
    indicator_blocks,
    mobility_blocks,
    money_blocks,
    paper_blocks,
    project_blocks,
)
from reporting.documents.words import Snapshot


def report_pdf(
    snapshot: Snapshot,
    *,
    language: Language,
    number: int,
    sha256: str,
    made_at: dt.datetime,
    charts: Mapping[str, bytes],
) -> bytes:
    """The report in `language`, which must be activated; `charts` are those of `charts_of`, in that language too."""
    return render_pdf(
        "outcome_report",
        sheet_of(snapshot, language, number, sha256, made_at, charts),
        language=language,
        assets=charts,
    )


def sheet_of(
    snapshot: Snapshot,
    language: str,
    number: int,
    sha256: str,
    made_at: dt.datetime,
    charts: Mapping[str, bytes],
) -> dict[str, Any]:
    """What the typst template prints: `document`, `subtitle`, `facts`, and `chapters` of blocks."""
    programme = words.text_in(snapshot["programme"], "title", language)
    year = snapshot["fiscal_year"]
    return {
        "document": {
            "title": words.title(),
            "authors": words.issuers(snapshot, language),
            "keywords": [snapshot["programme"]["code"], fiscal_year_short(year)],
            "issued_at": made_at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds"),
            "running_head": programme,
            "version": str(number),
            "fingerprint": sha256,
            "description": f"SHA-256 {sha256}",
        },
        "subtitle": f"{programme}  {fiscal_year(year)}",
        "facts": _facts(snapshot, language, sha256),
        "chapters": [
            {"heading": _("Indicators"), "blocks": indicator_blocks(snapshot, language)},
            {"heading": _("Budget and payments"), "blocks": money_blocks(snapshot, charts)},
            {
                "heading": _("Researchers dispatched and received"),
                "blocks": mobility_blocks(snapshot, language, charts),
            },
            {
                "heading": _("International co-authored papers"),
                "blocks": paper_blocks(snapshot, language, charts),
            },
            {"heading": _("Projects"), "blocks": project_blocks(snapshot, language)},
        ],
    }


def _facts(snapshot: Snapshot, language: str, sha256: str) -> list[tuple[str, str]]:
    money = snapshot["money"]

    def amounts(side: str) -> str:
        return _("%(year)s in the fiscal year; %(whole)s in all so far") % {
            "year": yen(money["year"][side]),
            "whole": yen(money["whole"][side]),
        }

    def people(way: ExchangeDirection) -> str:
        return _("%(people)s (mid/long-term: %(long)s)") % {
            "people": format_amount(words.count_of(snapshot, way, "people")),
            "long": format_amount(words.count_of(snapshot, way, "long_people")),
        }

    papers = snapshot["papers"]["programme"]
    count = len(snapshot["projects"])
    return [
        (_("Programme"), words.text_in(snapshot["programme"], "title", language)),
        (_("Agency"), words.agency_of(snapshot, language)),
        (_("Fiscal year"), words.year_of(snapshot)),
        (_("Projects"), ngettext("%(n)s project", "%(n)s projects", count) % {"n": count}),
        (_("Allocated"), amounts("allocated")),
        (_("Paid"), amounts("paid")),
        (_("Dispatched in the fiscal year"), people(ExchangeDirection.DISPATCH)),
        (_("Received in the fiscal year"), people(ExchangeDirection.ACCEPTANCE)),
        (
            _("International co-authored papers"),
            _("%(year)s in the calendar year; %(whole)s in all so far")
            % {"year": words.papers_in_year(snapshot), "whole": papers["total"]},
        ),
        (_("Digest of the data (SHA-256)"), f"{sha256[:32]} {sha256[32:]}"),
    ]
