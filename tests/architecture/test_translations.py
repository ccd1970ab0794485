"""Every sentence of ours has its Japanese: none missing, none fuzzy, none left over, and with the same placeholders."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale/ja/LC_MESSAGES/django.po"
APPS = [
    "config",
    "kernel",
    "accounts",
    "registries",
    "program",
    "proposals",
    "projects",
    "review",
    "reporting",
]
APPS += ["portal"]
KEYWORDS = ["gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3"]
KEYWORDS += ["pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
Key = tuple[str | None, str]

pytestmark = pytest.mark.skipif(
    not shutil.which("xgettext") and not os.environ.get("CI"), reason="xgettext is not installed (gettext)"
)


def key_of(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ja")


def in_catalogue() -> dict[Key, Message]:
    return {key_of(message): message for message in catalogue() if message.id}


@pytest.fixture(scope="module")
def in_sources(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """What xgettext finds in our modules and templates."""
    folder = tmp_path_factory.mktemp("sentences")
    sources = [
        path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
    ]
    for template in sorted((ROOT / "templates").rglob("*.*")):
        if template.suffix in {".html", ".txt"}:
            # The name is spoken in warnings of xgettext, so it stays legible.
            copy = folder / (template.relative_to(ROOT).as_posix().replace("/", "--") + ".py")
            copy.write_text(templatize(template.read_text()))
            sources.append(copy)
    listed = folder / "sources.list"
    listed.write_text("\n".join(map(str, sources)))
    out = folder / "found.po"
    # With its header: without one, xgettext drops every letter that is not ASCII.
    command = ["xgettext", "-L", "Python", "--from-code=UTF-8", "--force-po", "--no-wrap", f"--output={out}"]
    command += [*(f"--keyword={keyword}" for keyword in KEYWORDS), f"--files-from={listed}"]
    subprocess.run(command, check=True, capture_output=True)
    found = out.read_text().replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=n != 1")
    return {key_of(message): message for message in read_po(io.StringIO(found)) if message.id}


def named(keys: Iterable[Key]) -> list[str]:
    return sorted(f"{context}|{text}" if context else text for context, text in keys)


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_sentence_has_its_japanese(in_sources: dict[Key, Message]) -> None:
    done = {key for key, message in in_catalogue().items() if texts(message) and all(texts(message))}
    assert named(in_sources.keys() - done) == []


def test_no_japanese_is_left_over(in_sources: dict[Key, Message]) -> None:
    assert named(in_catalogue().keys() - in_sources.keys()) == []
    assert list(catalogue().obsolete) == []


def test_no_japanese_is_a_guess() -> None:
    assert [key for key, message in in_catalogue().items() if message.fuzzy] == []


def test_placeholders_of_both_languages_agree() -> None:
    wrong = []
    for (_, english), message in in_catalogue().items():
        wanted = set(PLACEHOLDER.findall(english))
        if isinstance(message.id, tuple):
            wanted |= set(PLACEHOLDER.findall(message.id[1]))
        wrong += [english for japanese in texts(message) if set(PLACEHOLDER.findall(japanese)) != wanted]
    assert wrong == []
