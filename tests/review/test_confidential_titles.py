"""Before a reviewer has agreed to confidentiality nothing tells them what they were given but that there is something."""

from typing import Any

import pytest

from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from proposals.models import Proposal
from review.actions.assignments import assign_reviewer
from review.actions.reminders import remind_reviewers
from review.confidentiality import VERSION
from review.enums import AssignmentState
from review.models import Assignment, ConfidentialityAgreement, Reviewer
from review.offline import workbook_of
from review.queries import own_assignments
from review.rules.confidentiality import outline_is_open
from tests.builders.review import (
    DUE,
    agree_as_row,
    lock_as_row,
    make_assignment,
    make_offline,
    make_reviewer,
    make_scored_call,
)
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db
TITLES = ("秘密の題名", "A secret title")


def given(state: str = "assigned", *, has_agreed: bool = False) -> tuple[Any, Assignment]:
    stage, call, (proposal, _other) = make_scored_call(is_locked=False)
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(title_ja=TITLES[0], title_en=TITLES[1])
    proposal.refresh_from_db()
    reviewer = make_reviewer(call, stage.home, has_agreed=has_agreed)
    return stage, make_assignment(proposal, reviewer, state=state)


def secrets_of(proposal: Proposal) -> list[str]:
    """Its titles, and the names and institutions of its team."""
    names = [member.person.name for member in proposal.team.select_related("person")]
    return [*TITLES, *(name for name in names if name)]


def told(text: str, proposal: Proposal) -> list[str]:
    return [words for words in secrets_of(proposal) if words in text]


@pytest.mark.parametrize(
    ("state", "has_agreed", "had_agreed", "is_open"),
    [
        ("assigned", False, False, False),
        ("assigned", False, True, False),  # the text was changed: it is agreed to anew
        ("assigned", True, True, True),
        ("in_progress", False, True, True),
        ("submitted", False, True, True),
        ("closed", False, False, False),
        ("closed", False, True, True),
    ],
)
def test_outline_opens_with_the_agreement(
    state: str, has_agreed: bool, had_agreed: bool, is_open: bool
) -> None:
    found = outline_is_open(AssignmentState(state), has_agreed=has_agreed, had_agreed=had_agreed)
    assert found is is_open


@LANGUAGES
@pytest.mark.parametrize("state", ["assigned", "closed"])
@pytest.mark.parametrize(
    "rest",
    [
        "",
        "{own}/",
        "{own}/conflict/",
        "{own}/confidentiality/",
        "{own}/hand-back/",
        "{own}/form/",
        "{own}/submit/",
    ],
)
def test_no_page_names_the_proposal_before_the_agreement(language: str, state: str, rest: str) -> None:
    _stage, assignment = given(state)
    client = signed_in(assignment.reviewer.person.user)
    own = f"assignments/{assignment.public_id}"
    answer = client.get(f"/{language}/review/{rest.format(own=own)}", follow=True)
    assert answer.status_code == 200
    assert told(answer.content.decode(), assignment.proposal) == []


@pytest.mark.parametrize(
    "path", ["/ja/", "/ja/search/?q=秘密", "/ja/review/files.zip", "/ja/review/offline/"]
)
def test_nothing_else_names_it_either(path: str) -> None:
    _stage, assignment = given()
    client = signed_in(assignment.reviewer.person.user)
    answer = client.get(path, follow=True)
    assert told(answer.content.decode(), assignment.proposal) == []


def test_mails_name_nothing_of_it() -> None:
    stage, assignment = given()
    other = make_reviewer(assignment.proposal.call, stage.home, has_agreed=False)
    assign_reviewer(proposal=assignment.proposal, reviewer=other, by=stage.home1, due_on=DUE)
    remind_reviewers()
    assert OutboxMail.objects.exists()
    for mail in OutboxMail.objects.all():
        assert told(mail.subject + mail.body, assignment.proposal) == []


def test_number_stands_in_the_inbox_and_the_step_is_the_agreement() -> None:
    _stage, assignment = given()
    client = signed_in(assignment.reviewer.person.user)
    text = page(client, "/en/review/")
    assert f"Proposal {assignment.proposal.receipt_number}" in text
    assert "Agree to confidentiality" in text
    with writing():
        agree_as_row(assignment.reviewer)
    assert TITLES[1] in page(client, "/en/review/")


def test_agreement_to_an_older_text_opens_no_new_outline() -> None:
    _stage, assignment = given()
    with writing():
        ConfidentialityAgreement.objects.create(reviewer=assignment.reviewer, version="1900-1")
    client = signed_in(assignment.reviewer.person.user)
    assert told(page(client, "/en/review/"), assignment.proposal) == []
    with writing():
        ConfidentialityAgreement.objects.create(reviewer=assignment.reviewer, version=VERSION)
    assert TITLES[1] in page(client, "/en/review/")


def test_review_that_was_closed_before_its_reviewer_declared_opens_nothing_by_a_post() -> None:
    """An invalid form was shown again, with the texts of the proposal beside it."""
    stage, assignment = given("closed", has_agreed=True)
    lock_as_row(assignment.proposal.call, stage.home, stage.home1)
    client = signed_in(assignment.reviewer.person.user)
    own = f"/ja/review/assignments/{assignment.public_id}/"
    answer = client.post(f"{own}form/", {"revision": "nonsense"})
    assert (answer.status_code, answer.headers["Location"]) == (302, own)


def test_workbook_that_names_an_undeclared_review_is_answered_without_its_title() -> None:
    _stage, assignment = given("in_progress")
    user = assignment.reviewer.person.user
    content = workbook_of(list(own_assignments(user)))
    form = make_offline(user, content)
    with writing():
        Assignment.objects.filter(pk=assignment.pk).update(state="assigned")
    text = page(signed_in(user), f"/en/review/offline/{form.public_id}/")
    assert told(text, assignment.proposal) == []


@pytest.mark.parametrize("state", ["in_progress", "submitted"])
def test_whoever_has_begun_reads_the_title_although_the_text_was_changed_since(state: str) -> None:
    _stage, assignment = given(state)
    assert Reviewer.objects.get().agreements.count() == 0
    assert TITLES[1] in page(signed_in(assignment.reviewer.person.user), "/en/review/")
