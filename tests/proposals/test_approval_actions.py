"""Asking the institution, its answers, and what a later change does to them."""

import datetime as dt

import pytest
import time_machine

from accounts.actions.people import name_deputy
from accounts.enums import Role
from kernel.actions import NotAllowed, writing
from kernel.audit.models import AuditEntry
from kernel.clock import now, today
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken
from proposals.actions.approval import (
    approval_digest,
    approve_each,
    approve_proposal,
    ask_approval,
    return_proposal,
)
from proposals.actions.budgets import save_budget
from proposals.actions.content import content_of
from proposals.actions.core import save_core
from proposals.actions.internal_deadlines import set_internal_deadline
from proposals.actions.signing import signatures_of
from proposals.actions.submission import reopen_proposal, submit_proposal
from proposals.approvals import approvals_handled_by, still_waiting
from proposals.models import InstitutionApproval, InternalDeadline, Proposal, ProposalAccess
from tests.builders.approval import (
    make_approval,
    make_approving_call,
    make_institution_officer,
    make_signed,
    sign_all,
)
from tests.builders.people import make_institution, make_member
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import YEARLY, make_pi, make_proposal

pytestmark = pytest.mark.django_db


def made() -> Proposal:
    """A complete and signed draft in a call that asks for the approval."""
    return make_signed(make_approving_call(make_stage()))


def asked(proposal: Proposal) -> InstitutionApproval:
    return ask_approval(proposal=proposal, by=proposal.pi.user, sha256=digest_of(proposal))


def digest_of(proposal: Proposal) -> str:
    return approval_digest(content_of(Proposal.objects.get(pk=proposal.pk)))


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def change_budget(proposal: Proposal) -> None:
    proposal.refresh_from_db()
    amounts = {(year, key): amount for year in proposal.fiscal_years for key, amount in YEARLY.items()}
    amounts[proposal.fiscal_years[0], "indirect"] -= 1_000
    save_budget(proposal=proposal, by=proposal.pi.user, version=proposal.version, amounts=amounts)


def change_title(proposal: Proposal) -> None:
    proposal.refresh_from_db()
    save_core(
        proposal=proposal,
        by=proposal.pi.user,
        version=proposal.version,
        title_ja="別の題",
        title_en="Another title",
        years=5,
    )


def test_a_proposal_is_submitted_only_with_a_valid_approval() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_missing"]
    approval = asked(proposal)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_asked"]
    approve_proposal(approval=approval, by=officer)
    submission = submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert submission.number == 1


def test_a_call_that_does_not_ask_lets_submit_without() -> None:
    proposal = make_proposal(make_call(make_stage()))
    assert submit_proposal(proposal=proposal, by=proposal.pi.user).number == 1


def test_a_change_to_an_annex_voids_the_approval_and_no_signature() -> None:
    proposal = made()
    approve_proposal(approval=asked(proposal), by=make_institution_officer(proposal))
    change_budget(proposal)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_void"]
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert [signed.is_void for signed in signatures_of(fresh, content_of(fresh))] == [False]


def test_a_change_to_the_core_voids_the_signatures_and_the_approval() -> None:
    proposal = made()
    approve_proposal(approval=asked(proposal), by=make_institution_officer(proposal))
    change_title(proposal)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert [signed.is_void for signed in signatures_of(fresh, content_of(fresh))] == [True]
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_void"]
    with pytest.raises(RuleBroken) as broken:
        asked(proposal)
    assert codes(broken) == ["signatures_missing"]


def test_what_is_again_as_it_was_approved_is_approved() -> None:
    proposal = made()
    approve_proposal(approval=asked(proposal), by=make_institution_officer(proposal))
    change_budget(proposal)
    proposal.refresh_from_db()
    amounts = {(year, key): amount for year in proposal.fiscal_years for key, amount in YEARLY.items()}
    save_budget(proposal=proposal, by=proposal.pi.user, version=proposal.version, amounts=amounts)
    assert submit_proposal(proposal=proposal, by=proposal.pi.user).number == 1


def test_words_of_the_call_that_an_officer_mends_void_no_approval() -> None:
    proposal = made()
    approve_proposal(approval=asked(proposal), by=make_institution_officer(proposal))
    with writing():
        proposal.call.title_en = "Mended title"
        proposal.call.save()
        proposal.institution.name_en = "Mended name"
        proposal.institution.save()
    assert submit_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=proposal.pi.user).number == 1


def test_reopened_and_changed_it_needs_a_new_approval() -> None:
    proposal = made()
    approve_proposal(approval=asked(proposal), by=make_institution_officer(proposal))
    submit_proposal(proposal=proposal, by=proposal.pi.user)
    reopen_proposal(proposal=proposal, by=proposal.pi.user)
    change_budget(proposal)
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_void"]


def test_it_is_asked_for_when_complete_and_signed() -> None:
    proposal = make_proposal(make_approving_call(make_stage()), is_complete=False)
    with pytest.raises(RuleBroken) as broken:
        asked(proposal)
    assert codes(broken) == ["approval_before_complete"]


def test_nobody_but_the_principal_investigator_asks() -> None:
    proposal = made()
    with pytest.raises(NotAllowed):
        ask_approval(proposal=proposal, by=make_institution_officer(proposal), sha256=digest_of(proposal))


def test_what_was_changed_before_asking_is_not_asked_for() -> None:
    proposal = made()
    seen = digest_of(proposal)
    change_budget(proposal)
    with pytest.raises(RuleBroken) as broken:
        ask_approval(proposal=proposal, by=proposal.pi.user, sha256=seen)
    assert codes(broken) == ["changed_before_asking"]


def test_a_new_request_replaces_the_one_that_waits() -> None:
    proposal = made()
    first = asked(proposal)
    with pytest.raises(RuleBroken) as broken:
        asked(proposal)
    assert codes(broken) == ["approval_asked_already"]
    change_budget(proposal)
    officer = make_institution_officer(proposal)
    with pytest.raises(RuleBroken) as broken:
        approve_proposal(approval=first, by=officer)
    assert codes(broken) == ["approval_outdated"]
    second = asked(proposal)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "asked")
    with pytest.raises(RuleBroken) as broken:
        approve_proposal(approval=first, by=officer)
    assert codes(broken) == ["transition_not_allowed"]


def test_a_return_needs_a_comment_which_the_principal_investigator_is_mailed() -> None:
    proposal = made()
    officer, approval = make_institution_officer(proposal), asked(proposal)
    with pytest.raises(RuleBroken) as broken:
        return_proposal(approval=approval, by=officer, comment="  ")
    assert codes(broken) == ["comment_missing"]
    return_proposal(approval=approval, by=officer, comment="旅費の根拠を示してください。")
    mail = OutboxMail.objects.get(template="institution_returned")
    assert mail.recipient == proposal.pi.user.email
    assert "旅費の根拠を示してください。" in mail.body


def test_an_approval_given_too_soon_is_returned_until_the_submission() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    approval = approve_proposal(approval=asked(proposal), by=officer)
    return_proposal(approval=approval, by=officer, comment="誤って承認したため")
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    assert codes(broken) == ["approval_returned"]
    again = approve_proposal(approval=asked(proposal), by=officer)
    submit_proposal(proposal=proposal, by=proposal.pi.user)
    with pytest.raises(RuleBroken) as broken:
        return_proposal(approval=again, by=officer, comment="もう遅い")
    assert codes(broken) == ["proposal_not_draft"]


def test_after_the_deadline_nothing_is_answered() -> None:
    proposal = made()
    officer, approval = make_institution_officer(proposal), asked(proposal)
    with time_machine.travel(proposal.deadline_at, tick=False):
        with pytest.raises(RuleBroken) as broken:
            approve_proposal(approval=approval, by=officer)
        assert codes(broken) == ["deadline_passed"]
        assert not approvals_handled_by(officer).filter(still_waiting()).exists()
        assert approvals_handled_by(officer).count() == 1  # it stays in the history


def test_officers_and_deputies_are_told_once_each() -> None:
    proposal = made()
    officer, deputy = (
        make_institution_officer(proposal),
        make_institution_officer(proposal, Role.INSTITUTION_DEPUTY),
    )
    make_member(make_institution(), Role.INSTITUTION_OFFICER)
    asked(proposal)
    told = OutboxMail.objects.filter(template="approval_asked").values_list("recipient", flat=True)
    assert sorted(told) == sorted([officer.email, deputy.email])


def test_an_officer_of_another_institution_has_no_right() -> None:
    proposal = made()
    approval, other = asked(proposal), make_member(make_institution(), Role.INSTITUTION_OFFICER)
    assert not approvals_handled_by(other).exists()
    with pytest.raises(NotAllowed):
        approve_proposal(approval=approval, by=other)


def test_nobody_approves_what_they_have_an_interest_in() -> None:
    proposal = made()
    both = proposal.pi.user
    approval = asked(proposal)
    make_member(proposal.institution)
    excluded = make_institution_officer(proposal)
    with writing():
        both.person.memberships.create(
            organisation=proposal.institution,
            role=Role.INSTITUTION_OFFICER,
            starts_on=today() - dt.timedelta(days=1),
        )
        ProposalAccess.objects.create(
            proposal=proposal, person=excluded.person, kind="excluded", source="conflict"
        )
    both.__dict__.pop("_memberships_today", None)
    for user in (both, excluded):
        assert not approvals_handled_by(user).exists()
        with pytest.raises(NotAllowed):
            approve_proposal(approval=approval, by=user)


def test_a_deputy_decides_from_day_to_day_and_no_longer() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    colleague = make_pi(proposal.institution)
    approval = asked(proposal)
    with pytest.raises(NotAllowed):
        approve_proposal(approval=approval, by=colleague)
    member = colleague.person.memberships.get()
    name_deputy(member=member, by=officer, starts_on=today(), ends_on=today() + dt.timedelta(days=3))
    assert AuditEntry.objects.filter(verb="given").exists()
    with time_machine.travel(now() + dt.timedelta(days=5)):
        colleague.__dict__.pop("_memberships_today", None)
        with pytest.raises(NotAllowed):
            approve_proposal(approval=approval, by=colleague)
    colleague.__dict__.pop("_memberships_today", None)
    approve_proposal(approval=approval, by=colleague)
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by) == ("approved", colleague)


def test_a_deputy_is_of_the_institution_and_has_a_last_day() -> None:
    proposal = made()
    officer, stranger = make_institution_officer(proposal), make_pi()
    own = make_pi(proposal.institution).person.memberships.get()
    with pytest.raises(RuleBroken) as broken:
        name_deputy(member=own, by=officer, starts_on=today())
    assert codes(broken) == ["deputy_without_end"]
    with pytest.raises(NotAllowed):
        name_deputy(member=stranger.person.memberships.get(), by=officer, starts_on=today(), ends_on=today())
    deputy = make_institution_officer(proposal, Role.INSTITUTION_DEPUTY)
    with pytest.raises(NotAllowed):
        name_deputy(member=own, by=deputy, starts_on=today(), ends_on=today())


def test_several_are_approved_at_once_but_for_what_was_changed() -> None:
    call = make_approving_call(make_stage())
    institution = make_institution()
    proposals = [make_signed(call, pi=make_pi(institution)) for _ in range(3)]
    approvals = [asked(proposal) for proposal in proposals]
    change_budget(proposals[1])
    officer = make_member(institution, Role.INSTITUTION_OFFICER)
    approved = approve_each(approvals=approvals, by=officer)
    assert [one.pk for one in approved] == [approvals[0].pk, approvals[2].pk]
    assert OutboxMail.objects.filter(template="institution_approved").count() == 2


def test_the_nearest_internal_deadline_comes_first() -> None:
    stage, institution = make_stage(), make_institution()
    calls = [make_approving_call(stage) for _ in range(3)]
    rows = [make_approval(make_signed(call, pi=make_pi(institution))) for call in calls]
    with writing():
        for call, days in ((calls[1], 9), (calls[2], 3)):
            InternalDeadline.objects.create(
                institution=institution, call=call, on=today() + dt.timedelta(days=days)
            )
    officer = make_member(institution, Role.INSTITUTION_OFFICER)
    assert [one.pk for one in approvals_handled_by(officer)] == [rows[2].pk, rows[1].pk, rows[0].pk]


def test_an_internal_deadline_is_set_by_the_officer_and_bars_nobody() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    day = today() + dt.timedelta(days=2)
    set_internal_deadline(institution=proposal.institution, call=proposal.call, by=officer, on=day)
    with pytest.raises(NotAllowed):
        set_internal_deadline(
            institution=proposal.institution,
            call=proposal.call,
            by=make_institution_officer(proposal, Role.INSTITUTION_DEPUTY),
            on=day,
        )
    with pytest.raises(RuleBroken) as broken:
        late = proposal.deadline_at.date() + dt.timedelta(days=2)
        set_internal_deadline(institution=proposal.institution, call=proposal.call, by=officer, on=late)
    assert codes(broken) == ["internal_deadline_late"]
    with time_machine.travel(now() + dt.timedelta(days=5)):
        assert asked(proposal).state == "asked"
    set_internal_deadline(institution=proposal.institution, call=proposal.call, by=officer, on=None)
    assert not InternalDeadline.objects.exists()


def test_each_act_is_in_the_trail() -> None:
    proposal = made()
    officer = make_institution_officer(proposal)
    return_proposal(approval=asked(proposal), by=officer, comment="見直してください")
    change_budget(proposal)
    sign_all(proposal)
    approve_proposal(approval=asked(proposal), by=officer)
    verbs = AuditEntry.objects.filter(
        subject_id=proposal.public_id,
        verb__in=("approval_asked", "institution_returned", "institution_approved"),
    ).order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "approval_asked", "institution_returned", "approval_asked", "institution_approved"
    ]  # fmt: skip
