"""Reviewing in a real browser: by keys."""

import pytest

from kernel.actions import writing
from kernel.files.store import store_bytes
from proposals.queries import last_submission
from review.models import Assignment
from tests.builders.people import verify_email
from tests.builders.review import (
    make_assignment,
    make_reviewer,
    make_scored_call,
)
from tests.matrix.world import blank_pdf


@pytest.fixture
def review(live_server) -> Assignment:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    found = make_assignment(proposal, make_reviewer(call, stage.home))
    verify_email(found.reviewer.person.user)
    submission = last_submission(proposal)
    with writing():
        submission.pdf = store_bytes(name="submitted.pdf", content=blank_pdf())
        submission.save(update_fields=["pdf"])
    return found


def form_of(review: Assignment, language: str = "ja") -> str:
    return f"/{language}/review/assignments/{review.public_id}/form/"


def first_score(review: Assignment) -> str:
    return f"score_{review.proposal.form_version.criteria.first().pk}"


def test_control_and_enter_save_and_never_submit(walk, review):
    walker = walk()
    walker.become(review.reviewer.person.user)
    walker.open(form_of(review))
    walker.page.check(f"[name={first_score(review)}][value='4']")
    walker.page.fill("[name=comment_to_agency]", "鍵盤で保存した文")
    with walker.page.expect_navigation():
        walker.page.press("[name=comment_to_agency]", "Control+Enter")
    review.refresh_from_db()
    assert (review.state, review.comment_to_agency, review.scores.get().value) == (
        "in_progress",
        "鍵盤で保存した文",
        4,
    )
