"""What differs between two versions of a form, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label, label_of_value
from kernel.languages import current
from program.enums import (
    ChangeKind,
    CriterionAspect,
    FieldKind,
    FileKind,
    LimitUnit,
    PartKind,
    ScaleDirection,
    SectionKind,
)
from program.models import FormVersion
from program.rules.form_comparison import FormChange, form_changes
from program.versions import form_as_plain
from program.wording import localized_option

TONES = {
    ChangeKind.ADDED: "success",
    ChangeKind.REMOVED: "error",
    ChangeKind.CHANGED: "warning",
    ChangeKind.MOVED: "info",
}
ENUMS: dict[tuple[PartKind, str], Any] = {
    (PartKind.SECTION, "kind"): SectionKind,
    (PartKind.SECTION, "unit"): LimitUnit,
    (PartKind.FIELD, "kind"): FieldKind,
    (PartKind.FIELD, "unit"): LimitUnit,
    (PartKind.CRITERION, "aspect"): CriterionAspect,
    (PartKind.CRITERION, "direction"): ScaleDirection,
}


def _names() -> dict[str, str]:
    return {
        "title_ja": _("Title (Japanese)"),
        "title_en": _("Title (English)"),
        "help_ja": _("What is asked (Japanese)"),
        "help_en": _("What is asked (English)"),
        "kind": _("What the section asks"),
        "limit": _("Length of the text, at most"),
        "unit": _("Counted in"),
        "is_required": _("Must be filled in"),
        "lowest": _("Least"),
        "highest": _("Greatest"),
        "measure_ja": _("Unit (Japanese)"),
        "measure_en": _("Unit (English)"),
        "options": _("Lines"),
        "file_kinds": _("Taken besides PDF"),
        "most_megabytes": _("Size, at most (MB)"),
        "most_pages": _("Pages of a PDF, at most"),
        "aspect": _("Aspect"),
        "weight": _("Weight"),
        "direction": _("Direction"),
        "anchors": _("What the steps mean"),
    }


def changes_in_words(old: FormVersion, new: FormVersion) -> list[dict[str, Any]]:
    """Each change: `tone`, `label` (added, removed, ...), `part` (section, field, criterion), `title`, `within` (the
    section of a field) and `rows` (name, before, after)."""
    names = _names()
    return [_words(change, names) for change in form_changes(form_as_plain(old), form_as_plain(new))]


def _words(change: FormChange, names: dict[str, str]) -> dict[str, Any]:
    part = change.after or change.before or {}
    return {
        "tone": TONES[change.kind],
        "label": label(change.kind),
        "part": label(change.part),
        "title": _title(part),
        "within": _title(change.within) if change.within else "",
        "rows": [
            {
                "name": names.get(name, name),
                "before": _value(change.part, name, (change.before or {}).get(name)),
                "after": _value(change.part, name, (change.after or {}).get(name)),
            }
            for name in change.attributes
        ],
    }


def _title(part: Any) -> str:
    return str(part.get(f"title_{current()}") or part.get("title_en") or part.get("title_ja"))


def _value(part: PartKind, name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if (part, name) in ENUMS:
        return label(ENUMS[part, name](value))
    if isinstance(value, bool):
        return pgettext("of a fact", "yes") if value else pgettext("of a fact", "no")
    if name == "file_kinds":
        return "\n".join(label_of_value(FileKind, kind) for kind in value) or "–"
    if name == "options":
        return "\n".join(localized_option(option) for option in value) or "–"
    if name == "anchors":
        steps = sorted(value.items(), key=lambda step: int(step[0]))
        return "\n".join(f"{step}: {localized_option(words)}" for step, words in steps) or "–"
    if name in ("lowest", "highest"):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in str(value) else str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)
