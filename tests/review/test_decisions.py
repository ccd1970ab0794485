import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import today
from kernel.files import store_bytes
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from projects.models import LedgerEntry, Project
from proposals.models import Proposal, ProposalAccess
from review.actions import decisions
from review.budgets import asked_by_year, year_rows
from review.models import AgencyAnswer, Decision
from tests.builders.people import give_role, make_member, make_user
from tests.builders.program import Stage, make_stage
from tests.builders.review import make_scored_call

pytestmark = pytest.mark.django_db


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def propose(stage: Stage, call: Call, proposals: list[Proposal], *outcomes: str, **values: Any) -> Decision:
    items = [
        (proposal, rank, outcome, values.get("reason", ""))
        for rank, (proposal, outcome) in enumerate(zip(proposals, outcomes, strict=True), 1)
    ]
    return decisions.propose_decision(call=call, by=values.get("by", stage.home1), items=items)


def a_decision(**call: Any) -> tuple[Stage, Decision]:
    stage, made, proposals = make_scored_call(**call)
    return stage, propose(stage, made, proposals, "adopt", "reject")


def yes(decision: Decision, agency: Any, by: User, vote: str = "yes", reason: str = "") -> AgencyAnswer:
    return decisions.answer_decision(decision=decision, agency=agency, by=by, vote=vote, reason=reason)


# proposing


def test_decision_needs_both_locks() -> None:
    stage, call, proposals = make_scored_call(is_locked=False)
    decisions.lock_scores(call=call, agency=stage.home, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, proposals, "adopt", "reject")
    assert codes(broken) == ["scores_not_locked"]


def test_decision_is_proposed_by_the_lead_agency() -> None:
    stage, call, proposals = make_scored_call()
    for user in (stage.home2, stage.partner1, stage.ministry1):
        with pytest.raises(NotAllowed):
            propose(stage, call, proposals, "adopt", "reject", by=user)


def test_officer_in_conflict_proposes_nothing() -> None:
    stage, call, proposals = make_scored_call()
    exclude(proposals[1], stage.home1)
    with pytest.raises(NotAllowed):
        propose(stage, call, proposals, "adopt", "reject")


def exclude(proposal: Proposal, user: User) -> None:
    with writing():
        ProposalAccess.objects.create(proposal=proposal, person=user.person, kind="excluded", source="x")


def test_list_holds_every_eligible_proposal_once() -> None:
    stage, call, proposals = make_scored_call()
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, proposals[:1], "adopt")
    assert codes(broken) == ["decision_lacks_proposal"]
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, [*proposals, proposals[0]], "adopt", "reject", "reject")
    assert codes(broken) == ["decision_has_another_proposal"]


def test_rank_passed_over_needs_its_reason() -> None:
    stage, call, proposals = make_scored_call()
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, proposals, "reject", "adopt")
    (violation,) = broken.value.violations
    assert (violation.code, violation.field) == (
        "reason_for_rank_passed_over",
        f"reason_{proposals[0].public_id}",
    )
    assert propose(stage, call, proposals, "reject", "adopt", reason="Budget").number == 1


def test_one_decision_waits_at_a_time() -> None:
    stage, decision = a_decision()
    with pytest.raises(RuleBroken) as broken:
        propose(stage, decision.call, list(decision.call.proposals.all()), "adopt", "reject")
    assert codes(broken) == ["decision_waits_already"]


def test_a_decision_keeps_what_was_left_when_it_was_proposed() -> None:
    stage, decision = a_decision()
    agencies = [stage.home, stage.partner]
    (adopted, _rejected) = [item.proposal for item in decision.items.all()]
    asked = asked_by_year([adopted])[adopted.pk]
    for agency, user in ((stage.home, stage.home2), (stage.partner, stage.partner2)):
        yes(decision, agency, user)
    decision.refresh_from_db()
    kept = decision.left_when_proposed
    assert {one["agency"] for one in kept} == {stage.home.public_id}
    rows = year_rows(decision.call, agencies, [asked], kept=kept, is_decided=True)
    assert [(row.left_then, row.is_over) for row in rows] == [((2_000_000_000, None), False)] * len(rows)
    assert [row.left[0] for row in rows] == [2_000_000_000 - asked[row.year] for row in rows]


def test_a_year_is_not_called_short_for_what_its_own_adoption_took() -> None:
    stage, decision = a_decision()
    asked = {2026: 10}
    kept = [{"agency": stage.home.public_id, "year": 2026, "left": 10}]
    (row,) = year_rows(decision.call, [stage.home], [asked], kept=kept, is_decided=True)
    assert not row.is_over
    (row,) = year_rows(decision.call, [stage.home], [{2026: 11}], kept=kept, is_decided=True)
    assert row.is_over


# answering


def test_both_yes_adopt_it_with_all_that_follows() -> None:
    stage, decision = a_decision()
    adopted, rejected = [item.proposal for item in decision.items.all()]
    yes(decision, stage.home, stage.home2)
    assert Decision.objects.get().state == "proposed"
    assert Project.objects.count() == 0
    yes(decision, stage.partner, stage.partner2)
    decision.refresh_from_db()
    assert (decision.state, decision.adopted_at is not None) == ("adopted", True)
    adopted.refresh_from_db()
    rejected.refresh_from_db()
    assert (adopted.state, rejected.state) == ("adopted", "not_adopted")
    assert Call.objects.get(pk=decision.call_id).state == "decided"
    assert Project.objects.get().proposal == adopted
    assert LedgerEntry.objects.count() == 25


def test_one_no_refuses_it_and_another_can_be_proposed() -> None:
    stage, decision = a_decision()
    yes(decision, stage.home, stage.home2)
    yes(decision, stage.partner, stage.partner2, "no", "Too few")
    assert Decision.objects.get().state == "refused"
    again = propose(stage, decision.call, list(decision.call.proposals.all()), "adopt", "adopt")
    assert again.number == 2


def test_a_no_gives_its_reason() -> None:
    stage, decision = a_decision()
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.home, stage.home2, "no", "  ")
    assert codes(broken) == ["reason_for_no_missing"]


@pytest.mark.parametrize("who", ["home1", "home2", "partner1", "ministry1"])
def test_only_that_agencys_approver_answers(who: str) -> None:
    stage, decision = a_decision()
    with pytest.raises(NotAllowed):
        yes(decision, stage.partner, getattr(stage, who))


def test_agency_answers_once() -> None:
    stage, decision = a_decision()
    yes(decision, stage.home, stage.home2)
    second = make_member(stage.home, Role.APPROVER)
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.home, second)
    assert codes(broken) == ["agency_answered_already"]


def test_one_person_with_memberships_in_both_agencies_gives_one_approval() -> None:
    stage, decision = a_decision()
    both = give_role(make_member(stage.home, Role.APPROVER), stage.partner, Role.APPROVER)
    yes(decision, stage.home, both)
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.partner, both)
    assert codes(broken) == ["person_answered_already"]
    assert Decision.objects.get().state == "proposed"


def a_second_account(user: User, stage: Stage) -> User:
    second = give_role(make_user(), stage.partner, Role.APPROVER)
    with writing():
        second.person.merged_into = user.person
        second.person.save()
    return second


def test_second_account_of_the_same_person_gives_no_second_approval() -> None:
    stage, decision = a_decision()
    yes(decision, stage.home, stage.home2)
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.partner, a_second_account(stage.home2, stage))
    assert codes(broken) == ["person_answered_already"]


def test_database_itself_refuses_a_persons_second_approval() -> None:
    stage, decision = a_decision()
    answer = yes(decision, stage.home, stage.home2)
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        AgencyAnswer.objects.create(decision=decision, agency=stage.partner, vote="yes", person=answer.person)


def test_approver_in_conflict_does_not_answer() -> None:
    stage, decision = a_decision()
    exclude(decision.items.first().proposal, stage.partner2)
    with pytest.raises(NotAllowed):
        yes(decision, stage.partner, stage.partner2)


def test_envelope_too_small_refuses_the_whole_answer() -> None:
    stage, decision = a_decision(stage=make_stage(appropriated=77_999_999))
    yes(decision, stage.home, stage.home2)
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.partner, stage.partner2)
    assert codes(broken) == ["adoption_refused"] + ["envelope_exceeded"] * 5
    assert Decision.objects.get().state == "proposed"
    assert AgencyAnswer.objects.count() == 1
    assert set(Proposal.objects.values_list("state", flat=True)) == {"eligible"}
    assert Call.objects.get(pk=decision.call_id).state == "review"
    assert not AuditEntry.objects.filter(verb="adopt").exists()


def test_proposal_withdrawn_meanwhile_does_not_stop_the_others() -> None:
    stage, decision = a_decision()
    first, _second = [item.proposal for item in decision.items.all()]
    with writing():
        Proposal.objects.filter(pk=first.pk).update(state="withdrawn")
    yes(decision, stage.home, stage.home2)
    yes(decision, stage.partner, stage.partner2)
    assert Decision.objects.get().state == "adopted"
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn",
        "not_adopted",
    ]
    assert Project.objects.count() == 0


# on behalf


def record(stage: Stage, decision: Decision, **values: Any) -> AgencyAnswer:
    return decisions.record_answer_on_behalf(
        **{
            "decision": decision,
            "agency": stage.partner,
            "by": stage.home1,
            "vote": "yes",
            "letter": store_bytes(name="letter.pdf", content=b"%PDF-letter"),
            "letter_dated": today(),
            **values,
        }
    )


def test_answer_on_behalf_counts_once_a_second_officer_confirms_it() -> None:
    stage, decision = a_decision(signs_in=False)
    yes(decision, stage.home, stage.home2)
    answer = record(stage, decision)
    assert Decision.objects.get().state == "proposed"
    decisions.confirm_answer(answer=answer, by=make_member(stage.home, Role.PROGRAMME_OFFICER))
    assert Decision.objects.get().state == "adopted"
    assert Project.objects.count() == 1


def test_officer_does_not_confirm_their_own_record() -> None:
    stage, decision = a_decision(signs_in=False)
    answer = record(stage, decision)
    second = a_second_account(stage.home1, stage)
    give_role(second, stage.home, Role.PROGRAMME_OFFICER)
    for user in (stage.home1, second, stage.partner1):
        with pytest.raises(NotAllowed):
            decisions.confirm_answer(answer=answer, by=user)


def test_agency_that_signs_in_answers_for_itself() -> None:
    stage, decision = a_decision()
    with pytest.raises(NotAllowed):
        record(stage, decision)


def test_whoever_recorded_for_another_agency_does_not_approve_for_their_own() -> None:
    stage, decision = a_decision(signs_in=False)
    give_role(stage.home1, stage.home, Role.APPROVER)
    record(stage, decision)
    with pytest.raises(RuleBroken) as broken:
        yes(decision, stage.home, stage.home1)
    assert codes(broken) == ["person_answered_already"]


def test_whoever_approved_for_their_own_agency_does_not_record_for_another() -> None:
    stage, decision = a_decision(signs_in=False)
    give_role(stage.home1, stage.home, Role.APPROVER)
    yes(decision, stage.home, stage.home1)
    with pytest.raises(RuleBroken) as broken:
        record(stage, decision)
    assert codes(broken) == ["person_answered_already"]


def test_letter_is_not_dated_ahead() -> None:
    stage, decision = a_decision(signs_in=False)
    with pytest.raises(RuleBroken) as broken:
        record(stage, decision, letter_dated=today() + dt.timedelta(days=1))
    assert codes(broken) == ["letter_dated_ahead"]


def test_wrong_record_is_discarded_by_the_second_officer_and_made_anew() -> None:
    stage, decision = a_decision(signs_in=False)
    answer = record(stage, decision, vote="no", reason="misread")
    decisions.discard_answer(answer=answer, by=stage.home2)
    assert AgencyAnswer.objects.count() == 0
    assert record(stage, decision).vote == "yes"
    assert AuditEntry.objects.filter(verb="discarded").count() == 1


def test_confirmed_answer_is_confirmed_once() -> None:
    stage, decision = a_decision(signs_in=False)
    answer = decisions.confirm_answer(answer=record(stage, decision), by=stage.home2)
    for act in (decisions.confirm_answer, decisions.discard_answer):
        with pytest.raises(RuleBroken) as broken:
            act(answer=answer, by=stage.home2)
        assert codes(broken) == ["answer_confirmed_already"]
