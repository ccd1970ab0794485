"""The decorator for views that create something."""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kernel.actions import writing
from kernel.idempotency.models import UsedToken

FIELD = "form_token"
NO_VALUES = {FIELD, "csrfmiddlewaretoken"}


def idempotent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST with one `form_token` take effect once; a repetition is sent where the first one led.

    A token is an account's own, and a session's where somebody came by a link and has no account.
    The token and the change commit together. The second of two simultaneous posts waits for the first at the unique
    constraint. A post that was answered by a page (with errors) uses no token: everything is rolled back.
    The same values again are a second click, and nothing is said. Other values under a used token (Back, edit, send
    again) are not saved either, and the person is told so.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get(FIELD, "")[:40].replace("\x00", "")
        whose = _whose(request) if request.method == "POST" and token else None
        if whose is None:
            return view(request, *args, **kwargs)
        digest = _digest(request)
        with transaction.atomic():
            try:
                with writing(), transaction.atomic():
                    used = UsedToken.objects.create(**whose, token=token, digest=digest)
            except IntegrityError:
                used = UsedToken.objects.get(**whose, token=token)
                if used.digest and used.digest != digest:  # rows older than the digest have none
                    _say_nothing_was_saved(request)
                return HttpResponseRedirect(used.location or request.path)
            response = view(request, *args, **kwargs)
            if 300 <= response.status_code < 400:
                with writing():
                    used.location = response["Location"]
                    used.save(update_fields=["location"])
            else:
                transaction.set_rollback(True)
        return response

    guarded.is_idempotent = True  # type: ignore[attr-defined]  # read by the tests of all routes
    return guarded


def _whose(request: HttpRequest) -> dict[str, Any] | None:
    """Whose the token is, as fields of `UsedToken`; None for somebody who is known by nothing at all."""
    if request.user.is_authenticated:
        return {"user": request.user, "session": ""}
    session = getattr(request, "session", None)
    # A key that the browser still has and the store no longer is nobody's: it is forgotten once the session is read.
    key = session.session_key if session is not None and session.keys() else None
    return {"user": None, "session": hashlib.sha256(key.encode()).hexdigest()} if key else None


def _digest(request: HttpRequest) -> str:
    """SHA-256 over all that was filled in: fields in any order, newlines as browsers send them, files by their content."""
    values = sorted((name, texts) for name, texts in request.POST.lists() if name not in NO_VALUES)
    whole = hashlib.sha256(json.dumps(values).encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            whole.update(json.dumps([name, upload.name, upload.size]).encode())
            for chunk in upload.chunks():
                whole.update(chunk)
            upload.seek(0)
    return whole.hexdigest()


def _say_nothing_was_saved(request: HttpRequest) -> None:
    sentence = _(
        "This form had been sent before. What you sent now was not saved: the portal keeps what you sent the first time."
    )
    link = format_html('<a href="{}">{}</a>', _page_of_form(request), _("Open the form again to change it"))
    messages.warning(request, format_html("{} {}", sentence, link))


def _page_of_form(request: HttpRequest) -> str:
    """Where the form stands: the page of ours from which it was sent, else the address that it was sent to."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return request.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
