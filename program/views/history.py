"""What happened to a designation or a call, for those who work on it."""

from typing import Any

from django.utils.translation import gettext as _

from program.queries import audit_of

EVENTS_SHOWN = 40


def _words() -> dict[str, str]:
    return {
        "prepared": _("Preparation begun"),
        "summary_changed": _("Summary changed"),
        "policy_added": _("Policy document added"),
        "consulted": _("Consultation recorded"),
        "consultation_changed": _("Consultation changed"),
        "point_added": _("Point of a consultation added"),
        "point_changed": _("Point of a consultation changed"),
        "attachment_added": _("File attached to a consultation"),
        "evidence_removed": _("Evidence taken out"),
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
        "cap_removed": _("Cap taken away"),
        "open": _("Call opened"),
        "close": _("Call closed"),
        "begin_review": _("Review begun"),
        "conclude": _("Call concluded"),
        "cancel": _("Call cancelled"),
    }


def history_of(subject: Any) -> list[dict[str, Any]]:
    """The newest events for components/timeline.html: what, when, by whom, and the reason where one was given."""
    words = _words()
    return [
        {
            "title": words[entry.verb],
            "at": entry.at,
            "by": _name(entry.actor),
            "text": entry.private.get("reason", ""),
        }
        for entry in audit_of(subject, list(words))[:EVENTS_SHOWN]
    ]


def _name(user: Any) -> str:
    if user is None:
        return _("by the clock")
    person = getattr(user, "person", None)
    return person.name if person else ""
