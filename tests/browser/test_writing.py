"""Writing in a real browser: what saves itself, what is kept when the session ends, and what works without scripts."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.clock import now
from proposals.models import ProposalSection
from tests.builders.people import verify_email
from tests.builders.program import add_fields_section, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_answers import one_page

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


def test_two_windows_in_different_places_are_put_together_while_both_type(walk, pi, proposal):
    address, field = path("section", proposal.public_id, "plan"), "textarea[name=text]"
    section = proposal.sections.get(section__key="plan")
    with writing():
        ProposalSection.objects.filter(pk=section.pk).update(text="背景。\n目的。\n方法。\n計画。")
    first, second = walk(), walk()
    for walker in (first, second):
        walker.become(pi)
        walker.open(address)
    first.page.fill(field, "背景と経緯。\n目的。\n方法。\n計画。")
    first.page.wait_for_selector("[data-autosave-state]:has-text('自動保存')")
    second.page.focus(field)
    second.page.keyboard.press("Control+End")
    second.page.keyboard.type("予算。")
    second.page.wait_for_selector("[data-autosave-state]:has-text('他の人が別の箇所')")
    both = "背景と経緯。\n目的。\n方法。\n計画。予算。"
    assert second.page.input_value(field) == both
    # the caret is still at the end, and what is typed there goes on
    second.page.keyboard.type("体制。")
    second.page.wait_for_function(
        "() => !Object.keys(sessionStorage).some((key) => key.startsWith('draft:'))"
    )
    section.refresh_from_db()
    assert section.text == both + "体制。"
    first.press("main form button[type=submit]")
    section.refresh_from_db()
    assert section.text == both + "体制。"


@BOTH
def test_an_earlier_state_is_compared_and_taken_up(walk, pi, proposal, language):
    walker = walk(language=language, width=390)
    walker.become(pi)
    address = path("section", proposal.public_id, "plan", language=language)
    walker.open(address)
    before = walker.page.input_value("textarea[name=text]")
    walker.page.fill("textarea[name=text]", "Another text. " * 12)
    walker.press("main form button[type=submit]")
    walker.open(address)
    walker.press("a[href$='/history/']")
    assert walker.page.text_content("main del") == before
    assert walker.look() == []
    walker.page.click(".move-confirm summary")
    walker.press(".move-confirm button")
    assert walker.page.input_value("textarea[name=text]") == before


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
    if by_button:  # it was sent: the portal has kept it, and sends it once more
        assert walker.path == "/ja/kept/"
    else:
        assert walker.path == path("section", proposal.public_id, "plan")
        assert walker.page.input_value("textarea[name=text]") == text
    walker.press("main form button[type=submit]")
    assert proposal.sections.get(section__key="plan").text == text
    walker.open(path("section", proposal.public_id, "plan"))
    assert walker.page.text_content("[data-autosave-state]") == ""


def test_who_was_taken_off_the_team_while_typing_is_told_and_keeps_the_text(walk, proposal):
    colleague = make_pi()
    with writing():
        member = proposal.team.create(
            person=colleague.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
            joined_at=now(),
        )
    walker = walk()
    walker.become(colleague)
    walker.open(path("section", proposal.public_id, "plan"))
    with writing():
        member.delete()
    walker.page.fill("textarea[name=text]", "共同研究の計画。" * 9)
    walker.page.wait_for_selector("[data-autosave-state]:has-text('複写してください')")
    # The button says so as well, and shows what was typed.
    walker.press("main form button[type=submit]")
    assert "共同研究の計画。" * 9 in walker.page.input_value("main textarea[readonly]")


@pytest.fixture
def facts(pi):
    """A proposal whose form has a section of fields alone, one of each kind."""
    call = make_call(make_stage())
    add_fields_section(call)
    return make_proposal(call, pi=pi, is_complete=False)


ANSWERS = {
    "field_text": "要旨",
    "field_number": "１２",
    "field_date": "2026-10-01",
    "field_person__name": "見本 花子",
    "field_organisation__name": "見本大学",
    "field_yen-table__first__2026": "1,500,000",
}


def fill(walker, **changes):
    for name, value in {**ANSWERS, **changes}.items():
        walker.page.fill(f"[name='{name}']", value)
    walker.page.select_option("[name=field_choice]", "second")


def answered(proposal):
    return proposal.sections.get(section__key="facts").answers


def test_fields_save_themselves_and_a_second_window_meets_both_answers(walk, pi, facts):
    address = path("section", facts.public_id, "facts")
    first, second = walk(), walk()
    for walker in (first, second):
        walker.become(pi)
        walker.open(address)
    fill(first)
    first.page.wait_for_selector("[data-autosave-state]:has-text('自動保存')")
    first.page.wait_for_timeout(2500)  # the last answer too
    kept = answered(facts)
    assert (kept["text"], kept["number"], kept["choice"], kept["date"]) == (
        "要旨",
        "12",
        "second",
        "2026-10-01",
    )
    assert kept["yen-table"] == {"first": {"2026": 1_500_000}}
    assert (kept["person"], kept["organisation"]) == ({"name": "見本 花子"}, {"name": "見本大学"})
    second.page.fill("[name=field_text]", "別の要旨")
    second.page.wait_for_selector("[data-autosave-state]:has-text('両方')")
    second.press("main form button[type=submit]")
    assert "要旨" in second.text(".notice")
    assert second.page.input_value("[name=field_text]") == "別の要旨"
    assert answered(facts) == kept


def test_what_cannot_be_an_answer_is_told_and_nothing_is_saved(walk, pi, facts):
    walker = walk()
    walker.become(pi)
    walker.open(path("section", facts.public_id, "facts"))
    walker.page.fill("[name=field_number]", "１０１")  # at most 100
    walker.page.wait_for_selector("[data-autosave-state]:has-text('保存されていません')")
    assert not facts.sections.filter(section__key="facts").exclude(answers={}).exists()
    walker.page.fill("[name=field_number]", "100")
    walker.page.wait_for_selector("[data-autosave-state]:has-text('自動保存')")
    assert answered(facts) == {"number": "100"}


def test_a_chosen_file_waits_for_the_button_and_one_that_is_there_stays(walk, pi, facts):
    walker = walk()
    walker.become(pi)
    address = path("section", facts.public_id, "facts")
    walker.open(address)
    paper = {"name": "figures.pdf", "mimeType": "application/pdf", "buffer": one_page()}
    walker.page.set_input_files("[name=field_file]", paper)
    walker.page.fill("[name=field_text]", "要旨")
    walker.page.wait_for_selector("[data-autosave-state]:has-text('ファイル')")
    assert answered(facts) == {"text": "要旨"}
    walker.press("main form button[type=submit]")
    assert answered(facts)["file"]["name"] == "figures.pdf"
    walker.open(address)
    walker.page.check("[name=field_file-clear]")
    walker.page.fill("[name=field_text]", "要旨、続き")
    walker.page.wait_for_selector("[data-autosave-state]:has-text('自動保存')")
    assert (answered(facts)["text"], answered(facts)["file"]["name"]) == ("要旨、続き", "figures.pdf")
    walker.press("main form button[type=submit]")
    assert answered(facts) == {"text": "要旨、続き"}


def test_a_session_that_ends_loses_no_answer(walk, pi, facts):
    walker = walk()
    walker.become(pi)
    address = path("section", facts.public_id, "facts")
    walker.open(address)
    Session.objects.all().delete()
    fill(walker)
    walker.page.wait_for_selector("[data-autosave-state] a")
    walker.page.wait_for_timeout(2500)
    walker.press("[data-autosave-state] a")
    walker.page.fill("input[name=login]", pi.email)
    walker.page.fill("input[name=password]", "a-long-password-2026")
    walker.press("main form button[type=submit]")
    assert walker.path == address
    for name, value in ANSWERS.items():
        assert (name, walker.page.input_value(f"[name='{name}']")) == (name, value)
    assert walker.page.input_value("[name=field_choice]") == "second"
    walker.press("main form button[type=submit]")
    assert answered(facts)["text"] == "要旨"


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
