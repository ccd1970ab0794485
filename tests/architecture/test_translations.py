"""Every sentence has its Japanese, and the catalogue knows every sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale/ja/LC_MESSAGES/django.po"
SOURCES = ("accounts", "config", "kernel", "portal", "program", "projects", "proposals", "registries")
SOURCES += ("reporting", "review", "templates")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ja")


def test_every_entry_is_translated() -> None:
    missing = [message.id for message in read(CATALOGUE) if message.id and not any(_texts(message.string))]
    assert missing == []


def test_no_entry_is_fuzzy() -> None:
    assert [message.id for message in read(CATALOGUE) if message.id and message.fuzzy] == []


def test_translations_keep_their_placeholders() -> None:
    catalogue = read(CATALOGUE)
    wrong = {
        str(message.id): [str(error) for error in errors]
        for message in catalogue
        if message.id and (errors := list(message.check(catalogue)))
    }
    assert wrong == {}


def test_catalogue_knows_every_sentence(tmp_path: Path) -> None:
    """A fresh extraction into a copy of the sources finds nothing that the catalogue lacks."""
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed; CI has it")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    folder = tmp_path / "locale/ja/LC_MESSAGES"
    folder.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "ja", "--no-location", "--no-wrap"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
    )
    known = {_key(message) for message in read(CATALOGUE)}
    found = {_key(message) for message in read(folder / "django.po") if message.id}
    assert found
    assert sorted(found - known) == []


def _texts(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


def _key(message: object) -> tuple[str, str]:
    identifier = message.id  # type: ignore[attr-defined]
    return (
        message.context or "",  # type: ignore[attr-defined]
        identifier if isinstance(identifier, str) else identifier[0],
    )
