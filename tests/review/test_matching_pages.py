"""The pages of a search for an assignment."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.actions import writing
from kernel.jobs import run_job
from proposals.models import Proposal, ProposalAccess
from review.enums import PairState
from review.models import Assignment, AssignmentPair, AssignmentRun
from tests.builders.proposals import make_proposal
from tests.builders.review import make_reviewer, make_run, make_scored_call
from tests.counting import asks
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


QUERIES = 10


def queries(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len([one for one in captured.captured_queries if asks(one["sql"])])


def scene(proposals: int = 2) -> tuple[Any, Any, list[Proposal], Any, AssignmentRun]:
    """A search that proposes one reviewer of each side for each proposal."""
    stage, call, found = make_scored_call(is_locked=False, proposals=proposals)
    home, partner = make_reviewer(call, stage.home), make_reviewer(call, stage.partner)
    run = make_run(call, stage.home1, [(p, r) for p in found for r in (home, partner)])
    return stage, call, found, home, run


def address(run: AssignmentRun, rest: str = "", language: str = "ja") -> str:
    return f"/{language}/review/runs/{run.public_id}/{rest}"


@LANGUAGES
def test_search_is_asked_for_with_the_usual_settings(language: str) -> None:
    stage, call, _found, _home, _run = scene()
    make_reviewer(call, stage.partner)
    client = signed_in(stage.home1)
    url = f"/{language}/review/calls/{call.public_id}/assignment/"
    page(client, url)
    values = {
        "mode": "ensure",
        "places": "２",
        f"least_{stage.home.public_id}": "1",
        f"least_{stage.partner.public_id}": "1",
        "outside": "0",
        "load": "8",
        "due_on": "2027-03-31",
        "balance": "some",
        "languages": "on",
    }
    answer = client.post(url, values)
    assert answer.status_code == 302
    run = AssignmentRun.objects.order_by("-pk")[0]
    assert (run.wanted["places"], run.wanted["mode"]) == (2, "ensure")
    assert "<progress" in page(client, address(run, language=language))
    run_job(run.job_id)
    assert "<progress" not in page(client, address(run, language=language))


def test_settings_that_contradict_themselves_stand_beside_their_field() -> None:
    stage, call, _found, _home, _run = scene()
    client = signed_in(stage.home1)
    url = f"/ja/review/calls/{call.public_id}/assignment/"
    text = client.post(url, {"mode": "new", "places": "1", "load": "9999"}).content.decode()
    assert "error-summary" in text
    assert AssignmentRun.objects.count() == 1


def test_page_shows_the_reader_s_side_alone() -> None:
    stage, _call, _found, home, run = scene()
    partner = AssignmentPair.objects.get(run=run, proposal=_found[0], reviewer__agency=stage.partner).reviewer
    own, other = page(signed_in(stage.home1), address(run)), page(signed_in(stage.partner1), address(run))
    assert (home.person.name in own, partner.person.name in own) == (True, False)
    assert (home.person.name in other, partner.person.name in other) == (False, True)


def test_officer_in_conflict_reads_neither_pair_nor_count_nor_shortfall_of_the_proposal() -> None:
    stage, _call, found, _home, run = scene()
    short = {
        "rule": "reviewers",
        "proposal": found[0].public_id,
        "reviewer": None,
        "agency": None,
        "missing": 1,
    }
    neck = {"rule": "reviewers", "agency": None, "proposals": [p.public_id for p in found], "reviewers": 2}
    with writing():
        AssignmentRun.objects.filter(pk=run.pk).update(
            short=[short], bottlenecks=[{**neck, "needed": 9, "room": 4}]
        )
    before = page(signed_in(stage.home1), address(run))
    of_all = "最適値に対する割合"
    assert (str(found[0].receipt_number) in before, "延べ9名" in before, of_all in before) == (
        True,
        True,
        True,
    )
    with writing():
        ProposalAccess.objects.create(
            proposal=found[0], person=stage.home1.person, kind="excluded", source="review"
        )
    client = signed_in(stage.home1)
    with_it = page(client, address(run))
    secrets = (str(found[0].receipt_number), "延べ9名", "名不足", of_all)
    assert [secret for secret in secrets if secret in with_it] == []
    assert client.get(address(run, f"proposals/{found[0].public_id}/")).status_code == 404
    with writing():
        AssignmentPair.objects.filter(run=run, proposal=found[0]).delete()
    token = re.compile(r'(csrfmiddlewaretoken" value="|form_token" value="|nonce="|FToken": ")[^"]+')
    assert token.sub("", page(client, address(run))) == token.sub("", with_it)


def test_what_is_missing_is_said_in_words() -> None:
    stage, _call, found, _home, run = scene()
    short = [
        {
            "rule": "agency",
            "proposal": found[0].public_id,
            "reviewer": None,
            "agency": stage.partner.public_id,
            "missing": 1,
        },
        {"rule": "outside", "proposal": found[1].public_id, "reviewer": None, "agency": None, "missing": 2},
    ]
    with writing():
        AssignmentRun.objects.filter(pk=run.pk).update(short=short)
    text = page(signed_in(stage.home1), address(run))
    assert f"{stage.partner.short_name}の評価者が1名不足" in text
    assert "第三国の評価者が2名不足" in text
    filtered = page(signed_in(stage.home1), address(run, "?show=short&number=nothing"))
    assert found[1].title_ja not in filtered


def test_some_are_accepted_and_given_and_undone_from_the_page() -> None:
    stage, _call, found, _home, run = scene()
    client = signed_in(stage.home1)
    url = address(run, f"accept/?proposal={found[0].public_id}")
    page(client, url)
    assert client.post(url, {"due_on": "2027-03-31"}).status_code == 302
    run.refresh_from_db()
    run_job(run.taking_id)
    assert [a.proposal for a in Assignment.objects.all()] == [found[0]]
    assert client.post(address(run, "undo/")).status_code == 302
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(("what", "state"), [("drop", PairState.DROPPED), ("forbid", PairState.PROPOSED)])
def test_pair_is_changed_by_hand(what: str, state: str) -> None:
    stage, _call, found, home, run = scene()
    client = signed_in(stage.home1)
    text = page(client, address(run, f"proposals/{found[0].public_id}/"))
    url = address(run, f"proposals/{found[0].public_id}/{home.public_id}/{what}/")
    assert url in text
    assert client.post(url).status_code == 302
    assert AssignmentPair.objects.get(run=run, proposal=found[0], reviewer=home).state == state
    page(client, address(run, f"proposals/{found[0].public_id}/"))


def test_unknown_change_is_no_page() -> None:
    stage, _call, found, home, run = scene()
    url = address(run, f"proposals/{found[0].public_id}/{home.public_id}/bribe/")
    assert signed_in(stage.home1).post(url).status_code == 404


def upload(client: Any, run: AssignmentRun, content: bytes) -> str:
    answer = client.post(address(run, "table/"), {"file": SimpleUploadedFile("pairs.csv", content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def table_of(client: Any, run: AssignmentRun) -> list[list[str]]:
    content = b"".join(client.get(address(run, "pairs.csv")).streaming_content)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_table_goes_out_and_in_and_changes_nothing() -> None:
    stage, _call, found, _home, run = scene()
    client = signed_in(stage.home1)
    rows = table_of(client, run)
    assert len(rows) == 1 + len(found)
    assert 'name="seen"' not in page(client, upload(client, run, as_csv(rows)))


def test_changed_table_is_looked_at_and_then_taken_over() -> None:
    stage, call, found, _home, run = scene()
    other = make_reviewer(call, stage.home)
    client = signed_in(stage.home1)
    header, first, *_rest = table_of(client, run)
    url = upload(client, run, as_csv([header, [first[0], other.public_id]]))
    text = page(client, url)
    seen = re.search(r'name="seen" value="(\w+)"', text)
    assert seen is not None
    assert AssignmentPair.objects.filter(run=run, state=PairState.DROPPED).count() == 0
    assert client.post(url, {"seen": seen[1]}).status_code == 302
    standing = AssignmentPair.objects.filter(run=run, reviewer__agency=stage.home).exclude(
        state=PairState.DROPPED
    )
    assert [(p.proposal, p.reviewer) for p in standing] == [(found[0], other)]


@pytest.mark.parametrize(
    ("receipt", "key", "words"),
    [
        ("NOPE-1", "own", "NOPE-1"),
        ("own", "nobody", "nobody"),
        ("own", "partner", "候補者名簿"),
        ("own", "conflict", "利益相反"),
        ("own", "own", "同じ組"),
    ],
)
def test_wrong_rows_are_named_and_nothing_changes(receipt: str, key: str, words: str) -> None:
    stage, call, found, home, run = scene()
    shut = make_reviewer(call, stage.home)
    with writing():
        ProposalAccess.objects.create(proposal=found[0], person=shut.person, kind="excluded", source="review")
    partner = AssignmentPair.objects.filter(run=run, reviewer__agency=stage.partner)[0].reviewer
    keys = {"own": home.public_id, "partner": partner.public_id, "conflict": shut.public_id}
    number = str(found[0].receipt_number) if receipt == "own" else receipt
    client = signed_in(stage.home1)
    own = [str(found[0].receipt_number), home.public_id]
    url = upload(client, run, as_csv([["receipt_number", "reviewer_id"], own, [number, keys.get(key, key)]]))
    text = page(client, url)
    assert words in text
    assert 'name="seen"' not in text
    assert AssignmentPair.objects.filter(run=run, is_by_hand=True).count() == 0


def test_table_without_its_columns_is_refused() -> None:
    stage, _call, _found, _home, run = scene()
    client = signed_in(stage.home1)
    assert "receipt_number" in page(client, upload(client, run, b"a,b\n1,2\n"))


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_much_for_many_as_for_one(rows: int) -> None:
    stage, _call, _found, _home, run = scene(rows)
    client = signed_in(stage.home1)
    page(client, address(run))
    assert queries(client, address(run)) == QUERIES


def test_page_of_three_thousand_proposals_stays_light() -> None:
    stage, call, (model,), home, run = scene(1)
    pool = [home, *(make_reviewer(call, stage.home) for _ in range(2))]
    plain = {
        f.attname: getattr(model, f.attname)
        for f in Proposal._meta.fields
        if f.name not in ("id", "public_id")
    }
    with writing():
        made = Proposal.objects.bulk_create(
            Proposal(**{**plain, "receipt_number": f"X-{n:05}", "notice_id": None, "title_ja": "量" * 60})
            for n in range(3_000)
        )
        AssignmentPair.objects.bulk_create(
            (
                AssignmentPair(run=run, proposal=p, reviewer=r, reasons={"terms": ["量子計算"] * 5})
                for p in made
                for r in pool
            ),
            batch_size=500,
        )
    client = signed_in(stage.home1)
    page(client, address(run))
    assert queries(client, address(run)) == QUERIES
    assert len(client.get(address(run)).content) <= 300_000


def test_proposals_that_came_since_are_shown_without_anybody() -> None:
    stage, call, _found, _home, run = scene()
    later = make_proposal(call, state="eligible")
    assert str(later.receipt_number) in page(signed_in(stage.home1), address(run))
