"""What of a submitted proposal is searched: words that somebody wrote or that name somebody. No amounts, no keys."""

from collections.abc import Iterator, Mapping
from typing import Any

PERSON = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")


def texts_of(content: Mapping[str, Any], receipt_number: str) -> Iterator[str]:
    """The texts of a content (`proposals.actions.content.content_of`), each of which is searched by itself: titles and
    sections, the names of the team in every script, institutions, field and partner country, awards with their numbers."""
    yield receipt_number
    yield from (content["title_ja"], content["title_en"])
    for section in content["sections"]:
        yield section["text"]
        for one in section.get("answers", ()):
            yield from _words(one.get("answer"))
    yield from (content["institution"]["name_ja"], content["institution"]["name_en"])
    for member in content["team"]:
        person = member["person"]
        for family, given in zip(PERSON[::2], PERSON[1::2], strict=True):
            yield _name(person.get(family, ""), person.get(given, ""))
        # As it is written in the other order, and without a gap, as a Japanese name often is.
        yield _name(person.get("given_romaji", ""), person.get("family_romaji", ""))
        yield person.get("family_kanji", "") + person.get("given_kanji", "")
        yield from (member["institution_name"], member.get("task", ""))
    for award in content["awards"]:
        yield from (award["number"], award["title"], award["pi_name"])
    for record in content.get("standing", []):
        yield from (record["title"], record["body"])
    designation = content.get("designation") or {}
    yield from (str(designation.get(key, "")) for key in ("field_ja", "field_en", "partner_ja", "partner_en"))


def _name(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _words(answer: Any) -> Iterator[str]:
    """The texts in an answer, whatever its shape; what an upload is called is not searched."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, list):
        for one in answer:
            yield from _words(one)
    elif isinstance(answer, dict) and "sha256" not in answer:
        for one in answer.values():
            yield from _words(one)
