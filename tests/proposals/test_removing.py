"""Taking a row, a member or a file off a proposal: once, never what somebody has just changed, and with what goes with it said."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.violations import RuleBroken, sentence
from proposals.actions.awards import change_award
from proposals.actions.exchange import change_exchange
from proposals.actions.grants import change_grant
from proposals.actions.standing import change_standing
from proposals.actions.statements import change_statement
from proposals.actions.team import change_team_member
from proposals.actions.unwanted import change_unwanted
from proposals.models import OtherGrant, Proposal, UnwantedReviewer
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal, make_standing, make_statement_row
from tests.matrix.junk import Fields
from tests.matrix.world import blank_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    proposal = make_proposal(make_call(make_stage()))
    partner = proposal.team.get(role="partner_pi").person
    with writing():
        OtherGrant.objects.create(
            proposal=proposal,
            person=partner,
            status="held",
            funder="見本財団",
            title="もとの題",
            first_year=2026,
            last_year=2027,
            effort_percent=10,
        )
        UnwantedReviewer.objects.create(proposal=proposal, name="見本 太郎", reason="競合する研究")
        make_standing(proposal)
        make_statement_row(proposal)
    return proposal


@pytest.fixture
def client(draft: Proposal) -> Client:
    client = Client()
    client.force_login(draft.pi.user)
    return client


# Of each page its row, and the column that somebody changes meanwhile.
ROWS: dict[str, tuple[Callable[[Proposal], Any], str]] = {
    "team_remove": (lambda p: p.team.filter(role="partner_pi"), "institution_name"),
    "award_remove": (lambda p: p.awards, "title"),
    "exchange_remove": (lambda p: p.exchange, "host"),
    "grant_remove": (lambda p: p.grants, "title"),
    "standing_remove": (lambda p: p.standing, "title"),
    "statement_remove": (lambda p: p.statements, "text"),
    "unwanted_remove": (lambda p: p.unwanted_reviewers, "reason"),
}


def address_of(draft: Proposal, route: str, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=[draft.public_id, ROWS[route][0](draft).first().public_id])


@pytest.mark.parametrize("route", ROWS)
def test_a_second_click_is_led_where_the_first_one_led(draft: Proposal, client: Client, route: str) -> None:
    find, _column = ROWS[route]
    address, before = address_of(draft, route), find(draft).count()
    sent = Fields(client.get(address).content.decode()).values
    answers = [client.post(address, sent) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert client.get(answers[1].url).status_code == 200
    assert find(draft).count() == before - 1


@pytest.mark.parametrize("route", ROWS)
def test_what_was_changed_meanwhile_is_not_removed_unseen(
    draft: Proposal, client: Client, route: str
) -> None:
    find, column = ROWS[route]
    address, row = address_of(draft, route), find(draft).first()
    sent = Fields(client.get(address).content.decode()).values
    with writing():
        find(draft).filter(pk=row.pk).update(**{column: "同僚が直した"})
    page = client.post(address, sent, follow=True).content.decode()
    assert "変更され" in page
    assert getattr(find(draft).get(pk=row.pk), column) == "同僚が直した"
    again = Fields(client.get(address).content.decode()).values
    client.post(address, again)
    assert not find(draft).filter(pk=row.pk).exists()


def changes(draft: Proposal) -> dict[str, Callable[[Any], Any]]:
    by, day = draft.pi.user, dt.date(2027, 5, 1)
    member = draft.team.get(role="partner_pi")
    return {
        "team_remove": lambda row: change_team_member(
            member=row, by=by, role=row.role, institution_name="X", country_code="US", effort_percent=1
        ),
        "award_remove": lambda row: change_award(
            award=row,
            by=by,
            agency=row.agency,
            number="1",
            title="X",
            pi_name="X",
            amount=1,
            currency="USD",
            starts_on=day,
            ends_on=day,
        ),
        "exchange_remove": lambda row: change_exchange(
            plan=row,
            by=by,
            direction="dispatch",
            career_stage="postdoc",
            host="X",
            country_code="US",
            starts_on=day,
            ends_on=day,
        ),
        "grant_remove": lambda row: change_grant(
            grant=row,
            by=by,
            member=member,
            status="held",
            funder="X",
            title="X",
            first_year=2026,
            last_year=2027,
            effort_percent=1,
        ),
        "standing_remove": lambda row: change_standing(
            record=row, by=by, member=member, kind="prize", title="X", first_year=2020
        ),
        "unwanted_remove": lambda row: change_unwanted(row=row, by=by, name="X", reason="X"),
        "statement_remove": lambda row: change_statement(statement=row, by=by, text="X"),
    }


@pytest.mark.parametrize("route", ROWS)
def test_to_change_what_has_just_been_removed_is_refused_with_a_sentence(
    draft: Proposal, client: Client, route: str
) -> None:
    """The page had found the row; the removal was faster to the lock."""
    act, row = changes(draft)[route], ROWS[route][0](draft).first()
    client.post(address_of(draft, route))
    with pytest.raises(RuleBroken) as broken:
        act(row)
    assert [sentence(violation) for violation in broken.value.violations]
    assert broken.value.violations[0].code == "entry_removed"


def test_what_goes_with_a_member_is_said_before(draft: Proposal, client: Client) -> None:
    page = client.get(address_of(draft, "team_remove", "en")).content.decode()
    assert "Other grants: 1" in page
    assert "Evidence of standing: 1" in page
    assert "Statements on compliance" not in page.split('class="notice', 1)[1].split("</ul>")[0]
    assert "他制度の応募・受入：1件" in client.get(address_of(draft, "team_remove")).content.decode()


def attach(client: Client, address: str, name: str, sent: dict[str, str]) -> Any:
    upload = SimpleUploadedFile(name, blank_pdf(), "application/pdf")
    return client.post(address, {"seen": sent["seen"], "file": upload})


def test_two_who_attach_a_file_do_not_replace_each_others_unseen(draft: Proposal, client: Client) -> None:
    with writing():
        Proposal.objects.filter(pk=draft.pk).update(attachment=None)
    address = reverse("proposals:attachment", args=[draft.public_id])
    seen = Fields(client.get(address).content.decode()).values
    assert attach(client, address, "first.pdf", seen).status_code == 302
    answer = attach(client, address, "second.pdf", seen)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "first.pdf" in page
    draft.refresh_from_db()
    assert draft.attachment is not None
    assert draft.attachment.name == "first.pdf"
    # Whoever has seen it may replace it; who has not may not remove it either.
    client.post(address, {"remove": "1", "seen": seen["seen"]})
    draft.refresh_from_db()
    assert draft.attachment.name == "first.pdf"
    assert attach(client, address, "second.pdf", Fields(page).values).status_code == 302
    draft.refresh_from_db()
    assert draft.attachment.name == "second.pdf"
    client.post(address, {"remove": "1", "seen": Fields(client.get(address).content.decode()).values["seen"]})
    draft.refresh_from_db()
    assert draft.attachment is None
