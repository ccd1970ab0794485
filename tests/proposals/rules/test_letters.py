"""Places in a letter: replaced once, by plain text, and only those of the list."""

import pytest

from proposals.rules.letters import filled, place_violation

VALUES = {"name": "{title}", "title": "{0.__class__} %s {{ x }}", "receipt": "A-1"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{receipt}: {name}", "A-1: {title}"),  # what is put in is not looked at again
        ("{title}", "{0.__class__} %s {{ x }}"),
        ("100% {}", "100% {}"),
        ("{deadline", "{deadline"),
        ("{{receipt}}", "{A-1}"),
        ("{receipt.__class__} {receipt!r} {receipt:>10}", "{receipt.__class__} {receipt!r} {receipt:>10}"),
        ("", ""),
    ],
)
def test_places_are_replaced_once_by_plain_text(text: str, found: str) -> None:
    assert filled(text, VALUES) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{receipt} {title} {name} {call} {deadline}", None),
        ("ふつうの文", None),
        ("{nmae}", "{nmae}"),
        ("{receipt.__class__} {0} {x} {x}", "{receipt.__class__}, {0}, {x}"),
        ("{}", "{}"),
        ("{ name }", "{ name }"),
    ],
)
def test_what_is_no_place_is_named(text: str, names: str | None) -> None:
    broken = place_violation(text, "body_ja")
    assert (broken and (broken.code, broken.field, broken.params["names"])) == (
        names and ("place_unknown", "body_ja", names)
    )
