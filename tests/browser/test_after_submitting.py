"""What may happen to a proposal once it was submitted, by its people in a browser: returned for correction and submitted again,
given more time, declined after its adoption. Each page tells the applicant what comes next."""

import datetime as dt
from typing import Any

import pytest

from kernel import clock
from kernel.actions import writing
from kernel.clock import day_of
from kernel.outbox.models import OutboxMail
from projects.models import Project
from proposals.actions.submission import lock_overdue_calls
from proposals.models import Proposal
from tests.browser.actor import Stagehand
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_pi, make_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("language", ["ja", "en"])


def closed(stage: Any, pi: Any) -> Proposal:
    """A proposal that was received at a deadline of yesterday."""
    proposal = make_proposal(make_call(stage, state="closed"), pi=pi, state="locked")
    with writing():
        proposal.call.deadline_at = clock.now() - dt.timedelta(days=1)
        proposal.call.save()
    return proposal


@BOTH
def test_a_proposal_is_returned_for_correction_mended_and_submitted_again(walk: Any, language: str) -> None:
    stage = make_stage()
    pi, officer = verify_email(make_pi()), verify_email(stage.home1)
    proposal = closed(stage, pi)
    here, hand = proposal.public_id, Stagehand(walk, language)

    hand.enter(officer)
    hand.fill_in(
        "proposals:correction",
        here,
        stage.home.public_id,
        parts="core",
        what="英文題名を直してください Mend the English title",
        on=str(day_of(clock.now()) + dt.timedelta(days=10)),
    )
    hand.enter(pi)
    hand.go("proposals:tasks", here)
    assert "Mend the English title" in hand.text()
    next_step = {
        "ja": "修正の期限までに研究代表者が再提出します",
        "en": "before the deadline of the correction",
    }
    assert next_step[language] in hand.text()
    hand.fill_in("proposals:core", here, title_en="A mended title")
    hand.fill_in("proposals:submit", here)
    assert str(proposal.receipt_number) in hand.text()  # the receipt, under the same number
    assert {"ja": "次の手続", "en": "What comes next"}[language] in hand.text()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.submissions.count()) == ("submitted", 2)
    with clock.set_to(proposal.deadline_at):
        assert lock_overdue_calls() == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.title_en) == ("locked", "A mended title")


@BOTH
def test_one_proposal_is_reopened_after_the_deadline_until_an_hour(walk: Any, language: str) -> None:
    stage = make_stage()
    pi, officer = verify_email(make_pi()), verify_email(stage.home1)
    proposal, other = closed(stage, pi), closed(stage, pi)
    here, hand = proposal.public_id, Stagehand(walk, language)

    hand.enter(officer)
    hand.fill_in(
        "proposals:extend",
        here,
        on=str(day_of(clock.now()) + dt.timedelta(days=3)),
        reason="停電のため The power failed",
    )
    mail = OutboxMail.objects.get(template="deadline_extended")
    assert (mail.recipient, "The power failed" in mail.body) == (pi.email, True)
    hand.enter(pi)
    hand.go("proposals:tasks", here)
    hand.fill_in("proposals:core", here, title_en="Written after the power came back")
    hand.go("proposals:tasks", other.public_id)
    assert hand.page.locator(f"main a[href*='/{other.public_id}/core/']").count() == 0  # this one alone
    hand.fill_in("proposals:submit", here)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    with clock.set_to(proposal.deadline_at - dt.timedelta(seconds=1)):
        assert lock_overdue_calls() == 0
    with clock.set_to(proposal.deadline_at):
        assert lock_overdue_calls() == 1
    assert set(Proposal.objects.values_list("state", flat=True)) == {"locked"}


@BOTH
def test_an_adopted_proposal_is_declined_and_its_money_is_free_again(walk: Any, language: str) -> None:
    stage = make_stage()
    pi = verify_email(make_pi())
    project = make_project(stage, pi=pi, is_active=False)
    proposal, hand = project.proposal, Stagehand(walk, language)
    here = proposal.public_id

    hand.enter(pi)
    hand.go("proposals:tasks", here)
    link = hand.page.locator("main a[href$='/decline/']").first
    with hand.page.expect_navigation():
        link.click()
    hand.fill(reason="他の制度で採択された Funded elsewhere")
    hand.send()
    assert hand.walker.path.endswith(f"/proposals/{here}/")
    assert hand.page.locator("main a[href$='/decline/']").count() == 0
    proposal.refresh_from_db()
    assert proposal.state == "declined"
    assert Project.objects.get().state == "closed"
    assert sum(entry.amount for entry in Project.objects.get().ledger.all()) == 0
