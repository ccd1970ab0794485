"""Who is on the team, and what each member does in the joint research (分担内容)."""

from typing import Any

import pytest

from kernel.actions import writing
from kernel.violations import RuleBroken
from proposals.actions import team
from proposals.actions.content import content_of
from proposals.actions.putting_back import put_back
from proposals.documents import sheet_of
from proposals.models import Proposal
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
MEMBER = {
    "role": "partner_pi",
    "institution_name": "Example University",
    "country_code": "US",
    "effort_percent": 20,
}


@pytest.fixture
def draft() -> Proposal:
    return make_proposal(make_call(make_stage()), is_complete=False)


def add(proposal: Proposal, **fields: Any) -> Any:
    fields = {"given_romaji": "Casey", "email": "casey@partner.example", **MEMBER, **fields}
    return team.add_team_member(proposal=proposal, by=proposal.pi.user, **fields)


def refused(proposal: Proposal, **fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleBroken) as broken:
        add(proposal, **fields)
    return [(violation.code, violation.field) for violation in broken.value.violations]


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def test_the_applicant_is_no_partner_under_any_name_or_case(draft: Proposal) -> None:
    own = draft.pi.user.email
    for names in (
        {"given_romaji": "Somebody"},
        {"family_kanji": draft.pi.family_kanji, "given_kanji": draft.pi.given_kanji, "given_romaji": ""},
    ):
        assert refused(draft, email=own.upper(), **names) == [("member_is_the_pi", "email")]
    assert draft.team.count() == 1


def test_two_members_have_two_addresses(draft: Proposal) -> None:
    add(draft)
    assert refused(draft, email="Casey@Partner.example") == [("member_twice", "email")]
    other = refused(draft, email="CASEY@partner.example", given_romaji="Robin", role="partner_member")
    assert other == [("email_twice", "email")]
    known = make_user(email="account@partner.example", given_romaji="Ulla")
    add(draft, email=known.email, given_romaji="Ulla")
    assert refused(draft, email="ACCOUNT@partner.example", given_romaji="Robin") == [("email_twice", "email")]
    # Somebody whose address is not known yet may still be added, and so may a second one.
    for name in ("Ada", "Bo"):
        add(draft, email="", given_romaji=name, role="partner_member")


def test_a_task_is_in_the_core_and_a_content_from_before_has_none(draft: Proposal) -> None:
    member = add(draft)
    before = content_of(fresh(draft))
    assert "task" not in before["team"][1]
    values = {**MEMBER, "task": " 試料の作製\r\n測定 "}
    team.change_team_member(member=member, by=draft.pi.user, **values)
    after = content_of(fresh(draft))
    assert after["team"][1]["task"] == "試料の作製\n測定"
    sheet = sheet_of(after, "ja", draft.created_at)
    assert [row[-1] for row in sheet["team"]["rows"]] == ["", "試料の作製\n測定"]
    with writing():
        put_back(fresh(draft), before)
    member.refresh_from_db()
    assert (member.task, content_of(fresh(draft))) == ("", before)
    with writing():
        put_back(fresh(draft), after)
    assert content_of(fresh(draft)) == after


@pytest.mark.parametrize(("task", "code"), [("あ" * 301, "text_over_limit"), ("測\0定", "text_has_nul")])
def test_a_task_that_is_too_long_or_holds_a_nul_is_refused(draft: Proposal, task: str, code: str) -> None:
    assert refused(draft, task=task) == [(code, "task")]
