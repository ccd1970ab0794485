"""Showing a file within the portal: pictures of its pages, drawn by a program that runs alone. The caller has checked the right."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.files.confined import TooHeavy, run_alone
from kernel.files.inspect import MOST_PAGES
from kernel.files.models import StoredFile
from kernel.files.respond import respond

DRAWN = (".pdf", ".png", ".jpg", ".jpeg")
WIDTH = 1000  # pixels
AT_A_TIME = 10


def show(request: HttpRequest, file: StoredFile, *, name: str = "") -> HttpResponse | FileResponse:
    """The file itself; its pages in the portal's own frame where the address ends in `?view`; one page as a picture where it
    ends in `?picture=3`. What cannot be drawn is absent."""
    if "picture" in request.GET:
        return picture(file, request.GET["picture"])
    if "view" in request.GET:
        return _pages(request, file, name or file.name)
    return respond(file, name=name)


def picture(file: StoredFile, asked: str) -> HttpResponse:
    """A page as a PNG.

    Raises:
        Http404: there is no such page, or it cannot be drawn.
    """
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    if not 1 <= number <= MOST_PAGES or file.extension not in DRAWN:
        raise Http404
    try:
        drawn = run_alone("draw_page.py", _read(file), file.extension, str(number), str(WIDTH))
    except TooHeavy as error:
        raise Http404 from error
    response = HttpResponse(drawn, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _pages(request: HttpRequest, file: StoredFile, name: str) -> HttpResponse:
    count = pages_of(file)
    shown = Paginator(range(1, count + 1), AT_A_TIME).get_page(request.GET.get("view"))
    context: dict[str, Any] = {
        "file": file,
        "name": name,
        "heading": name,
        "count": count,
        "numbers": list(shown),
        "pages": shown,
        "breadcrumbs": [],
    }
    response = render(request, "files/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def pages_of(file: StoredFile) -> int:
    """How many pages can be shown: of a PDF from before they were counted, as it is found to have now."""
    if file.extension not in DRAWN:
        return 0
    if file.extension != ".pdf":
        return 1
    if file.pages is not None:
        return file.pages
    try:
        return int(json.loads(run_alone("look_into_pdf.py", _read(file), str(MOST_PAGES)))["pages"])
    except TooHeavy:
        return 0


def _read(file: StoredFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise Http404 from error
