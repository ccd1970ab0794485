"""Whoever is named on a team reads the shared core of their invitation, and takes part from its acceptance on."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from kernel import clock
from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed
from proposals.actions.content import content_of
from proposals.actions.invitation_answers import accept_invitation, decline_invitation
from proposals.actions.invitations import revoke_invitation, send_invitation
from proposals.actions.reminders import ask_for_signature
from proposals.actions.sections import save_section
from proposals.actions.signing import core_digest, sign_core
from proposals.actions.submission import lock_overdue_calls
from proposals.models import Invitation, OtherGrant, Proposal, Signature, TeamMember
from proposals.permissions import has_interest
from proposals.queries import office_proposals, own_proposals, proposals_visible_to, writers_of
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_invitation, make_pi, make_proposal, submit_as_row

pytestmark = pytest.mark.django_db
BUDGET = "20,000,000"


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


@pytest.fixture
def colleague() -> User:
    return make_pi()


@pytest.fixture
def invitation(draft: Proposal, colleague: User) -> Invitation:
    return make_invitation(draft, colleague)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def statuses(user: User, draft: Proposal) -> set[int]:
    pages = ("tasks", "check", "preview", "team", "budget", "awards", "sign", "changes", "core")
    client = client_of(user)
    return {client.get(reverse(f"proposals:{page}", args=[draft.public_id])).status_code for page in pages}


def test_before_the_acceptance_every_page_of_the_proposal_is_absent(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    assert statuses(colleague, draft) == {404}
    assert list(own_proposals(colleague)) == list(proposals_visible_to(colleague)) == []
    assert writers_of(draft) == [draft.pi]


def test_the_invitation_shows_what_both_sides_share_and_not_the_budget(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    page = client_of(colleague).get(reverse("proposals:own_invitation", args=[invitation.public_id]))
    text = page.content.decode()
    assert draft.sections.first().text in text  # type: ignore[union-attr]  # it has some
    assert BUDGET not in text
    assert draft.awards.get().number not in text


def test_whoever_accepts_writes_and_whoever_is_revoked_does_no_more(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    accept_invitation(invitation=invitation, by=colleague)
    assert statuses(colleague, draft) == {200}
    assert writers_of(draft) == [draft.pi, colleague.person]
    revoke_invitation(invitation=Invitation.objects.get(), by=draft.pi.user)
    assert statuses(colleague, draft) == {404}
    with pytest.raises(NotAllowed):
        entry = draft.sections.first()
        assert entry is not None
        save_section(
            proposal=draft,
            section=entry.section,
            by=colleague,
            text="x",
            revision=entry.revision,
            is_complete=True,
        )


def test_whoever_declines_after_accepting_is_out(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    accept_invitation(invitation=invitation, by=colleague)
    decline_invitation(invitation=Invitation.objects.get(), by=colleague, reason="No time")
    assert statuses(colleague, draft) == {404}
    assert draft.team.filter(person=colleague.person).exists()


def test_nobody_signs_before_they_accept(draft: Proposal, colleague: User, invitation: Invitation) -> None:
    sha256 = core_digest(content_of(draft))
    with pytest.raises(NotAllowed):
        sign_core(proposal=draft, by=colleague, sha256=sha256)
    accept_invitation(invitation=invitation, by=colleague)
    # to accept changes nothing of what is signed
    sign_core(proposal=draft, by=colleague, sha256=sha256)
    assert Signature.objects.filter(person=colleague.person).exists()


def test_whoever_is_asked_to_sign_before_they_accepted_is_led_to_the_invitation(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    ask_for_signature(member=invitation.member, by=draft.pi.user)
    mail = OutboxMail.objects.get(recipient=colleague.email)
    assert mail.template == "invitation"


def test_a_member_of_the_partner_team_reads_after_accepting_and_signs_nothing(draft: Proposal) -> None:
    reader = make_user("reader@partner.example")
    with writing():
        member = TeamMember.objects.create(
            proposal=draft,
            person=reader.person,
            role="partner_member",
            institution_name="X",
            country_code="US",
        )
    assert client_of(reader).get(reverse("proposals:tasks", args=[draft.public_id])).status_code == 404
    invitation = send_invitation(member=member, by=draft.pi.user, language="en")
    accept_invitation(invitation=invitation, by=reader)
    client = client_of(reader)
    answers = {
        page: client.get(reverse(f"proposals:{page}", args=[draft.public_id])).status_code
        for page in ("tasks", "check", "sign", "core")
    }
    assert answers == {"tasks": 200, "check": 200, "sign": 404, "core": 404}


def test_an_officer_who_is_named_judges_nothing_though_they_have_not_accepted() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="locked")
    assert list(office_proposals(stage.home1)) == [proposal]
    make_invitation(proposal, stage.home1)
    assert list(office_proposals(stage.home1)) == list(proposals_visible_to(stage.home1)) == []
    assert has_interest(stage.home1, proposal)


def test_the_check_page_names_who_has_not_accepted(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    def warnings() -> set[str]:
        page = client_of(draft.pi.user).get(reverse("proposals:check", args=[draft.public_id]))
        return set(page.context["warnings"])

    before = warnings()
    accept_invitation(invitation=invitation, by=colleague)
    [gone] = before - warnings()
    assert colleague.person.name in gone


def test_who_was_taken_off_a_reopened_draft_and_had_signed_takes_part_again_at_the_deadline(
    draft: Proposal, colleague: User, invitation: Invitation
) -> None:
    accept_invitation(invitation=invitation, by=colleague)
    sign_core(proposal=draft, by=colleague, sha256=core_digest(content_of(draft)))
    draft.refresh_from_db()
    with writing():
        submit_as_row(draft, draft.pi.user)
        draft.team.filter(person=colleague.person).delete()
    with clock.set_to(draft.call.deadline_at + dt.timedelta(seconds=1)):
        assert lock_overdue_calls() == 1
        assert list(own_proposals(colleague)) == [draft]


def test_who_accepts_while_a_draft_is_reopened_stays_a_member_by_their_account_at_the_deadline(
    draft: Proposal,
) -> None:
    """They were submitted as somebody whom the portal knew by name; what is put back is what was submitted, for them too."""
    colleague = make_pi()
    with writing():
        EmailAddress.objects.create(user=colleague, email=colleague.email, verified=True, primary=True)
        named = Person.objects.create(family_romaji="Known", given_romaji="By Name", email=colleague.email)
        member = TeamMember.objects.create(
            proposal=draft,
            person=named,
            role="co_investigator",
            institution_name="Example",
            country_code="JP",
            task="cooling",
        )
        OtherGrant.objects.create(
            proposal=draft,
            person=named,
            status="held",
            funder="JSPS",
            title="A grant",
            first_year=2026,
            last_year=2027,
            effort_percent=5,
        )
        submit_as_row(draft, draft.pi.user)
    invitation = send_invitation(member=member, by=draft.pi.user, language="en")
    accept_invitation(invitation=invitation, by=colleague)
    with writing():
        draft.team.filter(pk=member.pk).update(task="something else")
    with clock.set_to(draft.call.deadline_at + dt.timedelta(seconds=1)):
        assert lock_overdue_calls() == 1
        assert list(own_proposals(colleague)) == [draft]
        member.refresh_from_db()
        assert (member.person, member.task) == (colleague.person, "cooling")
        assert draft.grants.get().person == colleague.person
