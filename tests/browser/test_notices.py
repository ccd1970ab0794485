"""A notice of intent in a browser: given, judged by both agencies, and continued as the full proposal."""

import datetime as dt

import pytest

from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from proposals.models import NoticeOfIntent, Proposal
from tests.browser.actor import Stagehand
from tests.builders.notices import answer_notice, make_notice, make_notice_call, values_of
from tests.builders.people import verify_email
from tests.builders.program import make_stage
from tests.builders.proposals import make_pi

BOTH = pytest.mark.parametrize("language", ["ja", "en"])
TYPED = (
    "title_ja",
    "title_en",
    "summary",
    "family_romaji",
    "given_romaji",
    "institution_name",
    "award_number",
)


def test_a_notice_is_given_judged_by_both_agencies_and_becomes_a_proposal(walk, live_server):
    stage, pi = make_stage(), verify_email(make_pi())
    call = make_notice_call(stage)
    values = values_of(call)
    actor = Stagehand(walk, "ja")
    actor.enter(pi)
    actor.go("program:call", call.public_id)
    with actor.page.expect_navigation():
        actor.page.click(f"main a.button[href$='/calls/{call.public_id}/notice/']")
    actor.fill(country_code="US", **{name: values[name] for name in TYPED})
    with actor.page.expect_navigation():
        actor.page.click("main button[name=step][value=draft]")
    notice = NoticeOfIntent.objects.get()
    assert (notice.state, notice.title_ja) == ("draft", values["title_ja"])
    actor.go("proposals:notice_change", notice.public_id)
    with actor.page.expect_navigation():
        actor.page.click("main button[name=step][value=submit]")
    assert f"{call.code}-N0001" in actor.text()
    # The deadline passes.
    with writing():
        Call.objects.filter(pk=call.pk).update(notice_deadline_at=now() - dt.timedelta(minutes=1))
    for officer, agency in ((stage.home1, stage.home), (stage.partner1, stage.partner)):
        actor.enter(verify_email(officer))
        actor.go("proposals:notices")
        assert f"{call.code}-N0001" in actor.text()
        actor.fill_in("proposals:notice_verdict", notice.public_id, agency.public_id, verdict="yes")
    actor.enter(pi)
    actor.go("proposals:notice", notice.public_id)
    actor.press(f"/notices/{notice.public_id}/propose/")
    proposal = Proposal.objects.get()
    assert (proposal.notice, proposal.title_en) == (notice, values["title_en"])
    assert proposal.team.filter(role="partner_pi").exists()


@BOTH
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_notices_have_no_barrier(walk, live_server, language, width):
    stage, pi = make_stage(), verify_email(make_pi())
    open_call, judged = make_notice_call(stage), make_notice_call(stage, is_past=True)
    own = make_notice(judged, pi=pi, state="accepted")
    answer_notice(stage, own, "advice")
    waiting = make_notice(judged)
    looks = (
        (
            pi,
            (
                ("proposals:notice_give", open_call.public_id),
                ("proposals:notice", own.public_id),
                ("program:call", open_call.public_id),
            ),
        ),
        (
            verify_email(stage.home1),
            (
                ("proposals:notices",),
                ("proposals:office_notice", waiting.public_id),
                ("proposals:notice_verdict", waiting.public_id, stage.home.public_id),
                ("proposals:notice_admit", judged.public_id),
            ),
        ),
    )
    for user, pages in looks:
        actor = Stagehand(lambda **kwargs: walk(width=width, **kwargs), language)
        actor.walker.become(user)
        for page in pages:
            actor.go(*page)
            assert (page[0], actor.walker.look()) == (page[0], [])
