"""The parts of a full proposal that are filled in: awards with their evidence, stays, other grants, the budget, files."""

from django.utils import translation

from tests.browser.full_cast import Cast
from tests.proposals.test_answers import one_page

PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.focus();
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
PAPER = {"name": "採択通知_がん.pdf", "mimeType": "application/pdf", "buffer": one_page()}
TYPED = "2412345"
REGISTERED = "2499001"


def claim_awards(cast: Cast) -> None:
    """One typed as its letter says, with the letter; another found in the agency's register."""
    pi, year = cast.pi, cast.scene.year
    pi.fill_in(
        "proposals:award_add",
        cast.here,
        number=TYPED,
        title="Made-up award of logical qubits",
        pi_name="Casey Sample",
        pi_role="pi",
        amount="２，５００，０００.50",
        currency="USD",
        starts_on=f"{year - 1}-09-01",
        ends_on=f"{year + 5}-08-31",
        evidence=PAPER,
    )
    pi.sees("The award was entered.", "Sufficiency")
    pi.sees_text(TYPED, "採択通知_がん.pdf", "375,000,075")  # × 150 yen
    pi.go("proposals:award_add", cast.here)
    pi.fill(q="logical qubits")
    pi.send("main form[method=get] button[type=submit]")
    pi.sees_text(REGISTERED, "Collaborative Example of Logical Qubits")
    pi.follow("a[href*='?award=']")
    pi.sees("Entered from the register")
    assert pi.page.input_value("main [name=number]") == REGISTERED
    pi.fill(pi_role="co_pi")
    pi.send()
    pi.sees("The award was entered.", "What the register says")
    pi.sees_text(REGISTERED, "180,000,000")


def plan_stays(cast: Cast) -> None:
    """Days are told while they are chosen, and what makes a stay a long one."""
    pi, year = cast.pi, cast.scene.year
    pi.go("proposals:exchange_add", cast.here)
    pi.fill(
        direction="dispatch",
        person_name="髙橋 花子",
        career_stage="doctoral",
        host="Example State University",
        country_code="US",
        starts_on=f"{year + 1}-03-02",
        ends_on=f"{year + 1}-03-31",
    )
    days = "[data-stay-days]"
    pi.sees("short-term (30 days or fewer)", within=days)
    pi.sees_text("30", within=days)
    pi.fill(ends_on=f"{year + 1}-04-01", amount_yen="２，０００，０００")
    pi.sees("mid/long-term (31 days or more)", within=days)
    pi.sees_text("31", str(year), str(year + 1), within=days)
    pi.send()
    pi.sees("The stay was added to the plan.")
    pi.fill_in(
        "proposals:exchange_add",
        cast.here,
        direction="acceptance",
        career_stage="postdoc",
        host=cast.scene.university.name_ja,
        country_code="JP",
        starts_on=f"{year + 1}-09-01",
        ends_on=f"{year + 2}-08-31",
        degree_sought="PhD",
        amount_yen="5,000,000",
    )
    pi.sees("The stay was added to the plan.", "to be named")


def declare_grants(cast: Cast) -> None:
    """One grant of the colleague's; the sum of everybody's effort stands below."""
    pi, year = cast.pi, cast.scene.year
    pi.go("proposals:grant_add", cast.here)
    value = pi.page.locator("main [name=member] option").nth(2).get_attribute("value")
    pi.fill(
        member=value,
        status="held",
        funder="見本財団",
        title="葛󠄀城模型の基礎研究",
        first_year=str(year),
        last_year=str(year + 1),
        amount_yen="12,000,000",
        effort_percent="３０",
    )
    pi.send()
    pi.sees("The grant was declared.", "Effort by person and fiscal year")
    pi.sees_text("30%", "50%")  # 20 here and 30 there


def plan_budget(cast: Cast) -> None:
    """A block from a spreadsheet, a second institution, a first year of six months; sums of page and server alike."""
    pi, year = cast.pi, cast.scene.year
    pi.go("proposals:budget", cast.here)
    pi.page.click("main button[name=add]")
    pi.page.wait_for_selector("main input[name=part]", state="attached")
    pi.sees_text(cast.scene.laboratory.name_ja)
    key = pi.page.get_attribute("main input[name=part]", "value")
    pi.fill(block_unit="千円", first_month="10")
    rows = (["１０，０００"] * 5, ["5,000"] * 5, ["30,000"] * 5, ["1,000"] * 5)
    block = "\r\n".join("\t".join(row) for row in rows) + "\r\n"
    pi.page.eval_on_selector(f"[name=goods_{year}]", PASTE, block)
    assert pi.page.input_value(f"[name=goods_{year}]") == "10,000,000"
    pi.fill(**{f"goods_{one}_{key}": "８，０００，０００" for one in range(year, year + 5)})
    pi.page.click("main button[name=indirect]")
    assert pi.page.input_value(f"[name=indirect_{year}]") == "13,800,000"
    assert pi.page.input_value(f"[name=indirect_{year}_{key}]") == "2,400,000"
    total = "td[data-of='all'][data-sum='total'][data-column='0']"
    assert pi.page.inner_text(total) == "70,200,000"
    pi.fill(**{f"funding_own_{year}": "3,000,000"})
    pi.send("main form[data-budget] > .button-group button[type=submit]")
    pi.sees("The budget was saved.")
    pi.sees_text("70,200,000", "351,000,000")
    assert pi.page.inner_text(total) == "70,200,000"


def attach(cast: Cast) -> None:
    """What is no PDF is refused beside the field; a PDF is attached."""
    pi = cast.pi
    pi.go("proposals:attachment", cast.here)
    pi.fill(file={"name": "別紙.pdf", "mimeType": "application/pdf", "buffer": b"not a PDF at all"})
    pi.walker.press("main form:has([name=file]) button[type=submit]")
    with translation.override(pi.language):
        assert pi.page.locator("main .error-summary, main .field__error").count()
    pi.sees_text("別紙.pdf")
    pi.fill(file={"name": "別紙_がん.pdf", "mimeType": "application/pdf", "buffer": one_page()})
    pi.send()
    pi.sees("The file was attached.")
    pi.sees_text("別紙_がん.pdf")
