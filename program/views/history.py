"""What happened to a designation or a call, for those who work on it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kernel.audit.models import AuditEntry
from program.change_words import lines_of, rows_of_audit
from program.comparisons import field_words, value_words
from program.dossiers import text_of
from program.models import Designation, EvidenceItem
from program.queries import audit_of
from program.rules.dossier import EVIDENCE_FIELDS

EVENTS_SHOWN = 40


def _words() -> dict[str, str]:
    return {
        "prepared": _("Preparation begun"),
        "summary_changed": _("Summary changed"),
        "policy_added": _("Policy document added"),
        "policy_removed": _("Policy document taken out"),
        "consulted": _("Consultation recorded"),
        "consultation_changed": _("Consultation changed"),
        "consultation_removed": _("Consultation taken out"),
        "point_added": _("Point of a consultation added"),
        "point_changed": _("Point of a consultation changed"),
        "point_removed": _("Point of a consultation taken out"),
        "attachment_added": _("File attached to a consultation"),
        "attachment_removed": _("File of a consultation taken out"),
        "evidence_added": _("Evidence added"),
        "evidence_changed": _("Evidence changed"),
        "evidence_removed": _("Evidence taken out"),
        "evidence_imported": _("Evidence imported"),
        "propose": _("Proposed for decision"),
        "review": _("Reviewed"),
        "sign": _("Signed by the first officer"),
        "version_kept": _("Version of the dossier kept"),
        "renewal_begun": _("Renewal begun"),
        "ended_by_renewal": _("Ended by its renewal"),
        "return": _("Returned to preparation"),
        "decide": _("Decided"),
        "suspend": _("Suspended"),
        "resume": _("In force again"),
        "withdraw": _("Designation withdrawn"),
        "changed": _("Changed"),
        "designation_added": _("Designation added"),
        "designation_removed": _("Designation taken out"),
        "milestone_set": _("Milestone set"),
        "milestone_removed": _("Milestone taken away"),
        "document_added": _("Document added"),
        "document_removed": _("Document taken away"),
        "agreed": _("Agreement of an agency recorded"),
        "agreement_confirmed": _("Agreement on behalf confirmed"),
        "cap_removed": _("Cap taken away"),
        "open": _("Call opened"),
        "close": _("Call closed"),
        "begin_review": _("Review begun"),
        "conclude": _("Call concluded"),
        "cancel": _("Call cancelled"),
    }


def history_of(subject: Any) -> list[dict[str, Any]]:
    """The newest events for components/timeline.html: what, when, by whom, the reason where one was given, and what of the
    evidence was changed."""
    words = _words()
    found = audit_of(subject, list(words))
    if isinstance(subject, Designation):
        found = found | _of_evidence(subject)
    return [
        {
            "title": words[entry.verb],
            "at": entry.at,
            "by": _name(entry.actor),
            "text": "\n".join(line for line in (_told(entry), entry.private.get("reason", "")) if line),
        }
        for entry in found[:EVENTS_SHOWN]
    ]


def _of_evidence(designation: Designation) -> QuerySet[AuditEntry]:
    """What was done to each item of a dossier, those that were taken out again included."""
    taken_out = audit_of(designation, ["evidence_removed"]).order_by()
    items = [
        *designation.evidence.values_list("public_id", flat=True),
        *[details["item"] for details in taken_out.values_list("details", flat=True) if "item" in details],
    ]
    return (
        AuditEntry.objects.filter(
            Q(subject_type=EvidenceItem._meta.label_lower, subject_id__in=items),
            verb__in=("evidence_added", "evidence_changed"),
        )
        .select_related("actor__person")
        .order_by("-id")
    )


def _told(entry: AuditEntry) -> str:
    """What the trail keeps of a change in words, a line for each value."""
    tell: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
        "evidence_added": _item,
        "evidence_removed": _item,
        "evidence_changed": _changed,
        "evidence_imported": lambda details: [
            _("%(file)s: %(added)s new, %(changed)s changed") % dict(details)
        ],
        "changed": lambda details: lines_of(rows_of_audit(details)),
        "policy_added": lambda details: [str(details.get("title", ""))],
        "policy_removed": lambda details: [str(details.get("title", ""))],
    }
    told = tell.get(entry.verb)
    return "\n".join(told(entry.details)) if told else ""


def _item(details: Mapping[str, Any]) -> list[str]:
    """An item as it was added, or as it stood when it was taken out."""
    return [
        text_of(details, "measure"),
        *_lines(("value", "year", "score", "weight"), lambda name: value_words(name, details[name]), details),
    ]


def _changed(details: Mapping[str, Any]) -> list[str]:
    before, after = details["before"], details["after"]
    names = [name for name in EVIDENCE_FIELDS if name in before and before[name] != after.get(name)]

    def both(name: str) -> str:
        return f"{value_words(name, before[name])} → {value_words(name, after[name])}"

    return [text_of(after, "measure"), *_lines(names, both, after)]


def _lines(names: Any, said: Callable[[str], str], there: Mapping[str, Any]) -> list[str]:
    words = field_words()
    return [
        _("%(field)s: %(value)s") % {"field": words[name], "value": said(name)}
        for name in names
        if name in there
    ]


def _name(user: Any) -> str:
    if user is None:
        return _("by the clock")
    person = getattr(user, "person", None)
    return person.name if person else ""
