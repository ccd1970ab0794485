"""The budget in a real browser: a block from a spreadsheet, sums while one types, part years, without scripts too."""

import pytest
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from proposals.models import Proposal, TeamMember
from tests.builders.people import make_person
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.focus();
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
SHOWN = "() => [...document.querySelectorAll('[data-sum], [data-used], [data-left], tr[data-share] td')].map(e => e.innerText.trim())"


def path(route, *args, language="ja"):
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.fixture
def pi(live_server):
    return make_pi()


@pytest.fixture
def proposal(pi):
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with writing():
        TeamMember.objects.create(
            proposal=proposal,
            person=make_person(),
            role="co_investigator",
            institution_name="例示研究所",
            country_code="JP",
            effort_percent=5,
        )
    return proposal


def cell(walker, *, of, kind, column):
    return walker.page.inner_text(f"td[data-of='{of}'][data-sum='{kind}'][data-column='{column}']")


def test_a_pasted_block_is_added_up_as_the_server_does_and_one_yen_too_much_is_refused(walk, pi, proposal):
    walker = walk()
    walker.become(pi)
    walker.open(path("budget", proposal.public_id))
    walker.press("button[name=add]")
    walker.page.select_option("[name=block_unit]", "千円")
    rows = [["１０，０００"] * 5, ["5,000"] * 5, ["50000"] * 5, ["0.001", "－５００", "", "", "", "7"]]
    block = "\r\n".join("\t".join(row) for row in rows) + "\r\n"
    walker.page.eval_on_selector("[name=goods_2026]", PASTE, block)
    state = walker.text("[data-paste-state]")
    assert "16件" in state and "千円" in state and "表に収まらない値：7" in state
    assert walker.page.input_value("[name=goods_2026]") == "10,000,000"
    assert walker.page.input_value("[name=other_2026]") == "1"
    assert walker.page.input_value("[name=other_2027]") == "－５００千円"
    assert "符号" in walker.text("td:has(> [name=other_2027]) [data-told]")
    assert cell(walker, of="lead", kind="direct", column=0) == "65,000,001"
    walker.page.fill("[name=other_2027]", "")
    walker.page.click("button[name=indirect]")
    assert walker.page.input_value("[name=indirect_2026]") == "19,500,000"
    other = walker.page.get_attribute("input[name=part]", "value")
    walker.page.fill(f"[name=goods_2026_{other}]", "15,500,000")
    assert cell(walker, of="all", kind="total", column=0) == "100,000,001"
    assert "1 超過" in walker.text("tr[data-cap]:not([data-share])")
    walker.page.select_option("[name=first_month]", "10")
    assert walker.page.is_visible("tr[data-share]")
    live = walker.page.evaluate(SHOWN)
    walker.press("button[name=calculate]")
    assert walker.page.evaluate(SHOWN) == live


def test_what_the_server_adds_up_is_what_the_script_shows(walk, pi, proposal):
    """The same page with and without scripts, for a budget with a part year that goes one yen over the cap."""
    shown = []
    for javascript in (True, False):
        walker = walk(javascript=javascript)
        walker.become(pi)
        walker.open(path("budget", proposal.public_id))
        walker.page.fill("[name=goods_2026]", "４２，０００，００１")
        walker.page.select_option("[name=last_month]", "9")
        walker.press("button[name=calculate]")
        shown.append(
            walker.page.locator("[data-sum], [data-used], [data-left], tr[data-cap] td").all_inner_texts()
        )
        assert "1円超過" in walker.text(".notice--warning")
    assert shown[0] == shown[1]
    walker.page.press("[name=goods_2026]", "Enter")  # saves, as the first button says
    walker.page.wait_for_load_state()
    assert proposal.budget.get(fiscal_year=2026, category="goods").amount == 42_000_001
    assert Proposal.objects.get().last_month == 9


def test_a_paste_can_be_undone(walk, pi, proposal):
    walker = walk()
    walker.become(pi)
    walker.open(path("budget", proposal.public_id))
    walker.page.eval_on_selector("[name=travel_2027]", PASTE, "1\t2\n3\tx\n")
    names = ("travel_2027", "travel_2028", "personnel_2027", "personnel_2028")
    assert [walker.page.input_value(f"[name={name}]") for name in names] == ["1", "2", "3", "x"]
    walker.page.click("[data-paste-state] button")
    values = [walker.page.input_value(f"[name={name}]") for name in names]
    assert values == ["9,000,000", "9,000,000", "28,000,000", "28,000,000"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_budget_of_two_institutions_has_no_barrier(walk, pi, proposal, language, width):
    walker = walk(language=language, width=width)
    walker.become(pi)
    walker.open(path("budget", proposal.public_id, language=language))
    walker.press("button[name=add]")
    assert walker.look() == []


def test_a_stay_of_30_and_of_31_days_is_told_while_its_days_are_chosen(walk, pi, proposal):
    walker = walk()
    walker.become(pi)
    walker.open(path("exchange_add", proposal.public_id))
    walker.page.fill("[name=starts_on]", "2027-03-02")
    walker.page.fill("[name=ends_on]", "2027-03-31")
    assert walker.text("[data-stay-days]") == "30日（初日・末日を含む） / 短期（30日以下）"
    walker.page.fill("[name=ends_on]", "2027-04-01")
    assert (
        walker.text("[data-stay-days]")
        == "31日（初日・末日を含む） / 中長期（31日以上） / 2026年度 30日 / 2027年度 1日"
    )
    walker.page.fill("[name=ends_on]", "2027-03-01")
    assert walker.text("[data-stay-days]") == "最終日が開始日より前になっています。"
    assert walker.look() == []
