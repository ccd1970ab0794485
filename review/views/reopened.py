"""What is said of a late review that was reopened after the lock, beside the figures into which it comes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kernel.templatetags.kernel import day, plain_instant
from program.models import Call
from proposals.models import Proposal
from review.enums import AssignmentState
from review.models import Assignment, ExtraTime
from review.reopenings import reopenings_in


def reopened_words(call: Call, proposals: Sequence[Proposal]) -> list[str]:
    """A sentence or two for each: what was reopened, when, until when and why, and what came of it. The reviewer is not named.
    Nothing is asked where the call was read with the note that nothing was reopened in it."""
    if not getattr(call, "has_reopenings", True):
        return []
    return [_words(one) for one in reopenings_in(proposals)]


def reopened_rows(proposals: Sequence[Proposal]) -> list[list[str]]:
    """The same as rows of the minutes: number, agency, when, until when, why, and what came of it."""
    return [
        [
            one.assignment.proposal.receipt_number or "",
            one.assignment.reviewer.agency.short_name,
            plain_instant(one.at),
            day(one.until),
            one.reason,
            outcome_words(one.assignment),
        ]
        for one in reopenings_in(proposals)
    ]


def _words(given: ExtraTime) -> str:
    review = given.assignment
    values = {
        "agency": review.reviewer.agency.short_name,
        "number": review.proposal.receipt_number or "",
        "at": plain_instant(given.at),
        "until": day(given.until),
        "reason": given.reason.strip().rstrip("。."),
    }
    said = _(
        "A late review of %(number)s by %(agency)s was reopened on %(at)s until %(until)s, because: %(reason)s."
    )
    return f"{said % values} {outcome_words(review)}"


def outcome_words(review: Assignment) -> str:
    """What came of a reopened review."""
    if review.state == AssignmentState.SUBMITTED and review.submitted_at:
        return _("It was submitted on %(at)s, and is in the figures.") % {
            "at": plain_instant(review.submitted_at)
        }
    if review.state == AssignmentState.CLOSED:
        return _("It was not submitted in its time, and is closed again.")
    return _("It is not submitted yet.")
