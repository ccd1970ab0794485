"""The words of the panel's violations and enumerations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from review import enums

VIOLATIONS: dict[str, object] = {
    "panel_closed": _("The meeting is closed and its minutes are final. Open it again to change anything."),
    "panel_not_closed": _(
        "In this call the joint panel makes the ranked list. Close its meeting first, so that its minutes are final."
    ),
    "panel_bands_wrong": _(
        "Write at most %(most)s different groups of at most 12 characters, apart by commas: A, B, C."
    ),
    "panel_ends_before_it_starts": _("The meeting ends before it starts."),
    "panel_band_unknown": _("Choose one of the meeting’s groups."),
    "panel_vote_of_absent": _("Whoever is absent, has no vote or has to leave the room does not vote."),
    "panel_moved_meanwhile": _(
        "Somebody else has moved this proposal meanwhile: it is at rank %(rank)s now. Nothing was changed; move it again."
    ),
    "panel_reason_missing": _("Give the reason."),
    "person_on_panel_already": _("This person is on the panel already."),
}

LABELS = [
    (enums.PanelState.OPEN, pgettext_lazy("panel", "open")),
    (enums.PanelState.CLOSED, pgettext_lazy("panel", "closed, minutes final")),
    (enums.PanelRole.CHAIR, pgettext_lazy("panel", "chair")),
    (enums.PanelRole.MEMBER, pgettext_lazy("panel", "member")),
    (enums.PanelRole.SECRETARY, pgettext_lazy("panel", "secretary")),
    (enums.PanelRole.OBSERVER, pgettext_lazy("panel", "observer")),
    (enums.Attendance.EXPECTED, pgettext_lazy("panel", "expected")),
    (enums.Attendance.PRESENT, pgettext_lazy("panel", "present")),
    (enums.Attendance.ONLINE, pgettext_lazy("panel", "present online")),
    (enums.Attendance.ABSENT, pgettext_lazy("panel", "absent")),
    (enums.Ballot.FOR, pgettext_lazy("vote of a panel", "for")),
    (enums.Ballot.AGAINST, pgettext_lazy("vote of a panel", "against")),
    (enums.Ballot.ABSTAIN, pgettext_lazy("vote of a panel", "abstains")),
]
