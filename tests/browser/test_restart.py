"""A server that is stopped and started again while somebody types."""

from collections.abc import Callable

from tests.browser.portal import OwnPortal, with_password
from tests.browser.walker import Walker
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

STATE = "[data-autosave-state]"
FIELD = "textarea[name=text]"


def test_what_is_typed_while_the_server_is_down_is_saved_when_it_is_back(
    portal: OwnPortal, walk_there: Callable[..., Walker]
) -> None:
    pi = verify_email(make_pi())
    with_password(pi)
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    section = proposal.sections.get(section__key="plan")
    walker = walk_there()
    walker.sign_in(pi)
    walker.open(f"/ja/proposals/{proposal.public_id}/sections/plan/")
    walker.page.fill(FIELD, "停止前。")
    walker.page.wait_for_selector(f"{STATE}:has-text('自動保存')")
    portal.stop()
    walker.page.fill(FIELD, "停止前。停止中。")
    walker.page.wait_for_selector(f"{STATE}:has-text('応答')")
    portal.start()
    walker.page.wait_for_selector(f"{STATE}:has-text('自動保存')")
    section.refresh_from_db()
    assert section.text == "停止前。停止中。"
    walker.press("main form button[type=submit]")
    assert portal.errors() == []
