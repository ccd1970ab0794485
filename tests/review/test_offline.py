"""The offline form: down, written in, up again; what is another's, another proposal's or older is refused, nothing is lost."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import load_workbook

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.choices import label
from review.enums import Confidence
from review.models import Assignment, OfflineForm
from tests.builders.proposals import make_proposal
from tests.builders.review import lock_as_row, make_assignment, make_offline, make_reviewer
from tests.review.test_reviewer_pages import answers, given, page, signed_in

pytestmark = pytest.mark.django_db


def fetched(client: Any, address: str = "/ja/review/offline.xlsx") -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def rows_of(book: Any, receipt: str) -> dict[str, int]:
    return {row[0].value: row[0].row for row in book[receipt].iter_rows()}


def fill(book: Any, assignment: Assignment, **values: Any) -> Any:
    """Answer everything with 4 and high, and what is named by its code otherwise."""
    sheet = book[assignment.proposal.receipt_number]
    at = rows_of(book, assignment.proposal.receipt_number)
    criteria = [c.public_id for c in assignment.proposal.form_version.criteria.all()]
    whole = {
        **dict.fromkeys(criteria, 4),
        "confidence": "高い：自分の専門分野である",
        "comment_to_applicant": "=良い計画である。\n以上",
        **values,
    }
    for code, value in whole.items():
        sheet.cell(at[code], 4).value = value
        if isinstance(value, str):
            sheet.cell(at[code], 4).data_type = "s"  # a text, whatever it begins with
    return book


def content_of(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client: Any, book: Any, name: str = "reviews.xlsx") -> tuple[str, str]:
    """Send a workbook; the address of its preview, and what that says."""
    content = book if isinstance(book, bytes) else content_of(book)
    response = client.post("/ja/review/offline/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()[:3000]
    where = response.headers["Location"]
    return where, page(client, where)


def first(assignment: Assignment) -> str:
    return str(assignment.proposal.form_version.criteria.first().public_id)


def test_workbook_is_written_in_looked_at_and_taken_over_without_being_submitted() -> None:
    client, assignment, address = given()
    book = fill(fetched(client, address + "offline.xlsx"), assignment, **{first(assignment): "ＮＡ"})
    where, text = send(client, book)
    assert "取り込む" in text
    assert Assignment.objects.get(pk=assignment.pk).revision == 0  # looking changes nothing
    assert client.post(where).headers["Location"] == where
    found = Assignment.objects.get(pk=assignment.pk)
    assert (found.state, found.confidence, found.comment_to_applicant) == (
        "in_progress",
        "high",
        "=良い計画である。\n以上",
    )
    assert list(found.scores.order_by("criterion__position").values_list("value", flat=True)) == [
        None,
        4,
        4,
        4,
        4,
    ]
    assert "保存済みの内容と同じです" in page(client, where)
    details = AuditEntry.objects.get(verb="offline_taken_over").details
    assert details == {"reviews": [assignment.public_id], "items": 1}


def test_round_trip_changes_nothing() -> None:
    client, assignment, address = given()
    client.post(address + "form/", answers(assignment, comment_to_agency="'=1+1\n\n@次"))
    before = page(client, address + "form/")
    where, text = send(client, fetched(client))
    assert "保存済みの内容と同じです" in text
    assert client.post(where).status_code == 302
    assert Assignment.objects.get(pk=assignment.pk).revision == 1
    assert "'=1+1" in Assignment.objects.get(pk=assignment.pk).comment_to_agency
    assert before.count("checked") == page(client, address + "form/").count("checked")


def offered(book: Any, receipt: str) -> dict[str, tuple[str, list[str]]]:
    """Each cell with a drop-down list: what refuses anything else ("stop"), and what can be chosen."""
    found = {}
    for rule in book[receipt].data_validations.dataValidation:
        name, area = rule.formula1.rsplit("!", 1)
        cells = [row[0].value for row in book[name.strip("'")][area.replace("$", "")]]
        found[str(rule.sqref)] = (rule.errorStyle or "stop", cells)
    return found


def test_scores_and_confidence_are_chosen_from_lists_and_the_comments_are_free() -> None:
    client, assignment, _address = given()
    receipt = assignment.proposal.receipt_number
    book = fetched(client)
    at = rows_of(book, receipt)
    criteria = list(assignment.proposal.form_version.criteria.all())
    steps = {
        f"D{at[one.public_id]}": (
            "stop",
            [*(str(step) for step in range(one.highest, one.lowest - 1, -1)), "NA"],
        )
        for one in criteria
    }
    with override("ja"):
        confidence = ("stop", [label(one) for one in Confidence])
    assert offered(book, receipt) == {**steps, f"D{at['confidence']}": confidence}
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Lists"]


def test_what_is_chosen_from_the_lists_is_what_the_portal_reads() -> None:
    client, assignment, _address = given()
    receipt = assignment.proposal.receipt_number
    book = fetched(client)
    lists = offered(book, receipt)
    for cell, (_style, values) in lists.items():
        book[receipt][cell].value = values[-1]
    where, text = send(client, book)
    assert "Lists" not in text  # the sheet of the lists is nobody's review
    client.post(where)
    found = Assignment.objects.get(pk=assignment.pk)
    assert set(found.scores.values_list("value", flat=True)) == {None}  # not applicable, throughout
    assert found.confidence == list(Confidence)[-1]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9, "1から5までの評点"),
        (4.5, "「4.5」は"),
        ("very good", "「very good」は"),
        ("－1", "1から5までの評点"),
        (True, "「True」は"),
    ],
)
def test_score_that_is_none_is_told_by_its_cell_and_the_sheet_is_left_out(value: Any, words: str) -> None:
    client, assignment, _ = given()
    where, text = send(client, fill(fetched(client), assignment, **{first(assignment): value}))
    assert "セルD4：" in text
    assert words in text
    assert "取り込む</button>" not in text
    client.post(where)
    assert Assignment.objects.get(pk=assignment.pk).revision == 0


def test_answer_may_carry_the_words_of_its_step() -> None:
    client, assignment, _ = given()
    where, _ = send(client, fill(fetched(client), assignment, **{first(assignment): "５：極めて優れている"}))
    client.post(where)
    assert assignment.scores.get(criterion__public_id=first(assignment)).value == 5


def test_good_sheets_are_taken_over_although_another_is_refused() -> None:
    client, assignment, _ = given()
    other = make_assignment(make_proposal(assignment.proposal.call, state="eligible"), assignment.reviewer)
    book = fill(fill(fetched(client), assignment), other, comment_to_agency="髙" * 4001)
    where, text = send(client, book)
    assert "シート1枚は反映されません" in text
    client.post(where)
    revisions = {a.pk: a.revision for a in Assignment.objects.all()}
    assert revisions == {assignment.pk: 1, other.pk: 0}


def test_anothers_form_is_refused_as_one_that_never_was() -> None:
    client, assignment, _ = given()
    book = fill(fetched(client), assignment)
    stranger = make_reviewer(assignment.proposal.call, assignment.reviewer.agency)
    other = signed_in(stranger.person.user)
    where, text = send(other, book)
    assert "あなたの評価はありません" in text
    assert assignment.proposal.title_ja not in text
    other.post(where)
    assert Assignment.objects.get(pk=assignment.pk).revision == 0
    assert client.get(where).status_code == 404  # nor does anybody see another's upload


def test_form_of_another_proposal_is_refused() -> None:
    client, assignment, _ = given()
    other = make_assignment(make_proposal(assignment.proposal.call, state="eligible"), assignment.reviewer)
    one, two = assignment.proposal.receipt_number, other.proposal.receipt_number
    book = fetched(client)
    at = rows_of(book, two)["form"]
    book[two].cell(at, 4).value = book[one].cell(at, 4).value
    _, text = send(client, book)
    assert f"シートに記された提案（{two}）とは別の提案" in text


def test_form_of_an_older_version_of_the_criteria_is_refused() -> None:
    client, assignment, _ = given()
    book = fill(fetched(client), assignment)
    with writing():
        version = assignment.proposal.form_version
        version.number += 1
        version.save()
    _, text = send(client, book)
    assert "版が異なります" in text


def test_review_that_changed_since_is_shown_beside_and_not_overwritten() -> None:
    client, assignment, address = given()
    book = fill(fetched(client), assignment, comment_to_agency="オフラインの文")
    client.post(address + "form/", answers(assignment, comment_to_agency="ポータルの文"))
    where, text = send(client, book)
    assert (
        "ポータル上で評価が変更されています" in text,
        "オフラインの文" in text,
        "ポータルの文" in text,
    ) == (
        True,
        True,
        True,
    )
    client.post(where)
    assert Assignment.objects.get(pk=assignment.pk).comment_to_agency == "ポータルの文"


def test_one_review_twice_in_a_workbook_is_refused_the_second_time() -> None:
    client, assignment, _ = given()
    book = fill(fetched(client), assignment)
    copy = book.copy_worksheet(book[assignment.proposal.receipt_number])
    copy.title = "copy"
    where, text = send(client, book)
    assert "同じ評価のシートがファイル内にもう一つあります" in text
    client.post(where)
    assert Assignment.objects.get(pk=assignment.pk).revision == 1


def test_nothing_is_taken_over_after_the_lock() -> None:
    client, assignment, _ = given()
    book = fill(fetched(client), assignment)
    where, _ = send(client, book)
    lock_as_row(assignment.proposal.call, assignment.reviewer.agency, assignment.reviewer.person.user)
    client.post(where)
    assert "確定" in page(client, where)
    assert Assignment.objects.get(pk=assignment.pk).revision == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"%PDF-1.7", b"", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused_beside_the_field(content: bytes) -> None:
    client, _, _ = given()
    response = client.post("/ja/review/offline/", {"file": SimpleUploadedFile("a.xlsx", content)})
    assert response.status_code == 200
    assert OfflineForm.objects.count() == 0


def test_workbook_of_something_else_and_a_damaged_one_are_told_so() -> None:
    client, assignment, _ = given()
    user = assignment.reviewer.person.user
    other = make_offline(user)
    assert "ポータルの様式ではありません" in page(client, f"/ja/review/offline/{other.public_id}/")
    damaged = make_offline(user, b"no workbook at all")
    text = page(client, f"/ja/review/offline/{damaged.public_id}/")
    assert "ファイルを読み取れません" in text
    assert client.post(f"/ja/review/offline/{damaged.public_id}/").status_code == 200


def test_undeclared_review_has_no_form() -> None:
    client, _, address = given("assigned")
    assert client.get(address + "offline.xlsx").headers["Location"] == address
    assert client.get("/ja/review/offline.xlsx").headers["Location"] == "/ja/review/offline/"
