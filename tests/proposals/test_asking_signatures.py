"""Signatures are asked for by mail; who signed what was changed is told once, and the PI when all are there."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kernel import clock
from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions import reminders
from proposals.actions.content import content_of
from proposals.actions.core import save_core
from proposals.actions.invitations import open_link, send_invitation
from proposals.actions.signing import core_digest, sign_core
from proposals.models import Invitation, Proposal, TeamMember
from proposals.permissions import ByLink
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_invitations import link_of, refused
from tests.proposals.test_signing import digest_now, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    proposal = make_proposal(make_call(make_stage()))
    with writing():
        person = proposal.team.get(role="partner_pi").person
        person.email = "partner@partner.example"
        person.save()
    return proposal


def partner(proposal: Proposal) -> TeamMember:
    return proposal.team.get(role="partner_pi")


def guest(proposal: Proposal) -> ByLink:
    """The partner PI has opened the link of their invitation."""
    send_invitation(member=partner(proposal), by=proposal.pi.user, language="en")
    token = link_of(mails("invitation")[-1]).split("/")[-2]
    invitation = open_link(token=token)
    assert invitation is not None
    return ByLink(invitation)


def sign(proposal: Proposal, by: Any) -> None:
    sign_core(proposal=proposal, by=by, sha256=digest_now(proposal))


def rename(proposal: Proposal, title: str) -> None:
    proposal = Proposal.objects.get(pk=proposal.pk)
    save_core(
        proposal=proposal,
        by=proposal.pi.user,
        version=proposal.version,
        title_ja=title,
        title_en=proposal.title_en,
        years=proposal.years,
    )


def mails(template: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(template=template).order_by("pk"))


def after(**delta: int) -> Any:
    return clock.set_to(clock.now() + dt.timedelta(**delta))


def test_the_pi_is_told_when_all_have_signed_and_once(draft: Proposal) -> None:
    colleague = join(draft, "co_investigator")
    sign(draft, colleague)
    assert mails("signatures_complete") == []
    by = guest(draft)
    sign(draft, by)
    sign(draft, by)
    [mail] = mails("signatures_complete")
    assert mail.recipient == draft.pi.user.email
    assert colleague.person.name_in("ja") in mail.body


def test_a_voided_signature_is_told_once_when_the_draft_has_come_to_rest(draft: Proposal) -> None:
    colleague, by = join(draft, "co_investigator"), guest(draft)
    sign(draft, colleague)
    sign(draft, by)
    for number in range(3):
        rename(draft, f"別の題{number}")
        assert reminders.tell_voided_signatures() == 0
    with after(minutes=29):
        assert reminders.tell_voided_signatures() == 0
    with after(minutes=31):
        assert reminders.tell_voided_signatures() == 2
        assert reminders.tell_voided_signatures() == 0
        told = {mail.recipient: mail for mail in mails("signature_voided")}
        assert set(told) == {colleague.email, "partner@partner.example"}
        assert open_link(token=link_of(told["partner@partner.example"]).split("/")[-2]) is not None
        assert [mail.recipient for mail in mails("signatures_voided")] == [draft.pi.user.email]
        # They sign again, and a later change is told again.
        sign(draft, colleague)
        rename(draft, "また別の題")
    with after(minutes=90):
        assert reminders.tell_voided_signatures() == 1


def test_what_leaves_the_core_as_it_was_is_told_nobody(draft: Proposal) -> None:
    colleague = join(draft, "co_investigator")
    sign(draft, colleague)
    title = draft.title_ja
    rename(draft, "別の題")
    rename(draft, title)
    with after(minutes=31):
        assert reminders.tell_voided_signatures() == 0
    rename(draft, "別の題")
    with clock.set_to(draft.call.deadline_at + dt.timedelta(minutes=31)):
        assert reminders.tell_voided_signatures() == 0
    assert mails("signature_voided") == []


def test_who_is_asked_to_sign_gets_their_own_way_to_it(draft: Proposal) -> None:
    colleague, pi = join(draft, "co_investigator"), draft.pi.user
    own = draft.team.get(person=colleague.person)
    reminders.ask_for_signature(member=own, by=pi)
    assert f"/proposals/{draft.public_id}/sign/" in mails("signature_asked")[0].body
    assert refused(lambda: reminders.ask_for_signature(member=own, by=pi)) == ["mail_too_soon"]
    reminders.ask_for_signature(member=partner(draft), by=pi)  # not invited yet
    assert Invitation.objects.get().email == "partner@partner.example"
    sign(draft, colleague)
    assert refused(lambda: reminders.ask_for_signature(member=own, by=pi)) == ["signature_not_missing"]
    with pytest.raises(NotAllowed):
        reminders.ask_for_signature(member=partner(draft), by=make_pi())
    with clock.set_to(draft.call.deadline_at), pytest.raises(RuleBroken):
        reminders.ask_for_signature(member=partner(draft), by=pi)


def test_asking_everybody_leaves_out_who_was_just_asked_and_who_has_no_address(draft: Proposal) -> None:
    join(draft, "co_investigator")
    with writing():
        partner(draft).person.__class__.objects.filter(pk=partner(draft).person_id).update(email="")
    assert reminders.ask_for_signatures(proposal=draft, by=draft.pi.user) == 1
    assert reminders.ask_for_signatures(proposal=draft, by=draft.pi.user) == 0


def test_who_was_asked_again_is_not_told_of_the_change_besides(draft: Proposal) -> None:
    colleague = join(draft, "co_investigator")
    sign(draft, colleague)
    rename(draft, "別の題")
    assert reminders.ask_for_signatures(proposal=draft, by=draft.pi.user) == 2
    with after(minutes=31):
        assert reminders.tell_voided_signatures() == 0


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_show_who_has_signed_and_ask_who_has_not(draft: Proposal, language: str) -> None:
    colleague = join(draft, "co_investigator", make_user(language=language))
    sign(draft, colleague)
    client = Client()
    client.force_login(draft.pi.user)
    address = f"/{language}/proposals/{draft.public_id}/"
    page = client.get(address).content.decode()
    ask = f"{address}team/{partner(draft).public_id}/ask/"
    assert (
        ask in page,
        f"{address}team/{draft.team.get(person=colleague.person).public_id}/ask/" in page,
    ) == (
        True,
        False,
    )
    assert client.post(ask)["Location"] == address
    assert client.post(f"{address}signatures/ask/")["Location"] == address
    reader = Client()
    reader.force_login(colleague)
    signing = reader.get(reverse("proposals:sign", args=[draft.public_id]))
    content = content_of(Proposal.objects.get(pk=draft.pk))
    assert core_digest(content) in signing.content.decode()
    assert "/ask/" not in signing.content.decode()
    for hidden in ("20,000,000", "An award made up for tests"):
        assert hidden not in signing.content.decode()
