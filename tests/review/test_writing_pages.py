"""The form that saves itself, stands beside the proposal, and is taken away as files."""

import io
import zipfile
from typing import Any

import pytest

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.files.store import store_bytes
from proposals.models import Submission
from proposals.queries import last_submission
from review.actions import assignments
from review.models import Assignment
from tests.builders.program import make_stage
from tests.builders.proposals import make_proposal
from tests.builders.review import lock_as_row, make_assignment
from tests.matrix.world import blank_pdf
from tests.review.test_reviewer_pages import answers, given, page

pytestmark = pytest.mark.django_db
AUTOSAVE = {"HTTP_X_REQUESTED_WITH": "autosave"}


def autosave(client: Any, address: str, sent: dict[str, str]) -> Any:
    return client.post(address + "form/", sent, **AUTOSAVE)


def with_pdf(assignment: Assignment) -> Submission:
    submission = last_submission(assignment.proposal)
    assert submission is not None
    with writing():
        submission.pdf = store_bytes(name="submitted.pdf", content=blank_pdf())
        submission.save(update_fields=["pdf"])
    return submission


def test_form_saves_itself_and_tells_the_revision_to_go_on_from() -> None:
    client, assignment, address = given()
    first = autosave(client, address, answers(assignment, score=""))
    assert (first.status_code, first.json()) == (200, {"revision": 1, "is_merged": False})
    second = autosave(client, address, answers(assignment, revision="1", comment_to_agency="続き"))
    assert second.json()["revision"] == 2
    assignment.refresh_from_db()
    assert (assignment.state, assignment.comment_to_agency, assignment.confidence) == (
        "in_progress",
        "続き",
        "high",
    )
    # One entry a sitting, not one a pause; and saving again what is saved is no change.
    assert AuditEntry.objects.filter(verb="saved", subject_id=assignment.public_id).count() == 1
    assert (
        autosave(client, address, answers(assignment, revision="2", comment_to_agency="続き")).json()[
            "revision"
        ]
        == 2
    )


def test_autosave_of_an_older_tab_overwrites_nothing_and_says_that_it_is_ones_own() -> None:
    client, assignment, address = given()
    autosave(client, address, answers(assignment, comment_to_agency="先"))
    late = autosave(client, address, answers(assignment, comment_to_agency="後"))
    assert (late.status_code, late.json()["is_own"]) == (409, True)
    assignment.refresh_from_db()
    assert assignment.comment_to_agency == "先"


def test_autosave_says_what_is_wrong_and_why_nothing_can_be_saved_any_more() -> None:
    client, assignment, address = given()
    wrong = autosave(client, address, answers(assignment, comment_to_agency="髙" * 4001))
    assert (wrong.status_code, len(wrong.json()["sentences"])) == (422, 1)
    lock_as_row(assignment.proposal.call, assignment.reviewer.agency, make_stage().home1)
    late = autosave(client, address, answers(assignment))
    assert (late.status_code, "確定" in late.json()["sentences"][0]) == (422, True)


def test_autosave_without_a_session_is_led_to_the_sign_in() -> None:
    client, assignment, address = given()
    client.logout()
    assert autosave(client, address, answers(assignment)).status_code == 302


def test_not_applicable_is_apart_from_not_answered() -> None:
    client, assignment, address = given()
    first, *others = assignment.proposal.form_version.criteria.all()
    sent = answers(assignment, score="", **{f"score_{first.pk}": "na"})
    client.post(address + "form/", sent)
    assert list(assignment.scores.values_list("criterion", "value")) == [(first.pk, None)]
    text = page(client, address + "submit/")
    assert text.count("評点も「該当なし」も入力されていません") == len(others)
    # What was answered can be taken back again.
    client.post(address + "form/", sent | {f"score_{first.pk}": "", "revision": "1"})
    assert assignment.scores.count() == 0


def test_confidence_is_needed_to_submit_and_read_back_in_words() -> None:
    client, assignment, address = given()
    client.post(address + "form/", answers(assignment, confidence=""))
    assert "確信度が選ばれていません" in page(client, address + "submit/")
    assert client.post(address + "submit/").status_code == 200
    client.post(address + "form/", answers(assignment, revision="1", confidence="low"))
    client.post(address + "submit/")
    assert "低い：自分の専門分野の外である" in page(client, address)
    assert client.post(address + "form/", answers(assignment, confidence="x")).status_code == 200


def test_pages_of_the_proposal_stand_beside_the_form_as_pictures() -> None:
    client, assignment, address = given()
    with_pdf(assignment)
    pdf = f"/ja/review/proposals/{assignment.proposal.public_id}/pdf/"
    text = page(client, address + "form/")
    assert f'src="{pdf}?picture=1"' in text
    assert f"{pdf}?picture=2" not in text
    picture = client.get(f"{pdf}?picture=1")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert client.get(f"{pdf}?picture=2").status_code == 404
    assignments.declare_conflict(
        assignment=assignment, by=assignment.reviewer.person.user, kind="kin", words=""
    )
    assert client.get(f"{pdf}?picture=1").status_code == 404


def names_in(response: Any) -> list[str]:
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def test_all_files_are_one_zip_and_the_trail_says_so() -> None:
    client, assignment, _ = given()
    with_pdf(assignment)
    call = assignment.proposal.call
    other = make_assignment(make_proposal(call, state="eligible"), assignment.reviewer)
    make_assignment(make_proposal(call, state="eligible"), assignment.reviewer, state="assigned")
    one, two = sorted([assignment.proposal.receipt_number, other.proposal.receipt_number])
    names = names_in(client.get("/ja/review/files.zip"))
    assert [name.startswith(assignment.proposal.receipt_number) for name in names] == [True, False]
    assert names[-1].endswith(".txt")
    entry = AuditEntry.objects.get(verb="archive_taken")
    assert entry.details == {"receipts": [one, two], "items": 2}


def test_conflict_declared_while_the_zip_is_sent_ends_it() -> None:
    client, assignment, _ = given()
    with_pdf(assignment)
    response = client.get("/ja/review/files.zip")
    assignments.declare_conflict(
        assignment=assignment, by=assignment.reviewer.person.user, kind="kin", words=""
    )
    assert names_in(response) == []


def test_nothing_to_take_away_leads_back_to_the_inbox() -> None:
    client, _, _ = given("assigned")
    assert client.get("/ja/review/files.zip").headers["Location"] == "/ja/review/"
