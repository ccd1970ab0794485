"""What a reader would see nothing of is blank, wherever a text must be there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kernel.text import is_blank_text


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \u3000\t\r\n\0", True),
        ("\u3164\u2800\u200b\ufeff\u00ad\u2060\u115f\uffa0\u034f", True),
        ("\ufe0f\U000e0100\U000e0020", True),
        ("\u3164a", False),
        ("。", False),
        ("゛", False),
        ("𠮷", False),
        ("-", False),
    ],
)
def test_what_nobody_sees_is_blank(text: str, blank: bool) -> None:
    assert is_blank_text(text) is blank


def test_rules_and_actions_ask_for_what_can_be_seen() -> None:
    """What must be there is asked for by `is_blank_text`: `strip` leaves letters that leave no mark."""
    asked = re.compile(r"(\bnot [\w.\[\]\"]+\.strip\(\)|if [\w.]+\.strip\(\) else )")
    found = [
        f"{file.parent.name}/{file.name}: {line.strip()}"
        for folder in ("accounts", "program", "proposals", "projects", "review", "reporting")
        for layer in ("rules", "actions")
        for file in sorted((Path(settings.BASE_DIR) / folder / layer).rglob("*.py"))
        for line in file.read_text().splitlines()
        if asked.search(line)
    ]
    # A blank line of a pasted list is passed over, and asked for by nobody.
    assert found == ["rules/participants.py: if not line.strip():"]
