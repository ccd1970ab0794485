"""A claimed award in words: what its agency's register said, and where the claim differs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kernel.money import format_amount
from kernel.templatetags.kernel import day
from proposals.actions.register import differences
from proposals.models import PartnerAward
from proposals.rules.alerts import ENDS


def field_words() -> dict[str, str]:
    """The fields that a register has, as the form calls them."""
    return {
        "number": _("Award number"),
        "title": _("Title of the award"),
        "pi_name": _("Principal investigator of the award"),
        "amount": _("Amount of the award"),
        "starts_on": _("First day of the award"),
        "ends_on": _("Last day of the award"),
    }


def said(taken: Mapping[str, Any], field: str) -> str:
    """What the register says of a field; blank where it is silent."""
    value = taken.get(field)
    if value in (None, ""):
        return ""
    if field == "amount":
        return f"{format_amount(value, taken['currency'])} {taken['currency']}"
    return day(dt.date.fromisoformat(value)) if field in ("starts_on", "ends_on") else str(value)


def register_words(taken: Mapping[str, Any]) -> dict[str, str]:
    """What the register says, by field, for the hints of the form."""
    return {field: said(taken, field) for field in field_words() if said(taken, field)}


def source_words(taken: Mapping[str, Any]) -> str:
    """Whose register it is, which file, and when that was imported."""
    if not taken["imported_on"]:
        return _("Register of %(agency)s") % {"agency": taken["agency_name"]}
    return _("Register of %(agency)s, from the file %(file)s, imported on %(day)s") % {
        "agency": taken["agency_name"],
        "file": taken["file_name"],
        "day": day(dt.date.fromisoformat(taken["imported_on"])),
    }


def register_of(award: PartnerAward) -> dict[str, Any] | None:
    """For proposals/award_register.html: what was taken over, and what of it was changed; None of an award typed in."""
    taken = award.taken_over
    if not taken:
        return None
    unlike = differences(award)
    return {
        "source": source_words(taken),
        "url": taken["source_url"],
        "rows": [
            {"label": label, "value": said(taken, field), "differs": field in unlike}
            for field, label in field_words().items()
            if said(taken, field)
        ],
    }


def alert_sentences(
    award: PartnerAward, alerts: Sequence[Mapping[str, Any]], language: str | None = None
) -> list[str]:
    """What has come up about an award, in the reader's language or in `language`."""
    with translation.override(language or translation.get_language()):
        return [_alert_words(award, alert) for alert in alerts]


def _alert_words(award: PartnerAward, alert: Mapping[str, Any]) -> str:
    if alert["code"] == ENDS:
        return _("The award ends on %(ends)s, before the joint research does (%(project)s).") % {
            "ends": day(dt.date.fromisoformat(alert["ends"])),
            "project": day(dt.date.fromisoformat(alert["project"])),
        }
    names = field_words()
    changes = [
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": names[field],
            "before": said(award.taken_over, field) or "–",
            "after": said(alert["now"], field) or "–",
        }
        for field in alert["fields"]
    ]
    return _("The agency’s register says something else than when the award was taken over. %(changes)s") % {
        "changes": "; ".join(changes)
    }
