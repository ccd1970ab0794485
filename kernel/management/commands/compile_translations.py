"""`manage.py compile_translations`: `.po` to `.mo` without the gettext programs, which a bare machine lacks."""

import os
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the portal's own translations where a .po file is newer than its .mo file."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalog(source)


def compile_catalog(source: Path) -> bool:
    """Write `source` as a `.mo` file beside it, whole or not at all; False when that is up to date.

    Fuzzy entries are left out: a guess of the tools is no translation.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    with source.open("rb") as file:
        catalog = read_po(file)
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".mo.part")
    with os.fdopen(descriptor, "wb") as file:
        write_mo(file, catalog)
    Path(name).chmod(0o644)
    Path(name).replace(target)
    return True
