"""Beginning a proposal and writing its parts."""

import datetime as dt

import pytest

from accounts.enums import Role
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.budgets import save_budget
from proposals.actions.core import save_core, start_proposal
from proposals.actions.sections import save_section
from proposals.models import Proposal, TeamMember
from tests.builders.people import make_institution, make_member, make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def core(proposal: Proposal, by: object, **changes: object) -> Proposal:
    values = {"version": proposal.version, "title_ja": "題", "title_en": "Title", "years": 5, **changes}
    return save_core(proposal=proposal, by=by, **values)


def test_start_makes_a_draft_led_by_its_maker() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_call(stage)
    institution = pi.person.memberships.get().organisation
    proposal = start_proposal(call=call, by=pi, institution=institution, designation=stage.designation)
    assert (proposal.state, proposal.pi, proposal.years) == ("draft", pi.person, 5)
    assert proposal.team.get().role == "pi"
    assert AuditEntry.objects.get(subject_id=proposal.public_id).verb == "started"


@pytest.mark.parametrize("state", ["draft", "closed", "review", "decided", "cancelled"])
def test_start_needs_an_open_call(state: str) -> None:
    call, pi = make_call(make_stage(), state=state), make_pi()
    with pytest.raises(RuleBroken) as broken:
        start_proposal(call=call, by=pi, institution=pi.person.memberships.get().organisation)
    assert codes(broken) == ["call_not_open"]


def test_start_needs_a_researcher_of_that_institution() -> None:
    call = make_call(make_stage())
    officer = make_member(make_institution(), Role.INSTITUTION_OFFICER)
    for user, institution in (
        (make_pi(), make_institution()),
        (officer, officer.person.memberships.get().organisation),
        (make_user(), make_institution()),
    ):
        with pytest.raises(NotAllowed):
            start_proposal(call=call, by=user, institution=institution)


def test_start_refuses_a_designation_of_another_call() -> None:
    call, other, pi = make_call(make_stage()), make_stage(), make_pi()
    with pytest.raises(RuleBroken) as broken:
        start_proposal(
            call=call,
            by=pi,
            institution=pi.person.memberships.get().organisation,
            designation=other.designation,
        )
    assert codes(broken) == ["designation_not_of_call"]


def test_edits_of_different_parts_are_both_kept() -> None:
    pi = make_pi()
    opened = make_proposal(make_call(make_stage()), pi=pi)
    core(opened, pi, title_ja="新しい題")
    section = opened.form_version.sections.get(key="plan")
    save_section(proposal=opened, section=section, by=pi, text="本文", revision=1)
    save_budget(proposal=opened, by=pi, version=opened.version, amounts={(2026, "goods"): 7})
    saved = Proposal.objects.get(pk=opened.pk)
    assert (saved.title_ja, saved.budget.get().amount) == ("新しい題", 7)
    assert saved.sections.get(section=section).text == "本文"
    assert saved.version == 4


def test_two_titles_are_a_conflict() -> None:
    pi = make_pi()
    opened = make_proposal(make_call(make_stage()), pi=pi)
    core(opened, pi, title_ja="一")
    with pytest.raises(RuleBroken) as broken:
        core(opened, pi, title_ja="二")
    assert codes(broken) == ["stale_version_own"]
    assert Proposal.objects.get(pk=opened.pk).title_ja == "一"


def test_the_same_save_twice_is_one() -> None:
    pi = make_pi()
    opened = make_proposal(make_call(make_stage()), pi=pi)
    assert core(opened, pi).version == core(opened, pi).version == 2


def test_two_budgets_are_a_conflict() -> None:
    pi = make_pi()
    opened = make_proposal(make_call(make_stage()), pi=pi)
    save_budget(proposal=opened, by=pi, version=1, amounts={(2026, "goods"): 1})
    with pytest.raises(RuleBroken) as broken:
        save_budget(proposal=opened, by=pi, version=1, amounts={(2026, "goods"): 2})
    assert codes(broken) == ["stale_version_own"]


def test_two_texts_of_a_section_are_a_conflict() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    section = proposal.form_version.sections.get(key="plan")
    save_section(proposal=proposal, section=section, by=pi, text="一", revision=1)
    with pytest.raises(RuleBroken) as broken:
        save_section(proposal=proposal, section=section, by=pi, text="二", revision=1)
    assert codes(broken) == ["stale_version_own"]
    assert proposal.sections.get(section=section).text == "一"


def test_a_section_saved_again_unchanged_is_saved_once() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, is_complete=False)
    section = proposal.form_version.sections.get(key="plan")
    for _ in range(2):
        written = save_section(proposal=proposal, section=section, by=pi, text="あ\r\nい", revision=0)
    assert (written.revision, written.text, written.edited_by) == (1, "あ\nい", pi)


def test_a_sitting_leaves_one_entry_in_the_trail() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, is_complete=False)
    section = proposal.form_version.sections.get(key="plan")
    start = clock.now()
    for minute in (0, 1, 2, 30):
        with clock.set_to(start + dt.timedelta(minutes=minute)):
            save_section(
                proposal=proposal,
                section=section,
                by=pi,
                text=f"{minute}",
                revision=[0, 1, 2, 30].index(minute) if minute < 30 else 3,
            )
    assert AuditEntry.objects.filter(subject_id=proposal.public_id, verb="changed_section").count() == 2


def test_section_length_counts_code_points() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, is_complete=False)
    section = proposal.form_version.sections.get(key="plan")
    text = "あ" * 1998 + "\r\n" + "𠮷"
    save_section(proposal=proposal, section=section, by=pi, text=text, revision=0)
    with pytest.raises(RuleBroken) as broken:
        save_section(proposal=proposal, section=section, by=pi, text=text + "𠮷", revision=1)
    assert codes(broken) == ["text_over_limit"]


def test_hostile_texts_are_refused() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with pytest.raises(RuleBroken) as broken:
        core(proposal, pi, title_ja="研究\x00計画", title_en="x" * 201, years=99)
    assert codes(broken) == ["text_has_nul", "text_over_limit", "years_outside_call"]


def test_a_section_of_another_form_is_not_there() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    other = make_call(make_stage()).form_versions.get().sections.get(key="plan")
    with pytest.raises(NotAllowed):
        save_section(proposal=proposal, section=other, by=pi, text="", revision=0)


def test_co_investigator_writes_others_do_not() -> None:
    stage = make_stage()
    proposal, colleague, partner = make_proposal(make_call(stage)), make_user(), make_user()
    with writing():
        for user, role in ((colleague, "co_investigator"), (partner, "partner_member")):
            TeamMember.objects.create(
                joined_at=now(),
                proposal=proposal,
                person=user.person,
                role=role,
                institution_name="X",
                country_code="JP",
            )
    assert core(proposal, colleague).title_ja == "題"
    for user in (partner, make_pi(), stage.home1):
        with pytest.raises(NotAllowed):
            core(proposal, user)


def test_nothing_is_changed_after_the_deadline() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    section = proposal.form_version.sections.get(key="plan")
    with clock.set_to(proposal.call.deadline_at):
        for save in (
            lambda: core(proposal, pi),
            lambda: save_section(proposal=proposal, section=section, by=pi, text="遅", revision=1),
            lambda: save_budget(proposal=proposal, by=pi, version=1, amounts={}),
        ):
            with pytest.raises(RuleBroken) as broken:
                save()
            assert codes(broken) == ["deadline_passed"]
    assert Proposal.objects.get(pk=proposal.pk).version == 1


def test_nothing_is_changed_after_submission() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi, state="submitted")
    with pytest.raises(RuleBroken) as broken:
        core(proposal, pi)
    assert codes(broken) == ["proposal_not_draft"]


def test_a_draft_budget_may_go_over_the_cap() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    save_budget(proposal=proposal, by=pi, version=1, amounts={(2026, "goods"): 100_000_001})
    assert proposal.budget.get().amount == 100_000_001


def test_a_budget_that_is_none_is_refused() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with pytest.raises(RuleBroken) as broken:
        save_budget(proposal=proposal, by=pi, version=1, amounts={(2040, "goods"): 1, (2026, "goods"): -1})
    assert codes(broken) == ["budget_year_outside_term", "amount_negative"]
    assert proposal.budget.count() == 25
