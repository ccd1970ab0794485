"""System checks of what every part needs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from kernel.documents.fonts import FONT_FOLDER, missing_font_files


@register(Tags.files)
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Without the vendored fonts no document can be printed."""
    missing = missing_font_files()
    if not missing:
        return []
    names = ", ".join(path.name for path in missing)
    return [
        Error(f"Documents would have no letters: {FONT_FOLDER} lacks {names}.", id="kernel.E001"),
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
