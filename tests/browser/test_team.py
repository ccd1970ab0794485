"""The team in real browsers: invited by mail, without an account, a change proposed and accepted, signed, voided."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from proposals.models import Invitation
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_invitations import link_of


def path(route, *args, language="ja"):
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.fixture
def pi(live_server):
    return verify_email(make_pi())


@pytest.fixture
def proposal(pi):
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with writing():
        proposal.team.filter(role="partner_pi").delete()
    return proposal


def add(walker, proposal, **values):
    """The PI adds a member and invites them; where the mail's link leads."""
    walker.open(path("team_add", proposal.public_id))
    for name, value in {"institution_name": "Example University", "effort_percent": "5", **values}.items():
        field = walker.page.locator(f"main [name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    walker.press("main form button[type=submit]")
    member = proposal.team.latest("pk")
    assert walker.open(path("team_invite", proposal.public_id, member.public_id)) == 200
    walker.press("main form:has([name='language']) button[type=submit]")
    mail = OutboxMail.objects.filter(template="invitation").latest("pk")
    assert mail.recipient == values["email"]
    return link_of(mail)


def come_by(walker, link):
    assert walker.open(link) == 200
    assert walker.look() == []
    walker.press("main form button[type=submit]")
    assert walker.path.endswith("/invited/")


def sign(walker):
    walker.press("main form[action$='/invited/sign/'] button[type=submit]")


def test_both_are_invited_a_change_is_accepted_and_what_was_signed_is_voided_by_the_next(walk, pi, proposal):
    leader, partner, colleague = walk(), walk(language="en", width=390), walk()
    leader.become(pi)
    link = add(
        leader,
        proposal,
        email="casey@partner.example",
        given_romaji="Casey",
        role="partner_pi",
        country_code="US",
    )
    own = add(
        leader,
        proposal,
        email="hanako@univ.example",
        family_kanji="見本",
        given_kanji="花子",
        role="co_investigator",
        country_code="JP",
    )
    come_by(partner, link)
    come_by(colleague, own)
    assert partner.look() == []
    partner.open(path("invited_propose", "section-plan", language="en"))
    partner.page.fill("textarea[name=text]", "A plan <b>by both</b>.")
    partner.press("main form button[type=submit]")
    change = proposal.proposed_changes.get()
    leader.open(path("change", proposal.public_id, change.public_id))
    assert leader.look() == []
    assert "<b>by both</b>" in leader.text()
    leader.press("main button[name=accept]")
    assert proposal.sections.get(section__key="plan").text == "A plan <b>by both</b>."
    for walker in (partner, colleague):
        walker.open(path("invited"))
        sign(walker)
    assert proposal.signatures.count() == 2
    assert OutboxMail.objects.filter(template="signatures_complete").count() == 1
    assert set(Invitation.objects.values_list("state", flat=True)) == {"accepted"}
    leader.open(path("core", proposal.public_id))
    leader.page.fill("input[name=title_ja]", "別の題")
    leader.press("main form button[type=submit]")
    assert leader.text().count("無効") >= 2
    with writing():  # a minute has passed since the invitations
        OutboxMail.objects.update(created_at=now() - dt.timedelta(minutes=2))
    leader.press("main form[action$='/signatures/ask/'] button[type=submit]")
    asked = OutboxMail.objects.filter(template="signature_asked", recipient="casey@partner.example").get()
    partner.context.clear_cookies()
    come_by(partner, link_of(asked))
    sign(partner)
    assert proposal.signatures.count() == 3


def test_the_pages_of_an_invitation_have_no_barrier(walk, pi, proposal):
    leader = walk(width=390)
    leader.become(pi)
    add(
        leader,
        proposal,
        email="casey@partner.example",
        given_romaji="Casey",
        role="partner_pi",
        country_code="US",
    )
    walker = walk(width=390)
    for address in (path("invitation_link", "used"), path("invitation_renew")):
        walker.open(address)
        assert (address, walker.look()) == (address, [])
    for address in (path("team", proposal.public_id), path("changes", proposal.public_id)):
        leader.open(address)
        assert (address, leader.look()) == (address, [])
