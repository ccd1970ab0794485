"""Every sentence of ours has its Japanese: none missing, none fuzzy, none left over, and with the same placeholders."""

import os
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings

from tests.architecture import sentences
from tests.architecture.sentences import Key, named

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

pytestmark = pytest.mark.skipif(
    not shutil.which("xgettext") and not os.environ.get("CI"), reason="xgettext is not installed (gettext)"
)


def in_catalogue() -> dict[Key, Message]:
    return sentences.by_key(sentences.catalogue())


@pytest.fixture(scope="module")
def in_sources() -> dict[Key, Message]:
    return sentences.in_sources()


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_sentence_has_its_japanese(in_sources: dict[Key, Message]) -> None:
    done = {key for key, message in in_catalogue().items() if texts(message) and all(texts(message))}
    assert named(in_sources.keys() - done) == []


def test_no_japanese_is_left_over(in_sources: dict[Key, Message]) -> None:
    assert named(in_catalogue().keys() - in_sources.keys()) == []
    assert list(sentences.catalogue().obsolete) == []


def test_no_japanese_is_a_guess() -> None:
    assert [key for key, message in in_catalogue().items() if message.fuzzy] == []


def test_japanese_quotes_with_its_own_marks() -> None:
    """「」 in Japanese; a mark that the code puts in itself would be the English one in both languages."""
    wrong = [english for (_, english), message in in_catalogue().items() if "“" in "".join(texts(message))]
    root = Path(settings.BASE_DIR)
    in_code = [
        path.relative_to(root).as_posix()
        for app in (
            "kernel",
            "accounts",
            "registries",
            "program",
            "proposals",
            "projects",
            "review",
            "reporting",
            "portal",
        )
        for path in (root / app).rglob("*.py")
        if 'f"“' in path.read_text(encoding="utf-8")
    ]
    assert (wrong, in_code) == ([], [])


def test_placeholders_of_both_languages_agree() -> None:
    wrong = []
    for (_, english), message in in_catalogue().items():
        wanted = set(PLACEHOLDER.findall(english))
        if isinstance(message.id, tuple):
            wanted |= set(PLACEHOLDER.findall(message.id[1]))
        wrong += [english for japanese in texts(message) if set(PLACEHOLDER.findall(japanese)) != wanted]
    assert wrong == []
