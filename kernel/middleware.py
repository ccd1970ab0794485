"""What holds for every answer: nothing private is cached, and a broken rule is a page, never a crash."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.violations import NotAllowed, RuleBroken, sentence


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
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            # Forbidden and absent answer alike, so that nobody learns what exists.
            raise Http404 from exception
        if isinstance(exception, RuleBroken):
            sentences = [sentence(violation) for violation in exception.violations]
            return render(request, "errors/refused.html", {"sentences": sentences}, status=422)
        return None
