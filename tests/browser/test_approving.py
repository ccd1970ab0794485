"""The research institution between signatures and submission, by its people in a browser, in both languages."""

from typing import Any

import pytest

from accounts.enums import Role
from tests.browser.actor import Stagehand
from tests.builders.approval import make_approving_call, make_signed, sign_all
from tests.builders.people import make_institution, make_member, verify_email
from tests.builders.program import make_stage
from tests.builders.proposals import make_pi

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_proposal_is_returned_mended_approved_and_submitted(walk: Any, language: str) -> None:
    institution = make_institution("UNIV")
    pi = verify_email(make_pi(institution))
    officer = verify_email(make_member(institution, Role.INSTITUTION_OFFICER))
    proposal = make_signed(make_approving_call(make_stage()), pi=pi)
    here, hand = proposal.public_id, Stagehand(walk, language)

    def ask() -> None:
        hand.go("proposals:check", here)
        hand.page.locator("main a[href$='/approval/']").click()
        hand.send("main form[method=post] button[type=submit]")

    def answer(button: str, comment: str) -> None:
        hand.enter(officer)
        hand.go("proposals:approvals")
        hand.page.locator("main table a").first.click()
        hand.fill(comment=comment)
        hand.send(f"main button[name=answer][value={button}]")

    hand.enter(pi)
    ask()
    assert hand.page.locator("main a[href$='/submit/']").count() == 0
    answer("return", "題名を見直してください Mend the title")
    hand.enter(pi)
    hand.go("proposals:tasks", here)
    assert "Mend the title" in hand.text()
    hand.fill_in("proposals:core", here, title_en="A mended title")
    sign_all(proposal)  # the partner signs anew
    ask()
    answer("approve", "")
    hand.enter(pi)
    hand.fill_in("proposals:submit", here)
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    assert [one.state for one in proposal.approvals.order_by("pk")] == ["returned", "approved"]
