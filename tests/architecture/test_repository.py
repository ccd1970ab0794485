"""What the repository says: it speaks of the product alone, and holds no secret."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Written in pieces, so that this file does not find itself.
FOREIGN = re.compile("|".join(("/" + "work/", "pypi" + r"\.org", "/" + "root/", "registry" + r"\.npmjs")))
BINARY = {".ttf", ".pdf", ".png", ".xlsx", ".docx", ".zip", ".gz"}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are the repository's")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_machine_or_a_registry() -> None:
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        # registries/data holds files of others, kept as found: the addresses in them are theirs.
        if path.is_file() and path.suffix not in BINARY and not {"vendor", "data"} & set(path.parts)
        if FOREIGN.search(path.read_text(errors="replace"))
    ]
    assert wrong == []


def test_no_private_file_is_tracked() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert {name for name in names if name == ".env" or name.startswith(("var/", ".venv/"))} == set()
