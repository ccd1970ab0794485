"""A form that was sent after its sender's session had ended is kept through the sign-in, and offered once more (cases.md, 5).

It is kept only in the browser from which it came: in the session that begins there, for whoever was signed in there last. Who
that was says a signed cookie that outlives the session. A form with a bad sign of origin (CSRF) never gets here.
Several windows may have sent one each: the newest `MOST` are kept.
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
from kernel.typed import fields_of, files_of, texts_in

READER = "last_reader"
READER_DAYS = 30
KEPT = "kept_forms"
KEPT_FOR = dt.timedelta(hours=12)
MOST = 5


@dataclass(frozen=True)
class KeptForm:
    """What was sent: `path` with its query, `page` to go back to, `fields` as (name, value) in order, names of files; `number`
    is its place among those that are kept."""

    path: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    number: int = 0

    @property
    def texts(self) -> list[str]:
        """What somebody would be sorry to lose."""
        return texts_in(list(self.fields))


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


def form_sent(request: HttpRequest, page: str) -> KeptForm:
    """The form that a request has brought; `page` is where it stood."""
    return KeptForm(
        request.get_full_path(), page or request.path, tuple(fields_of(request)), tuple(files_of(request))
    )


def keep_form(request: HttpRequest, page: str) -> bool:
    """Keep what an ended session sent; False where there is nothing to keep, or nobody to keep it for.

    Scripts that save by themselves keep their own text, and look after it.
    """
    reader = _last_reader(request)
    is_script = wants_part(request) or "X-Requested-With" in request.headers
    if request.method != "POST" or is_script or not reader:
        return False
    form = form_sent(request, page)
    kept = {
        "reader": reader,
        "at": now().isoformat(),
        "path": form.path,
        "page": form.page,
        "fields": [list(field) for field in form.fields],
        "files": list(form.files),
    }
    # The same once more, by a second click, is kept once.
    others = [one for one in request.session.get(KEPT, []) if {**one, "at": kept["at"]} != kept]
    request.session[KEPT] = [*others, kept][-MOST:]
    return True


def kept_forms(request: HttpRequest) -> list[KeptForm]:
    """What is kept for this reader, the oldest first; another reader's is thrown away unseen, and so is what is older than
    `KEPT_FOR`."""
    kept: list[dict[str, Any]] = request.session.get(KEPT, [])
    good = [one for one in kept if _is_for(request, one)]
    if len(good) != len(kept):
        _keep_only(request, good)
    return [
        KeptForm(
            one["path"],
            one["page"],
            tuple((name, value) for name, value in one["fields"]),
            tuple(one["files"]),
            number,
        )
        for number, one in enumerate(good)
    ]


def _is_for(request: HttpRequest, kept: dict[str, Any]) -> bool:
    is_old = now() - dt.datetime.fromisoformat(kept["at"]) > KEPT_FOR
    is_our_page = url_has_allowed_host_and_scheme(kept["path"], allowed_hosts=None)
    return kept["reader"] == str(request.user.pk) and not is_old and is_our_page


def _keep_only(request: HttpRequest, kept: list[dict[str, Any]]) -> None:
    if kept:
        request.session[KEPT] = kept
    else:
        request.session.pop(KEPT, None)


def throw_away(request: HttpRequest, number: int) -> None:
    """Keep the form of this number no longer."""
    kept: list[dict[str, Any]] = request.session.get(KEPT, [])
    _keep_only(request, [one for place, one in enumerate(kept) if place != number])


def note_arrival(request: HttpRequest, response: HttpResponse) -> None:
    """What has now been sent and taken is kept no longer: a view that takes a form leads on from it. Of several that were
    sent to one address it is the one with these very values."""
    kept: list[dict[str, Any]] = request.session.get(KEPT, [])
    if not kept or request.method != "POST" or response.status_code not in {302, 303}:
        return
    form = form_sent(request, "")
    same = [number for number, one in enumerate(kept) if one["path"] == form.path]
    exact = [number for number in same if sorted(map(tuple, kept[number]["fields"])) == sorted(form.fields)]
    if exact or len(same) == 1:
        throw_away(request, (exact or same)[0])


def _last_reader(request: HttpRequest) -> str:
    try:
        return request.get_signed_cookie(READER, salt=READER, max_age=READER_DAYS * 24 * 60 * 60) or ""
    except (KeyError, BadSignature):
        return ""
