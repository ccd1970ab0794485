"""Writing in a real browser: what saves itself, what is kept when the session ends, and what works without scripts."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import translation

from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

BOTH = pytest.mark.parametrize("language", ["ja", "en"])
PAGES = ("tasks", "core", "budget", "check", "submit", "withdraw")


def path(route, *args, language="ja"):
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.fixture
def pi(live_server):
    return verify_email(make_pi())


@pytest.fixture
def proposal(pi):
    return make_proposal(make_call(make_stage()), pi=pi)


@BOTH
@pytest.mark.parametrize("width", [1280, 390])
def test_the_applicants_pages_have_no_barrier(walk, pi, proposal, language, width):
    walker = walk(language=language, width=width)
    walker.become(pi)
    submitted = make_proposal(proposal.call, pi=pi, state="submitted")
    addresses = [path(page, proposal.public_id, language=language) for page in PAGES]
    addresses += [
        path("mine", language=language),
        path("start", proposal.call.public_id, language=language),
        path("section", proposal.public_id, "plan", language=language),
        path("receipt", submitted.public_id, language=language),
        path("check", submitted.public_id, language=language),
    ]
    for address in addresses:
        assert walker.open(address) == 200
        assert (address, walker.look()) == (address, [])


def test_a_text_saves_itself_and_a_second_window_meets_both_texts(walk, pi, proposal):
    address = path("section", proposal.public_id, "plan")
    first, second = walk(), walk()
    for walker in (first, second):
        walker.become(pi)
        walker.open(address)
    first.page.fill("textarea[name=text]", "一つ目の窓")
    first.page.wait_for_selector("[data-autosave-state]:has-text('自動保存')")
    assert proposal.sections.get(section__key="plan").text == "一つ目の窓"
    first.page.fill("textarea[name=text]", "一つ目の窓、続き")
    first.press("main form button[type=submit]")
    second.page.fill("textarea[name=text]", "二つ目の窓")
    second.page.wait_for_selector("[data-autosave-state]:has-text('両方')")
    second.press("main form button[type=submit]")
    assert "一つ目の窓、続き" in second.text()
    assert second.page.input_value("textarea[name=text]") == "二つ目の窓"
    assert proposal.sections.get(section__key="plan").text == "一つ目の窓、続き"


@pytest.mark.parametrize("by_button", [True, False])
def test_a_session_that_ends_loses_no_text(walk, pi, proposal, by_button):
    text = "あ" * 1999 + "𠮷"
    walker = walk()
    walker.become(pi)
    walker.open(path("section", proposal.public_id, "plan"))
    Session.objects.all().delete()
    walker.page.fill("textarea[name=text]", text)
    if by_button:
        walker.press("main form button[type=submit]")
    else:
        walker.page.wait_for_selector("[data-autosave-state] a")
        walker.press("[data-autosave-state] a")
    assert "/login/" in walker.path
    walker.page.fill("input[name=login]", pi.email)
    walker.page.fill("input[name=password]", "a-long-password-2026")
    walker.press("main form button[type=submit]")
    assert walker.path == path("section", proposal.public_id, "plan")
    assert walker.page.input_value("textarea[name=text]") == text
    walker.press("main form button[type=submit]")
    assert proposal.sections.get(section__key="plan").text == text
    walker.open(path("section", proposal.public_id, "plan"))
    assert walker.page.text_content("[data-autosave-state]") == ""


def test_browser_and_server_count_alike(walk, pi, proposal):
    walker = walk()
    walker.become(pi)
    walker.open(path("section", proposal.public_id, "plan"))
    walker.page.fill("textarea[name=text]", "あ" * 1998 + "\n𠮷")
    assert "0" in walker.text(".field__counter")
    assert not walker.page.query_selector(".field__counter[data-over]")
    walker.page.fill("textarea[name=text]", "あ" * 1998 + "\n𠮷𠮷")
    assert walker.page.query_selector(".field__counter[data-over]")


@BOTH
def test_the_whole_way_without_scripts(walk, pi, language):
    stage = make_stage()
    proposal = make_proposal(make_call(stage), pi=pi)
    walker = walk(language=language, javascript=False)
    walker.become(pi)
    walker.open(path("section", proposal.public_id, "plan", language=language))
    walker.page.fill("textarea[name=text]", "スクリプトなしの本文")
    walker.press("main form button[type=submit]")
    walker.open(path("budget", proposal.public_id, language=language))
    walker.page.fill("input[name=goods_2026]", "２０，０００，０００")
    walker.press("button[name=calculate]")
    assert walker.page.input_value("input[name=goods_2026]") == "２０，０００，０００"
    walker.press("button[name=leave]")
    walker.open(path("check", proposal.public_id, language=language))
    walker.press(f"a[href='{path('submit', proposal.public_id, language=language)}']")
    walker.press("main form button[type=submit]")
    proposal.refresh_from_db()
    assert proposal.receipt_number in walker.text()
