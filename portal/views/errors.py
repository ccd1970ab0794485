"""Answers where there is no page: in the reader's language, with a way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.kept_forms import form_sent
from kernel.middleware import came_from
from kernel.typed import is_ours, typed_texts


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", {"typed": typed_texts(request)}, status=404)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    # Of what was sent to a row that a colleague has just removed, say, no word is lost.
    return render(request, "404.html", {"typed": typed_texts(request)}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often somebody has signed in again in another window since the page was opened: then it is sent once more with
    one button. Only what a page of ours has sent, as the browser says: else another site could have it sent."""
    back = came_from(request) or request.path
    again = form_sent(request, back) if request.user.is_authenticated and is_ours(request) else None
    context = {
        "back": back,
        "again": again if again and again.fields else None,
        "typed": [] if again else typed_texts(request),
    }
    return render(request, "403_csrf.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
