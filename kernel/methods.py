"""The methods that a view takes; any other is answered 405 before anything is read."""

from collections.abc import Callable
from typing import Any

from django.views.decorators.http import require_http_methods, require_POST

reads = require_http_methods(["GET", "HEAD"])
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


def writes(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that takes a button's POST and shows nothing by itself: no page to lead anybody back to."""
    guarded = require_POST(view)
    guarded.shows_nothing = True  # type: ignore[attr-defined]  # read by `kernel.middleware`; wrappers take it over
    return guarded
