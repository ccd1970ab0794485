"""Moving up from the reserve list once an adopted team has declined."""

from typing import Any

import pytest

from kernel.violations import NotAllowed, RuleBroken, sentence
from program.models import Call
from projects.actions.declining import decline_proposal
from projects.models import Project
from proposals.models import Proposal
from review.actions.decisions import answer_decision, propose_decision
from review.models import Decision
from tests.builders.program import Stage
from tests.builders.review import make_scored_call, publish
from tests.review.test_decisions import exclude
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def refused(call: Call, by: Any, *items: tuple[Proposal, int, str, str]) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        propose_decision(call=call, by=by, items=items)
    assert all(sentence(violation) for violation in broken.value.violations)
    return [(violation.code, violation.field) for violation in broken.value.violations]


def adopt(stage: Stage, decision: Decision) -> None:
    for agency, user in ((stage.home, stage.home2), (stage.partner, stage.partner2)):
        answer_decision(decision=decision, agency=agency, by=user, vote="yes")
    decision.refresh_from_db()
    publish(decision)


def decided(*, has_declined: bool = True) -> tuple[Stage, Call, list[Proposal]]:
    """One was adopted and has declined; three stand in reserve, ranked 2 to 4; the fifth was not adopted."""
    stage, call, proposals = make_scored_call(proposals=5)
    outcomes = ("adopt", "reserve", "reserve", "reserve", "reject")
    items = [
        (one, rank, outcome, "")
        for rank, (one, outcome) in enumerate(zip(proposals, outcomes, strict=True), 1)
    ]
    adopt(stage, propose_decision(call=call, by=stage.home1, items=items))
    if has_declined:
        decline_proposal(proposal=proposals[0], by=proposals[0].pi.user, reason="異動")
    call.refresh_from_db()
    return stage, call, proposals[1:4]


def states(*proposals: Proposal) -> list[str]:
    return [Proposal.objects.get(pk=one.pk).state for one in proposals]


def test_the_first_in_reserve_is_moved_up_when_both_agencies_agree() -> None:
    stage, call, (first, second, third) = decided()
    items = [(first, 2, "adopt", ""), (second, 3, "reserve", ""), (third, 4, "reserve", "")]
    decision = propose_decision(call=call, by=stage.home1, items=items)
    assert (decision.number, decision.kind) == (2, "call_up")
    answer_decision(decision=decision, agency=stage.home, by=stage.home2, vote="yes")
    assert states(first) == ["reserved"]
    answer_decision(decision=decision, agency=stage.partner, by=stage.partner2, vote="yes")
    assert states(first, second, third) == ["adopted", "reserved", "reserved"]
    assert Project.objects.get(proposal=first).state == "offered"
    call.refresh_from_db()
    assert call.state == "decided"


def test_the_list_keeps_its_order_and_a_rank_passed_over_needs_its_reason() -> None:
    stage, call, (first, second, third) = decided()
    passed = [(first, 2, "reserve", ""), (second, 3, "reserve", ""), (third, 4, "adopt", "")]
    assert refused(call, stage.home1, *passed) == [
        ("reason_for_rank_passed_over", f"reason_{first.public_id}"),
        ("reason_for_rank_passed_over", f"reason_{second.public_id}"),
    ]
    swapped = [(first, 3, "reserve", ""), (second, 2, "adopt", ""), (third, 4, "reserve", "")]
    assert refused(call, stage.home1, *swapped) == [
        ("rank_of_reserve_list", f"rank_{first.public_id}"),
        ("rank_of_reserve_list", f"rank_{second.public_id}"),
    ]
    assert refused(call, stage.home1, *swapped[:2])[0][0] == "decision_lacks_proposal"
    stay = [(one, rank, "reserve", "") for rank, one in enumerate((first, second, third), 2)]
    assert refused(call, stage.home1, *stay) == [("call_up_moves_nobody", "")]
    given = [(first, 2, "reserve", "予算を超過"), (second, 3, "reserve", "同"), (third, 4, "adopt", "")]
    adopt(stage, propose_decision(call=call, by=stage.home1, items=given))
    assert states(first, second, third) == ["reserved", "reserved", "adopted"]


def test_the_list_goes_on_after_a_call_up_and_may_be_closed() -> None:
    stage, call, (first, second, third) = decided()
    up = [(first, 2, "adopt", ""), (second, 3, "reserve", ""), (third, 4, "reserve", "")]
    adopt(stage, propose_decision(call=call, by=stage.home1, items=up))
    close = [(second, 3, "reject", ""), (third, 4, "reject", "")]
    adopt(stage, propose_decision(call=call, by=stage.home1, items=close))
    assert states(first, second, third) == ["adopted", "not_adopted", "not_adopted"]
    assert Decision.objects.filter(call=call, state="adopted").count() == 3
    assert refused(call, stage.home1) == [("nobody_to_call_up", "")]


def test_without_a_place_that_is_free_nobody_is_moved_up() -> None:
    stage, call, (first, second, third) = decided(has_declined=False)
    items = [(first, 2, "adopt", ""), (second, 3, "reserve", ""), (third, 4, "reserve", "")]
    assert refused(call, stage.home1, *items) == [("nobody_to_call_up", "")]
    # Somebody in reserve who declines frees nothing.
    decline_proposal(proposal=first, by=first.pi.user, reason="異動")
    assert refused(call, stage.home1, *items[1:]) == [("nobody_to_call_up", "")]


def test_one_who_declines_while_the_agencies_answer_holds_up_nobody() -> None:
    stage, call, (first, second, third) = decided()
    items = [(first, 2, "adopt", ""), (second, 3, "adopt", ""), (third, 4, "reserve", "")]
    decision = propose_decision(call=call, by=stage.home1, items=items)
    decline_proposal(proposal=first, by=first.pi.user, reason="異動")
    adopt(stage, decision)
    assert states(first, second, third) == ["declined", "adopted", "reserved"]


def test_only_the_lead_agencys_officers_without_a_conflict_propose_it() -> None:
    stage, call, (first, second, third) = decided()
    items = [(first, 2, "adopt", ""), (second, 3, "reserve", ""), (third, 4, "reserve", "")]
    exclude(third, stage.home1)
    for user in (stage.home1, stage.partner1, stage.home2):
        with pytest.raises(NotAllowed):
            propose_decision(call=call, by=user, items=items)


@LANGUAGES
def test_the_board_leads_to_the_reserve_list_whose_ranks_stand(language: str) -> None:
    stage, call, (first, second, third) = decided()
    client = signed_in(stage.home1)
    address = f"/{language}/review/calls/{call.public_id}/propose/"
    assert address in page(client, f"/{language}/review/calls/{call.public_id}/board/")
    text = page(client, address)
    assert {"ja": "補欠からの繰上げ", "en": "Move up from the reserve list"}[language] in text
    assert text.index(str(first.receipt_number)) < text.index(str(third.receipt_number))
    values: dict[str, str] = {}
    for one, outcome in ((first, "reserve"), (second, "adopt"), (third, "reserve")):
        # A rank that is sent all the same is not read.
        values |= {f"rank_{one.public_id}": "9", f"outcome_{one.public_id}": outcome}
    refusal = client.post(address, values)
    assert refusal.status_code == 200
    assert f'id="id_reason_{first.public_id}_error"' in refusal.content.decode()
    answer = client.post(address, {**values, f"reason_{first.public_id}": "予算を超過"})
    decision = Decision.objects.get(kind="call_up")
    assert answer.headers["Location"] == f"/{language}/review/decisions/{decision.public_id}/"
    assert {"ja": "補欠からの繰上げ", "en": "moving up from the reserve list"}[language] in page(
        client, answer.headers["Location"]
    )


def test_where_nobody_can_be_moved_up_the_page_leads_back_to_the_board() -> None:
    stage, call, _reserved = decided(has_declined=False)
    client = signed_in(stage.home1)
    response = client.get(f"/ja/review/calls/{call.public_id}/propose/")
    assert response.headers["Location"] == f"/ja/review/calls/{call.public_id}/board/"
    assert "propose/" not in page(client, f"/ja/review/calls/{call.public_id}/board/")
