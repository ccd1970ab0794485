"""Answering htmx, which asks for a part of a page. The same address asked for by itself is a whole page (cases.md, 28)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STOP_POLLING = 286  # htmx's own


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the inside of an element: not where it goes back or follows a link, which want a whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by the middleware of django-htmx
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def progress_part(request: HttpRequest, state: dict[str, Any], *, has_ended: bool) -> HttpResponse:
    """The inside of a progress box (components/progress_state.html); once it `has_ended`, nothing more is asked."""
    status = STOP_POLLING if has_ended else 200
    return render(request, "components/progress_state.html", state, status=status)
