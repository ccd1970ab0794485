"""A form that was sent after its sender's session had ended is kept through the sign-in, and offered once more (cases.md, 5).

It is kept only in the browser from which it came: in the session that begins there, for whoever was signed in there last. Who
that was says a signed cookie that outlives the session. A form with a bad sign of origin (CSRF) never gets here.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from kernel.clock import now
from kernel.fragments import wants_part

READER = "last_reader"
READER_DAYS = 30
KEPT = "kept_form"
KEPT_FOR = dt.timedelta(hours=12)
TOKENS = frozenset({"csrfmiddlewaretoken", "form_token", "base", "revision", "version", "seen", "sha256"})
SHOWN_FROM = 20  # code points: shorter values are typed again in a moment


@dataclass(frozen=True)
class KeptForm:
    """What was sent: `path` with its query, `page` to go back to, `fields` as (name, value) in order, names of files."""

    path: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """What somebody would be sorry to lose."""
        return [
            value
            for name, value in self.fields
            if len(value) >= SHOWN_FROM and name.rsplit("-")[-1] not in TOKENS
        ]


def remember_reader(request: HttpRequest, response: HttpResponse) -> None:
    """Leave word of who is signed in."""
    reader = str(request.user.pk)
    if _last_reader(request) != reader:
        response.set_signed_cookie(
            READER,
            reader,
            salt=READER,
            max_age=READER_DAYS * 24 * 60 * 60,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def keep_form(request: HttpRequest, page: str) -> bool:
    """Keep what an ended session sent; False where there is nothing to keep, or nobody to keep it for.

    Scripts that save by themselves keep their own text, and look after it.
    """
    reader = _last_reader(request)
    is_script = wants_part(request) or "X-Requested-With" in request.headers
    if request.method != "POST" or is_script or not reader:
        return False
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    request.session[KEPT] = {
        "reader": reader,
        "at": now().isoformat(),
        "path": request.get_full_path(),
        "page": page or request.path,
        "fields": fields,
        "files": [file.name for _name, files in request.FILES.lists() for file in files],
    }
    return True


def kept_form(request: HttpRequest) -> KeptForm | None:
    """What is kept for this reader; another reader's is thrown away unseen, and so is what is older than `KEPT_FOR`."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        return None
    is_old = now() - dt.datetime.fromisoformat(kept["at"]) > KEPT_FOR
    is_ours = url_has_allowed_host_and_scheme(kept["path"], allowed_hosts=None)
    if kept["reader"] != str(request.user.pk) or is_old or not is_ours:
        throw_away(request)
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return KeptForm(kept["path"], kept["page"], fields, tuple(kept["files"]))


def throw_away(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def has_arrived(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether what was kept has now been sent and taken: a view that takes a form leads on from it."""
    kept = request.session.get(KEPT)
    is_same = kept is not None and kept["path"] == request.get_full_path()
    return request.method == "POST" and is_same and response.status_code in {302, 303}


def _last_reader(request: HttpRequest) -> str:
    try:
        return request.get_signed_cookie(READER, salt=READER, max_age=READER_DAYS * 24 * 60 * 60) or ""
    except (KeyError, BadSignature):
        return ""
