"""What the fields of e-Rad's tables are called, and what a decision is called there."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.templatetags.kernel import day
from proposals.enums import ProposalState
from proposals.rules.erad import MOST_YEARS, READ

_WORDS: dict[str, Any] = {
    "application_number": gettext_lazy("e-Rad application number"),
    "project_id": gettext_lazy("e-Rad project ID"),
    "receipt_number": gettext_lazy("Receipt number"),
    "collected_number": gettext_lazy("Number where it was collected"),
    "call_code": gettext_lazy("Code of the call"),
    "title_ja": gettext_lazy("Title in Japanese"),
    "title_en": gettext_lazy("Title in English"),
    "field": gettext_lazy("Strategic field"),
    "support_type": gettext_lazy("Support type"),
    "pi_erad": gettext_lazy("PI: e-Rad researcher number"),
    "pi_family_kanji": gettext_lazy("PI: family name (kanji)"),
    "pi_given_kanji": gettext_lazy("PI: given name (kanji)"),
    "pi_family_kana": gettext_lazy("PI: family name (kana)"),
    "pi_given_kana": gettext_lazy("PI: given name (kana)"),
    "pi_family_romaji": gettext_lazy("PI: family name (Latin letters)"),
    "pi_given_romaji": gettext_lazy("PI: given name (Latin letters)"),
    "institution_erad": gettext_lazy("Institution: e-Rad code"),
    "institution_ror": gettext_lazy("Institution: ROR id"),
    "institution_name": gettext_lazy("Institution: name"),
    "starts_on": gettext_lazy("First day of the term"),
    "ends_on": gettext_lazy("Last day of the term"),
    "received_on": gettext_lazy("Day of receipt"),
    "asked_direct": gettext_lazy("Direct cost asked for"),
    "asked_indirect": gettext_lazy("Indirect cost asked for"),
    "asked_total": gettext_lazy("Asked for in all"),
    "state": gettext_lazy("State"),
    "result": gettext_lazy("Decision"),
    "decided_on": gettext_lazy("Day of the decision"),
    "project_number": gettext_lazy("Project number"),
    "awarded_total": gettext_lazy("Awarded in all"),
    "approval": gettext_lazy("Approval by the institution in e-Rad"),
    "approved_on": gettext_lazy("Day of that approval"),
    "status": gettext_lazy("Status in e-Rad"),
}
# e-Rad is Japanese: what goes into a cell is, whatever the officer reads the portal in.
RESULTS = {
    ProposalState.ADOPTED.value: "採択",
    ProposalState.NOT_ADOPTED.value: "不採択",
    ProposalState.RESERVED.value: "補欠",
    ProposalState.DECLINED.value: "辞退",
}


def field_words(name: str) -> str:
    """What a field is called in the reader's language."""
    if name.startswith("asked_year_"):
        return _("Asked for in year %(number)s of %(most)s") % {
            "number": name.rpartition("_")[2],
            "most": MOST_YEARS,
        }
    return str(_WORDS[name])


def erad_facts_of(proposal: Any) -> list[dict[str, str]]:
    """What e-Rad said of a proposal last, for a summary list; nothing where it has said nothing."""
    record = getattr(proposal, "erad", None)
    if record is None:
        return []
    values = {name: getattr(record, name) for name in READ}
    return [
        {"label": field_words(name), "value": day(value) if name == "approved_on" else value}
        for name, value in values.items()
        if value
    ]
