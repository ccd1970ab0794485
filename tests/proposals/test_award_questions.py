"""An agency asks the applicants about a partner award; they answer; whoever asked takes the question back."""

from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.award_questions import answer_about_award, ask_about_award, take_back_question
from proposals.actions.content import content_of, digest
from proposals.actions.putting_back import put_back
from proposals.contributions import waiting
from proposals.models import AwardQuestion, PartnerAward, Proposal, ProposalAccess, TeamMember
from tests.builders.people import make_member
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.counting import asks

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def award(stage: Stage) -> PartnerAward:
    return make_proposal(make_call(stage, state="closed"), state="locked").awards.get()


def ask(award: PartnerAward, by: Any, text: str = "Until when is it funded?") -> AwardQuestion:
    return ask_about_award(award=award, by=by, question=text)


def answer(question: AwardQuestion, by: Any, text: str = "Until 2031.") -> AwardQuestion:
    return answer_about_award(question=question, by=by, answer=text)


def pi_of(award: PartnerAward) -> Any:
    return award.proposal.pi.user


def move_to(award: PartnerAward, state: str) -> None:
    with writing():
        Proposal.objects.filter(pk=award.proposal_id).update(state=state)


def exclude(award: PartnerAward, user: Any) -> None:
    with writing():
        ProposalAccess.objects.create(
            proposal=award.proposal, person=user.person, kind="excluded", source="conflict"
        )


def refused(act: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def signed_in(user: AbstractBaseUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(route: str, award: PartnerAward, *keys: str) -> str:
    with translation.override("en"):
        return reverse(f"proposals:{route}", args=[award.proposal.public_id, *keys])


def shown(user: AbstractBaseUser, address: str) -> str:
    return signed_in(user).get(address).content.decode()


def test_the_awards_agency_asks_and_the_principal_investigator_is_told_once(
    stage: Stage, award: PartnerAward
) -> None:
    asked = ask(award, stage.partner1)
    assert ask(award, stage.partner1).pk == asked.pk  # a second click
    assert (asked.agency, asked.number) == (stage.partner, award.number)
    mail = OutboxMail.objects.get(template="award_asked")
    assert (mail.recipient, mail.kind) == (pi_of(award).email, "required")
    assert "Until when is it funded?" in mail.body
    assert asked.public_id in mail.body
    assert "<" not in mail.body
    assert AuditEntry.objects.get(verb="award_asked").details == {
        "award": award.public_id,
        "agency": stage.partner.public_id,
    }


def test_the_lead_agency_asks_in_its_own_name(stage: Stage, award: PartnerAward) -> None:
    assert ask(award, stage.home1).agency == stage.home


def test_the_lead_agency_asks_where_the_awards_agency_does_not_sign_in(stage: Stage) -> None:
    award = make_proposal(make_call(stage, state="closed", signs_in=False), state="locked").awards.get()
    assert ask(award, stage.home1).agency == stage.home


def test_nobody_else_asks(stage: Stage, award: PartnerAward) -> None:
    exclude(award, stage.partner1)
    for user in (stage.partner1, stage.partner2, stage.home2, stage.ministry1, pi_of(award), make_pi()):
        with pytest.raises(NotAllowed):
            ask(award, user)
    assert AwardQuestion.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "submitted", "ineligible", "adopted", "withdrawn"])
def test_nothing_is_asked_where_no_verdict_on_the_award_is(
    stage: Stage, award: PartnerAward, state: str
) -> None:
    move_to(award, state)
    assert refused(lambda: ask(award, stage.partner1)) == ["question_not_now"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \u3000\u200b", "question_missing"),
        ("x" * 1001, "text_over_limit"),
        ("a\0b", "text_has_nul"),
    ],
)
def test_a_question_is_written_and_within_its_limit(
    stage: Stage, award: PartnerAward, text: str, code: str
) -> None:
    assert refused(lambda: ask(award, stage.partner1, text)) == [code]
    assert OutboxMail.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "submitted", "locked", "eligible"])
def test_the_team_answers_until_the_decision_and_the_officer_is_told(
    stage: Stage, award: PartnerAward, state: str
) -> None:
    other = make_member(stage.partner, Role.PROGRAMME_OFFICER)
    asked = ask(award, stage.partner1)
    before = Proposal.objects.values().get(pk=award.proposal_id)
    move_to(award, state)
    said = answer(asked, pi_of(award))
    assert answer(said, pi_of(award)).answered_at == said.answered_at  # a second click
    mail = OutboxMail.objects.get(template="award_answered")
    assert (mail.recipient, other.email != mail.recipient) == (stage.partner1.email, True)
    assert "Until 2031." in mail.body
    page = "office" if state in ("locked", "eligible") else "returns"
    assert f"/{page}/" in mail.body
    assert Proposal.objects.values().get(pk=award.proposal_id) == {**before, "state": state}


@pytest.mark.parametrize("state", ["withdrawn", "ineligible", "adopted", "reserved", "not_adopted"])
def test_nothing_is_answered_after_the_decision(stage: Stage, award: PartnerAward, state: str) -> None:
    asked = ask(award, stage.partner1)
    move_to(award, state)
    assert refused(lambda: answer(asked, pi_of(award))) == ["question_closed"]


def test_an_answer_is_written_once(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    assert refused(lambda: answer(asked, pi_of(award), " \u200b")) == ["question_unanswered"]
    assert refused(lambda: answer(asked, pi_of(award), "x" * 2001)) == ["text_over_limit"]
    answer(asked, pi_of(award))
    assert refused(lambda: answer(asked, pi_of(award), "Another.")) == ["question_answered"]
    assert AwardQuestion.objects.get().answer == "Until 2031."


def test_only_writers_answer(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    member = make_pi()
    with writing():
        seat = TeamMember.objects.create(
            proposal=award.proposal,
            person=member.person,
            role="co_investigator",
            institution_name="Example",
            country_code="JP",
            effort_percent=1,
        )
    for user in (make_pi(), member, stage.partner1):
        with pytest.raises(NotAllowed):
            answer(asked, user)
    with writing():
        TeamMember.objects.filter(pk=seat.pk).update(joined_at=award.proposal.changed_at)
    assert answer(asked, member).answered_by == member


def test_where_the_asker_handles_it_no_more_the_colleagues_are_told(
    stage: Stage, award: PartnerAward
) -> None:
    other = make_member(stage.partner, Role.PROGRAMME_OFFICER)
    asked = ask(award, stage.partner1)
    exclude(award, stage.partner1)
    answer(asked, pi_of(award))
    assert OutboxMail.objects.get(template="award_answered").recipient == other.email


def test_the_asker_takes_an_open_question_back(stage: Stage, award: PartnerAward) -> None:
    other = make_member(stage.partner, Role.PROGRAMME_OFFICER)
    asked = ask(award, stage.partner1)
    with pytest.raises(NotAllowed):
        take_back_question(question=asked, by=other)
    taken = take_back_question(question=asked, by=stage.partner1)
    assert take_back_question(question=asked, by=stage.partner1).taken_back_at == taken.taken_back_at
    assert refused(lambda: answer(asked, pi_of(award))) == ["question_taken_back"]
    assert AuditEntry.objects.filter(verb="award_question_taken_back").count() == 1


def test_an_answered_question_is_not_taken_back(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    answer(asked, pi_of(award))
    assert refused(lambda: take_back_question(question=asked, by=stage.partner1)) == ["question_answered"]


def test_what_was_asked_survives_an_award_that_went_and_came_back(stage: Stage, award: PartnerAward) -> None:
    proposal, content = award.proposal, content_of(award.proposal)
    answer(ask(award, stage.partner1), pi_of(award))
    with writing():
        proposal.awards.all().delete()
        put_back(Proposal.objects.get(pk=proposal.pk), content)
    assert "Until 2031." in shown(stage.home1, at("office_proposal", award))


def test_what_was_asked_of_an_award_that_a_correction_replaced_stays_readable_beside_it(
    stage: Stage, award: PartnerAward
) -> None:
    proposal = award.proposal
    answer(ask(award, stage.partner1), pi_of(award))
    number, title = award.number, award.title
    with writing():
        first = proposal.submissions.get()
        PartnerAward.objects.filter(pk=award.pk).update(public_id="2" * 12, number="9999999", title="Other")
        again = Proposal.objects.get(pk=proposal.pk)
        content = content_of(again)
        proposal.submissions.create(
            number=2, at=first.at, content=content, sha256=digest(content), by=first.by
        )
    page = shown(stage.home1, at("office_proposal", award))
    assert f"Award {number}, replaced when the proposal was submitted again" in page
    assert "Until when is it funded?" in page and "Until 2031." in page and title in page
    assert "Award 9999999, replaced" not in page
    # Neither a stranger nor somebody with an interest learns of it.
    exclude(award, stage.home1)
    assert signed_in(stage.home1).get(at("office_proposal", award)).status_code == 404


def test_it_waits_on_the_home_page_of_the_principal_investigator(stage: Stage, award: PartnerAward) -> None:
    def urls() -> list[str]:
        with translation.override("en"):
            return [item.url for item in waiting(pi_of(award))]

    asked = ask(award, stage.partner1)
    assert urls() == [at("tasks", award)]
    move_to(award, "withdrawn")
    assert urls() == []
    move_to(award, "locked")
    answer(asked, pi_of(award))
    assert urls() == []


def test_the_pages_from_question_to_answer(stage: Stage, award: PartnerAward) -> None:
    office, tasks = at("office_proposal", award), at("tasks", award)
    page = at("award_ask", award, award.public_id)
    officer, team = signed_in(stage.partner1), signed_in(pi_of(award))
    assert page in officer.get(office).content.decode()
    assert page not in shown(stage.home2, office)
    blank = officer.post(page, {"question": "\u200b"})
    assert list(blank.context["form"].errors) == ["question"]
    assert officer.post(page, {"question": "Until <b>when</b>?"}).headers["Location"] == office
    asked = AwardQuestion.objects.get()
    back = at("award_question_take_back", award, asked.public_id)
    for user, may in ((stage.partner1, True), (stage.home1, False), (stage.partner2, False)):
        body = shown(user, office)
        assert ("Until &lt;b&gt;when&lt;/b&gt;?" in body, back in body) == (True, may)
    own = at("award_answer", award, asked.public_id)
    body = team.get(tasks).content.decode()
    assert ("Until &lt;b&gt;when" in body, own in body) == (True, True)
    assert stage.partner1.person.name not in body
    assert list(team.post(own, {"answer": "x" * 2001}).context["form"].errors) == ["answer"]
    assert team.post(own, {"answer": "Until 2031."}).headers["Location"] == tasks
    for user, address in ((stage.partner1, office), (stage.home1, office), (pi_of(award), tasks)):
        body = shown(user, address)
        assert ("Until 2031." in body, own in body, back in body) == (True, False, False)
        assert "The team answered about the partner award" in body
    assert team.get(own).headers["Location"] == tasks
    again = team.post(own, {"answer": "Another."})
    assert "has been answered" in again.content.decode()
    assert "Another." in again.content.decode()


def test_a_question_taken_back_is_shown_to_nobody(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    back = at("award_question_take_back", award, asked.public_id)
    assert signed_in(stage.home1).post(back).status_code == 404
    assert signed_in(stage.partner1).post(back).status_code == 302
    for user, page in ((stage.partner1, "office_proposal"), (pi_of(award), "tasks")):
        assert "Until when is it funded?" not in shown(user, at(page, award))
    own = at("award_answer", award, asked.public_id)
    told = signed_in(pi_of(award)).get(own, follow=True).content.decode()
    assert "taken the question back" in told


def test_whoever_has_a_conflict_finds_nothing(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    exclude(award, stage.partner1)
    client = signed_in(stage.partner1)
    assert client.get(at("award_ask", award, award.public_id)).status_code == 404
    assert client.post(at("award_question_take_back", award, asked.public_id)).status_code == 404
    assert client.get(at("award_answer", award, asked.public_id)).status_code == 404


def test_a_question_of_another_proposal_is_absent(stage: Stage, award: PartnerAward) -> None:
    asked = ask(award, stage.partner1)
    other = make_proposal(award.proposal.call, pi=pi_of(award), state="locked").awards.get()
    assert signed_in(pi_of(award)).get(at("award_answer", other, asked.public_id)).status_code == 404
    assert signed_in(stage.partner1).get(at("award_ask", other, award.public_id)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_questions_cost_the_officers_page_one_query_more(
    stage: Stage, award: PartnerAward, count: int
) -> None:
    for number in range(count):
        ask(award, stage.partner1, f"Question {number}?")
    client = signed_in(stage.home1)
    with CaptureQueriesContext(connection) as captured:
        client.get(at("office_proposal", award))
    assert sum(asks(query["sql"]) for query in captured) == 11
