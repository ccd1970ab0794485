"""Members are invited by mail: the link works once and without an account, for one proposal and for its shared core alone."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.contributions import waiting
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions import invitations
from proposals.actions.invitation_answers import accept_invitation, correct_own_names, decline_invitation
from proposals.actions.signing import sign_core
from proposals.actions.team import add_team_member, remove_team_member
from proposals.models import Invitation, Proposal, TeamMember
from proposals.permissions import ByLink
from proposals.queries import own_proposals
from tests.builders.people import make_user, verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_invitation, make_pi, make_proposal
from tests.counting import asks

pytestmark = pytest.mark.django_db
EMAIL = "casey@partner.example"


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


@pytest.fixture
def member(draft: Proposal) -> TeamMember:
    return add(draft)


def add(proposal: Proposal, **fields: Any) -> TeamMember:
    values = {
        "role": "partner_pi",
        "institution_name": "Example University",
        "country_code": "US",
        "effort_percent": 20,
        "email": EMAIL,
        "given_romaji": "Casey",
    }
    return add_team_member(proposal=proposal, by=proposal.pi.user, **{**values, **fields})


def invite(member: TeamMember, **fields: Any) -> Invitation:
    by = member.proposal.pi.user
    return invitations.send_invitation(**{"member": member, "by": by, "language": "en", **fields})


def link_of(mail: OutboxMail) -> str:
    return re.search(r"/(?:ja|en)/invitations/link/[\w-]+/", mail.body)[0]  # type: ignore[index]  # else the test fails


def newest(template: str = "invitation") -> OutboxMail:
    return OutboxMail.objects.filter(template=template).latest("pk")


def later(**delta: int) -> Any:
    return clock.set_to(clock.now() + dt.timedelta(**delta))


def came_by_link() -> Client:
    """A browser in which the newest link was opened and its button pressed."""
    client = Client()
    assert client.post(link_of(newest())).status_code == 302
    return client


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def at(route: str, *args: Any, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_mail_says_all_in_the_invited_persons_language_and_the_token_is_not_kept(
    member: TeamMember, language: str
) -> None:
    invitation = invite(member, language=language)
    mail, proposal = newest(), member.proposal
    token = link_of(mail).split("/")[-2]
    assert (mail.recipient, mail.language) == (EMAIL, language)
    title = proposal.title_ja if language == "ja" else proposal.title_en
    call = proposal.call.title_ja if language == "ja" else proposal.call.title_en
    for said in (title, call, proposal.pi.name_in(language), "Casey", "JST", f"/{language}/invitations/"):
        assert said in mail.body
    assert invitation.token_hash is not None
    assert token not in invitation.token_hash
    assert AuditEntry.objects.filter(verb="invited", subject_id=proposal.public_id).count() == 1


def test_a_second_mail_waits_a_minute_and_kills_the_first_link(member: TeamMember) -> None:
    invite(member)
    first = link_of(newest())
    assert refused(lambda: invite(member)) == ["mail_too_soon"]
    # A member who is taken off and put back is still written to once a minute.
    with later(seconds=61):
        invite(member)
        assert Client().get(first).status_code == 404
        assert Client().get(link_of(newest())).status_code == 200
        assert Invitation.objects.count() == 1
        remove_team_member(member=member, by=member.proposal.pi.user)
        assert refused(lambda: invite(add(member.proposal))) == ["mail_too_soon"]


def test_who_invites_and_who_is_invited(draft: Proposal, member: TeamMember) -> None:
    with pytest.raises(NotAllowed):
        invite(member, by=make_pi())
    reader = add(draft, role="partner_member", email="reader@partner.example", given_romaji="Robin")
    assert invite(reader).role == "partner_member"
    assert refused(lambda: invite(draft.team.get(role="pi"))) == ["member_not_invited"]
    nobody = add(draft, email="", given_romaji="Ada")
    assert refused(lambda: invite(nobody)) == ["invitation_email_missing"]
    assert refused(lambda: invite(nobody, email=EMAIL.upper())) == ["email_twice"]
    assert refused(lambda: invite(nobody, email=draft.pi.user.email.upper())) == ["member_is_the_pi"]
    assert invite(nobody, email="Ada@Partner.example").email == "ada@partner.example"
    with clock.set_to(draft.call.deadline_at):
        assert refused(lambda: invite(member)) == ["deadline_passed"]


def test_to_open_the_link_does_nothing_and_its_button_works_once(member: TeamMember) -> None:
    invitation, before = invite(member), AuditEntry.objects.count()
    link, scanner = link_of(newest()), Client()
    for _time in range(2):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    assert AuditEntry.objects.count() == before
    client = Client()
    assert client.post(link)["Location"] == at("invited")
    page = client.get(at("invited")).content.decode()
    assert member.proposal.title_en in page
    # The browser that was let in goes on; any other finds the link dead.
    assert client.get(link)["Location"] == client.post(link)["Location"] == at("invited")
    assert Client().get(link).status_code == Client().post(link).status_code == 404
    invitation.refresh_from_db()
    assert (invitation.state, invitation.token_hash) == ("pending", None)


def test_the_link_opens_the_shared_core_and_nothing_of_japans(member: TeamMember) -> None:
    proposal = member.proposal
    with writing():
        proposal.pi.erad_number = "90050426"
        proposal.pi.save()
        proposal.grants.create(
            person=proposal.pi,
            status="held",
            funder="Hidden funder",
            title="Hidden grant",
            first_year=2026,
            last_year=2027,
            effort_percent=10,
        )
    invite(member)
    client = came_by_link()
    page = client.get(at("invited")).content.decode()
    assert proposal.form_version.sections.first().title_en in page
    for hidden in ("Hidden", "90050426", "20,000,000", "An award made up for tests"):
        assert hidden not in page
    for route in ("tasks", "sign", "check", "team", "budget", "preview"):
        assert "/login/" in client.get(at(route, proposal.public_id))["Location"]
    assert "/login/" in client.get(at("mine"))["Location"]


def test_a_partner_without_an_account_signs_and_has_accepted_by_it(member: TeamMember) -> None:
    invitation = invite(member)
    client = came_by_link()
    digest = client.get(at("invited")).context["sha256"]
    stale = client.post(at("invited_sign"), {"sha256": "0" * 64}, follow=True)
    assert [message.level_tag for message in stale.context["messages"]] == ["error"]
    client.post(at("invited_sign"), {"sha256": digest})
    client.post(at("invited_sign"), {"sha256": digest})
    signature = member.proposal.signatures.get()
    assert (signature.person, signature.sha256) == (member.person, digest)
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert newest("invitation_accepted").recipient == member.proposal.pi.user.email
    entry = AuditEntry.objects.get(verb="signed")
    assert (entry.actor, entry.details["by_link"]["invitation"]) == (None, invitation.public_id)


def test_nobody_signs_another_proposal_by_a_link(draft: Proposal, member: TeamMember) -> None:
    guest = ByLink(invite(member))
    other = make_proposal(draft.call)
    with pytest.raises(NotAllowed):
        sign_core(proposal=other, by=guest, sha256="")
    assert list(own_proposals(guest)) == []


@pytest.mark.parametrize("way", ["expired", "revoked", "removed", "account", "late", "signed_in"])
def test_a_link_and_its_session_end_when_they_must(member: TeamMember, way: str) -> None:
    invitation = invite(member)
    link, client, moment = link_of(newest()), came_by_link(), clock.now()
    with writing():
        Invitation.objects.update(token_hash=invitation.token_hash)
    if way == "expired":
        moment = invitation.expires_at
    elif way == "revoked":
        invitations.revoke_invitation(invitation=invitation, by=member.proposal.pi.user)
    elif way == "removed":
        remove_team_member(member=member, by=member.proposal.pi.user)
    elif way == "account":
        verify_email(make_user(email=EMAIL))
    elif way == "late":
        moment += dt.timedelta(hours=9)
    else:
        client.force_login(make_user())
    with clock.set_to(moment):
        for route in ("invited", "invited_name", "invited_decline"):
            assert client.get(at(route)).status_code == 404
        for route in ("invited_sign", "invited_accept", "invited_name", "invited_decline", "invited_leave"):
            assert client.post(at(route), {"sha256": "0", "reason": "x"}).status_code == 404
        assert Client().get(link).status_code == (404 if way in ("expired", "revoked", "removed") else 200)
    assert member.proposal.signatures.count() == 0


def test_a_dead_link_says_the_same_whatever_it_was(member: TeamMember) -> None:
    invite(member)
    used = link_of(newest())
    came_by_link()
    client = Client()
    pages = set()
    for link in (
        used,
        at("invitation_link", "x"),
        at("invitation_link", "研究\0"),
        at("invitation_link", "a" * 3000),
    ):
        for answer in (client.get(link), client.post(link)):
            assert answer.status_code == 404
            pages.add(re.sub(r'value="[^"]*"|href="[^"]*"', "", answer.content.decode()))
    assert len(pages) == 1


def test_a_new_link_goes_to_who_has_opened_one_and_tells_nobody(member: TeamMember) -> None:
    invite(member)
    client, texts = Client(), set()

    def ask(email: str) -> int:
        answer = client.post(at("invitation_renew"), {"email": email})
        texts.add(str(answer.context["is_sent"]))
        return OutboxMail.objects.filter(template="invitation_link").count()

    assert ask(EMAIL) == 0  # never opened: whoever holds the mail has its link
    came_by_link()
    assert (ask("Casey@Partner.example"), ask(EMAIL), ask("nobody@partner.example")) == (1, 1, 1)
    assert texts == {"True"}
    assert client.post(link_of(newest("invitation_link")))["Location"] == at("invited")
    with later(seconds=61):
        verify_email(make_user(email=EMAIL))
        assert ask(EMAIL) == 1


def test_the_invited_put_their_names_right_and_one_part_is_enough(member: TeamMember) -> None:
    invite(member)
    client, version = came_by_link(), member.proposal.version
    names = dict.fromkeys(
        ("family_kanji", "given_kanji", "family_kana", "given_kana", "family_romaji", "given_romaji"), ""
    )
    assert client.post(at("invited_name"), names).status_code == 200
    assert client.post(at("invited_name"), {**names, "given_romaji": "a\0b"}).status_code == 200
    assert client.post(at("invited_name"), {**names, "given_romaji": "Wayan"}).status_code == 302
    member.person.refresh_from_db()
    assert (member.person.name_in("ja"), member.person.given_romaji) == ("Wayan", "Wayan")
    member.proposal.refresh_from_db()
    assert member.proposal.version > version
    guest = ByLink(Invitation.objects.get())
    with writing():
        member.person.user = make_user_without_person()
        member.person.save()
    with pytest.raises(NotAllowed):
        correct_own_names(by=guest, given_romaji="Other")


def make_user_without_person() -> User:
    user = make_user()
    with writing():
        user.person.delete()
    return User.objects.get(pk=user.pk)


def test_to_decline_takes_a_reason_that_the_pi_is_told(member: TeamMember) -> None:
    invitation = invite(member)
    client = came_by_link()
    for reason in ("", " ", "\0", "あ" * 2001):
        assert client.post(at("invited_decline"), {"reason": reason}).status_code == 200
    client.post(at("invited_decline"), {"reason": "No time <b>this</b> year"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("declined", "No time <b>this</b> year")
    assert "No time <b>this</b> year" in newest("invitation_declined").body
    assert client.get(at("invited")).status_code == 404
    with later(minutes=2):
        invite(member)
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["declined", "pending"]


def test_an_account_with_the_e_mail_finds_the_invitation_and_becomes_the_member(member: TeamMember) -> None:
    user = verify_email(make_user(email=EMAIL, language="en", given_romaji="Cassandra"))
    invitation = invite(member)
    client, link = Client(), link_of(newest())
    page = client.get(link)
    own = at("own_invitation", invitation.public_id)
    assert page.context["must_sign_in"]
    assert own in page.content.decode()
    assert client.post(link).status_code == 200
    assert client.get(at("invited")).status_code == 404
    client.force_login(user)
    assert client.get(link)["Location"] == own
    items = [item.url for contribute in waiting for item in contribute(user)]
    assert sum(url.endswith(f"/invitations/{invitation.public_id}/") for url in items) == 1
    client.post(own)
    member.refresh_from_db()
    assert member.person == user.person
    assert list(own_proposals(user)) == [member.proposal]
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert client.post(own).status_code == 302  # again: nothing more happens
    assert OutboxMail.objects.filter(template="invitation_accepted").count() == 1


def test_an_account_without_a_person_becomes_the_one_that_was_invited(member: TeamMember) -> None:
    user = make_user_without_person()
    with writing():
        user.email = EMAIL
        user.save()
    verify_email(user)
    accept_invitation(invitation=invite(member), by=user)
    member.person.refresh_from_db()
    assert member.person.user == user


def test_another_account_takes_no_invitation(member: TeamMember) -> None:
    invitation = invite(member)
    stranger, link = verify_email(make_user()), link_of(newest())
    unverified = make_user(email=EMAIL)
    client = Client()
    client.force_login(stranger)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 200
        assert stranger.email in answer.content.decode()
        assert EMAIL not in answer.content.decode()
    for user in (stranger, unverified):
        client.force_login(user)
        assert client.get(at("own_invitation", invitation.public_id)).status_code == 404
        assert client.post(at("own_invitation", invitation.public_id)).status_code == 404
        for act in (
            lambda user=user: accept_invitation(invitation=invitation, by=user),
            lambda user=user: decline_invitation(invitation=invitation, by=user, reason="x"),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert Client().get(link).status_code == 200


def test_the_applicant_under_another_address_is_no_partner(draft: Proposal, member: TeamMember) -> None:
    verify_email(draft.pi.user)
    with writing():
        draft.pi.user.emailaddress_set.create(email=EMAIL, verified=True)
    invitation = invite(member)
    accept = [lambda: accept_invitation(invitation=invitation, by=draft.pi.user)]
    assert refused(accept[0]) == ["invitation_person_on_team"]


def test_an_invitation_that_nobody_answers_expires(draft: Proposal, member: TeamMember) -> None:
    invitation = invite(member)
    user = make_user()
    accepted = make_invitation(draft, user)
    accept_invitation(invitation=accepted, by=user)
    with later(days=13, hours=23):
        assert invitations.expire_invitations() == 0
    with clock.set_to(invitation.expires_at):
        invitation.refresh_from_db()
        assert (invitation.state, invitation.standing) == ("pending", "expired")
        assert invitations.expire_invitations() == 1
        assert invitations.expire_invitations() == 0
        invitation.refresh_from_db()
        assert (invitation.state, invitation.token_hash) == ("expired", None)
        accepted.refresh_from_db()
        assert accepted.state == "accepted"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_team_page_shows_where_each_invitation_stands(member: TeamMember, language: str) -> None:
    pi = Client()
    pi.force_login(member.proposal.pi.user)
    team = at("team", member.proposal.public_id, language=language)
    page = at("team_invite", member.proposal.public_id, member.public_id, language=language)
    revoke = at("team_revoke", member.proposal.public_id, member.public_id, language=language)
    words = {"ja": ("未招待", "招待中", "取消し"), "en": ("not invited yet", "not answered", "revoked")}[
        language
    ]
    assert words[0] in pi.get(team).content.decode()
    assert page in pi.get(team).content.decode()
    assert pi.get(page).status_code == 200
    pi.post(page, {"language": "en"})
    assert words[1] in pi.get(team).content.decode()
    too_soon = pi.post(page, {"language": "en"})
    assert too_soon.context["form"].non_field_errors()
    pi.post(revoke)
    assert words[2] in pi.get(team).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_team_page_asks_as_often_whoever_is_invited(draft: Proposal, rows: int) -> None:
    for number in range(rows):
        invite(add(draft, email=f"p{number}@partner.example", given_romaji=f"P{number}"))
    client = Client()
    client.force_login(draft.pi.user)
    with CaptureQueriesContext(connection) as captured:
        client.get(at("team", draft.public_id))
    assert sum(asks(query["sql"]) for query in captured) <= 12
