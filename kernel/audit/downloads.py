"""Every file that leaves the portal leaves a row in the trail, whichever view hands it out (quality.md: everything is traced).

The apps above say once what their routes hand out (`register_downloads`); a route that nobody has spoken for is noted all the
same, by its name. The cost is one row a file; somebody who leafs through a file's pages leaves one an hour.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from kernel.actions import action
from kernel.audit.record import record_about

SEEN_FOR = 3600  # seconds
QUERY_KEPT = 500  # characters
# What `kernel.files.show` answers beside the file itself.
SHOWING = ("view", "picture")


@dataclass(frozen=True)
class Download:
    """What a route hands out: in words, and the thing that it belongs to. `subject` is the thing's kind ("" for the person who
    downloads); `key` names the part of the address that holds its public id."""

    words: Any
    subject: str = ""
    key: str = "public_id"


_downloads: dict[str, Download] = {}
_unnoted: set[str] = set()


def register_downloads(downloads: Mapping[str, Download], *, unnoted: Iterable[str]) -> None:
    """Say what routes hand out. `unnoted` are those whose files anybody may have, and those with a verb of their own."""
    _downloads.update(downloads)
    _unnoted.update(unnoted)


def download_words() -> dict[str, Any]:
    """What each route hands out, in words."""
    return {route: download.words for route, download in _downloads.items()}


class NoteDownloads:
    """Write the row before a byte is sent: a file whose row cannot be written is not handed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code not in (200, 206) or request.method == "HEAD":
            return response
        route = match.view_name
        is_shown = route in _downloads and any(name in request.GET for name in SHOWING)
        is_file = response.has_header("Content-Disposition")
        if route in _unnoted or not request.user.is_authenticated or not (is_file or is_shown):
            return response
        if is_shown and not cache.add(f"file-seen:{request.user.pk}:{request.path[3:]}", 1, SEEN_FOR):
            return response
        note_download(
            route=route,
            address=match.kwargs,
            query="" if is_shown else request.META.get("QUERY_STRING", "")[:QUERY_KEPT],
            by=request.user,
            verb="file_viewed" if is_shown else "file_downloaded",
        )
        return response


@action
def note_download(*, route: str, address: Mapping[str, Any], query: str, by: Any, verb: str) -> None:
    """Write down that `by` was handed what `route` hands out. `address` holds the values in the page's address; the query,
    in which names may stand, is private. The right to the file is the view's to check."""
    known = _downloads.get(route, Download(route))
    subject, key = known.subject or "accounts.person", str(address.get(known.key, ""))
    if not known.subject:
        person = getattr(by, "person", None)
        key = person.public_id if person else ""
    parts = [str(value) for name, value in address.items() if not known.subject or name != known.key]
    details = {"download": route, **({"part": parts} if parts else {})}
    record_about(verb, subject, key[:12], by=by, details=details, private={"query": query} if query else None)
