"""Effort over all that a person does, and the other grants that are declared."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.content import content_of
from proposals.actions.grants import change_grant, declare_grant, remove_grant
from proposals.actions.putting_back import put_back
from proposals.actions.submission import submit_proposal
from proposals.actions.team import remove_team_member
from proposals.actions.workload import loads_of
from proposals.models import OtherGrant, Proposal
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
GRANT = {
    "status": "held",
    "funder": "科学研究費助成事業",
    "title": "秘密でない課題",
    "first_year": 2026,
    "last_year": 2030,
    "effort_percent": 30,
}


def url(route: str, *args: str, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def set_effort(proposal: Proposal, percent: int) -> None:
    with writing():
        proposal.team.filter(role="pi").update(effort_percent=percent)


def declare(proposal: Proposal, **fields: Any) -> OtherGrant:
    member = proposal.team.get(role="pi")
    return declare_grant(
        **{"proposal": proposal, "by": proposal.pi.user, "member": member, **GRANT, **fields}
    )


def effort_codes(proposal: Proposal) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        submit_proposal(proposal=proposal, by=proposal.pi.user)
    return [violation.code for violation in broken.value.violations]


@pytest.mark.parametrize("state", ["submitted", "locked", "eligible", "reserved", "adopted"])
def test_a_person_cannot_promise_more_than_all_of_their_time(state: str) -> None:
    call = make_call(make_stage())
    proposal = make_proposal(call)
    other = make_proposal(call, pi=proposal.pi.user, state=state, title_ja="よその秘密の課題")
    set_effort(proposal, 50)
    set_effort(other, 51)
    assert effort_codes(proposal) == ["effort_over_years"]
    page = signed_in(proposal.pi.user).get(url("check", proposal.public_id)).content.decode()
    assert "合計が各年度101%です（この提案50%、本システム上の他の提案・課題51%、他制度0%）" in page
    set_effort(other, 50)
    assert submit_proposal(proposal=proposal, by=proposal.pi.user).number == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn", "ineligible", "not_adopted"])
def test_what_binds_nobody_does_not_count(state: str) -> None:
    call = make_call(make_stage())
    proposal = make_proposal(call)
    set_effort(make_proposal(call, pi=proposal.pi.user, state=state), 100)
    assert submit_proposal(proposal=proposal, by=proposal.pi.user).number == 1


def test_other_fiscal_years_do_not_count() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage))
    set_effort(make_proposal(make_call(stage, first_year=2031), pi=proposal.pi.user, state="adopted"), 100)
    assert submit_proposal(proposal=proposal, by=proposal.pi.user).number == 1


def test_of_a_reopened_proposal_what_was_submitted_counts() -> None:
    call = make_call(make_stage())
    proposal = make_proposal(call)
    other = make_proposal(call, pi=proposal.pi.user, state="draft")
    set_effort(other, 90)
    submit_proposal(proposal=other, by=proposal.pi.user)
    with writing():
        Proposal.objects.filter(pk=other.pk).update(state="draft")
    set_effort(other, 1)
    assert effort_codes(proposal) == ["effort_over_years"]


def test_a_colleague_learns_the_sums_and_not_the_other_proposals_title() -> None:
    call, colleague = make_call(make_stage()), make_pi()
    proposal = make_proposal(call)
    other = make_proposal(call, pi=colleague, state="submitted", title_ja="よその秘密の課題")
    set_effort(other, 95)
    with writing():
        proposal.team.create(
            person=colleague.person,
            role="co_investigator",
            institution_name="見本",
            country_code="JP",
            effort_percent=10,
        )
    client = signed_in(proposal.pi.user)
    for page in ("check", "grants"):
        shown = client.get(url(page, proposal.public_id)).content.decode()
        assert "105%" in shown, page
        assert "よその秘密" not in shown, page
    assert effort_codes(proposal) == ["effort_over_years"]


def test_a_declared_grant_counts_is_printed_and_put_back() -> None:
    proposal = make_proposal(make_call(make_stage()))
    grant = declare(proposal, effort_percent=71)
    assert effort_codes(proposal) == ["effort_over_years"]
    changed = change_grant(
        grant=grant,
        by=proposal.pi.user,
        member=proposal.team.get(role="pi"),
        **{**GRANT, "effort_percent": 70, "amount_yen": 3_000_000},
    )
    assert [load.total for _name, load in loads_of(proposal)] == [100, 20]
    content = content_of(Proposal.objects.get(pk=proposal.pk))
    page = signed_in(proposal.pi.user).get(url("check", proposal.public_id)).content.decode()
    assert "3,000,000円" in page
    remove_grant(grant=changed, by=proposal.pi.user)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert content_of(fresh)["grants"] == []
    with writing():
        put_back(fresh, content)
    assert content_of(fresh) == content


def test_a_grant_goes_with_the_member() -> None:
    proposal = make_proposal(make_call(make_stage()))
    member = proposal.team.get(role="partner_pi")
    declare(proposal, member=member)
    remove_team_member(member=member, by=proposal.pi.user)
    assert proposal.grants.count() == 0


def test_only_writers_declare_and_only_for_their_own_team() -> None:
    call = make_call(make_stage())
    proposal, other = make_proposal(call), make_proposal(call)
    with pytest.raises(NotAllowed):
        declare(proposal, by=make_user())
    with pytest.raises(RuleBroken, match="member_of_another_team"):
        declare(proposal, member=other.team.get(role="pi"))
    client = signed_in(proposal.pi.user)
    stolen = {**GRANT, "member": other.team.get(role="pi").public_id}
    answer = client.post(url("grant_add", proposal.public_id), stolen)
    assert list(answer.context["form"].errors) == ["member"]
    grant = declare(other)
    for route in ("grant_change", "grant_remove"):
        assert client.post(url(route, proposal.public_id, grant.public_id), stolen).status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_grant_is_declared_as_people_type_it(language: str) -> None:
    proposal = make_proposal(make_call(make_stage()))
    client, member = signed_in(proposal.pi.user), proposal.team.get(role="pi")
    data = {
        **GRANT,
        "member": member.public_id,
        "first_year": "２０２６",
        "effort_percent": "１０",
        "amount_yen": "１，０００，０００",
    }
    address = url("grant_add", proposal.public_id, language=language)
    assert client.post(address, data)["Location"] == url("grants", proposal.public_id, language=language)
    grant = proposal.grants.get()
    assert (grant.first_year, grant.effort_percent, grant.amount_yen) == (2026, 10, 1_000_000)
    change = url("grant_change", proposal.public_id, grant.public_id, language=language)
    assert client.get(change).context["form"]["member"].value() == member.public_id
    assert client.post(change, {**data, "title": "B"}).status_code == 302
    for wrong in (
        {"title": "\0"},
        {"effort_percent": "−5"},
        {"effort_percent": "101"},
        {"amount_yen": "ー５００"},
        {"last_year": "2025"},
        {"first_year": "1e9"},
        {"status": "x"},
        {"funder": "あ" * 201},
        {"member": "\0"},
    ):
        answer = client.post(change, {**data, **wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))
    remove = url("grant_remove", proposal.public_id, grant.public_id, language=language)
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert proposal.grants.count() == 0
