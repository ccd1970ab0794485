"""Every page of the review keeps within twelve queries, or says why not, and asks as many for three rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from kernel.actions import writing
from tests.builders.program import make_stage
from tests.builders.review import (
    answer_on_behalf,
    lock_on_behalf,
    make_assignment,
    make_decision,
    make_review,
    make_reviewer,
    make_scored_call,
)
from tests.counting import asks
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db
MOST = 12
# A proposal is held against the whole pool: by institutions and their parts, papers, applications, declarations, verdicts.
# A submitted review has its others and its discussion besides.
MORE = {"assign": 13, "assignment": 14, "conflicts": 16}
ORCIDS = {
    1: ("0000-0002-1825-0097", "0000-0001-5109-3700"),
    3: ("0000-0003-1415-9269", "0000-0002-9079-593X"),
}

# Whoever assigns by hand sees a page of the pool, counted, with days away, and whoever has the proposal already.
MORE["assign"] += 3


def reviewing(rows: int) -> dict[str, tuple[User, str]]:
    """A call under review with as many proposals; each has a review of each kind, by people with ORCID iDs."""
    stage, call, proposals = make_scored_call(is_locked=False, proposals=rows, signs_in=False)
    asked = make_reviewer(call, stage.home)
    with writing():
        proposals[0].pi.orcid, asked.person.orcid = ORCIDS[rows]
        proposals[0].pi.save()
        asked.person.save()
    for proposal in proposals:
        make_review(proposal, stage.home)
        open_one = make_assignment(proposal, make_reviewer(call, stage.home))
        new = make_assignment(proposal, make_reviewer(call, stage.home), state="assigned")
        done = make_assignment(proposal, make_reviewer(call, stage.partner), state="submitted")
        make_assignment(proposal, asked)
    lock = lock_on_behalf(stage, call)
    at, own = f"/ja/review/calls/{call.public_id}", "/ja/review/assignments/"
    return {
        "assign": (stage.home1, f"/ja/review/proposals/{proposals[0].public_id}/assign/"),
        "conflicts": (stage.home1, f"{at}/conflicts/"),
        "board": (stage.home1, f"{at}/board/"),
        "pool": (stage.home1, f"{at}/pool/"),
        "progress": (stage.home1, f"{at}/progress/"),
        "lock": (stage.home1, f"{at}/agencies/{stage.home.public_id}/lock/"),
        "lock_confirm": (stage.home2, f"/ja/review/locks/{lock.public_id}/confirm/"),
        "withdraw": (stage.home1, f"{own}{open_one.public_id}/withdraw/"),
        "calls": (stage.home1, "/ja/review/calls/"),
        "inbox": (asked.person.user, "/ja/review/"),
        "form": (open_one.reviewer.person.user, f"{own}{open_one.public_id}/form/"),
        "submit": (open_one.reviewer.person.user, f"{own}{open_one.public_id}/submit/"),
        "conflict": (new.reviewer.person.user, f"{own}{new.public_id}/conflict/"),
        "assignment": (done.reviewer.person.user, f"{own}{done.public_id}/"),
    }


def deciding(rows: int) -> dict[str, tuple[User, str]]:
    """A call to be decided, and one with a decision before the agencies."""
    stage, call, _ = make_scored_call(make_stage(), proposals=rows)
    _, _, proposals = make_scored_call(stage, proposals=rows, signs_in=False)
    decision = make_decision(stage, proposals)
    at = f"/ja/review/decisions/{decision.public_id}/"
    answer = answer_on_behalf(stage, decision)
    return {
        "propose": (stage.home1, f"/ja/review/calls/{call.public_id}/propose/"),
        "lists": (stage.home1, f"/ja/review/calls/{call.public_id}/lists/"),
        "list_record": (
            stage.home1,
            f"/ja/review/calls/{call.public_id}/agencies/{stage.home.public_id}/list/",
        ),
        "decision": (stage.home1, at),
        "decision as approver": (stage.home2, at),
        "answer": (stage.home2, f"{at}agencies/{stage.home.public_id}/answer/"),
        "answer_confirm": (stage.home2, f"/ja/review/answers/{answer.public_id}/confirm/"),
    }


def counts(pages: dict[str, tuple[User, str]]) -> dict[str, int]:
    found = {}
    for name, (user, address) in pages.items():
        client = signed_in(user)
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        found[name] = sum(asks(query["sql"]) for query in captured)
    return found


@pytest.mark.parametrize("build", [reviewing, deciding])
def test_pages_are_flat_and_within_their_queries(
    build: Callable[[int], dict[str, tuple[User, str]]],
) -> None:
    one, three = counts(build(1)), counts(build(3))
    assert one == three
    assert {name: count for name, count in three.items() if count > MORE.get(name, MOST)} == {}
