"""System checks of what every part needs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.files)
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Without a Japanese font no document can be printed."""
    fonts = Path(settings.BASE_DIR) / "static/vendor/fonts"
    if any(fonts.glob("BIZUDPGothic*.ttf")):
        return []
    return [
        Error("No Japanese font in static/vendor/fonts: documents would have no letters.", id="kernel.E001")
    ]


@register(Tags.security, deploy=True)
def files_are_not_public(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Files are served by views that check rights, never from a folder."""
    media, static = Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve()
    if settings.MEDIA_URL not in ("", "/") or static == media or static in media.parents:
        return [Error("Uploaded files would be served without a check of rights.", id="kernel.E002")]
    return []


@register(Tags.database)
def keys_are_enforced(app_configs: Any, **kwargs: Any) -> list[Error]:
    """The ledger's promises rest on the database's constraints, so only databases that were tested may be used."""
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    if engine in {"postgresql", "sqlite3"}:
        return []
    return [Error(f"{engine} has not been tested; use PostgreSQL, or SQLite embedded.", id="kernel.E003")]
