"""The end of a full proposal: signed, voided, signed again, returned, approved, submitted, reopened, received."""

import re
import subprocess

from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from proposals.actions.submission import lock_overdue_calls
from tests.browser.full_cast import Cast
from tests.browser.full_writing import TITLE_EN, TITLE_JA

REVISED = f"{TITLE_EN} (revised)"
TITLES = {"ja": TITLE_JA, "en": REVISED}


def sign(cast: Cast) -> None:
    """Both sign what stands; the colleague with the account, the partner by the link."""
    colleague, partner = cast.colleague, cast.partner
    cast.goes(colleague, "sign")
    colleague.sees("What you sign")
    colleague.send("main form:has([name=sha256]) button[type=submit]")
    colleague.sees("Your signature was recorded.")
    partner.go("proposals:invited")
    partner.sees("What you sign")
    partner.press("/invited/sign/")
    partner.sees("Your signature was recorded.")
    cast.goes(cast.pi, "tasks")
    assert len(cast.pi.badges("signed")) == 2


def void(cast: Cast) -> None:
    """A change of the core voids what both have signed, which everybody sees."""
    pi, partner = cast.pi, cast.partner
    cast.goes(pi, "core")
    pi.fill(title_en=REVISED)
    pi.send()
    assert len(pi.badges("void: changed since")) == 2
    partner.go("proposals:invited")
    partner.sees("void: changed since")
    cast.goes(cast.colleague, "check")
    cast.goes(pi, "check")
    assert pi.page.locator("main a[href$='/submit/'], main a[href$='/approval/']").count() == 0


def ask(cast: Cast) -> None:
    """Everything is there: the institution is asked from the check page."""
    pi = cast.pi
    cast.goes(pi, "check")
    assert pi.page.locator("main .error-summary").count() == 0
    pi.follow("a[href$='/approval/']")
    pi.sees("Ask the institution for approval?", "A change of any part from now on means asking anew.")
    pi.send("main form[method=post] button[type=submit]")
    pi.sees("The institution was asked. You are told its answer by mail.")


def answer(cast: Cast, button: str, comment: str) -> None:
    """The institution's officer reads what waits, and answers."""
    officer = cast.officer
    officer.go("proposals:approvals")
    officer.follow("table a")
    officer.sees("Your answer")
    officer.sees_text("351,000,000", "別紙_がん.pdf")
    officer.fill(comment=comment)
    officer.send(f"main button[name=answer][value={button}]")


def approve(cast: Cast) -> None:
    """Returned once with a comment, mended in the annex, which voids no signature, then approved."""
    pi, officer, scene = cast.pi, cast.officer, cast.scene
    comment = "申請額以外の資金を確かめてください。"
    ask(cast)
    officer.enter(scene.officer)
    answer(cast, "return", comment)
    officer.sees("The proposal was returned. The principal investigator is told by mail.")
    cast.goes(pi, "tasks")
    pi.sees("The institution has returned the proposal")
    pi.sees_text(comment)
    cast.goes(pi, "budget")
    pi.fill(**{f"funding_own_{scene.year}": "4,000,000"})
    pi.send("main form[data-budget] > .button-group button[name=leave]")
    assert len(pi.badges("signed")) == 3  # the PI signed by asking
    ask(cast)
    answer(cast, "approve", "")
    officer.sees("The proposal was approved. The principal investigator is told by mail.")
    cast.goes(pi, "check")
    pi.sees("Everything is there. The proposal can be submitted.")


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    command = ["pdftotext", "-raw", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return text.split("\f")


def preview(cast: Cast) -> bytes:
    """The PDF behind the button of the check page."""
    cast.goes(cast.pi, "check")
    address = cast.pi.page.locator("main a[href$='/preview/']").first.get_attribute("href")
    assert address
    return cast.pi.fetch(address)


def submit(cast: Cast, *, version: int) -> bytes:
    """From the check page to the receipt, on which the PDF appears by itself once the worker has made it."""
    pi = cast.pi
    cast.goes(pi, "check")
    pi.follow("a[href$='/submit/']")
    pi.sees("Submit this proposal?")
    pi.send("main form[method=post] button[type=submit]")
    pi.sees("The proposal was submitted", "Receipt number", "Received at (server time)")
    number = f"{cast.scene.call.code}-0001"
    pi.sees_text(number)
    sha256 = pi.page.locator("main code.digest").first.inner_text()
    assert re.fullmatch("[0-9a-f]{64}", sha256)
    link = pi.page.locator("main a[href$='/pdf/']")
    link.first.wait_for(timeout=60_000)
    mail = cast.portal.mail_to(cast.scene.pi.email, holding=sha256)
    assert number in mail
    assert f"{pi.words('Version')}: {version}" in mail
    address = link.first.get_attribute("href")
    assert address
    return pi.fetch(address)


def neutral(page: str, *own: str) -> str:
    """A page without what only one of draft and submission has: its number and version, and the hour."""
    page = _close(re.sub(r"\d{2}:\d{2}", "", page))
    for words in sorted(map(_close, own), key=len, reverse=True):
        page = page.replace(words, "")
    return page


def _close(text: str) -> str:
    """Without the blanks that a typesetter puts between letters."""
    return re.sub(r"\s+", "", text)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Where two texts begin to differ, with what surrounds it."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(0, at - 80) : at + 80], other[max(0, at - 80) : at + 80]


def equal(cast: Cast, draft: bytes, submitted: bytes, *, version: int) -> None:
    """The submitted PDF is the preview, page by page, but for what a draft cannot have."""
    pi = cast.pi
    number = f"{cast.scene.call.code}-0001"
    before, after = pages_of(draft), pages_of(submitted)
    assert len(before) == len(after) > 5
    assert pi.words("(draft, not submitted)") in before[0]
    assert number not in "".join(before)
    assert after[0].count(number) == 2  # below the title, and among the facts
    own = (
        number,
        "(draft, not submitted)",
        "（下書き・未提出）",
        "Draft",
        "下書き",
        f"第{version}版 / Version {version} ·",
        f"第{version}版 / Version {version}",
    )
    for left, right in zip(before, after, strict=True):
        one, other = neutral(left, *own), neutral(right, *own)
        assert one == other, _apart(one, other)
    for kanji in "𠮷髙﨑葛":
        assert kanji in "".join(after)
    assert "〓" not in "".join(after)


def resubmit(cast: Cast) -> tuple[bytes, bytes]:
    """Reopened; another attachment, which voids the approval alone; approved and submitted once more."""
    pi = cast.pi
    cast.goes(pi, "tasks")
    pi.press("/reopen/")
    pi.sees("The proposal was reopened. The version that was submitted last stays valid.")
    cast.goes(pi, "attachment")
    pi.press_named("remove")
    pi.sees("Removed.")
    cast.goes(pi, "tasks")
    assert len(pi.badges("signed")) == 3  # the PI signed by asking
    pi.sees("The institution’s approval is void")
    ask(cast)
    officer = cast.officer
    officer.go("proposals:approvals")
    officer.follow("table a")
    officer.send("main button[name=answer][value=approve]")
    draft = preview(cast)
    submitted = submit(cast, version=2)
    cast.goes(pi, "receipt")
    pi.sees("Earlier versions")
    return draft, submitted


def receive(cast: Cast, submitted: bytes) -> None:
    """Before the deadline the agency's officer sees that something came; afterwards it stands in the list, with the very PDF."""
    office, scene = cast.office, cast.scene
    number = f"{scene.call.code}-0001"
    office.enter(scene.stage.home1)
    office.go("proposals:office")
    office.sees("Received proposals")
    assert number not in office.text()
    with writing():
        Call.objects.filter(pk=scene.call.pk).update(deadline_at=now())
    lock_overdue_calls()
    office.page.reload()
    office.sees_text(number, TITLES[office.language])
    office.follow(f"a:has-text('{TITLES[office.language]}')")
    office.sees_text(number)
    address = office.page.locator("main a[href$='/pdf/']").first.get_attribute("href")
    assert address
    assert office.fetch(address) == submitted
