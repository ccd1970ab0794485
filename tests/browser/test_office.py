"""An officer's day with the list: search, save, choose columns, tick, write, hold, take back."""

import pytest
from django.urls import reverse
from django.utils import translation

from kernel.outbox.models import OutboxMail
from proposals.actions.mailing import LIMITS, write_mails
from proposals.enums import MailTo
from proposals.models import SavedFilter
from tests.browser.actor import Stagehand
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

BOTH = pytest.mark.parametrize("language", ["ja", "en"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def path(route, *args, language="ja"):
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


def test_an_officer_searches_saves_writes_and_takes_back(walk, live_server):
    stage = make_stage()
    call = make_call(stage, state="closed")
    one = make_proposal(call, state="locked", title_ja="藻類の量子センシング")
    other = make_proposal(call, state="locked")
    actor = Stagehand(walk, "ja")
    actor.enter(verify_email(stage.home1))
    actor.go("proposals:office")
    page = actor.page
    page.fill("main [name=q]", "センシング 量子")
    page.click("details.filter-bar__more > summary")
    page.check("main [name=col][value=pi]")
    page.check("main [name=col][value=received]")
    with page.expect_navigation():
        page.click(".filter-bar button[type=submit]")
    assert one.receipt_number in actor.text() and other.receipt_number not in actor.text()
    assert [head.strip() for head in page.locator("thead th").all_inner_texts()][-2:] == [
        "研究代表者",
        "受付日時",
    ]
    with page.expect_navigation():
        page.click("main .filter-bar a[href*='/proposals/filters/']")
    actor.fill(name="量子センシング")
    actor.send()
    assert SavedFilter.objects.get().query.endswith("&col=pi&col=received")
    actor.go("proposals:office")
    assert other.receipt_number in actor.text()
    with page.expect_navigation():
        page.click("main a:has-text('量子センシング')")
    assert other.receipt_number not in actor.text()
    page.check("main [name=pick]")
    with page.expect_navigation():
        page.click("main button[formaction]")
    actor.fill(
        recipients="pi",
        subject_ja="{receipt} について",
        body_ja="{name} 様\n{title}",
        subject_en="About {receipt}",
        body_en="Dear {name}",
    )
    actor.send("main button[value=preview]")
    page.click("main details summary:has-text('@')")
    assert f"{one.receipt_number} について" in actor.text()
    actor.send("main button[value=hold]")
    assert OutboxMail.objects.get(template="run").state == "held"
    actor.press("/undo/")
    assert OutboxMail.objects.get(template="run").state == "cancelled"


@BOTH
@WIDTHS
def test_the_pages_of_the_list_have_no_barrier(walk, live_server, language, width):
    stage = make_stage()
    call = make_call(stage, state="closed")
    proposals = [make_proposal(call, state="locked"), make_proposal(call, state="locked")]
    run = write_mails(
        by=stage.home1,
        agency=stage.home,
        proposals=proposals,
        recipients=MailTo.PI,
        letter=dict.fromkeys(LIMITS, "About {receipt}"),
    )
    walker = walk(language=language, width=width)
    walker.become(verify_email(stage.home1))
    for address in (
        path("office", language=language) + "?state=locked&sort=pi",
        path("office_filters", language=language),
        path("office_mails", language=language),
        path("office_mail_run", run.public_id, language=language),
        path("office_mail_write", language=language),
    ):
        assert walker.open(address) == 200
        assert (address, walker.look()) == (address, [])
