"""Reminders before deadlines: to whom, when, with which words, and never of what is no longer so."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as sent
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from kernel import clock, outbox
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.jobs.models import Job
from kernel.outbox import MailKind
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import set_kinds
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken
from program.actions.call_changes import TELL_JOB
from program.actions.calls import change_call
from program.models import Milestone
from proposals.actions.approval import approval_digest, ask_approval
from proposals.actions.content import content_of
from proposals.actions.corrections import return_for_correction
from proposals.actions.deadline_reminders import remind_of_drafts
from proposals.actions.invitations import send_invitation
from proposals.actions.office_reminders import remind_agencies, remind_institutions
from proposals.actions.signing import core_digest, sign_core
from proposals.actions.submission import submit_proposal, withdraw_proposal
from proposals.models import InternalDeadline, Proposal
from tests.builders.people import give_role, make_member
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_invitation, make_pi, make_proposal
from tests.counting import asks
from tests.program.test_pages import signed_in
from tests.proposals.test_signing import join

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
JST = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def stage() -> Any:
    return make_stage()


@pytest.fixture
def draft(stage: Any) -> Proposal:
    return begun(make_proposal(make_call(stage), title_en="Begun"))


def begun(proposal: Proposal) -> Proposal:
    """As if it had been begun when the call opened."""
    with writing():
        proposal.created_at = proposal.call.opens_at
        proposal.save()
    return proposal


def before(proposal: Proposal, days: float) -> Any:
    return clock.set_to(proposal.deadline_at - days * DAY)


def mails(template: str = "draft_due") -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(template=template).order_by("pk"))


def send() -> list[str]:
    """The subjects of what goes now."""
    count = len(sent.outbox)
    outbox.send_waiting_mail()
    return [message.subject for message in sent.outbox[count:]]


def test_each_of_the_calls_days_is_told_once(draft: Proposal) -> None:
    for days, new in ((15, 0), (14, 1), (13.9, 0), (7, 1), (3, 0), (2, 1), (1, 1), (0.5, 0), (0, 0), (-1, 0)):
        with before(draft, days):
            assert remind_of_drafts() == new, days
            assert remind_of_drafts() == 0
    assert {mail.recipient for mail in mails()} == {draft.pi.user.email}
    assert {mail.kind for mail in mails()} == {MailKind.REMINDER}


def test_the_call_says_when_and_whether(draft: Proposal) -> None:
    with writing():
        draft.call.reminder_days = "3"
        draft.call.save()
    with before(draft, 4):
        assert remind_of_drafts() == 0
    with before(draft, 3):
        assert remind_of_drafts() == 1
    with writing():
        OutboxMail.objects.all().delete()
        draft.call.reminder_days = ""
        draft.call.save()
    with before(draft, 3):
        assert remind_of_drafts() == 0


def change_days(draft: Proposal, stage: Any, days: str) -> None:
    reasons = {"reason_ja": "周知の時期を改める", "reason_en": "Reminders come at other times"}
    change_call(call=draft.call, by=stage.home1, reminder_days=days, **reasons)


def test_days_changed_while_the_call_is_open_send_nothing_twice_and_nothing_of_days_gone_by(
    stage: Any, draft: Proposal
) -> None:
    with before(draft, 14):
        assert remind_of_drafts() == 1
    with before(draft, 9):
        change_days(draft, stage, "14, 10, 7, 1")
        assert remind_of_drafts() == 0  # ten days before was yesterday, fourteen was told
    with before(draft, 7):
        assert remind_of_drafts() == 1
        change_days(draft, stage, "5")
        assert remind_of_drafts() == 0
    with before(draft, 6):
        change_days(draft, stage, "7, 5")
        assert remind_of_drafts() == 0
    with before(draft, 5):
        assert (remind_of_drafts(), remind_of_drafts()) == (1, 0)
    assert len({mail.key for mail in mails()}) == len(mails()) == 3


def test_a_change_of_the_days_is_dated_in_the_trail_and_told_to_the_agencies_alone(
    stage: Any, draft: Proposal
) -> None:
    with before(draft, 9):
        with pytest.raises(RuleBroken) as broken:
            change_call(call=draft.call, by=stage.home1, reminder_days="5")
        assert [one.code for one in broken.value.violations] == ["reason_missing", "reason_missing"]
        change_days(draft, stage, "5")
    entry = AuditEntry.objects.filter(verb="changed", subject_id=draft.call.public_id).latest("pk")
    assert entry.details["after"] == {"reminder_days": "5"}
    change = draft.call.changes.get()
    assert (change.rows[0]["what"], change.at) == ("reminder_days", draft.deadline_at - 9 * DAY)
    told = Job.objects.get(key=f"{TELL_JOB}:{change.public_id}")
    assert told.payload == {"change": change.pk, "only_agencies": True}


def test_the_page_of_an_open_call_asks_for_days_that_can_be(stage: Any, draft: Proposal) -> None:
    client = signed_in(stage.home1)
    page = f"/ja/calls/{draft.call.public_id}/change/"
    with before(draft, 9):
        form = client.get(page).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        later = draft.deadline_at.astimezone(JST) + dt.timedelta(minutes=1)  # a form has no seconds
        data["deadline_at"] = f"{later:%Y-%m-%dT%H:%M}"
        data |= {"reason_ja": "変更", "reason_en": "Changed", "is_seen": "on"}
        assert list(client.post(page, {**data, "reminder_days": "0"}).context["form"].errors) == [
            "reminder_days"
        ]
        answer = client.post(page, {**data, "reminder_days": "３、１０"})
        assert answer.status_code == 302, answer.context["form"].errors
    draft.call.refresh_from_db()
    assert draft.call.reminder_days == "10, 3"


def test_a_draft_begun_late_is_not_reminded_of_days_gone_by(stage: Any) -> None:
    draft = make_proposal(make_call(stage))
    with writing():
        draft.created_at = draft.deadline_at - 5 * DAY
        draft.save()
    with before(draft, 4):
        assert remind_of_drafts() == 0
    with before(draft, 2):
        assert remind_of_drafts() == 1


def test_a_deadline_that_moves_is_honoured(draft: Proposal) -> None:
    with before(draft, 7):
        assert remind_of_drafts() == 1
    with writing():
        draft.call.deadline_at += 7 * DAY
        draft.call.save()
    moved = Proposal.objects.get()
    with before(moved, 14):  # the very same instant
        assert remind_of_drafts() == 1
        assert send() == [mails()[1].subject]
    assert mails()[0].key != mails()[1].key
    assert OutboxMail.objects.get(pk=mails()[0].pk).state == "outdated"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_mail_says_what_is_missing_as_the_check_page_does(
    draft: Proposal, language: str, client: Any
) -> None:
    with writing():
        draft.title_ja = ""
        draft.save()
        draft.exchange.all().delete()
        draft.pi.user.language = language
        draft.pi.user.save()
    client.force_login(draft.pi.user)
    with before(draft, 2):
        remind_of_drafts()
        page = client.get(f"/{language}/proposals/{draft.public_id}/check/")
    [mail] = mails()
    errors = [error["message"] for error in page.context["errors"]]
    assert len(errors) == 2
    assert [error for error in errors if error not in mail.body] == []
    assert f"/{language}/proposals/{draft.public_id}/check/" in mail.body


def test_the_words_are_those_of_the_moment_of_sending(draft: Proposal) -> None:
    with writing():
        title, draft.title_ja = draft.title_ja, ""
        draft.save()
    with before(draft, 2):
        remind_of_drafts()
        [mail] = mails()
        with writing():
            draft.title_ja = title
            draft.save()
        send()
    assert title in sent.outbox[-1].subject
    assert title not in mail.subject


def test_what_was_submitted_meanwhile_is_never_called_a_draft(draft: Proposal) -> None:
    with before(draft, 2):
        assert remind_of_drafts() == 1
        submit_proposal(proposal=draft, by=draft.pi.user)
        subjects = send()
        assert OutboxMail.objects.get(template="draft_due").state == "outdated"
        assert len(subjects) == 1  # the receipt
        assert remind_of_drafts() == 0


def test_what_was_withdrawn_or_came_to_its_deadline_meanwhile_is_not_told(draft: Proposal) -> None:
    with before(draft, 1):
        remind_of_drafts()
    with before(draft, 0):
        assert send() == []
    other = begun(make_proposal(draft.call))
    with before(other, 1):
        remind_of_drafts()
        withdraw_proposal(proposal=other, by=other.pi.user, reason="x")
        assert len(send()) == 1  # that it was withdrawn
    assert {mail.state for mail in mails()} == {"outdated"}


def test_a_co_investigator_is_told_and_whoever_has_not_accepted_is_asked_to_answer(draft: Proposal) -> None:
    colleague = join(draft, "co_investigator")
    invited = make_invitation(draft, make_pi(), expires_at=draft.deadline_at)
    with before(draft, 7):
        remind_of_drafts()
        told = {mail.recipient: mail for mail in mails()}
        assert set(told) == {draft.pi.user.email, colleague.email}
        assert f"/{draft.public_id}/sign/" in told[colleague.email].body
        assert f"/{draft.public_id}/sign/" not in told[draft.pi.user.email].body
        [asked] = mails("signature_due")
        assert asked.recipient == invited.email
        assert f"/{invited.public_id}/" in asked.body
        assert len(send()) == 3


def test_a_partner_without_an_account_gets_a_new_link_unless_they_do_without_reminders(
    draft: Proposal,
) -> None:
    partner = draft.team.get(role="partner_pi")
    send_invitation(member=partner, by=draft.pi.user, language="en", email="p@partner.example")
    hashes = list(draft.invitations.values_list("token_hash", flat=True))
    set_kinds(address="P@partner.example", stopped=[MailKind.REMINDER])
    with clock.set_to(draft.invitations.get().sent_at):
        draft.call.deadline_at = clock.now() + 7 * DAY
        with writing():
            draft.call.save()
        remind_of_drafts()
        assert mails("signature_due") == []
        assert list(draft.invitations.values_list("token_hash", flat=True)) == hashes
        set_kinds(address="p@partner.example", stopped=[])
        with writing():
            OutboxMail.objects.filter(template="draft_due").delete()
        remind_of_drafts()
    [mail] = mails("signature_due")
    assert (mail.recipient, mail.language) == ("p@partner.example", "en")
    assert "/invitations/link/" in mail.body
    assert list(draft.invitations.values_list("token_hash", flat=True)) != hashes


def test_whoever_signed_meanwhile_is_not_asked(draft: Proposal) -> None:
    partner = join(draft, "partner_pi")
    with before(draft, 7):
        remind_of_drafts()
        assert [mail.recipient for mail in mails("signature_due")] == [partner.email]
        sign_core(proposal=draft, by=partner, sha256=core_digest(content_of(Proposal.objects.get())))
        send()
    assert OutboxMail.objects.get(template="signature_due").state == "outdated"


def test_a_returned_proposal_is_reminded_of_before_the_end_of_its_correction(stage: Any) -> None:
    proposal = begun(make_proposal(make_call(stage), state="locked"))
    at = proposal.call.deadline_at + DAY
    with clock.set_to(at):
        return_for_correction(
            proposal=proposal,
            agency=stage.home,
            by=stage.home1,
            parts=["team"],
            what="Mend",
            until=at + 10 * DAY,
        )
        assert remind_of_drafts() == 0
    returned = Proposal.objects.get()
    with before(returned, 8):
        assert remind_of_drafts() == 0
    with before(returned, 7):
        assert remind_of_drafts() == 1
        [mail] = mails()
        assert str(proposal.receipt_number) in mail.body


def test_a_test_of_a_form_and_a_draft_of_a_cancelled_call_are_reminded_of_by_nobody(draft: Proposal) -> None:
    with writing():
        draft.call.state = "cancelled"
        draft.call.save()
    with before(draft, 2):
        assert remind_of_drafts() == 0
    with writing():
        draft.call.state = "open"
        draft.call.save()
        draft.is_test = True
        draft.save()
    with before(draft, 2):
        assert remind_of_drafts() == 0


def test_the_beat_asks_as_often_however_many_drafts_there_are(draft: Proposal) -> None:
    counts = []
    for more in (0, 2):
        for _one in range(more):
            begun(make_proposal(draft.call))
        with before(draft, 7):
            remind_of_drafts()
            with CaptureQueriesContext(connection) as queries:
                assert remind_of_drafts() == 0
        counts.append(sum(asks(query["sql"]) for query in queries))
    assert counts[0] == counts[1]


# ------------------------------------------------------------ institutions


def asked_for(draft: Proposal, at: dt.datetime) -> User:
    """An officer of the proposal's institution, which was asked for its approval."""
    officer = make_member(draft.institution, Role.INSTITUTION_OFFICER)
    with writing():
        draft.call.needs_approval = True
        draft.call.save()
        draft.team.filter(role="partner_pi").delete()
    partner = join(draft, "partner_pi")
    with clock.set_to(at):
        fresh = Proposal.objects.get(pk=draft.pk)
        sign_core(proposal=fresh, by=partner, sha256=core_digest(content_of(fresh)))
        fresh = Proposal.objects.get(pk=draft.pk)
        ask_approval(proposal=fresh, by=draft.pi.user, sha256=approval_digest(content_of(fresh)))
    return officer


def test_an_institution_is_told_once_of_each_day_and_never_of_an_empty_queue(draft: Proposal) -> None:
    officer = asked_for(draft, draft.deadline_at - 20 * DAY)
    with before(draft, 15):
        assert remind_institutions() == 0
    with before(draft, 14):
        assert [remind_institutions(), remind_institutions()] == [1, 0]
    with before(draft, 7):
        assert remind_institutions() == 1
        [first, second] = mails("approval_due")
        assert first.recipient == second.recipient == officer.email
        withdraw_proposal(proposal=draft, by=draft.pi.user, reason="x")
        send()
    assert {mail.state for mail in mails("approval_due")} == {"outdated"}


def test_the_institutions_own_day_comes_first(draft: Proposal) -> None:
    asked_for(draft, draft.deadline_at - 20 * DAY)
    day = clock.day_of(draft.deadline_at - 8 * DAY)
    with writing():
        InternalDeadline.objects.create(institution=draft.institution, call=draft.call, on=day)
    with before(draft, 14):  # six days and some hours before the own day is over
        assert remind_institutions() == 1
    with before(draft, 9):
        assert remind_institutions() == 1
    with before(draft, 7):  # past the own day: the call's counts
        assert remind_institutions() == 1
    assert len({mail.key for mail in mails("approval_due")}) == 3


def test_an_officer_of_the_team_is_not_told_of_it(draft: Proposal) -> None:
    officer = asked_for(draft, draft.deadline_at - 20 * DAY)
    give_role(draft.pi.user, draft.institution, Role.INSTITUTION_OFFICER)
    with before(draft, 14):
        assert remind_institutions() == 1
    assert [mail.recipient for mail in mails("approval_due")] == [officer.email]


# ------------------------------------------------------------ agencies


def checked_by(call: Any, days: int) -> None:
    with writing():
        on = clock.day_of(call.deadline_at + days * DAY)
        Milestone.objects.create(call=call, kind="eligibility", starts_on=on)
        call.state = "closed"
        call.save()


def test_officers_are_told_before_the_day_by_which_eligibility_is_checked(stage: Any) -> None:
    call = make_call(stage)
    make_proposal(call, state="locked")
    with clock.set_to(call.deadline_at + DAY):
        assert remind_agencies() == 0  # the call has no such day
    checked_by(call, 20)
    with clock.set_to(call.deadline_at + DAY):
        assert remind_agencies() == 0
    with clock.set_to(call.deadline_at + 14 * DAY):
        assert [remind_agencies(), remind_agencies()] == [2, 0]
        assert {mail.recipient for mail in mails("eligibility_due")} == {
            stage.home1.email,
            stage.partner1.email,
        }
        with writing():
            proposal = Proposal.objects.get()
            apply_transition(proposal, "find_eligible", by=None)
        assert send() == []
    with clock.set_to(call.deadline_at + 19 * DAY):
        assert remind_agencies() == 0


def test_an_officer_who_is_named_on_the_only_proposal_is_not_told(stage: Any) -> None:
    call = make_call(stage)
    proposal = make_proposal(call, state="locked")
    make_invitation(proposal, stage.home1)
    checked_by(call, 10)
    with clock.set_to(call.deadline_at + 9 * DAY):
        remind_agencies()
    assert stage.home1.email not in {mail.recipient for mail in mails("eligibility_due")}
