"""An agency returns a received proposal for correction: named parts, until an hour, and the last version stays valid."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken, sentence
from program.models import Call
from proposals.actions.core import save_core
from proposals.actions.corrections import return_for_correction
from proposals.actions.eligibility import confirm_award, judge_eligibility
from proposals.actions.sections import save_section
from proposals.actions.submission import lock_overdue_calls, submit_proposal
from proposals.actions.team import remove_attachment
from proposals.models import Correction, EligibilityVerdict, Proposal, ProposalAccess
from tests.builders.people import make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def locked(stage: Stage, **call: Any) -> Proposal:
    values = {"deadline_at": now() - dt.timedelta(days=1), **call}
    return fresh(make_proposal(make_call(stage, state="closed", **values), state="locked"))


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("call", "pi__user", "form_version").get(pk=proposal.pk)


def client(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def returned(proposal: Proposal, agency: Any, by: Any, *parts: str, **fields: Any) -> Correction:
    values = {"what": "研究計画の年度を訂正", "until": now() + dt.timedelta(days=7), **fields}
    return return_for_correction(
        proposal=proposal, agency=agency, by=by, parts=parts or ("section:plan",), **values
    )


def write(proposal: Proposal, text: str, key: str = "plan") -> Any:
    section = proposal.form_version.sections.get(key=key)
    revision = proposal.sections.get(section=section).revision
    return save_section(
        proposal=proposal,
        section=section,
        by=proposal.pi.user,
        text=text,
        revision=revision,
        is_complete=True,
    )


def text_of(proposal: Proposal) -> str:
    return str(proposal.sections.get(section__key="plan").text)


def test_only_the_named_parts_may_be_changed_and_only_until_then() -> None:
    stage = make_stage()
    proposal = locked(stage)
    until = now() + dt.timedelta(days=7)
    correction = returned(proposal, stage.partner, stage.partner1, until=until)
    proposal = fresh(proposal)
    assert (proposal.state, proposal.deadline_at, correction.submission_number) == ("draft", until, 1)
    write(proposal, "訂正後の計画。")
    assert refused(lambda: write(proposal, "別の節。", "dispatch")) == ["part_not_returned"]
    titles = {"title_ja": "改題", "title_en": "New", "years": proposal.years, "version": proposal.version}
    assert refused(lambda: save_core(proposal=fresh(proposal), by=proposal.pi.user, **titles)) == [
        "part_not_returned"
    ]
    assert refused(lambda: remove_attachment(proposal=proposal, by=proposal.pi.user)) == ["part_not_returned"]
    with clock.set_to(until - dt.timedelta(milliseconds=1)):
        write(proposal, "締切直前。")
    with clock.set_to(until):
        assert refused(lambda: write(proposal, "遅れた文。")) == ["deadline_passed"]
        assert refused(lambda: submit_proposal(proposal=proposal, by=proposal.pi.user)) == ["deadline_passed"]


def test_it_is_submitted_again_under_its_number_as_a_new_version_and_verdicts_are_void() -> None:
    stage = make_stage()
    proposal = locked(stage)
    number = proposal.receipt_number
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict="no", reasons="年度が合わない。"
    )
    confirm_award(award=proposal.awards.get(), by=stage.partner1, verdict="yes")
    returned(fresh(proposal), stage.partner, stage.partner1)
    assert EligibilityVerdict.objects.count() == 1  # it stands on the version that is valid still
    proposal = fresh(proposal)
    write(proposal, "訂正後の計画。")
    submission = submit_proposal(proposal=fresh(proposal), by=proposal.pi.user)
    assert (submission.number, fresh(proposal).receipt_number) == (2, number)
    assert not EligibilityVerdict.objects.exists()
    voided = AuditEntry.objects.get(verb="verdict_voided")
    assert voided.details == {"agency": stage.home.public_id, "before": "no"}
    assert "年度が合わない。" in str(voided.private)
    # the award could not change, so what its agency said of it stands
    assert proposal.awards.get().verdict == "yes"
    with clock.set_to(fresh(proposal).deadline_at):
        assert lock_overdue_calls() == 1
        proposal = fresh(proposal)
        assert (proposal.state, text_of(proposal)) == ("locked", "訂正後の計画。")
        judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes")
        judge_eligibility(proposal=proposal, agency=stage.partner, by=stage.partner1, verdict="yes")
    assert fresh(proposal).state == "eligible"


@pytest.mark.parametrize("state", ["closed", "review"])
def test_if_nothing_comes_the_last_version_and_the_verdicts_on_it_stay(state: str) -> None:
    stage = make_stage()
    proposal = locked(stage)
    judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes")
    before = text_of(proposal)
    correction = returned(fresh(proposal), stage.partner, stage.partner1)
    write(fresh(proposal), "提出されない文。")
    with writing():
        proposal.call.state = state  # the review may begin meanwhile
        proposal.call.save()
    with clock.set_to(correction.until):
        assert lock_overdue_calls() == 1
    proposal = fresh(proposal)
    correction.refresh_from_db()
    assert (proposal.state, text_of(proposal), correction.ended_at) == ("locked", before, correction.until)
    assert EligibilityVerdict.objects.get().verdict == "yes"


def test_an_award_that_may_change_is_confirmed_anew() -> None:
    stage = make_stage()
    proposal = locked(stage)
    confirm_award(award=proposal.awards.get(), by=stage.partner1, verdict="yes")
    returned(fresh(proposal), stage.home, stage.home1, "award")
    assert proposal.awards.get().verdict == ""


def test_it_is_returned_by_an_agencys_own_officers_and_only_while_it_is_judged() -> None:
    stage = make_stage()
    proposal = locked(stage, signs_in=False)
    for agency, by in (
        (stage.partner, stage.home1),  # nobody returns on another's behalf
        (stage.home, stage.partner1),
        (stage.home, stage.home2),
        (stage.home, stage.ministry1),
        (stage.home, proposal.pi.user),
        (stage.home, make_user()),
    ):
        with pytest.raises(NotAllowed):
            returned(proposal, agency, by)
    assert refused(lambda: returned(proposal, stage.home, stage.home1, "made_up")) == [
        "correction_without_parts"
    ]
    returned(proposal, stage.home, stage.home1)
    assert refused(lambda: returned(proposal, stage.home, stage.home1)) == ["verdict_not_asked"]
    other = locked(stage)
    with writing():
        ProposalAccess.objects.create(
            proposal=other, person=stage.home1.person, kind="excluded", source="test"
        )
    with pytest.raises(NotAllowed):
        returned(other, stage.home, stage.home1)


def test_what_is_still_judged_while_the_call_is_under_review_is_returned_and_received_again() -> None:
    """The review of other proposals has begun (call.state); one is still being judged."""
    stage = make_stage()
    proposal = locked(stage)
    with writing():
        Call.objects.update(state="review")
    page = client(stage.home1).get(reverse("proposals:office_proposal", args=[proposal.public_id]))
    where = reverse("proposals:correction", args=[proposal.public_id, stage.home.public_id])
    assert where in page.content.decode()
    returned(fresh(proposal), stage.home, stage.home1)
    write(fresh(proposal), "訂正した計画")
    with clock.set_to(now() + dt.timedelta(days=8)):
        assert lock_overdue_calls() == 1
    assert fresh(proposal).state == "locked"
    # and more time is given as well, as long as nobody has judged it
    where = reverse("proposals:extend", args=[proposal.public_id])
    assert client(stage.home1).get(where).status_code == 200


def test_the_pi_is_told_once_and_so_are_the_officers_of_the_other_agency() -> None:
    stage = make_stage()
    proposal = locked(stage)
    returned(proposal, stage.home, stage.home1)
    own = OutboxMail.objects.get(template="correction_asked")
    assert own.recipient == proposal.pi.user.email
    assert "研究計画の年度を訂正" in own.body
    office = OutboxMail.objects.filter(template="correction_asked_office")
    assert [mail.recipient for mail in office] == [stage.partner1.email]


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_the_applicant_is_told_once_when_all_have_judged(verdict: str) -> None:
    stage = make_stage()
    proposal = locked(stage)
    told = OutboxMail.objects.filter(template="eligibility_told")
    judge_eligibility(proposal=proposal, agency=stage.home, by=stage.home1, verdict="yes")
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict=verdict, reasons="期間が満たない。"
    )
    assert not told.exists()
    judge_eligibility(proposal=proposal, agency=stage.partner, by=stage.partner1, verdict="yes")
    mail = told.get()
    assert mail.recipient == proposal.pi.user.email
    # the reasons of a yes are the agencies' own
    assert ("期間が満たない。" in mail.body) == (verdict == "no")


def test_the_pages_of_officer_and_team_say_what_is_to_be_corrected() -> None:
    stage = make_stage()
    proposal = locked(stage)
    with translation.override("ja"):
        office = reverse("proposals:office_proposal", args=[proposal.public_id])
        url = reverse("proposals:correction", args=[proposal.public_id, stage.home.public_id])
        tasks = reverse("proposals:tasks", args=[proposal.public_id])
        sections = {
            key: reverse("proposals:section", args=[proposal.public_id, key]) for key in ("plan", "dispatch")
        }
    officer, applicant = Client(), Client()
    officer.force_login(stage.home1)
    applicant.force_login(proposal.pi.user)
    assert url in officer.get(office).content.decode()
    day = (now() + dt.timedelta(days=7)).date().isoformat()
    sent = {"parts": ["section:plan"], "what": "年度を訂正", "on": day, "time": "17:00"}
    assert officer.post(url, sent | {"parts": []}).status_code == 200
    assert officer.post(url, sent).status_code == 302
    # while it is with its team no officer reads it
    assert [officer.get(one).status_code for one in (office, url)] == [404, 404]
    page = applicant.get(tasks).content.decode()
    assert "年度を訂正" in page
    shown = page.split("<main")[1]
    assert (f'href="{sections["plan"]}"' in shown, f'href="{sections["dispatch"]}"' in shown) == (True, False)
    assert Correction.objects.get().until.astimezone(dt.UTC).hour == 8  # 17:00 in Japan
