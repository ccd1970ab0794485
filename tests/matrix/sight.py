"""What somebody may see of a call's review: the sets from which every page, file, count and search of it is made."""

from typing import Any

from projects.queries import projects_visible_to
from proposals.queries import office_proposals
from review.agreeing import notes_visible_to
from review.matching import pairs_visible_to, wishes_visible_to
from review.panels import panel_items_visible_to
from review.permissions import is_free_of, is_free_of_all
from review.queries import (
    answers_visible_to,
    assignments_visible_to,
    decisions_visible_to,
    own_assignments,
    proposals_under_review,
    reviewers_visible_to,
)
from review.results import appeals_visible_to
from tests.matrix.hidden import Hiding

READS = (
    answers_visible_to,
    appeals_visible_to,
    assignments_visible_to,
    decisions_visible_to,
    notes_visible_to,
    office_proposals,
    own_assignments,
    pairs_visible_to,
    panel_items_visible_to,
    projects_visible_to,
    proposals_under_review,
    wishes_visible_to,
)


def sight(user: Any, found: Hiding) -> dict[str, Any]:
    """By the name of each read the keys of its rows; with what is counted of each reviewer, and what is free."""
    user = type(user).objects.select_related("person").get(pk=user.pk)  # nothing kept of an earlier request
    seen: dict[str, Any] = {
        read.__name__: sorted(read(user).order_by().values_list("pk", flat=True)) for read in READS
    }
    reviewers = reviewers_visible_to(user).filter(call=found.call)
    # whoever is no officer has no pool, and nothing is counted of it
    seen["loads"] = sorted((one.pk, one.load, one.done) for one in reviewers)  # type: ignore[attr-defined]  # annotated
    seen["is_free"] = [is_free_of(user, one) for one in found.proposals]
    seen["is_free_of_all"] = is_free_of_all(user, type(found.call).objects.get(pk=found.call.pk))
    return seen
