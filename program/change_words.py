"""What was changed of a call, in words: of its fields, its milestones and its documents."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label
from kernel.languages import current
from kernel.templatetags.kernel import day, plain_instant, yen
from program.enums import AgreementModel, CallMode, CallState, MilestoneKind, NoticeRule, Tier
from program.statement_words import statement_words

ENUMS: dict[str, Any] = {
    "state": CallState,
    "mode": CallMode,
    "tier": Tier,
    "agreement": AgreementModel,
    "notice": NoticeRule,
}


def _names() -> dict[str, str]:
    return {
        "state": _("State"),
        "form": _("Form and criteria"),
        "title_ja": _("Title (Japanese)"),
        "title_en": _("Title (English)"),
        "summary_ja": _("Summary (Japanese)"),
        "summary_en": _("Summary (English)"),
        "mode": _("Mode"),
        "tier": _("Tier"),
        "agreement": _("How the agencies agree"),
        "opens_at": _("Opening of the call"),
        "deadline_at": _("Deadline"),
        "notice": _("Notice of intent"),
        "notice_deadline_at": _("Deadline of the notice of intent"),
        "first_year": _("First fiscal year of the projects"),
        "min_years": _("Least number of years"),
        "max_years": _("Greatest number of years"),
        "indirect_percent": _("Indirect cost, at most"),
        "sufficient_yearly_yen": _("Partner award: sufficient from this much a year"),
        "exchange_target_percent": _("Exchange of people: target share of the budget"),
        "caps_by_month": _("The yearly caps of a part year are reduced by month"),
        "needs_approval": _("The institution must approve before submission"),
        "required_statements": _("Statements needed before submission"),
        "reminder_days": _("Reminders: days before the deadline"),
    }


def rows_in_words(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Each row's `name`, `before` and `after`."""
    return [
        {
            "name": _name(row),
            "before": _value(row["what"], row["before"]),
            "after": _value(row["what"], row["after"]),
        }
        for row in rows
    ]


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each row as one line: Deadline: 1 March → 8 March."""
    return [_("%(name)s: %(before)s → %(after)s") % row for row in rows_in_words(rows)]


def rows_of_audit(details: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that the trail's record of a changed call holds."""
    before, after = details.get("before"), details.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [{"what": name, "before": before.get(name), "after": after[name]} for name in after]


def milestone_as_plain(milestone: Any) -> dict[str, str]:
    """A milestone as a row of a change keeps it."""
    return {
        name: value.isoformat() if value is not None else ""
        for name, value in (
            ("starts_on", milestone.starts_on),
            ("at", milestone.at),
            ("ends_on", milestone.ends_on),
        )
    } | {"note_ja": milestone.note_ja, "note_en": milestone.note_en}


def _name(row: Mapping[str, Any]) -> str:
    what = row["what"]
    if what == "milestone":
        return label(MilestoneKind(row["kind"]))
    return pgettext("of a call", "Document") if what == "document" else _names().get(what, what)


def _value(what: str, value: Any) -> str:
    if value in (None, "", "None"):
        return "–"
    if what == "milestone":
        return _milestone(value)
    if what == "document":
        return f"{value.get(f'title_{current()}') or value['title_ja']} ({value['name']})"
    if what.endswith("_at"):
        return plain_instant(dt.datetime.fromisoformat(value))
    if what == "form":
        return _("version %(number)s") % {"number": value}
    if what == "required_statements":
        return statement_words(str(value))
    if what in ENUMS:
        return label(ENUMS[what](value))
    if what == "sufficient_yearly_yen":
        return yen(int(value))
    if value in ("True", "False"):
        return pgettext("of a fact", "yes") if value == "True" else pgettext("of a fact", "no")
    return str(value)


def _milestone(value: Mapping[str, str]) -> str:
    words = day(dt.date.fromisoformat(value["starts_on"]))
    if value["at"]:
        words = f"{words} {value['at'][:5]}"
    if value["ends_on"]:
        words = f"{words} – {day(dt.date.fromisoformat(value['ends_on']))}"
    note = value.get(f"note_{current()}") or value["note_ja"]
    return f"{words}: {note}" if note else words
