"""What is typed into the budget's page is saved, refused or kept, and never thrown away."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from kernel.violations import Violation, sentence
from proposals.models import Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
FUTURE = 999_999


@pytest.fixture
def pi() -> User:
    return make_pi()


@pytest.fixture
def proposal(pi: User) -> Proposal:
    return make_proposal(make_call(make_stage()), pi=pi)


@pytest.fixture
def client(pi: User) -> Client:
    client = Client()
    client.force_login(pi)
    return client


def page_of(proposal: Proposal, route: str, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=[proposal.public_id])


def goods(proposal: Proposal) -> int:
    return sum(line.amount for line in proposal.budget.filter(category="goods"))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("button", [{}, {"leave": "1"}])
def test_a_block_that_is_in_no_table_keeps_the_budget_from_being_saved_and_is_kept(
    client: Client, proposal: Proposal, language: str, button: dict[str, str]
) -> None:
    block, before = "1,111\t2,222\r\n", goods(proposal)
    data = {"version": proposal.version, "goods_2026": "77", "block": block, **button}
    page = client.post(page_of(proposal, "budget", language), data)
    with translation.override(language):
        words = sentence(Violation("block_not_taken_over"))
    assert page.context["pasting"].errors == {"block": [words]}
    assert page.context["pasting"]["block"].value() == block
    assert page.context["form"]["goods_2026"].value() == "77"
    assert page.content.decode().count(words) == 2  # beside the box, and in the summary
    assert goods(proposal) == before
    # Blanks are no block.
    assert client.post(page_of(proposal, "budget"), {**data, "block": " \r\n"}).status_code == 302
    assert goods(proposal) == 77


def test_a_version_that_there_has_not_been_is_no_current_one(client: Client, proposal: Proposal) -> None:
    data = {"version": FUTURE, "goods_2026": "77"}
    assert client.post(page_of(proposal, "budget"), data).status_code == 409
    core = {"title_ja": "別の題", "title_en": "Another", "years": "5", "version": FUTURE}
    designation = {"designation": proposal.designation_id}
    assert client.post(page_of(proposal, "core"), {**core, **designation}).status_code == 409
    proposal.refresh_from_db()
    assert "別" not in proposal.title_ja and goods(proposal) != 77
