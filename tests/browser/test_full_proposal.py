"""A full proposal in each language: four people in four browsers at once, on a portal that runs by itself and is stopped."""

from collections.abc import Callable

import pytest

from tests.browser import full_parts as parts
from tests.browser import full_sending as sending
from tests.browser import full_writing as writing
from tests.browser.full_cast import make_cast
from tests.browser.full_scene import make_scene
from tests.browser.portal import OwnPortal
from tests.browser.walker import Walker


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_full_proposal(portal: OwnPortal, walk_there: Callable[..., Walker], language: str) -> None:
    cast = make_cast(walk_there, make_scene(language), portal)
    writing.begin(cast)
    writing.invite(cast)
    parts.claim_awards(cast)  # meanwhile the worker sends the mails
    parts.plan_stays(cast)
    writing.accept(cast)
    writing.write_together(cast)
    writing.survive_session(cast)
    writing.survive_restart(cast)
    writing.propose_change(cast)
    parts.declare_grants(cast)
    parts.plan_budget(cast)
    parts.attach(cast)
    sending.sign(cast)
    sending.void(cast)
    sending.sign(cast)
    sending.approve(cast)
    draft = sending.preview(cast)
    submitted = sending.submit(cast, version=1)
    sending.equal(cast, draft, submitted, version=1)
    draft, submitted = sending.resubmit(cast)
    sending.equal(cast, draft, submitted, version=2)
    sending.receive(cast, submitted)
    assert portal.errors() == []
