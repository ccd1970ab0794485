"""The differences of two dossiers in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import label_of_value
from program.dossiers import scored_of, text_of
from program.enums import EvidenceKind
from program.rules.balance import arithmetic, balance_of, decimal
from program.rules.comparison import Change

TONES = {"added": "success", "removed": "error", "changed": "warning"}


def change_rows(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Rows for the comparison: what, how, and each value before and after."""
    kinds = {"added": _("added"), "removed": _("taken out"), "changed": _("changed")}
    return [
        {
            "part": _parts()[change.part],
            "name": _name(change),
            "how": kinds[change.kind],
            "tone": TONES[change.kind],
            "values": [
                {
                    "field": field_words().get(field, field),
                    "before": value_words(field, old),
                    "after": value_words(field, new),
                }
                for field, old, new in change.values
            ],
        }
        for change in changes
    ]


def balances(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """The balance of both, with the arithmetic."""
    return [
        {"value": decimal(balance_of(scored_of(one)).value), "arithmetic": arithmetic(scored_of(one)) or "–"}
        for one in (before, after)
    ]


def _parts() -> dict[str, str]:
    return {
        "names": _("Names"),
        "summary": _("Summary and responsible division"),
        "evidence": _("Evidence"),
        "policies": _("Policy document"),
        "consultations": _("Consultation"),
    }


def field_words() -> dict[str, str]:
    """What each value of a dossier is called."""
    return {
        "ministry_name_ja": _("Ministry (Japanese)"),
        "ministry_name_en": _("Ministry (English)"),
        "programme_title_ja": _("Programme (Japanese)"),
        "programme_title_en": _("Programme (English)"),
        "field_title_ja": _("Field (Japanese)"),
        "field_title_en": _("Field (English)"),
        "partner_title_ja": _("Partner (Japanese)"),
        "partner_title_en": _("Partner (English)"),
        "members": _("Countries of the group"),
        "kind": _("Benefit or loss"),
        "measure_ja": _("What is measured (Japanese)"),
        "measure_en": _("What is measured (English)"),
        "value": _("Value"),
        "unit_ja": _("Unit (Japanese)"),
        "unit_en": _("Unit (English)"),
        "year": _("Year"),
        "source_ja": _("Source (Japanese)"),
        "source_en": _("Source (English)"),
        "source_url": _("Address of the source"),
        "score": _("Score"),
        "reason_ja": _("Reason for the score (Japanese)"),
        "reason_en": _("Reason for the score (English)"),
        "weight": _("Weight"),
        "summary_ja": _("Summary (Japanese)"),
        "summary_en": _("Summary (English)"),
        "division_ja": _("Responsible division (Japanese)"),
        "division_en": _("Responsible division (English)"),
        "director_ja": _("Its director (Japanese)"),
        "director_en": _("Its director (English)"),
        "title_ja": _("Title (Japanese)"),
        "title_en": _("Title (English)"),
        "decided_on": _("Decided on"),
        "url": _("Address"),
        "held_on": _("Held on"),
        "offices_ja": _("With whom (Japanese)"),
        "offices_en": _("With whom (English)"),
        "points_ja": _("Points discussed (Japanese)"),
        "points_en": _("Points discussed (English)"),
        "answer_ja": _("Outcome of the consultation (Japanese)"),
        "answer_en": _("Outcome of the consultation (English)"),
        "participants_ja": _("Participants (Japanese)"),
        "participants_en": _("Participants (English)"),
        "raised": _("Points raised"),
        "attachments": _("Attachments"),
    }


def _name(change: Change) -> str:
    if change.part in ("names", "summary"):
        return ""
    if change.part == "consultations":
        return f"{change.content['held_on']} {text_of(change.content, 'offices')}"
    return text_of(change.content, "measure" if change.part == "evidence" else "title")


def value_words(field: str, value: Any) -> str:
    """One value of a dossier as it is shown."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list):
        return "\n".join(" / ".join(filter(None, map(str, one.values()))) for one in value)
    if field == "kind":
        return label_of_value(EvidenceKind, value)
    return str(value).replace("-", "−") if field == "score" else str(value)
