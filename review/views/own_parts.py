"""What the reviewer's pages share: their own review, its address, and what stands in it in words."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.languages import localized
from kernel.moves import Move
from program.models import Criterion
from program.views.answering import trail
from review.enums import AssignmentState as State
from review.enums import Confidence
from review.forms.own import score_words
from review.models import Assignment
from review.phases import Phases
from review.queries import own_assignments
from review.rules.confidentiality import outline_is_open
from review.views.shown import proposal_title


def address(assignment: Assignment, name: str = "assignment") -> str:
    return reverse(f"review:{name}", args=[assignment.public_id])


def own_assignment(request: HttpRequest, public_id: str) -> Assignment:
    return get_object_or_404(own_assignments(request.user), public_id=public_id)


def shows_outline(found: Any) -> bool:
    """Whether the reviewer may know title, outline and team; `found` is from `own_assignments`."""
    return outline_is_open(found.state, has_agreed=found.has_agreed, had_agreed=found.had_agreed)


def own_title(found: Assignment) -> str:
    """The proposal's title; before confidentiality is agreed to, its number alone."""
    if shows_outline(found):
        return proposal_title(found.proposal)
    return _("Proposal %(number)s") % {"number": found.proposal.receipt_number or "–"}


def crumbs_of(assignment: Assignment, *last: Any) -> list[dict[str, Any]]:
    steps = [(_("My reviews"), reverse("review:inbox"))]
    if last:
        steps.append((own_title(assignment), address(assignment)))
        return trail(*steps, (last[0], ""))
    return trail(*steps, (own_title(assignment), ""))


def criteria_of(assignment: Assignment) -> list[Criterion]:
    return list(assignment.proposal.form_version.criteria.all())


def stored_scores(found: Assignment) -> dict[int, int | None]:
    """The scores as they are kept, by the criterion's id."""
    return dict(found.scores.values_list("criterion", "value"))


def written(
    found: Assignment, criteria: list[Criterion], stored: dict[int, int | None]
) -> list[dict[str, Any]]:
    """The scores and comments as they are kept."""
    rows = [
        {
            "label": localized(c, "title"),
            "value": score_words(c, stored[c.pk]) if c.pk in stored else "",
            "url": "",
        }
        for c in criteria
    ]
    return [
        *rows,
        {
            "label": _("How well you know the field"),
            "value": label(Confidence(found.confidence)) if found.confidence else "",
            "url": "",
        },
        {"label": _("Comment to the applicants"), "value": found.comment_to_applicant, "url": ""},
        {"label": _("Comment to the agency"), "value": found.comment_to_agency, "url": ""},
    ]


def reading_moves(found: Assignment, phases: Phases) -> list[Move]:
    """Where the reviewer goes from a review that is submitted."""
    agency = found.reviewer.agency_id
    if found.state != State.SUBMITTED or not phases.bundle(agency).reads_others:
        return []
    moves = [Move(_("Others’ reviews and discussion"), address(found, "reading"), tone="primary")]
    if phases.may_amend(agency):
        moves.append(Move(_("Amend your review"), address(found, "amend")))
    return moves


def versions_of(review: Assignment, criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    """What stood before a review was amended, oldest first."""
    by_key = {criterion.public_id: criterion for criterion in criteria}
    return [
        {
            "number": version.number,
            "submitted_at": version.submitted_at,
            "amended_at": version.amended_at,
            "reason": version.reason,
            "rows": [
                {
                    "label": localized(by_key[one["criterion"]], "title"),
                    "value": score_words(by_key[one["criterion"]], one["value"]),
                    "url": "",
                }
                for one in version.scores
                if one["criterion"] in by_key
            ],
        }
        for version in review.versions.all()
    ]
