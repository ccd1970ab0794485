"""What a proposal takes over of its members' posts: copies that no profile changes."""

from typing import Any

import pytest

from kernel.actions import writing
from kernel.clock import now
from proposals.actions.content import content_of, digest
from proposals.actions.core import start_proposal
from proposals.actions.putting_back import put_back
from proposals.actions.statements import change_statement, make_statement
from proposals.actions.team import change_team_member
from proposals.documents import sheet_of
from proposals.models import Proposal, TeamMember
from proposals.posts import known_post
from tests.builders.people import make_post
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def draft() -> Proposal:
    proposal = make_proposal(make_call(make_stage()), pi=make_pi())
    with writing():
        TeamMember.objects.filter(proposal=proposal, role="pi").update(joined_at=now())
    return proposal


def pi_entry(proposal: Proposal) -> TeamMember:
    return TeamMember.objects.select_related("person").get(proposal=proposal, role="pi")


def test_a_draft_begins_with_the_post_at_its_institution() -> None:
    call, pi = make_call(make_stage()), make_pi()
    home = pi.person.memberships.get().organisation
    make_post(pi, institution_name=home.name_ja or home.name_en)
    make_post(pi, institution_name="別の大学", title_ja="客員教授", is_main=False)
    member = pi_entry(start_proposal(call=call, by=pi, institution=home))
    assert (member.department_en, member.title_ja) == ("Graduate School of Science", "教授")


def test_an_entry_is_filled_from_the_profile_of_whoever_takes_part(draft: Proposal) -> None:
    member, pi = pi_entry(draft), draft.pi.user
    assert known_post(member) == {}
    make_post(pi, institution_name=member.institution_name)
    client = signed_in(pi)
    here = f"/ja/proposals/{draft.public_id}/team/"
    assert "プロフィールに所属部局・職名が登録されています。" in text_of(client.get(here))
    form = client.get(f"{here}{member.public_id}/").context["form"]
    assert form["department_ja"].value() == "大学院理学研究科"
    with writing():
        TeamMember.objects.filter(pk=member.pk).update(joined_at=None)
    assert known_post(pi_entry(draft)) == {}


def test_what_an_entry_says_is_printed_and_kept_when_the_profile_changes(draft: Proposal) -> None:
    member, pi = pi_entry(draft), draft.pi.user
    before = digest(content_of(draft))
    place = {
        name: getattr(member, name) for name in ("role", "institution_name", "country_code", "effort_percent")
    }
    change_team_member(member=member, by=pi, **place, department_ja="理学部", title_ja="講師")
    content = content_of(fresh(draft))
    assert digest(content) != before
    row = sheet_of(content, "ja", draft.created_at)["team"]["rows"][0]
    assert row[2].endswith("\n理学部 / 講師")
    with writing():
        TeamMember.objects.filter(pk=member.pk).update(department_ja="", title_ja="")
        assert digest(content_of(fresh(draft))) == before  # what is not there is not mentioned
        put_back(fresh(draft), content)
    assert digest(content_of(fresh(draft))) == digest(content)


def test_the_statement_on_integrity_lists_the_posts_and_needs_no_text(draft: Proposal) -> None:
    member, pi = pi_entry(draft), draft.pi.user
    make_post(pi)
    make_post(pi, kind="side_job", institution_name="見本計測株式会社", title_ja="顧問", is_main=False)
    make = signed_in(pi)
    path = f"/ja/proposals/{draft.public_id}/statements/add/integrity/"
    assert make.post(path, {"member": member.public_id, "text": ""}).status_code == 302
    page = text_of(make.get(f"/ja/proposals/{draft.public_id}/statements/"))
    for words in ("本務：見本大学、大学院理学研究科、教授", "兼業：見本計測株式会社"):
        assert words in page
    content = content_of(fresh(draft))
    said = sheet_of(content, "ja", draft.created_at)["statements"]["rows"][0][2]
    assert "本務：見本大学" in said and "兼業：見本計測株式会社" in said
    with writing():
        put_back(fresh(draft), content)
    assert digest(content_of(fresh(draft))) == digest(content)


def test_without_a_post_the_statement_must_be_written(draft: Proposal) -> None:
    member = pi_entry(draft)
    path = f"/ja/proposals/{draft.public_id}/statements/add/integrity/"
    answer = signed_in(draft.pi.user).post(path, {"member": member.public_id, "text": "\u200b"})
    assert list(answer.context["form"].errors) == ["text"]


def test_a_post_that_changed_since_is_told_until_the_statement_is_saved_anew(draft: Proposal) -> None:
    member, pi = pi_entry(draft), draft.pi.user
    statement = make_statement(proposal=draft, by=pi, kind="integrity", member=member, text="該当なし")
    words = "研究インテグリティの申告後に、プロフィールの所属・兼業が変更されています"
    check = f"/ja/proposals/{draft.public_id}/check/"
    client: Any = signed_in(pi)
    assert words not in text_of(client.get(check))
    make_post(pi)
    assert words in text_of(client.get(check))
    change_statement(statement=statement, by=pi, member=member, text="該当なし")
    assert words not in text_of(client.get(check))
