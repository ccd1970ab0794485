"""Hints of overlap: found in the background, shown to officers with their reasons, settled with a reason."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.overlaps import look_for_overlaps, settle_overlap
from proposals.models import OtherGrant, OverlapFlag, Proposal, ProposalAccess, Submission, TeamMember
from tests.builders.people import make_agency, make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
TITLE = "量子通信ネットワークの国際共同研究"


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def received(call: Any, **fields: Any) -> Proposal:
    return make_proposal(call, state="locked", **fields)


def kinds(proposal: Proposal) -> list[str]:
    return sorted(OverlapFlag.objects.filter(proposal=proposal).values_list("kind", flat=True))


def add_grant(proposal: Proposal, **fields: Any) -> OtherGrant:
    with writing():
        return OtherGrant.objects.create(
            **{
                "proposal": proposal,
                "person": proposal.pi,
                "status": "held",
                "funder": "A",
                "title": "Other research",
                "amount_yen": 5_000_000,
                "first_year": 2026,
                "last_year": 2030,
                "effort_percent": 20,
                **fields,
            }
        )


def exclude(proposal: Proposal, user: Any) -> None:
    with writing():
        ProposalAccess.objects.create(
            proposal=proposal, person=user.person, kind="excluded", source="conflict"
        )


def shown(user: Any, proposal: Proposal, language: str = "en") -> str:
    client = Client()
    client.force_login(user)
    with translation.override(language):
        return client.get(reverse("proposals:overlaps", args=[proposal.public_id])).content.decode()


def pair(stage: Stage) -> tuple[Proposal, Proposal]:
    """One principal investigator with two proposals of the same title in one call."""
    call, pi = make_call(stage, state="closed"), make_pi()
    return received(call, pi=pi, title_ja=TITLE), received(call, pi=pi, title_ja=TITLE)


def test_each_kind_is_found_on_both_sides(stage: Stage) -> None:
    one, two = pair(stage)
    add_grant(one)
    add_grant(two, amount_yen=9_000_000, effort_percent=50)
    with writing():
        two.awards.update(number=one.awards.get().number)
    assert look_for_overlaps() == 2
    # 30 % in each, and the grant by the larger of its shares
    assert kinds(one) == kinds(two) == ["award", "effort", "grant", "person", "text"]
    assert OverlapFlag.objects.get(proposal=one, kind="effort").details["total"] == 110
    assert look_for_overlaps() == 0


def test_nothing_is_found_where_nothing_is_common(stage: Stage) -> None:
    call = make_call(stage, state="closed")
    one = received(call, title_ja="植物の環境応答", title_en="How plants respond to heat")
    two = received(call, title_ja=TITLE, title_en="Networks of quantum communication")
    look_for_overlaps()
    assert kinds(one) == kinds(two) == []


def test_who_was_looked_at_earlier_is_told_of_who_comes_later(stage: Stage) -> None:
    pi = make_pi()
    one = received(make_call(stage, state="closed"), pi=pi)
    assert look_for_overlaps() == 1
    assert kinds(one) == []
    two = received(make_call(stage, state="closed"), pi=pi)
    assert look_for_overlaps() == 1
    assert "person" in kinds(two)
    assert look_for_overlaps() == 1
    assert "person" in kinds(one)
    assert look_for_overlaps() == 0


def test_the_same_person_is_known_by_the_e_rad_number_of_another_record(stage: Stage) -> None:
    call = make_call(stage, state="closed")
    one, two = received(call), received(call)
    with writing():
        for proposal in (one, two):
            proposal.pi.erad_number = "90050426"
            proposal.pi.save()
    look_for_overlaps()
    assert "person" in kinds(one)
    assert OverlapFlag.objects.get(proposal=one, kind="person").person == one.pi


@pytest.mark.parametrize("state", ["draft", "withdrawn", "not_adopted", "ineligible"])
def test_what_does_not_stand_overlaps_with_nothing(stage: Stage, state: str) -> None:
    one, two = pair(stage)
    with writing():
        Proposal.objects.filter(pk=two.pk).update(state=state)
    look_for_overlaps()
    assert kinds(one) == []


def test_a_hint_is_shown_as_long_as_the_other_proposal_stands(stage: Stage) -> None:
    one, two = pair(stage)
    look_for_overlaps()
    assert str(two.receipt_number) in shown(stage.home1, one)
    with writing():
        Proposal.objects.filter(pk=two.pk).update(state="withdrawn")
    assert "Nothing was found" in shown(stage.home1, one)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_of_a_proposal_that_is_not_theirs_an_officer_learns_only_that_there_is_something(
    stage: Stage, language: str
) -> None:
    one, two = pair(stage)
    add_grant(one)
    add_grant(two, amount_yen=9_000_000)
    look_for_overlaps()
    words = {"ja": "閲覧権限のない他の案件", "en": "not yours to see"}[language]
    open_page = shown(stage.home1, one, language)
    assert str(two.receipt_number) in open_page
    assert "9,000,000" in open_page
    assert words not in open_page
    exclude(two, stage.home1)
    page = shown(stage.home1, one, language)
    assert str(two.receipt_number) not in page
    assert two.title_en not in page
    assert two.public_id not in page
    assert "9,000,000" not in page
    assert words in page


def test_another_call_of_other_agencies_is_elsewhere(stage: Stage) -> None:
    one, pi = received(make_call(stage, state="closed")), None
    other = make_stage()
    pi = one.pi.user
    two = received(make_call(other, state="closed"), pi=pi)
    look_for_overlaps()
    look_for_overlaps()
    assert str(two.receipt_number) not in shown(stage.home1, one)
    assert "not yours to see" in shown(stage.home1, one)
    assert str(one.receipt_number) not in shown(other.home1, two)


def test_a_hint_is_settled_with_a_reason_by_a_programme_officer(stage: Stage) -> None:
    one, two = pair(stage)
    look_for_overlaps()
    flag = OverlapFlag.objects.get(proposal=one, kind="person")
    for user in (
        stage.home2,
        stage.ministry1,
        one.pi.user,
        make_member(make_agency("X"), Role.PROGRAMME_OFFICER),
    ):
        with pytest.raises(NotAllowed):
            settle_overlap(flag=flag, by=user, reason="x")
    for reason, code in ((" ", "reason_missing"), ("x" * 3_000, "text_over_limit"), ("\x00", "text_has_nul")):
        with pytest.raises(RuleBroken) as broken:
            settle_overlap(flag=flag, by=stage.home1, reason=reason)
        assert code in [violation.code for violation in broken.value.violations]
    settled = settle_overlap(flag=flag, by=stage.partner1, reason=" 本人に確認 ")
    assert (settled.settlement, settled.settled_by, settled.settled_for) == (
        "本人に確認",
        stage.partner1,
        stage.partner,
    )
    # The same on the other proposal, which the officer handles too.
    assert OverlapFlag.objects.get(proposal=two, kind="person").settlement == "本人に確認"
    assert AuditEntry.objects.filter(verb="overlap_settled").count() == 2
    assert "本人に確認" in shown(stage.home1, one)


def test_the_other_side_stays_open_where_it_is_not_theirs(stage: Stage) -> None:
    one, two = pair(stage)
    look_for_overlaps()
    exclude(two, stage.home1)
    settle_overlap(
        flag=OverlapFlag.objects.get(proposal=one, kind="person"), by=stage.home1, reason="本人に確認"
    )
    assert OverlapFlag.objects.get(proposal=two, kind="person").settled_at is None


def test_it_is_open_again_once_its_figures_change(stage: Stage) -> None:
    one, _two = pair(stage)
    look_for_overlaps()
    flag = OverlapFlag.objects.get(proposal=one, kind="person")
    settle_overlap(flag=flag, by=stage.home1, reason="本人に確認")
    with writing():
        Proposal.objects.filter(pk=one.pk).update(overlaps_due=True)
    look_for_overlaps()
    flag.refresh_from_db()
    assert flag.settlement == "本人に確認"
    with writing():
        TeamMember.objects.filter(proposal=one, role="pi").update(effort_percent=40)
        last = Submission.objects.get(proposal=one)
        Submission.objects.create(
            proposal=one, number=2, at=last.at, by=last.by, content=last.content, sha256=last.sha256
        )
    look_for_overlaps()
    flag.refresh_from_db()
    assert (flag.settled_at, flag.settlement, flag.details["here"]) == (None, "", 40)


def test_the_list_has_a_column_and_a_filter(stage: Stage) -> None:
    one, _two = pair(stage)
    free = received(one.call, title_ja="植物の環境応答", title_en="How plants respond to heat")
    look_for_overlaps()
    client = Client()
    client.force_login(stage.home1)
    with translation.override("en"):
        office = reverse("proposals:office")
    page = client.get(office, {"todo": "overlap", "col": "overlaps"}).content.decode()
    assert str(one.receipt_number) in page
    assert "2 open of 2" in page
    assert str(free.receipt_number) not in page
    for flag in OverlapFlag.objects.filter(proposal=one):
        settle_overlap(flag=flag, by=stage.home1, reason="確認")
    assert str(one.receipt_number) not in client.get(office, {"todo": "overlap"}).content.decode()
    assert "2 settled" in client.get(office, {"col": "overlaps"}).content.decode()


def test_the_form_keeps_what_was_typed_and_stands_in_nobody_elses_way(stage: Stage) -> None:
    one, _two = pair(stage)
    look_for_overlaps()
    flag = OverlapFlag.objects.get(proposal=one, kind="text")
    client = Client()
    client.force_login(stage.home1)
    with translation.override("en"):
        address = reverse("proposals:overlap_settle", args=[one.public_id, flag.public_id])
    assert "alike to 100%" in client.get(address).content.decode()
    assert client.post(address, {"reason": "x\x00"}).status_code == 200
    assert client.post(address, {"reason": "Asked."}).status_code == 302
    exclude(one, stage.home1)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_look_asks_the_same_number_of_queries(stage: Stage, others: int) -> None:
    call, pi = make_call(stage, state="closed"), make_pi()
    for _ in range(others):
        received(call, pi=pi, title_ja=TITLE)
    look_for_overlaps()
    with writing():
        Proposal.objects.update(overlaps_due=False)
    received(call, pi=pi, title_ja="別の課題", title_en="Something else altogether")
    with CaptureQueriesContext(connection) as captured:
        assert look_for_overlaps() == 1
    reads = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert len(reads) == 11
