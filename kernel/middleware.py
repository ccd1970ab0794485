"""What holds for every answer: nothing private is cached, and a broken rule is a page, never a crash."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from kernel.clock import now
from kernel.fragments import wants_part
from kernel.typed import typed_texts
from kernel.violations import NotAllowed, RuleBroken, sentence


def came_from(request: HttpRequest) -> str:
    """The path of our own page from which the request came; "" for none, or for a page of somebody else's."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or parts.path == request.path:
        return ""
    return parts.path


def page_above(request: HttpRequest) -> str:
    """The path of the nearest page above the address of a request: to which a button belongs when the browser does not say
    from where it came; "" for none."""
    steps = [step for step in request.path.split("/") if step]
    for length in range(len(steps) - 1, 0, -1):
        path = f"/{'/'.join(steps[:length])}/"
        try:
            found = resolve(path)
        except Resolver404:
            continue
        if not getattr(found.func, "shows_nothing", False):
            return path
    return ""


class SessionsEndUnused:
    """A session ends so long after it was last used; its end is moved once in `SECONDS`.

    Moved by every request, each page that is read would be a write, and two requests at once would save one session twice.
    """

    SECONDS = 60
    USED_AT = "used_at"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            at = int(now().timestamp())
            if abs(at - session.get(self.USED_AT, 0)) >= self.SECONDS:
                session[self.USED_AT] = at
        return response


class PrivateByDefault:
    """No shared or browser cache keeps a page, unless its view has said so itself (cases.md, 24)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class LeadOutOfParts:
    """A redirect is for the whole page, also where htmx asked for a part of it.

    htmx would follow it unseen and put what stands there, the sign-in page of a session that has ended, into the element.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not wants_part(request) or not response.has_header("Location"):
            return response
        led = HttpResponse(status=204)
        led["HX-Redirect"] = response["Location"]
        led.cookies = response.cookies
        return led


class AnswerBrokenRules:
    """Turn what an action refused into an answer, where the view has no form to show it beside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            # The address of a button, opened by itself: say so, and lead back.
            allowed = response.headers.get("Allow", "")
            back = came_from(request) or page_above(request)
            response = render(request, "errors/only_by_button.html", {"back": back}, status=405)
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
                {
                    "sentences": sentences,
                    "back": came_from(request) or page_above(request),
                    "typed": typed_texts(request),
                },
                status=422,
            )
        return None
