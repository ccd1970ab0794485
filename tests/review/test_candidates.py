"""The page on which a proposal is given by hand: its pool is searched, ordered, and shown page by page."""

import datetime as dt
from typing import Any

import pytest

from kernel.actions import writing
from kernel.clock import today
from kernel.pages import SIZE
from proposals.models import Proposal, ProposalAccess
from review.fitting import fits_of
from review.models import Assignment, Reviewer, ReviewerAbsence
from review.rules.profiles import searched_text
from tests.builders.people import make_person
from tests.builders.review import DUE, make_assignment, make_reviewer, make_scored_call
from tests.review.test_reviewer_pages import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db


def scene(pool: int = 3) -> tuple[Any, Any, Proposal, list[Reviewer]]:
    stage, call, proposals = make_scored_call(is_locked=False)
    with writing():
        Proposal.objects.filter(pk=proposals[0].pk).update(
            title_en="Superconducting qubits", title_ja="超伝導量子ビット"
        )
    proposals[0].refresh_from_db()
    return stage, call, proposals[0], [make_reviewer(call, stage.home) for _ in range(pool)]


def knows(reviewer: Reviewer, *keywords: str, **more: Any) -> None:
    text = {
        "institution_name": "",
        "expertise": "",
        "keywords": keywords,
        "languages": more.get("languages", []),
    }
    with writing():
        Reviewer.objects.filter(pk=reviewer.pk).update(
            keywords=list(keywords), search_text=searched_text(text), **more
        )


def asked(stage: Any, proposal: Proposal, query: str = "", language: str = "en") -> Any:
    answer = signed_in(stage.home1).get(f"/{language}/review/proposals/{proposal.public_id}/assign/{query}")
    assert answer.status_code == 200
    return answer


def shown(answer: Any) -> list[Reviewer]:
    return [row["reviewer"] for row in answer.context["pool"]]


def test_pool_comes_page_by_page_and_so_do_the_choices() -> None:
    stage, call, proposal, (first, *_rest) = scene(1)
    plain = {"call": call, "agency": stage.home, "country_code": "JP", "state": "accepted"}
    with writing():
        Reviewer.objects.bulk_create(Reviewer(person=make_person(), **plain) for _ in range(SIZE + 4))
    answer = asked(stage, proposal)
    assert len(shown(answer)) == SIZE
    assert len(answer.context["form"].fields["reviewer"].choices) == SIZE + 1
    assert first in shown(answer)
    second = asked(stage, proposal, "?page=2")
    assert len(shown(second)) == 5
    assert not set(shown(answer)) & set(shown(second))
    assert len(answer.content) <= 300_000


def test_whoever_stands_on_another_page_can_be_given_it() -> None:
    stage, call, proposal, (wanted, other, shut) = scene()
    knows(other, "optics")
    with writing():
        ProposalAccess.objects.create(proposal=proposal, person=shut.person, kind="excluded", source="x")
    client = signed_in(stage.home1)
    url = f"/en/review/proposals/{proposal.public_id}/assign/?q=optics"
    sent = {"due_on": DUE.isoformat(), "beyond": ""}
    for bad in (shut.public_id, make_reviewer(call, stage.partner).public_id, "\x00", "nobody"):
        assert client.post(url, {**sent, "reviewer": bad}).status_code == 200
    assert not Assignment.objects.exists()
    assert client.post(url, {**sent, "reviewer": wanted.public_id}).status_code == 302
    assert Assignment.objects.get().reviewer == wanted


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2]),
        ("?q=OPTICS", [1]),
        ("?q=optics+nothing", []),
        ("?language=ja", [2]),
        ("?state=named", [0]),
        ("?state=nonsense&order=nonsense&q=%00", [0, 1, 2]),
        ("?order=load", [1, 2, 0]),
        ("?order=fit", [2, 0, 1]),
    ],
)
def test_pool_is_searched_and_ordered(query: str, found: list[int]) -> None:
    stage, call, proposal, pool = scene()
    make_assignment(call.proposals.exclude(pk=proposal.pk).get(), pool[0])
    knows(pool[0], "quantum", state="named")
    knows(pool[1], "optics")
    knows(pool[2], "superconducting qubits", languages=["ja"])
    assert [pool.index(one) for one in shown(asked(stage, proposal, query))] == found


@LANGUAGES
def test_row_tells_load_days_away_and_words_in_common(language: str) -> None:
    stage, call, proposal, (one, two, _three) = scene()
    make_assignment(call.proposals.exclude(pk=proposal.pk).get(), one)
    make_assignment(proposal, two)
    knows(one, "superconducting", max_load=1)
    with writing():
        ReviewerAbsence.objects.create(reviewer=one, from_day=today(), to_day=DUE)
    row = next(row for row in asked(stage, proposal, "", language).context["pool"] if row["reviewer"] == one)
    assert (row["is_full"], row["is_away"], row["is_taken"], row["may_choose"]) == (True, True, False, True)
    assert row["terms"] == "superconducting"
    assert len(row["away"]) == 1


def test_days_away_are_told_where_nothing_is_due_yet() -> None:
    stage, _call, proposal, (one, *_rest) = scene()
    with writing():
        ReviewerAbsence.objects.create(
            reviewer=one, from_day=today() + dt.timedelta(days=5), to_day=today() + dt.timedelta(days=9)
        )
    row = asked(stage, proposal).context["pool"][0]
    assert (len(row["away"]), row["is_away"]) == (1, False)


def test_fit_is_best_for_who_shares_the_proposals_words() -> None:
    _stage, _call, proposal, (one, two, three) = scene()
    one.keywords, two.keywords, three.expertise = ["medieval history"], ["superconducting qubits"], "qubits"
    found = fits_of(proposal, [one, two, three])
    assert found[two.pk].share > found[three.pk].share > found[one.pk].share == 0
    assert found[one.pk].terms == ()


def test_choosing_in_the_table_fills_the_form() -> None:
    stage, _call, proposal, (_one, two, _three) = scene()
    answer = asked(stage, proposal, f"?reviewer={two.public_id}")
    assert f'value="{two.public_id}" selected' in answer.content.decode()


def test_nobody_is_free_is_said_of_the_whole_pool_alone() -> None:
    stage, _call, proposal, pool = scene(2)
    with writing():
        Reviewer.objects.update(state="declined")
    knows(pool[0], "optics")
    assert asked(stage, proposal).context["nobody_is_free"]
    assert not asked(stage, proposal, "?q=optics").context["nobody_is_free"]
