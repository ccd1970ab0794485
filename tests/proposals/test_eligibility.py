"""Each agency judges for itself; together they decide whether a proposal is eligible."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.files.store import store_bytes
from kernel.violations import NotAllowed, RuleBroken, sentence
from proposals.actions.eligibility import confirm_award, confirm_on_behalf, judge_eligibility
from proposals.actions.submission import extend_deadline
from proposals.models import ProposalAccess
from tests.builders.people import give_role, make_member, make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def locked(stage: Stage, **call: Any) -> Any:
    return make_proposal(make_call(stage, state="closed", **call), state="locked")


def judge(proposal: Any, agency: Any, by: Any, verdict: str = "yes", **fields: Any) -> Any:
    answer = judge_eligibility(proposal=proposal, agency=agency, by=by, verdict=verdict, **fields)
    proposal.refresh_from_db()
    return answer


def letter() -> Any:
    return store_bytes(name="回答.pdf", content=b"%PDF-1.7 letter")


def test_both_agencies_yes_makes_it_eligible_and_one_alone_nothing() -> None:
    stage = make_stage()
    proposal = locked(stage)
    judge(proposal, stage.home, stage.home1)
    assert proposal.state == "locked"
    judge(proposal, stage.partner, stage.partner1)
    assert proposal.state == "eligible"


def test_one_no_makes_it_ineligible_once_both_have_answered() -> None:
    stage = make_stage()
    proposal = locked(stage)
    assert refused(lambda: judge(proposal, stage.home, stage.home1, "no")) == ["reason_missing"]
    judge(proposal, stage.home, stage.home1, "no", reasons="期間が満たない。")
    assert proposal.state == "locked"
    judge(proposal, stage.partner, stage.partner1)
    assert proposal.state == "ineligible"


def test_a_verdict_may_be_given_anew_until_all_have_answered() -> None:
    stage = make_stage()
    proposal = locked(stage)
    judge(proposal, stage.home, stage.home1, "no", reasons="誤り")
    judge(proposal, stage.home, stage.home1, "yes")
    judge(proposal, stage.partner, stage.partner1)
    assert proposal.state == "eligible"
    assert refused(lambda: judge(proposal, stage.home, stage.home1, "no", reasons="遅い")) == [
        "verdict_not_asked"
    ]
    assert AuditEntry.objects.filter(verb="judged", subject_id=proposal.public_id).count() == 3


def test_no_agency_answers_for_the_other() -> None:
    stage = make_stage()
    proposal = locked(stage)
    for by, agency in (
        (stage.home1, stage.partner),
        (stage.partner1, stage.home),
        (stage.home2, stage.home),  # an approver is no programme officer
        (stage.ministry1, stage.home),
        (proposal.pi.user, stage.home),
        (make_user(), stage.home),
    ):
        with pytest.raises(NotAllowed):
            judge(proposal, agency, by)
        with pytest.raises(NotAllowed):
            confirm_award(award=proposal.awards.get(), by=stage.home1, verdict="yes")


def test_one_person_of_both_agencies_gives_one_verdict() -> None:
    stage = make_stage()
    proposal = locked(stage)
    both = give_role(make_user(), stage.home, Role.PROGRAMME_OFFICER)
    give_role(both, stage.partner, Role.PROGRAMME_OFFICER)
    judge(proposal, stage.home, both)
    assert refused(lambda: judge(proposal, stage.partner, both)) == ["one_person_two_agencies"]
    judge(proposal, stage.partner, stage.partner1)
    assert proposal.state == "eligible"


def test_an_officer_in_conflict_judges_nothing() -> None:
    stage = make_stage()
    proposal = locked(stage)
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="test"
        )
    with pytest.raises(NotAllowed):
        judge(proposal, stage.home, stage.home1)


def test_an_answer_on_behalf_needs_its_letter_and_counts_once_a_second_officer_confirmed_it() -> None:
    stage = make_stage()
    proposal = locked(stage, signs_in=False)
    judge(proposal, stage.home, stage.home1)
    assert refused(lambda: judge(proposal, stage.partner, stage.home1)) == [
        "letter_missing",
        "letter_date_missing",
    ]
    assert refused(
        lambda: judge(proposal, stage.partner, stage.home1, letter=letter(), letter_dated=dt.date(2999, 1, 1))
    ) == ["letter_dated_ahead"]
    answer = judge(proposal, stage.partner, stage.home1, letter=letter(), letter_dated=dt.date(2026, 11, 1))
    assert (answer.counts, proposal.state) == (False, "locked")
    for stranger in (stage.home1, stage.partner1, stage.ministry1, make_user()):
        with pytest.raises(NotAllowed):
            confirm_on_behalf(answer=answer, by=stranger)
    confirmed = confirm_on_behalf(answer=answer, by=stage.home2)
    proposal.refresh_from_db()
    assert (confirmed.counts, proposal.state) == (True, "eligible")
    assert "nothing_to_confirm" in refused(lambda: confirm_on_behalf(answer=answer, by=stage.home2))


def test_an_award_is_confirmed_by_its_own_agency_or_on_its_behalf() -> None:
    stage = make_stage()
    proposal = locked(stage)
    award = confirm_award(award=proposal.awards.get(), by=stage.partner1, verdict="no", reason="Not ours")
    assert (award.verdict, award.counts) == ("no", True)
    silent = locked(stage, signs_in=False)
    with pytest.raises(RuleBroken):
        confirm_award(award=silent.awards.get(), by=stage.home1, verdict="yes")
    award = confirm_award(
        award=silent.awards.get(),
        by=stage.home1,
        verdict="yes",
        letter=letter(),
        letter_dated=dt.date(2026, 11, 1),
    )
    assert not award.counts
    second = make_member(stage.home, Role.PROGRAMME_OFFICER)
    assert confirm_on_behalf(answer=award, by=second).counts


def test_a_new_answer_on_behalf_asks_for_a_new_confirmation() -> None:
    stage = make_stage()
    proposal = locked(stage, signs_in=False)
    fields = {"letter": letter(), "letter_dated": dt.date(2026, 11, 1)}
    confirm_on_behalf(answer=judge(proposal, stage.partner, stage.home1, **fields), by=stage.home2)
    again = judge(proposal, stage.partner, stage.home1, "no", reasons="訂正", **fields)
    assert not again.counts


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "adopted"])
def test_a_verdict_is_asked_only_between_the_deadline_and_the_review(state: str) -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state=state)
    assert refused(lambda: judge(proposal, stage.home, stage.home1)) == ["verdict_not_asked"]


def test_what_was_said_of_an_award_is_taken_back_when_the_proposal_is_opened_again() -> None:
    stage = make_stage()
    proposal = locked(stage)
    confirm_award(award=proposal.awards.get(), by=stage.partner1, verdict="yes")
    until = now() + dt.timedelta(days=60)
    extend_deadline(proposal=proposal, until=until, reason="障害のため", by=stage.home1)
    award = proposal.awards.get()
    assert (award.verdict, award.verdict_by, award.verdict_at) == ("", None, None)
    assert AuditEntry.objects.filter(verb="award_verdict_voided").count() == 1


def test_nobody_judges_the_proposal_of_their_own_team() -> None:
    stage = make_stage()
    proposal = locked(stage)
    with writing():
        proposal.team.create(
            person=stage.home1.person, role="co_investigator", institution_name="X", country_code="JP"
        )
    with pytest.raises(NotAllowed):
        judge(proposal, stage.home, stage.home1)
