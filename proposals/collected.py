"""What is said of a proposal that was collected elsewhere, on paper or by another system, and taken in as a row of a table."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from kernel.clock import day_of
from kernel.moves import Move
from kernel.templatetags.kernel import day, instant
from proposals.intake_lookups import FROM_ERAD, worked_on
from proposals.models import Intake, Proposal
from proposals.permissions import may_collect


def mark_of(intake: Intake, *, key: str, row: int, received_on: str) -> dict[str, Any]:
    """What a proposal keeps of where it came from, and what its content says of it (`actions.content.COLLECTED`)."""
    return {
        "key": key,
        "file": intake.file.name,
        "row": row,
        "received_on": received_on,
        "on": day_of(intake.at).isoformat(),
        "at": intake.at.isoformat(),
        "by": intake.by.person.public_id,
        "intake": intake.public_id,
    }


def collected_words(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The fact for the sheet of a content; none where the proposal was written here."""
    mark = content.get("collected")
    if not mark:
        return []
    words = _("No. %(key)s; taken in on %(day)s from %(file)s, row %(row)s") % {
        "key": mark["key"],
        "day": day(dt.date.fromisoformat(mark["on"])),
        "file": mark["file"],
        "row": mark["row"],
    }
    received = mark["received_on"]
    if received:
        told = _("received there on %(day)s") % {"day": day(dt.date.fromisoformat(received))}
        words = f"{words}; {told}"
    return [(_("Collected elsewhere"), words)]


def collected_notice(user: Any, proposal: Proposal) -> dict[str, Any] | None:
    """For officers: by whom it was taken in, when, and from which file and row; None where it was written here."""
    mark = proposal.collected
    if not mark:
        return None
    person = Person.objects.filter(public_id=mark["by"]).first()
    return {
        **mark,
        "by": person.name if person else "–",
        "instant": instant(dt.datetime.fromisoformat(mark["at"])),
        "url": reverse("proposals:intake_run", args=[mark["intake"]])
        if may_collect(user, proposal.call)
        else "",
        "received": day(dt.date.fromisoformat(mark["received_on"])) if mark["received_on"] else "",
    }


def paper_moves(user: Any, proposal: Any) -> list[Move]:
    """On an officer's page of a collected proposal: its paper, as long as nobody has worked on it."""
    if not proposal.collected or not may_collect(user, proposal.call):
        return []
    if worked_on([proposal], beside=FROM_ERAD):
        return []
    return [Move(_("Attach its PDF"), reverse("proposals:collected_paper", args=[proposal.public_id]))]
