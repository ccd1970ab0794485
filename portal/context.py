"""What the frame of every page shows: navigation, languages, the reader's name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation

from accounts.permissions import person_of
from kernel.contributions import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """`navigation` (label, url, current), `language_links` (code, label, url, current) and `reader` (a name)."""
    user = getattr(request, "user", None)
    entries = []
    if user is not None and user.is_authenticated:
        for contribute in navigation:
            for label, name in contribute(user):
                url = reverse(name)
                entries.append({"label": label, "url": url, "current": request.path.startswith(url)})
    person = person_of(user) if user is not None else None
    return {
        "navigation": entries,
        "language_links": _language_links(request),
        "reader": person.name if person else getattr(user, "email", ""),
    }


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
