"""The partner PI's signature and the co-investigators' consent bind one content."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.approval import approval_digest, ask_approval
from proposals.actions.content import content_of
from proposals.actions.signing import core_digest, sign_core, signatures_of
from proposals.actions.submission import reopen_proposal, submit_proposal
from proposals.models import Proposal
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()))


def join(proposal: Proposal, role: str, user: User | None = None) -> User:
    member = user or make_user()
    with writing():
        proposal.team.create(
            person=member.person,
            role=role,
            institution_name="A",
            country_code="US",
            effort_percent=1,
            joined_at=clock.now(),
        )
    return member


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def digest_now(proposal: Proposal) -> str:
    return core_digest(content_of(fresh(proposal)))


def standing(proposal: Proposal, user: User) -> tuple[bool, bool]:
    now = fresh(proposal)
    [found] = [s for s in signatures_of(now, content_of(now)) if s.member.person == user.person]
    return found.at is not None, found.is_void


def change(proposal: Proposal, **fields: Any) -> None:
    with writing():
        Proposal.objects.filter(pk=proposal.pk).update(**fields)


@pytest.mark.parametrize("role", ["co_investigator", "partner_pi"])
def test_a_change_of_the_core_voids_a_signature_and_a_change_of_an_annex_does_not(
    draft: Proposal, role: str
) -> None:
    user = join(draft, role)
    assert standing(draft, user) == (False, False)
    sign_core(proposal=draft, by=user, sha256=digest_now(draft))
    assert standing(draft, user) == (True, False)
    with writing():
        draft.budget.update(amount=1)
        draft.awards.update(title="Another")
    assert standing(draft, user) == (True, False)
    title = draft.title_ja
    change(draft, title_ja="別の題")
    assert standing(draft, user) == (False, True)
    change(draft, title_ja=title)
    assert standing(draft, user) == (True, False)


def test_what_was_not_read_is_not_signed(draft: Proposal) -> None:
    user, seen = join(draft, "partner_pi"), None
    seen = digest_now(draft)
    change(draft, title_en="Changed meanwhile")
    with pytest.raises(RuleBroken, match="core_changed"):
        sign_core(proposal=draft, by=user, sha256=seen)
    assert standing(draft, user) == (False, False)


def test_signing_twice_is_one_signature(draft: Proposal) -> None:
    user = join(draft, "co_investigator")
    for _time in range(2):
        sign_core(proposal=draft, by=user, sha256=digest_now(draft))
    assert draft.signatures.count() == 1
    assert AuditEntry.objects.filter(verb="signed", subject_id=draft.public_id).count() == 1


def test_only_who_is_asked_signs_and_only_a_draft_in_time(draft: Proposal) -> None:
    member, partner = join(draft, "partner_member"), join(draft, "partner_pi")
    for stranger in (draft.pi.user, member, make_pi()):
        with pytest.raises(NotAllowed):
            sign_core(proposal=draft, by=stranger, sha256=digest_now(draft))
    with clock.set_to(draft.call.deadline_at), pytest.raises(RuleBroken) as late:
        sign_core(proposal=draft, by=partner, sha256=digest_now(draft))
    change(draft, state="submitted")
    with pytest.raises(RuleBroken) as submitted:
        sign_core(proposal=draft, by=partner, sha256=digest_now(draft))
    assert [broken.value.violations[0].code for broken in (late, submitted)] == [
        "deadline_passed",
        "proposal_not_draft",
    ]
    assert draft.signatures.count() == 0


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_partner_pi_reads_signs_and_is_asked_again_after_a_change(draft: Proposal, language: str) -> None:
    user = join(draft, "partner_pi")
    client = Client()
    client.force_login(user)
    with translation.override(language):
        sign, tasks, check = (
            reverse(f"proposals:{page}", args=[draft.public_id]) for page in ("sign", "tasks", "check")
        )
    assert sign in client.get(tasks).content.decode()
    page = client.get(sign)
    assert draft.title_ja in page.content.decode()
    answer = client.post(sign, {"sha256": page.context["sha256"]})
    assert answer["Location"] == tasks
    assert draft.signatures.get().sha256 == page.context["sha256"]
    change(draft, title_ja="別の題")
    stale = client.post(sign, {"sha256": page.context["sha256"]}, follow=True)
    assert stale.redirect_chain[-1][0] == sign
    assert str(list(stale.context["messages"])[-1].level_tag) == "error"
    for junk in ("", "\0", "あ" * 5000):
        assert client.post(sign, {"sha256": junk}).status_code == 302
    pi = Client()
    pi.force_login(draft.pi.user)
    assert pi.get(sign).status_code == 404
    words = {"ja": "署名", "en": "signature"}[language]
    assert words in pi.get(check).context["warnings"][-1]


def rows(draft: Proposal) -> list[str]:
    """The badges of everybody who signs on the task list, the principal investigator first."""
    client = Client()
    client.force_login(draft.pi.user)
    page = client.get(f"/en/proposals/{draft.public_id}/")
    return [str(row["label"]) for row in page.context["signatures"]]


@pytest.mark.parametrize("needs_approval", [True, False])
def test_both_principal_investigators_sign_one_digest_and_both_anew_after_a_change(
    needs_approval: bool,
) -> None:
    """The one in Japan by asking the institution, or by submitting."""
    draft = make_proposal(make_call(make_stage(), needs_approval=needs_approval))
    partner = join(draft, "partner_pi")
    with writing():
        draft.team.filter(role="partner_pi").exclude(person=partner.person).delete()
    pi = draft.pi.user
    assert pi is not None
    assert rows(draft) == ["not signed yet", "not signed yet"]

    def act() -> None:
        sign_core(proposal=draft, by=partner, sha256=digest_now(draft))
        now = fresh(draft)
        if needs_approval:
            ask_approval(proposal=now, by=pi, sha256=approval_digest(content_of(now)))
        else:
            submit_proposal(proposal=now, by=pi)
            reopen_proposal(proposal=fresh(draft), by=pi)

    act()
    assert rows(draft) == ["signed", "signed"]
    digests = {(one.person_id, one.sha256) for one in draft.signatures.all()}
    assert digests == {(person.pk, digest_now(draft)) for person in (draft.pi, partner.person)}
    change(draft, title_en="Changed")
    assert rows(draft) == ["void: changed since"] * 2
    act()
    assert rows(draft) == ["signed", "signed"]
    # a change of an annex voids neither
    with writing():
        draft.budget.all().delete()
    assert rows(draft) == ["signed", "signed"]
