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
                    "field": _fields().get(field, field),
                    "before": _said(field, old),
                    "after": _said(field, new),
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
        "summary": _("Summary"),
        "evidence": _("Evidence"),
        "policies": _("Policy document"),
        "consultations": _("Consultation"),
    }


def _fields() -> dict[str, str]:
    return {
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
        "title_ja": _("Title (Japanese)"),
        "title_en": _("Title (English)"),
        "decided_on": _("Decided on"),
        "url": _("Address"),
        "held_on": _("Held on"),
        "offices": _("With whom"),
        "points": _("Points discussed"),
        "answer": _("Outcome of the consultation"),
        "participants": _("Participants"),
        "raised": _("Points raised"),
        "attachments": _("Attachments"),
    }


def _name(change: Change) -> str:
    if change.part == "summary":
        return ""
    if change.part == "consultations":
        return f"{change.content['held_on']} {change.content['offices']}"
    return text_of(change.content, "measure" if change.part == "evidence" else "title")


def _said(field: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list):
        return "\n".join(" / ".join(filter(None, map(str, one.values()))) for one in value)
    if field == "kind":
        return label_of_value(EvidenceKind, value)
    return str(value).replace("-", "−") if field == "score" else str(value)
