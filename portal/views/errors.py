"""Answers where there is no page: in the reader's language, with a way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.middleware import came_from


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    # Where the form stood; its text may still be there, kept by the page's script or by the browser's way back.
    return render(request, "403_csrf.html", {"back": came_from(request) or request.path}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
