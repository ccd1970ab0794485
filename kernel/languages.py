"""Texts that data hold in several languages: `title_ja`, `title_en` (docs/adr/0005-languages-of-data.md)."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def current() -> str:
    """The reader's language, as one of those in which data are held."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return language if language in settings.DATA_LANGUAGES else settings.DATA_LANGUAGES[0]


def localized(obj: Any, attribute: str, language: str | None = None) -> str:
    """The text of `attribute` in `language`, or in the first other language that has one."""
    first = language or current()
    for code in (first, *[other for other in settings.DATA_LANGUAGES if other != first]):
        text = getattr(obj, f"{attribute}_{code}")
        if text:
            return str(text)
    return ""
