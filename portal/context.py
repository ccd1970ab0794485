"""What the frame of every page shows: navigation, languages, the reader's name, the links at its foot, and whom to ask."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.kept_forms import kept_forms
from accounts.permissions import person_of
from kernel.contributions import navigation

# What somebody may read without an account: their menu, and the foot of every page.
PUBLIC_PAGES = [(_("Calls"), "program:calls"), (_("How to use the portal"), "portal:guide")]


def frame(request: HttpRequest) -> dict[str, Any]:
    """`navigation` (label, url, current), `language_links` (code, label, url, current), `footer_links` (label, url),
    `reader` (a name), `contact` (an e-mail address, or "") and `kept_url` (where what an ended session had sent waits, or "")."""
    user = getattr(request, "user", None)
    entries = []
    offered = [PUBLIC_PAGES]
    if user is not None and user.is_authenticated:
        offered = [contribute(user) for contribute in navigation]
    for label, name in [entry for entries_of_app in offered for entry in entries_of_app]:
        url = reverse(name)
        entries.append({"label": label, "url": url, "current": request.path.startswith(url)})
    person = person_of(user) if user is not None else None
    footer = [{"label": label, "url": reverse(name)} for label, name in PUBLIC_PAGES]
    return {
        "navigation": entries,
        "language_links": _language_links(request),
        "footer_links": footer + _set_links(),
        "contact": settings.CONTACT_EMAIL,
        "kept_url": _kept_url(request),
        "reader": person.name if person else getattr(user, "email", ""),
    }


def _kept_url(request: HttpRequest) -> str:
    """However somebody has signed in again: what they had typed is not forgotten. On its own page nothing more is said."""
    url = reverse("accounts:kept")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or request.path == url or not hasattr(request, "session"):
        return ""
    return url if kept_forms(request) else ""


def _set_links() -> list[dict[str, Any]]:
    """What whoever runs the portal has set: privacy notice, terms of use, address for questions."""
    found = [
        (_("Privacy notice"), settings.PRIVACY_URL),
        (_("Terms of use"), settings.TERMS_URL),
        (_("Contact"), f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""),
    ]
    return [{"label": label, "url": url} for label, url in found if url]


def _language_links(request: HttpRequest) -> list[dict[str, Any]]:
    current = translation.get_language()
    links = []
    for code, _name in settings.LANGUAGES:
        try:
            url = translate_url(request.get_full_path(), code)
        except NoReverseMatch:
            url = f"/{code}/"
        with translation.override(code):
            label = translation.gettext("English") if code == "en" else translation.gettext("Japanese")
        links.append({"code": code, "label": label, "url": url, "current": code == current})
    return links
