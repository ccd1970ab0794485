"""What the partner's side reads and signs: the shared core, nothing of Japan's annex, and a word to whoever has signed."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from proposals.models import OtherFunding, OtherGrant, Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.proposals.test_invitations import add, came_by_link, invite
from tests.proposals.test_signing import join

pytestmark = pytest.mark.django_db
# Amounts and words that stand nowhere else.
STAY, BUDGET, GRANT, FUNDING = 7_111_111, 7_222_222, 7_333_333, 7_444_444
SECRETS = (
    "7,111,111",
    "7,222,222",
    "7,333,333",
    "7,444,444",
    "Grant-of-ours",
    "An award made up",
    "見本の財団",
)


@pytest.fixture
def draft() -> Proposal:
    proposal = make_proposal(make_call(make_stage()))
    with writing():
        proposal.exchange.update(amount_yen=STAY)
        proposal.budget.update(amount=BUDGET)
        OtherGrant.objects.create(
            proposal=proposal,
            person=proposal.pi,
            status="held",
            funder="見本の財団",
            title="Grant-of-ours",
            amount_yen=GRANT,
            first_year=proposal.fiscal_years[0],
            last_year=proposal.fiscal_years[0],
            effort_percent=5,
        )
        OtherFunding.objects.create(
            proposal=proposal, fiscal_year=proposal.fiscal_years[0], source="others", amount=FUNDING
        )
        proposal.team.filter(role="partner_pi").delete()
    return proposal


def in_language(route: str, language: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(route, args=args)


def guest_of(draft: Proposal) -> Client:
    invite(add(draft))
    return came_by_link()


def account_of(draft: Proposal) -> Client:
    client = Client()
    client.force_login(join(draft, "partner_pi"))
    return client


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("is_guest", [True, False])
def test_nothing_of_the_annex_is_shown_to_who_signs_the_core(
    draft: Proposal, language: str, is_guest: bool
) -> None:
    client = guest_of(draft) if is_guest else account_of(draft)
    route, args = ("proposals:invited", []) if is_guest else ("proposals:sign", [draft.public_id])
    page = client.get(in_language(route, language, *args)).content.decode()
    assert "Example host" in page
    assert [secret for secret in SECRETS if secret in page] == []
    # The applicants themselves see all of it.
    own = Client()
    own.force_login(draft.pi.user)
    whole = own.get(in_language("proposals:check", language, draft.public_id)).content.decode()
    assert [secret for secret in SECRETS if secret not in whole] == []


@pytest.mark.parametrize(("language", "words"), [("ja", "署名済み"), ("en", "You signed")])
@pytest.mark.parametrize("is_guest", [True, False])
def test_who_has_signed_is_told_and_asked_nothing_until_the_core_changes(
    draft: Proposal, language: str, words: str, is_guest: bool
) -> None:
    client = guest_of(draft) if is_guest else account_of(draft)
    route, args = ("proposals:invited", []) if is_guest else ("proposals:sign", [draft.public_id])
    reading = in_language(route, language, *args)
    signing = in_language("proposals:invited_sign", language) if is_guest else reading
    before = client.get(reading)
    assert before.context["signed_words"] == ""
    assert 'name="sha256"' in before.content.decode()
    with clock.set_to(now() + dt.timedelta(minutes=1)):
        client.post(signing, {"sha256": before.context["sha256"]})
    after = client.get(reading)
    assert words in after.context["signed_words"] and "JST" in after.context["signed_words"]
    assert after.context["signed_words"] in after.content.decode()
    assert 'name="sha256"' not in after.content.decode()
    if not is_guest:
        tasks = client.get(in_language("proposals:tasks", language, draft.public_id))
        assert reading not in [move.url for move in tasks.context["moves"]]
    with writing():
        Proposal.objects.update(title_en="Another title")
    again = client.get(reading)
    assert again.context["signed_words"] == ""
    assert 'name="sha256"' in again.content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_part_without_rows_says_so(draft: Proposal, language: str) -> None:
    with writing():
        draft.exchange.all().delete()
    own = Client()
    own.force_login(draft.pi.user)
    none = {"ja": "（派遣・受入の計画なし）", "en": "(no stay planned)"}[language]
    assert none in own.get(in_language("proposals:check", language, draft.public_id)).content.decode()
    page = account_of(draft).get(in_language("proposals:sign", language, draft.public_id))
    assert none in page.content.decode()
