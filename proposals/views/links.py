"""The page behind the link of an invitation's mail, whatever somebody is invited to: it lets in once, in one browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.rules.links import token_hash
from kernel.clock import now
from kernel.violations import RuleBroken

# For so many hours somebody who came by a link may go on; then they have a new one sent.
HOURS_LET_IN = 8


@dataclass(frozen=True)
class Link:
    """One kind of invitation, as its app knows it.

    `session` is the key under which a browser is kept that was let in, and `inside` the route of its first page. `find` gives the
    open invitation whose unused link this is; `open` uses a link up (`token`, `browser`: the browser's secret), or gives None;
    `is_theirs` says whether an invitation is an account's own, `signs_in` whether the invited person has an account; `own_page` is
    the route of the invitation for an account. `shows` is what the page says of an invitation, `dead` the answer to a link that
    lets nobody in.
    """

    session: str
    inside: str
    own_page: str
    template: str
    find: Callable[[str], Any]
    open: Callable[..., Any]
    is_theirs: Callable[[Any, Any], bool]
    signs_in: Callable[[Any], bool]
    shows: Callable[[Any], list[dict[str, Any]]]
    dead: Callable[[HttpRequest], HttpResponse]


def link_page(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """To open it does nothing, since scanners of mail open links; its button does. A second press of the button in the same browser
    leads where the first one does."""
    invitation = link.find(token)
    if invitation is None:
        return _used(request, token, link)
    own = reverse(link.own_page, args=[invitation.public_id])
    if link.is_theirs(request.user, invitation):
        return redirect(own)
    must_sign_in = link.signs_in(invitation)
    if request.method == "POST" and not request.user.is_authenticated and not must_sign_in:
        return _let_in(request, token, link)
    context = {
        "facts": link.shows(invitation),
        "is_signed_in": request.user.is_authenticated,
        "must_sign_in": must_sign_in,
        "sign_in_url": f"{reverse(settings.LOGIN_URL)}?next={own}",
    }
    return render(request, link.template, context)


def _used(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """A link that is used up, or none: the browser that was let in by it goes on, any other is told that it is dead."""
    kept = kept_of(request, link.session)
    if kept and kept.get("link") == token_hash(token):
        return redirect(link.inside)
    if request.method == "POST" and not request.user.is_authenticated:
        return _let_in(request, token, link)
    return link.dead(request)


def _let_in(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    try:
        opened = link.open(token=token, browser=request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    except RuleBroken:  # an account was made in this very moment
        opened = None
    if opened is None:
        return link.dead(request)
    request.session.cycle_key()
    request.session[link.session] = {
        "invitation": opened.public_id,
        "at": now().timestamp(),
        "link": token_hash(token),
    }
    return redirect(link.inside)


def kept_of(request: HttpRequest, session: str) -> Mapping[str, Any] | None:
    """What this browser's session keeps of the link that let it in, as long as the hours last; nothing for who has signed in."""
    kept = request.session.get(session)
    if request.user.is_authenticated or not isinstance(kept, dict):
        return None
    return None if now().timestamp() - kept.get("at", 0) > HOURS_LET_IN * 3600 else kept
