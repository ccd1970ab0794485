"""Evidence of the partner's standing in words, for the PDF and the pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from kernel.choices import label_of_value
from kernel.violations import sentence
from proposals.enums import StandingKind
from proposals.rules.standing import doubts

NAMES = ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji")


def years_words(record: Mapping[str, Any]) -> str:
    """2019, 2019 – 2024, or of a post and a membership without an end: since 2019."""
    first, last = record["first_year"], record["last_year"]
    if last is not None:
        return str(first) if first == last else f"{first} – {last}"
    lasts = record["kind"] in (StandingKind.POSITION, StandingKind.MEMBERSHIP)
    return _("since %(year)s") % {"year": first} if lasts else str(first)


def what_words(record: Mapping[str, Any]) -> str:
    """What it is and who gave it; of a work that the registry has, as the registry calls it."""
    paper = record.get("paper") or {}
    title = paper.get("title") or record["title"]
    body = record["body"] or paper.get("container", "")
    return f"{title} ({body})" if body else title


def sources_of(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where it can be read: `text` and `url`."""
    found = []
    if record["doi"]:
        found.append({"text": f"doi:{record['doi']}", "url": f"https://doi.org/{record['doi']}"})
    if record["source_url"]:
        found.append({"text": record["source_url"], "url": record["source_url"]})
    return found


def doubt_words(record: Mapping[str, Any]) -> list[str]:
    return [sentence(violation) for violation in doubts(record)]


def standing_sheet(content: dict[str, Any], language: str) -> dict[str, Any]:
    """For the PDF and templates/proposals/standing.html: `heading`, `columns`, `rows` of words, and `records` with their
    links and what should be looked at."""
    names = {
        member["person"]["public_id"]: Person(**{part: member["person"][part] for part in NAMES}).name_in(
            language
        )
        for member in content["team"]
    }
    records: list[dict[str, Any]] = [
        {
            "cells": [
                names.get(record["person"], "–"),
                label_of_value(StandingKind, record["kind"]),
                what_words(record),
                years_words(record),
            ],
            "sources": sources_of(record),
            "doubts": doubt_words(record),
        }
        for record in content.get("standing", [])
    ]
    return {
        "heading": _("Standing of the partner researcher"),
        "columns": [_("Name of the person"), _("Kind"), _("What and by whom"), _("Years"), _("Source")],
        "records": records,
        "rows": [[*one["cells"], "\n".join(source["text"] for source in one["sources"])] for one in records],
        "none": _("(no evidence entered)"),
    }
