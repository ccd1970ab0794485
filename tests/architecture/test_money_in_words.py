"""Yen are written in one way: 1,234円 and （円） in Japanese, ¥1,234 and (yen) in English; never JPY."""

import re
from pathlib import Path

from django.conf import settings

from tests.architecture import sentences

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# A currency as a code: the lists of rates and of agencies name currencies themselves, not amounts.
LISTS_OF_CURRENCIES = {"registries/rates.html", "program/agencies.html"}
BARE_CURRENCY = re.compile(r"\{\{ [\w.]*currency \}\}")
AMOUNT_IN_WORDS = re.compile(r"(%\(\w+\)s|\d) (yen|JPY|円)\b|JPY|円")
AMOUNT_WITH_SIGN = re.compile(r"JPY|[¥￥]")
# Round sums in running text, as a person would say them.
SAID = re.compile(r"100 million yen|1,200,000 yen")


def texts(string: object) -> list[str]:
    return [string] if isinstance(string, str) else [str(text) for text in (string or ())]  # type: ignore[attr-defined]  # a plural's forms


def test_no_template_writes_a_currency_s_code_beside_amounts() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if BARE_CURRENCY.search(path.read_text())
    }
    assert found == LISTS_OF_CURRENCIES


def test_no_english_sentence_writes_an_amount_otherwise_than_with_its_sign() -> None:
    english = [text for message in sentences.catalogue() for text in texts(message.id)]
    assert [text for text in english if AMOUNT_IN_WORDS.search(SAID.sub("", text))] == []


def test_no_japanese_sentence_writes_an_amount_otherwise_than_with_yen_behind_it() -> None:
    japanese = [text for message in sentences.catalogue() for text in texts(message.string)]
    assert [text for text in japanese if AMOUNT_WITH_SIGN.search(text)] == []
