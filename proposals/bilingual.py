"""A sheet in words (`proposals.documents.sheet_of`) in both languages at once, for the one PDF that both sides read.

What the portal says (headings, labels, units, words for a role or a state, days) stands in both languages; what people wrote
stands once, as they wrote it. See docs/adr/0020-one-pdf-in-both-languages.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kernel.documents.typeset import Language

# 1,234円 and ¥1,234 are one amount, and the latter is read in both languages.
_YEN = re.compile(r"([\d,]+)円")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Of what is written in a proposal in Japanese far more than this share of all letters is kana or kanji.
MOSTLY = 0.1


def in_both(japanese: Any, english: Any) -> Any:
    """Two sheets of one content put together: where their texts differ, `{"ja": ..., "en": ...}`.

    Raises:
        ValueError: they have not the same shape, so they are not of one content.
    """
    if isinstance(japanese, Mapping):
        if japanese.keys() != english.keys():
            raise ValueError(f"{sorted(japanese)} and {sorted(english)} are no two sheets of one content")
        return {key: in_both(value, english[key]) for key, value in japanese.items()}
    if isinstance(japanese, list | tuple):
        return [in_both(*pair) for pair in zip(japanese, english, strict=True)]
    if japanese == english:
        return japanese
    amount = _YEN.fullmatch(str(japanese))
    if amount and english == f"¥{amount[1]}":
        return english
    return {"ja": japanese, "en": english}


def written_in(content: Mapping[str, Any]) -> Language:
    """In which language a proposal is written, by its sections, else by its titles: Japanese where nothing is written yet.
    It stands first in the PDF; it is read from the content alone, so that the same content gives the same bytes."""
    letters = [sign for text in _written(content) for sign in text if sign.isalpha()]
    if not letters:
        return "ja" if content["title_ja"] or not content["title_en"] else "en"
    japanese = sum(1 for sign in letters if _JAPANESE.match(sign))
    return "ja" if japanese >= MOSTLY * len(letters) else "en"


def _written(content: Mapping[str, Any]) -> Iterator[str]:
    for section in content["sections"]:
        yield section["text"]
        yield from (one["answer"] for one in section.get("answers", ()) if isinstance(one["answer"], str))
