"""Every component with real markup, on one page: to look at, and for tests to walk over."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.fragments import progress_part, wants_part
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from portal.forms.design import EveryFieldForm, ListFilterForm
from portal.permissions import can_see_design

DEADLINE = dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC)
TONES = ("neutral", "info", "success", "warning", "error")


@reads_and_writes
def index(request: HttpRequest) -> HttpResponse:
    """Open to staff; absent for everybody else."""
    if not can_see_design(request.user):
        raise Http404
    if request.method == "POST":
        messages.success(request, _("Received; nothing on this page is saved."))
        return redirect("portal:design")
    return render(request, "design/index.html", samples(reverse("portal:design")))


@reads
def progress(request: HttpRequest) -> HttpResponse:
    """What a finished job answers to a poll: its last state, which ends the polling. By itself it leads to the page."""
    if not can_see_design(request.user):
        raise Http404
    if not wants_part(request):
        return redirect("portal:design")
    state = {
        "label": _("Outcome report of FY2026"),
        "state_label": _("Finished"),
        "percent": 100,
        "result_url": reverse("portal:design"),
        "result_label": _("Open the report"),
    }
    return progress_part(request, state, has_ended=True)


def samples(here: str) -> dict[str, Any]:
    """The context of the page; every address in it leads back to the page itself."""
    return {
        "deadline": DEADLINE,
        "entry_form": EveryFieldForm(auto_id="entry_%s"),
        "refused_form": EveryFieldForm(
            {"title": "", "budget": "－５００", "email": "taro"}, auto_id="refused_%s"
        ),
        "filter_form": ListFilterForm({"q": "量子"}, auto_id="filter_%s"),
        "active_filters": [{"label": _("Field: Quantum technology"), "url": here}],
        "breadcrumbs": [{"label": _("Top page"), "url": here}, {"label": _("Design"), "url": ""}],
        "notices": [{"tone": tone, "text": text} for tone, text in zip(TONES, _notice_texts(), strict=True)],
        "badges": [
            {"tone": tone, "label": label} for tone, label in zip(TONES, _badge_labels(), strict=True)
        ],
        "moves": [
            Move(_("Submit"), here, method="post", tone="primary"),
            Move(_("See as PDF"), here),
            Move(
                _("Withdraw"),
                here,
                method="post",
                tone="danger",
                confirm=_("Withdraw this proposal? It cannot be undone."),
            ),
        ],
        "steps": [
            {"label": _("Proposal"), "done": True, "current": False},
            {"label": _("Partner signs"), "done": True, "current": False},
            {"label": _("Institution approves"), "done": False, "current": True},
            {"label": _("Submission"), "done": False, "current": False},
        ],
        "tasks": [
            {
                "label": _("Outline"),
                "url": here,
                "hint": _("Last edited by Hanako Sato"),
                "state_label": _("Completed"),
                "tone": "success",
            },
            {
                "label": _("Budget plan"),
                "url": here,
                "hint": "",
                "state_label": _("In progress"),
                "tone": "info",
            },
            {
                "label": _("Dispatch plan"),
                "url": here,
                "hint": "",
                "state_label": _("Not started"),
                "tone": "neutral",
            },
            {
                "label": _("Signature of the partner"),
                "url": "",
                "hint": _("Opens when all sections are complete."),
                "state_label": _("Cannot start yet"),
                "tone": "neutral",
            },
        ],
        "tabs": [
            {"label": _("All"), "url": here, "current": True, "count": "128"},
            {"label": _("Under review"), "url": here, "current": False, "count": "41"},
            {"label": _("Decided"), "url": here, "current": False, "count": "1,000+"},
        ],
        "rows": [
            {
                "label": _("Title of the research"),
                "value": "超伝導量子回路による誤り耐性の国際共同研究",
                "url": here,
            },
            {"label": _("Principal investigator"), "value": "髙橋 﨑子", "url": here},
            {"label": _("Partner award"), "value": "", "url": here},
        ],
        "events": [
            {"title": _("Approved by the institution"), "at": DEADLINE, "by": "東京", "text": ""},
            {
                "title": _("Signed by the partner"),
                "at": DEADLINE - dt.timedelta(days=3),
                "by": "A. Müller",
                "text": _("The hash of the signed text is in the receipt."),
            },
        ],
        "chart": static("images/sample-chart.svg"),
        "chart_headers": [_("Fiscal year"), _("Budget (million yen)"), _("Cap (million yen)")],
        "chart_rows": [
            {"head": "FY2025", "cells": ["82", "100"]},
            {"head": "FY2026", "cells": ["100", "100"]},
            {"head": "FY2027", "cells": ["64", "100"]},
        ],
        "proposals": _proposals(),
        "sample_page": Paginator(range(300), 100).page(2),
        "here": here,
    }


def _notice_texts() -> list[str]:
    return [
        _("This page is kept for the record."),
        _("The call closes in three days."),
        _("The section has been saved."),
        _("The partner's award ends before the project does."),
        _("The budget of FY2027 is over the cap by 1,200,000 yen."),
    ]


def _badge_labels() -> list[str]:
    return [_("Not started"), _("In progress"), _("Completed"), _("Late"), _("Returned")]


def _proposals() -> list[dict[str, Any]]:
    rows = [
        (
            "AP27-0001",
            "超伝導量子回路による誤り耐性の国際共同研究",
            "東京大学",
            98_500_000,
            "4.67",
            "success",
            _("Eligible"),
        ),
        (
            "AP27-0002",
            "Perovskite tandem cells beyond the laboratory",
            "Kyoto University",
            100_000_000,
            "4.33",
            "info",
            _("Under check"),
        ),
        (
            "AP27-0003",
            "海洋プラスチックの長期動態と生物影響の解明に向けた日独共同観測網の構築",
            "北海道大学",
            7_250_000,
            "–",
            "warning",
            _("Returned"),
        ),
    ]
    names = ("number", "title", "institution", "amount", "mean", "tone", "state_label")
    return [dict(zip(names, row, strict=True)) for row in rows]
