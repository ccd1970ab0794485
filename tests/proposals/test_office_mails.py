"""Letters to many: to whom, in whose language, held, let go, taken back, once, and never about what one must not see."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail as sent_mails
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.contributions import navigation as frame
from kernel.outbox import send_waiting_mail
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.access import exclude
from proposals.actions.mailing import release_mails, send_again, undo_mails, write_mails
from proposals.addressees import addressees
from proposals.enums import MailTo
from proposals.models import MailRun, Proposal, TeamMember
from tests.builders.people import make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks
from tests.proposals.test_office_pages import client_of, shown, url

pytestmark = pytest.mark.django_db
LETTER = {
    "subject_ja": "{receipt} について",
    "body_ja": "{name} 様\n{title}（{call}）は {deadline} 締切でした。",
    "subject_en": "About {receipt}",
    "body_en": "Dear {name}\n{title} ({call}), {deadline}",
}


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def received(stage: Stage, **fields: Any) -> Proposal:
    return make_proposal(make_call(stage, state="closed"), **{"state": "locked", **fields})


def written(stage: Stage, *proposals: Proposal, **changes: Any) -> MailRun:
    values = {"recipients": MailTo.PI, "letter": LETTER, **changes}
    return write_mails(by=stage.home1, agency=stage.home, proposals=proposals, **values)


def states() -> list[str]:
    return list(OutboxMail.objects.filter(template="run").order_by("pk").values_list("state", flat=True))


def test_each_gets_it_in_their_language_with_their_values(stage: Stage) -> None:
    one = received(stage, title_ja="<b>量子</b> {name}")
    other = received(stage)
    with writing():
        other.pi.user.language = "en"
        other.pi.user.save()
        Proposal.objects.filter(pk=one.pk).update(extended_until="2027-03-15T08:00:00Z")
    proposals = list(Proposal.objects.order_by("pk").select_related("pi__user", "call"))
    written(stage, *proposals)
    first, second = OutboxMail.objects.filter(template="run").order_by("pk")
    assert first.subject == f"【架け橋】{one.receipt_number} について"
    assert first.body.startswith(f"{one.pi.name_in('ja')} 様\n<b>量子</b> {{name}}（{one.call.title_ja}）は ")
    assert "17:00 JST" in first.body
    assert stage.home.name_ja in first.body
    assert (second.language, second.recipient) == ("en", other.pi.user.email)
    assert second.body.startswith(f"Dear {other.pi.name_in('en')}\n{other.title_en} (")


def test_every_kind_of_recipient_is_found_once(stage: Stage) -> None:
    one = received(stage)
    institution_officer = make_member(one.institution, Role.INSTITUTION_OFFICER)
    co = make_pi()
    with writing():
        for person, role in ((co.person, "co_investigator"),):
            TeamMember.objects.create(
                proposal=one, person=person, role=role, institution_name="X", country_code="JP"
            )

    def found(kind: MailTo) -> list[Any]:
        return [(row.person, row.language) for row in addressees([one], kind)]

    assert found(MailTo.PI) == [(one.pi, "ja")]
    assert found(MailTo.CO_INVESTIGATORS) == [(co.person, "ja")]
    assert found(MailTo.PARTNER_PI) == [(one.team.get(role="partner_pi").person, "en")]
    assert found(MailTo.INSTITUTION_OFFICERS) == [(institution_officer.person, "ja")]


def test_nothing_goes_before_somebody_lets_it_go_and_then_once(stage: Stage) -> None:
    run = written(stage, received(stage))
    assert (send_waiting_mail(), states(), len(sent_mails.outbox)) == (0, ["held"], 0)
    assert release_mails(run=run, by=stage.home1) == 1
    assert (send_waiting_mail(), states(), len(sent_mails.outbox)) == (1, ["sent"], 1)
    assert release_mails(run=run, by=stage.home1) == 0
    assert (send_waiting_mail(), len(sent_mails.outbox)) == (0, 1)
    verbs = AuditEntry.objects.filter(subject_id=run.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["mails_written", "mails_released", "mails_released"]


def test_it_goes_by_itself_at_its_hour(stage: Stage, time_machine: Any) -> None:
    time_machine.move_to(now())
    run = written(stage, received(stage), hold_until=now() + dt.timedelta(hours=1))
    assert (send_waiting_mail(), states()) == (0, ["waiting"])
    time_machine.shift(dt.timedelta(hours=1))
    assert (send_waiting_mail(), states()) == (1, ["sent"])
    with pytest.raises(RuleBroken):
        undo_mails(run=run, by=stage.home1)


@pytest.mark.parametrize("is_timed", [False, True])
def test_what_is_held_is_taken_back_for_good(stage: Stage, is_timed: bool) -> None:
    hold = now() + dt.timedelta(hours=1) if is_timed else None
    run = written(stage, received(stage), received(stage), hold_until=hold)
    assert undo_mails(run=run, by=stage.home1) == 2
    assert release_mails(run=run, by=stage.home1) == 0
    assert (send_waiting_mail(), states()) == (0, ["cancelled"] * 2)


def test_an_uncertain_one_is_sent_again_by_a_person_alone(stage: Stage) -> None:
    run = written(stage, received(stage))
    mail = OutboxMail.objects.get(template="run")
    with pytest.raises(RuleBroken) as broken:
        send_again(run=run, mail=mail, by=stage.home1)
    assert broken.value.violations[0].code == "mail_not_uncertain"
    with writing():
        OutboxMail.objects.update(state="uncertain", sending_since=now())
    assert (send_waiting_mail(), states()) == (0, ["uncertain"])
    client = client_of(stage.home1)
    page = url("office_mail_run", run.public_id)
    again = url("office_mail_again", run.public_id, mail.public_id)
    assert again in shown(client.get(page))
    assert client.post(again).status_code == 302
    assert (send_waiting_mail(), states()) == (1, ["sent"])
    assert sent_mails.outbox[0].extra_headers["Message-ID"] == mail.message_id
    assert again not in shown(client.get(page))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"letter": {**LETTER, "body_ja": "{nmae} 様"}}, "place_unknown", "body_ja"),
        ({"letter": {**LETTER, "subject_en": " "}}, "letter_part_missing", "subject_en"),
        ({"letter": {**LETTER, "body_en": "a\0"}}, "text_has_nul", "body_en"),
        ({"letter": {**LETTER, "body_en": "x" * 10_001}}, "text_over_limit", "body_en"),
        ({"hold_until": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "hold_not_ahead", "hold_until"),
        ({"recipients": MailTo.CO_INVESTIGATORS}, "mails_without_addressee", "recipients"),
    ],
)
def test_a_faulty_letter_is_refused(stage: Stage, changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        written(stage, received(stage), **changes)
    assert [(one.code, one.field) for one in broken.value.violations] == [(code, field)]
    assert MailRun.objects.count() == OutboxMail.objects.filter(template="run").count() == 0


def test_nobody_writes_about_what_they_do_not_handle(stage: Stage) -> None:
    one = received(stage)
    exclude(proposal=one, person=stage.home1.person, source="conflict", by=stage.home2)
    with pytest.raises(NotAllowed):
        written(stage, one)
    for by, agency in ((stage.home2, stage.home), (stage.partner1, stage.home), (one.pi.user, stage.home)):
        with pytest.raises(NotAllowed):
            write_mails(by=by, agency=agency, proposals=[one], recipients=MailTo.PI, letter=LETTER)


def test_a_conflicted_officer_neither_sees_nor_moves_a_mail(stage: Stage) -> None:
    hidden, open_one = received(stage), received(stage)
    run, other = written(stage, hidden), written(stage, hidden, open_one)
    colleague = make_member(stage.home, Role.PROGRAMME_OFFICER)
    exclude(proposal=hidden, person=colleague.person, source="conflict", by=stage.home1)
    client = client_of(colleague)
    assert client.get(url("office_mail_run", run.public_id)).status_code == 404
    page = shown(client.get(url("office_mail_run", other.public_id)))
    assert (str(hidden.receipt_number) in page, str(open_one.receipt_number) in page) == (False, True)
    assert url("office_mail_run", run.public_id) not in shown(client.get(url("office_mails")))
    assert client.post(url("office_mails_release", run.public_id)).status_code == 404
    client.post(url("office_mails_release", other.public_id))
    assert states() == ["held", "held", "waiting"]
    picked = {"ticked": "1", "pick": [hidden.public_id, open_one.public_id]}
    assert "1 件" in shown(client.get(url("office_mail_write"), picked)).replace("1件", "1 件")


def test_a_letter_is_held_only_as_it_was_seen(stage: Stage) -> None:
    one, other = received(stage), received(stage)
    client = client_of(stage.home1)
    address = f"{url('office_mail_write')}?ticked=1&pick={one.public_id}"
    data = {
        "agency": stage.home.public_id,
        "recipients": "pi",
        "kind": "required",
        **LETTER,
        "hold_until": "",
    }
    page = client.post(address, {**data, "step": "hold", "form_token": "a"})
    assert (page.status_code, MailRun.objects.count()) == (200, 0)
    assert f"{one.receipt_number} について" in shown(page)
    assert str(other.receipt_number) not in shown(page)
    seen = page.context["seen"]
    page = client.post(
        address, {**data, "body_ja": "変えた", "step": "hold", "seen": seen, "form_token": "b"}
    )
    assert (page.status_code, MailRun.objects.count()) == (200, 0)
    for _ in range(2):  # a second click
        page = client.post(address, {**data, "step": "hold", "seen": seen, "form_token": "c"})
        assert page.status_code == 302
    assert (MailRun.objects.count(), states()) == (1, ["held"])
    run = MailRun.objects.get()
    assert client.post(url("office_mails_undo", run.public_id)).status_code == 302
    assert states() == ["cancelled"]


def test_a_fault_stands_beside_its_field(stage: Stage) -> None:
    received(stage)
    data = {
        "agency": stage.home.public_id,
        "recipients": "pi",
        "kind": "required",
        **LETTER,
        "body_en": "{x}",
        "step": "preview",
    }
    page = client_of(stage.home1).post(url("office_mail_write", language="en"), data)
    assert page.context["form"].errors["body_en"] == ["There is no such place: {x}. Take one of the list."]


def test_who_is_no_programme_officer_writes_nothing(stage: Stage) -> None:
    run = written(stage, received(stage))
    assert client_of(stage.home2).get(url("office_mail_write")).status_code == 404
    assert client_of(stage.home2).get(url("office_mail_run", run.public_id)).status_code == 200
    assert client_of(stage.home2).post(url("office_mails_release", run.public_id)).status_code == 404
    assert client_of(stage.partner1).get(url("office_mail_run", run.public_id)).status_code == 404
    assert client_of(make_pi()).get(url("office_mails")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_of_mails_are_flat(stage: Stage, rows: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(frame, "_items", {})
    for _ in range(rows):
        run = written(stage, *(received(stage) for _ in range(rows)))
    client = client_of(stage.home1)
    client.get(url("office_mails"))
    for address, count in ((url("office_mails"), 6), (url("office_mail_run", run.public_id), 7)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len([one for one in queries if asks(one["sql"])]) == count, address
