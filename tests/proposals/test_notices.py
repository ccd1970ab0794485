"""A notice of intent is given, changed until its deadline, judged by each agency, and becomes a proposal."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Organisation, User
from kernel import clock
from kernel.actions import writing
from kernel.files.store import store_bytes
from kernel.outbox.models import OutboxMail
from kernel.revisions import fingerprint
from kernel.violations import NotAllowed, RuleBroken, sentence
from proposals.actions.core import start_proposal
from proposals.actions.notice_proposals import begin_from_notice
from proposals.actions.notice_verdicts import (
    admit,
    confirm_notice_verdict,
    declare_notice_conflict,
    judge_notice,
)
from proposals.actions.notices import give_notice, save_notice, withdraw_notice
from proposals.actions.submission import submit_proposal, withdraw_proposal
from proposals.models import NoticeOfIntent, Proposal, ProposalAccess
from proposals.notices import office_notices
from tests.builders.notices import answer_notice, make_notice, make_notice_call, values_of
from tests.builders.people import make_institution, make_user
from tests.builders.program import make_stage, make_support_type
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert all(sentence(violation) for violation in broken.value.violations)
    return [violation.code for violation in broken.value.violations]


def home_of(user: Any) -> Any:
    return user.person.memberships.get().organisation


def given(call: Any, by: Any, **changes: Any) -> NoticeOfIntent:
    values = {"institution": home_of(by), "is_submitted": True, **values_of(call), **changes}
    return give_notice(call=call, by=by, **values)


def mails(template: str) -> int:
    return OutboxMail.objects.filter(template=template).count()


def test_a_notice_is_received_under_a_number_of_its_call_with_one_mail() -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    first, second = given(call, pi), given(call, make_pi())
    assert (first.state, first.number) == ("submitted", f"{call.code}-N0001")
    assert second.number == f"{call.code}-N0002"
    mail = OutboxMail.objects.get(template="notice_received", recipient=pi.email)
    assert f"{call.code}-N0001" in mail.subject + mail.body
    assert "UTC" in mail.body


def test_a_draft_may_be_blank_and_is_submitted_only_when_it_is_whole() -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    blank = give_notice(call=call, by=pi, institution=home_of(pi), is_submitted=False)
    assert (blank.state, blank.number) == ("draft", None)
    keep: dict[str, Any] = {"notice": blank, "by": pi, "institution": home_of(pi)}
    codes = refused(lambda: save_notice(**keep, is_submitted=True))
    assert set(codes) == {
        "title_ja_missing",
        "title_en_missing",
        "notice_summary_missing",
        "designation_missing",
        "partner_agency_missing",
        "notice_partner_missing",
        "notice_institution_missing",
        "notice_country_missing",
    }
    done = save_notice(**keep, is_submitted=True, **values_of(call))
    assert (done.state, done.version) == ("submitted", 1)


def test_until_the_deadline_it_is_changed_under_its_number_and_from_it_on_no_more() -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    notice = given(call, pi)
    keep: dict[str, Any] = {"notice": notice, "by": pi, "institution": home_of(pi), "is_submitted": False}
    due = call.notice_deadline_at
    assert due is not None
    with clock.set_to(due - dt.timedelta(microseconds=1)):
        changed = save_notice(**keep, title_en="Another title")
    assert (changed.number, changed.version, changed.state) == (notice.number, 2, "submitted")
    assert mails("notice_received") == 2
    assert refused(lambda: save_notice(**keep, title_en="Late", arrived_at=due)) == ["deadline_passed"]
    with clock.set_to(due):
        # It arrived in time; only its turn came late.
        in_time = due - dt.timedelta(microseconds=1)
        assert save_notice(**keep, title_en="In time", arrived_at=in_time).version == 3
        assert refused(lambda: given(call, make_pi())) == ["deadline_passed"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"country_code": "JP"}, "partner_in_japan"),
        ({"title_ja": "研究\x00計画"}, "text_has_nul"),
        ({"summary": "あ" * 1001}, "text_over_limit"),
        ({"family_romaji": "Sam\u202eple"}, "name_has_hidden_character"),
    ],
)
def test_what_not_even_a_draft_may_hold(change: dict[str, str], code: str) -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    assert refused(lambda: given(call, pi, is_submitted=False, **change)) == [code]
    assert not NoticeOfIntent.objects.exists()


def test_agency_type_and_partner_belong_to_the_call_and_nobody_is_their_own_partner() -> None:
    stage, pi = make_stage(), make_pi()
    call, other = make_notice_call(stage), make_notice_call(stage)
    make_support_type(call)
    foreign = make_support_type(other)
    codes = refused(lambda: given(call, pi, partner_agency=stage.home))
    assert codes == ["award_agency_not_of_call", "support_type_missing"]
    assert "support_type_not_of_call" in refused(lambda: given(call, pi, support_type=foreign))
    assert "member_is_the_pi" in refused(lambda: given(call, pi, email=pi.email.upper()))
    assert refused(lambda: given(call, pi)) == ["support_type_missing"]


def test_a_call_that_asks_for_none_takes_none_and_a_stranger_changes_nothing() -> None:
    stage, pi = make_stage(), make_pi()
    plain = make_notice_call(stage, notice="off", notice_deadline_at=None)
    assert refused(lambda: given(plain, pi)) == ["notice_not_taken"]
    notice = given(make_notice_call(stage), pi)
    stranger = make_pi()
    for act in (
        lambda: save_notice(notice=notice, by=stranger, institution=home_of(stranger), is_submitted=True),
        lambda: withdraw_notice(notice=notice, by=stranger, reason="他人"),
        lambda: begin_from_notice(notice=notice, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_withdrawn_with_a_reason_and_not_under_a_proposal() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, pi=pi, state="accepted")
    assert refused(lambda: withdraw_notice(notice=notice, by=pi, reason=" ")) == ["reason_missing"]
    proposal = begin_from_notice(notice=notice, by=pi)
    assert refused(lambda: withdraw_notice(notice=notice, by=pi, reason="中止")) == ["notice_has_proposal"]
    withdraw_proposal(proposal=proposal, by=pi, reason="中止")
    assert withdraw_notice(notice=notice, by=pi, reason="中止").state == "withdrawn"
    assert mails("notice_withdrawn") == 1


def test_each_agency_answers_for_itself_and_the_applicant_is_told_once() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, pi=pi)
    with pytest.raises(NotAllowed):
        judge_notice(notice=notice, agency=stage.partner, by=stage.home1, verdict="yes")
    judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="no", reasons="重複")
    judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="advice", reasons="予算を見直す")
    notice.refresh_from_db()
    assert (notice.state, mails("notice_told")) == ("submitted", 0)
    judge_notice(notice=notice, agency=stage.partner, by=stage.partner1, verdict="yes")
    notice.refresh_from_db()
    assert notice.state == "accepted"
    body = OutboxMail.objects.get(template="notice_told").body
    assert "予算を見直す" in body and "重複" not in body
    assert refused(
        lambda: judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="no", reasons="遅い")
    ) == ["verdict_not_asked"]


def test_one_no_refuses_it_and_both_answers_are_kept_and_told() -> None:
    stage = make_stage()
    notice = make_notice(make_notice_call(stage, is_past=True))
    judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="yes")
    judge_notice(notice=notice, agency=stage.partner, by=stage.partner1, verdict="no", reasons="No award")
    notice.refresh_from_db()
    assert (notice.state, notice.verdicts.count(), mails("notice_told")) == ("refused", 2, 1)
    assert "No award" in OutboxMail.objects.get(template="notice_told").body


def test_before_the_deadline_nobody_judges_and_nobody_of_an_agency_reads() -> None:
    stage = make_stage()
    notice = make_notice(make_notice_call(stage))
    assert not office_notices(stage.home1).exists()
    with pytest.raises(NotAllowed):
        judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="yes")


def test_for_an_agency_that_does_not_sign_in_letter_date_and_second_officer_count() -> None:
    stage = make_stage()
    notice = make_notice(make_notice_call(stage, is_past=True, signs_in=False))
    judge_notice(notice=notice, agency=stage.home, by=stage.home1, verdict="yes")
    behalf: dict[str, Any] = {"notice": notice, "agency": stage.partner, "by": stage.home1, "verdict": "yes"}
    assert refused(lambda: judge_notice(**behalf)) == ["letter_missing", "letter_date_missing"]
    letter = store_bytes(name="回答.pdf", content=b"%PDF-1.7 letter")
    answer = judge_notice(**behalf, letter=letter, letter_dated=dt.date(2026, 10, 1))
    notice.refresh_from_db()
    assert notice.state == "submitted"
    with pytest.raises(NotAllowed):
        confirm_notice_verdict(answer=answer, by=stage.home1)
    confirm_notice_verdict(answer=answer, by=stage.home2)
    notice.refresh_from_db()
    assert notice.state == "accepted"
    assert refused(lambda: confirm_notice_verdict(answer=answer, by=stage.home2)) == [
        "nothing_to_confirm",
        "verdict_not_asked",
    ]


@pytest.mark.parametrize("has_merged", [False, True])
def test_whoever_has_moved_since_begins_it_where_they_are_now(has_merged: bool) -> None:
    """Else an accepted notice would be worth nothing after a move, or after two institutions became one."""
    stage, pi = make_stage(), make_pi()
    notice = make_notice(make_notice_call(stage, is_past=True), pi=pi, state="accepted")
    elsewhere = make_institution(name_ja="移った先の大学", name_en="Where they went")
    with writing():
        if has_merged:
            Organisation.objects.filter(pk=notice.institution_id).update(merged_into=elsewhere)
        else:
            pi.person.memberships.update(organisation=elsewhere)
    client = Client()
    client.force_login(pi)
    page = client.post(f"/en/notices/{notice.public_id}/propose/", follow=True)
    assert page.status_code == 200
    assert Proposal.objects.get(notice=notice).institution == elsewhere
    assert ("Where they went, whose researcher you are today" in page.content.decode()) is not has_merged


def test_whoever_is_a_researcher_nowhere_begins_none() -> None:
    stage, pi = make_stage(), make_pi()
    notice = make_notice(make_notice_call(stage, is_past=True), pi=pi, state="accepted")
    with writing():
        pi.person.memberships.all().delete()
    with pytest.raises(NotAllowed):
        begin_from_notice(notice=notice, by=User.objects.get(pk=pi.pk))


def test_a_proposal_begun_from_it_says_all_that_it_says() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    kind = make_support_type(call)
    notice = make_notice(call, pi=pi, state="accepted", support_type=kind)
    proposal = begin_from_notice(notice=notice, by=pi)
    assert (proposal.title_ja, proposal.title_en) == (notice.title_ja, notice.title_en)
    assert (proposal.designation, proposal.support_type) == (notice.designation, kind)
    assert (proposal.institution, proposal.notice) == (notice.institution, notice)
    partner = proposal.team.get(role="partner_pi")
    assert (partner.person.name_in("en"), partner.person.email) == ("Morgan Sample", notice.email)
    assert (partner.institution_name, partner.country_code) == ("Example State University", "US")
    assert refused(lambda: begin_from_notice(notice=notice, by=pi)) == ["notice_has_proposal"]
    with pytest.raises(IntegrityError), writing(), transaction.atomic():
        other = make_proposal(make_notice_call(stage, notice="off", notice_deadline_at=None))
        Proposal.objects.filter(pk=other.pk).update(notice=notice)


def test_keywords_and_summary_go_where_the_form_asks_for_them() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    section = call.form_versions.get().sections.get(key="plan")
    with writing():
        section.key = "summary"
        section.save()
        section.fields.create(key="keywords", kind="text", position=1, title_ja="語", title_en="K", limit=100)
    notice = make_notice(call, pi=pi, state="accepted")
    written = begin_from_notice(notice=notice, by=pi).sections.get(section=section)
    assert (written.text, written.answers) == (notice.summary, {"keywords": notice.keywords})
    assert not written.is_complete


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("draft", "notice_too_late"),
        ("refused", "notice_refused"),
        ("withdrawn", "notice_was_withdrawn"),
    ],
)
def test_where_it_is_required_nothing_begins_without_one_that_may_be_accepted(state: str, code: str) -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, pi=pi, state=state)
    assert refused(lambda: begin_from_notice(notice=notice, by=pi)) == [code]
    designation = call.call_designations.get().designation
    plain: dict[str, Any] = {"call": call, "by": pi, "institution": home_of(pi), "designation": designation}
    assert refused(lambda: start_proposal(**plain)) == ["notice_too_late"]


def test_while_the_agencies_have_not_answered_a_draft_is_written_and_not_submitted() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    other = make_notice(call, state="submitted")
    assert begin_from_notice(notice=other, by=other.pi.user).title_en == other.title_en
    notice = make_notice(call, pi=pi, state="submitted")
    proposal = make_proposal(call, pi=pi)
    with writing():
        proposal.notice = notice
        proposal.save()
    assert refused(lambda: submit_proposal(proposal=proposal, by=pi)) == ["notice_not_answered"]
    check = f"/en/proposals/{proposal.public_id}/check/"
    told = "Until it is accepted the proposal can be written, but not submitted."
    page = signed_in(pi).get(check)
    assert told in page.content.decode() and not page.context["is_ready"]
    with writing():
        NoticeOfIntent.objects.filter(pk=notice.pk).update(state="refused")
    judged = Proposal.objects.get(pk=proposal.pk)
    assert refused(lambda: submit_proposal(proposal=judged, by=pi)) == ["notice_refused"]
    with writing():
        NoticeOfIntent.objects.filter(pk=notice.pk).update(state="accepted")
    assert submit_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=pi).number == 1


def test_nor_is_anything_submitted_without_one() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    proposal = make_proposal(call, pi=pi)
    assert refused(lambda: submit_proposal(proposal=proposal, by=pi)) == ["notice_too_late"]
    with writing():
        proposal.notice = make_notice(call, pi=pi, state="accepted")
        proposal.save()
    assert submit_proposal(proposal=proposal, by=pi).number == 1


def test_an_officer_of_the_lead_agency_admits_somebody_with_a_reason() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True)
    ask: dict[str, Any] = {"call": call, "email": pi.email.upper(), "reason": "通信障害による遅延"}
    for stranger in (stage.partner1, stage.home2, pi):
        with pytest.raises(NotAllowed):
            admit(**ask, by=stranger)
    assert refused(lambda: admit(**{**ask, "reason": " "}, by=stage.home1)) == ["reason_missing"]
    assert refused(lambda: admit(**{**ask, "email": "no@one.example"}, by=stage.home1)) == [
        "admitted_unknown"
    ]
    admit(**ask, by=stage.home1)
    assert refused(lambda: admit(**ask, by=stage.home1)) == ["admitted_already"]
    assert "通信障害による遅延" in OutboxMail.objects.get(template="notice_admitted").body
    designation = call.call_designations.get().designation
    proposal = start_proposal(call=call, by=pi, institution=home_of(pi), designation=designation)
    assert proposal.notice is None
    refused_one = make_notice(call, pi=pi, state="refused")
    assert begin_from_notice(notice=refused_one, by=pi).notice == refused_one


def test_an_optional_notice_binds_nobody() -> None:
    stage, pi = make_stage(), make_pi()
    call = make_notice_call(stage, is_past=True, notice="optional")
    designation = call.call_designations.get().designation
    start_proposal(call=call, by=pi, institution=home_of(pi), designation=designation)
    assert begin_from_notice(notice=make_notice(call, pi=pi, state="refused"), by=pi).title_en


def test_who_has_an_interest_in_a_notice_finds_neither_it_nor_its_proposal() -> None:
    stage = make_stage()
    call = make_notice_call(stage, is_past=True)
    notice = make_notice(call, state="submitted")
    for officer in (stage.home1, stage.home2, stage.partner1):
        assert list(office_notices(officer)) == [notice]
    declare_notice_conflict(notice=notice, by=stage.home2)
    assert not office_notices(stage.home2).exists()
    with pytest.raises(NotAllowed):
        declare_notice_conflict(notice=notice, by=make_user())
    answer_notice(stage, notice, agencies=[stage.home])
    assert refused(lambda: declare_notice_conflict(notice=notice, by=stage.home1)) == [
        "conflict_after_verdict"
    ]
    judge_notice(notice=notice, agency=stage.partner, by=stage.partner1, verdict="yes")
    notice.refresh_from_db()
    proposal = begin_from_notice(notice=notice, by=notice.pi.user)
    assert ProposalAccess.objects.get(proposal=proposal, kind="excluded").person == stage.home2.person
    with writing():
        NoticeOfIntent.objects.filter(pk=notice.pk).update(email=stage.partner1.email.lower())
        ProposalAccess.objects.create(
            proposal=proposal, person=stage.home1.person, kind="excluded", source="conflict"
        )
    assert not office_notices(stage.partner1).exists()
    assert not office_notices(stage.home1).exists()


def test_two_tabs_do_not_overwrite_each_other() -> None:
    call, pi = make_notice_call(make_stage()), make_pi()
    notice = given(call, pi, is_submitted=False)
    seen = fingerprint(NoticeOfIntent.objects.get(pk=notice.pk))
    keep: dict[str, Any] = {"notice": notice, "by": pi, "institution": home_of(pi), "is_submitted": False}
    save_notice(**keep, seen=seen, title_en="First")
    assert refused(lambda: save_notice(**keep, seen=seen, title_en="Second")) == ["stale_version_own"]
    assert NoticeOfIntent.objects.get(pk=notice.pk).title_en == "First"
