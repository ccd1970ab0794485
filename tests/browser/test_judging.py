"""The officers' pages, and those of team, award, stays and attachment, in a real browser."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.files.store import store_bytes
from proposals.actions.eligibility import judge_eligibility
from proposals.models import PartnerAward
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

BOTH = pytest.mark.parametrize("language", ["ja", "en"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
PARTS = ("team", "team_add", "awards", "award_add", "exchange", "exchange_add", "attachment")


def path(route, *args, language="ja"):
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


def check(walker, addresses):
    for name, address in addresses.items():
        assert walker.open(address) == 200
        assert (name, walker.look()) == (name, [])


@BOTH
@WIDTHS
def test_the_officers_pages_have_no_barrier(walk, live_server, language, width):
    stage = make_stage()
    call = make_call(stage, state="closed", signs_in=False)
    make_proposal(make_call(stage), state="submitted")
    proposal = make_proposal(call, state="locked")
    make_proposal(call, state="eligible")
    with writing():
        PartnerAward.objects.filter(proposal=proposal).update(ends_on=dt.date(2028, 3, 31), number="X-1")
    judge_eligibility(
        proposal=proposal, agency=stage.home, by=stage.home1, verdict="no", reasons="期間が満たない。"
    )
    judge_eligibility(
        proposal=proposal,
        agency=stage.partner,
        by=stage.home1,
        verdict="yes",
        letter=store_bytes(name="回答.pdf", content=b"%PDF-1.7 letter"),
        letter_dated=dt.date(2026, 10, 1),
    )
    second = verify_email(stage.home2)
    walker = walk(language=language, width=width)
    walker.become(second)
    key = proposal.public_id
    check(
        walker,
        {
            "office": path("office", language=language),
            "proposal": path("office_proposal", key, language=language),
        },
    )
    first = walk(language=language, width=width)
    first.become(verify_email(stage.home1))
    check(
        first,
        {
            "eligibility": path("eligibility", key, stage.home.public_id, language=language),
            "behalf": path("eligibility", key, stage.partner.public_id, language=language),
            "award": path("award_verdict", key, proposal.awards.get().public_id, language=language),
        },
    )


@BOTH
@WIDTHS
def test_the_parts_with_several_rows_have_no_barrier(walk, live_server, language, width):
    pi = verify_email(make_pi())
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    walker = walk(language=language, width=width)
    walker.become(pi)
    check(walker, {part: path(part, proposal.public_id, language=language) for part in PARTS})


def test_a_verdict_is_given_and_confirmed_without_scripts(walk, live_server):
    stage = make_stage()
    proposal = make_proposal(make_call(stage, state="closed", signs_in=False), state="locked")
    page = path("office_proposal", proposal.public_id)
    answer = judge_eligibility(
        proposal=proposal,
        agency=stage.partner,
        by=stage.home1,
        verdict="yes",
        letter=store_bytes(name="回答.pdf", content=b"%PDF-1.7 letter"),
        letter_dated=dt.date(2026, 10, 1),
    )
    second = walk(javascript=False)
    second.become(verify_email(stage.home2))
    second.open(page)
    second.page.click("summary:has-text('この回答を確認する')")
    second.press(".move-confirm__panel button")
    answer.refresh_from_db()
    assert answer.counts
    first = walk(javascript=False)
    first.become(verify_email(stage.home1))
    first.open(path("eligibility", proposal.public_id, stage.home.public_id))
    first.page.check("input[name=verdict][value=yes]")
    first.press("main form button[type=submit]")
    proposal.refresh_from_db()
    assert proposal.state == "eligible"
