"""The head of a column is made in one place, so that a CSV names the unit as the workbook of the same table does."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
APPS = ("accounts", "registries", "program", "proposals", "projects", "review", "reporting", "portal")
OWN_HEADINGS = re.compile(r"\[\s*(?:\w+\()?(?:one|column)\.heading\b")


def test_no_export_writes_the_headings_of_columns_without_their_units() -> None:
    found = [
        path.relative_to(BASE).as_posix()
        for app in APPS
        for path in (BASE / app).rglob("*.py")
        if OWN_HEADINGS.search(path.read_text())
    ]
    assert found == []
