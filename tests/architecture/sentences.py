"""The sentences of our sources and those of the Japanese catalogue, for the test and for `bin/words`."""

import io
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
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
Key = tuple[str | None, str]


def key_of(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def by_key(messages: Iterable[Message]) -> dict[Key, Message]:
    return {key_of(message): message for message in messages if message.id}


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ja")


def sources(folder: Path) -> list[Path]:
    """Our modules, and our templates turned into Python that xgettext reads, in `folder`."""
    found = [
        path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
    ]
    for template in sorted((ROOT / "templates").rglob("*.*")):
        if template.suffix in {".html", ".txt"}:
            # The name is spoken in warnings of xgettext, so it stays legible.
            copy = folder / (template.relative_to(ROOT).as_posix().replace("/", "--") + ".py")
            copy.write_text(templatize(template.read_text()))
            found.append(copy)
    return found


def in_sources() -> dict[Key, Message]:
    """What xgettext finds in our modules and templates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed, out = folder / "sources.list", folder / "found.po"
        listed.write_text("\n".join(map(str, sources(folder))))
        # With its header: without one, xgettext drops every letter that is not ASCII.
        command = [
            "xgettext",
            "-L",
            "Python",
            "--from-code=UTF-8",
            "--force-po",
            "--no-wrap",
            f"--output={out}",
        ]
        command += [*(f"--keyword={keyword}" for keyword in KEYWORDS), f"--files-from={listed}"]
        subprocess.run(command, check=True, capture_output=True)
        found = out.read_text().replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=n != 1")
    return by_key(read_po(io.StringIO(found)))


def named(keys: Iterable[Key]) -> list[str]:
    return sorted(f"{context}|{text}" if context else text for context, text in keys)
