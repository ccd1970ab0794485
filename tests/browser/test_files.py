"""Files and the register of awards by an applicant in a browser: a line that breaks off, pages that are shown, an award taken over."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.files.models import StoredFile
from proposals.models import Proposal
from tests.browser.actor import Stagehand
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.raw_files import pdf
from tests.builders.registries import make_import_run, make_registered_award

ROR = "021nxhr62"


@pytest.fixture
def draft(live_server: Any, settings: Any, tmp_path: Path) -> Proposal:
    """A draft of a call in which the agency of the register takes part."""
    settings.MEDIA_ROOT = tmp_path / "stored"
    proposal = make_proposal(make_call(make_stage()), pi=verify_email(make_pi()), is_complete=False)
    agency = proposal.call.call_agencies.exclude(agency=proposal.call.lead_agency).get().agency
    with writing():
        agency.ror_id = ROR
        agency.save()
    return proposal


def path(language: str, route: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.mark.parametrize(("language", "width"), [("ja", 1280), ("en", 390)])
def test_a_line_that_breaks_off_loses_nothing_and_stores_nothing(
    walk: Any, draft: Proposal, tmp_path: Path, language: str, width: int
) -> None:
    plan = tmp_path / "計画.pdf"
    plan.write_bytes(pdf(pages=3))
    walker = walk(language=language, width=width)
    walker.become(draft.pi.user)
    page = walker.page
    walker.open(path(language, "award_add", draft.public_id))
    page.fill("main [name=title]", "量子格子")
    page.set_input_files("main [name=evidence]", plan)
    page.route("**/awards/add/", lambda route: route.abort())
    page.click("main form[enctype] button[type=submit]")
    again = page.locator("[data-upload] button")
    again.wait_for()
    # The browser itself tells of the broken line, which is what was wanted.
    walker.faults.clear()
    assert page.input_value("main [name=title]") == "量子格子"
    assert page.evaluate("document.querySelector('main [name=evidence]').files[0].name") == plan.name
    assert StoredFile.objects.filter(name=plan.name).count() == 0
    assert walker.look() == []
    page.unroute("**/awards/add/")
    again.click()
    page.locator("main .error-summary").wait_for()
    assert page.input_value("main [name=title]") == "量子格子"


def test_a_file_is_sent_with_its_progress_and_its_pages_are_shown(
    walk: Any, draft: Proposal, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(pdf(pages=3))
    walker = walk(language="en")
    walker.become(draft.pi.user)
    page = walker.page
    here = path("en", "attachment", draft.public_id)
    walker.open(here)
    page.set_input_files("main [name=file]", plan)
    page.click("main form[enctype] button[type=submit]")
    page.locator("main .file-page img").wait_for()
    assert walker.path == here
    assert "The file was attached" in page.inner_text("body")
    assert StoredFile.objects.filter(name="plan.pdf").count() == 1
    assert walker.look() == []
    walker.press("main a[href$='?view=1']")
    assert page.locator("main .file-page img").count() == 3
    assert walker.look() == []


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    walk: Any, draft: Proposal, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(21 * 2**20)
    walker = walk(language="en")
    walker.become(draft.pi.user)
    sent: list[str] = []
    walker.open(path("en", "attachment", draft.public_id))
    walker.page.on("request", lambda request: sent.append(request.method))
    walker.page.set_input_files("main [name=file]", large)
    walker.page.click("main form[enctype] button[type=submit]")
    walker.page.locator("[data-upload] button").wait_for()
    assert "“large.pdf” is larger than 20 MB" in walker.page.inner_text("[data-upload]")
    assert "POST" not in sent


@pytest.mark.parametrize(("language", "javascript"), [("ja", True), ("en", True), ("en", False)])
def test_an_award_is_found_in_the_register_taken_over_and_marked_where_it_was_changed(
    walk: Any, draft: Proposal, language: str, javascript: bool
) -> None:
    make_registered_award(
        number="1500201",
        title="Lattices of light",
        imported_by_run=make_import_run(kind="awards", file_name="awards.xml"),
        starts_on=dt.date(2026, 9, 1),
        ends_on=dt.date(2031, 8, 31),
    )
    hand = Stagehand(lambda language: walk(language=language, javascript=javascript), language)
    hand.walker.become(draft.pi.user)
    hand.go("proposals:award_add", draft.public_id)
    hand.fill(q="lattices")
    hand.send("main form[method=get] button[type=submit]")
    hand.walker.press("main a[href*='award=']")
    page = hand.page
    assert page.input_value("main [name=number]") == "1500201"
    assert page.input_value("main [name=title]") == "Lattices of light"
    hand.fill(title="Lattices of sound", pi_role="pi")
    hand.send()
    award = draft.awards.get()
    assert (award.number, award.title, award.taken_over["title"]) == (
        "1500201",
        "Lattices of sound",
        "Lattices of light",
    )
    marked = page.locator("main .badge--warning")
    assert marked.count() == 1
    assert "Lattices of light" in hand.text()
    if javascript:
        assert hand.walker.look() == []
