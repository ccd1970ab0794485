"""What holds for every answer: nothing private is cached, and a broken rule is a page, never a crash."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.violations import NotAllowed, RuleBroken, sentence


def came_from(request: HttpRequest) -> str:
    """The path of our own page from which the request came; "" for none, or for a page of somebody else's."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or parts.path == request.path:
        return ""
    return parts.path


class PrivateByDefault:
    """No shared or browser cache keeps a page, unless its view has said so itself (cases.md, 24)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class AnswerBrokenRules:
    """Turn what an action refused into an answer, where the view has no form to show it beside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            # The address of a button, opened by itself: say so, and lead back.
            allowed = response.headers.get("Allow", "")
            response = render(request, "errors/only_by_button.html", {"back": came_from(request)}, status=405)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            # Forbidden and absent answer alike, so that nobody learns what exists.
            raise Http404 from exception
        if isinstance(exception, RuleBroken):
            sentences = [sentence(violation) for violation in exception.violations]
            return render(
                request,
                "errors/refused.html",
                {"sentences": sentences, "back": came_from(request)},
                status=422,
            )
        return None
