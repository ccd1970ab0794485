"""A proposal by a phone, and by the keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from proposals.models import Proposal
from tests.browser.full_cast import PATIENCE, SAVED, STATE, TEXT, Hand
from tests.browser.walker import Walker
from tests.builders.people import verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

PHONE = 390
BUDGET = {"goods": "２０，０００，０００", "travel": "9,000,000", "indirect": "8,700,000"}


def test_a_proposal_is_written_and_submitted_by_phone(walk: Callable[..., Walker], live_server: Any) -> None:
    pi = verify_email(make_pi())
    call = make_call(make_stage(), first_year=2027)
    hand = Hand(walk, "ja", width=PHONE)

    def looked() -> None:
        """Nothing of the page lies outside the phone, and nothing bars the way."""
        assert (hand.walker.path, hand.walker.look()) == (hand.walker.path, [])

    hand.enter(pi)
    hand.go("program:call", call.public_id)
    hand.follow("a[href$='/propose/']")
    looked()
    hand.send("main form[method=post] button[type=submit]")
    looked()
    proposal = Proposal.objects.get(pi=pi.person)
    here = proposal.public_id
    hand.follow("a[href$='/core/']")
    looked()
    hand.fill(title_ja="量子誤り訂正 𠮷髙﨑", title_en="Quantum error correction", years="3")
    hand.send()
    for section in proposal.form_version.sections.all():
        hand.follow(f"a[href$='/sections/{section.key}/']")
        hand.write("電車の中で書いた本文。")
        looked()
        hand.leave_section()
    pages: list[tuple[str, dict[str, str]]] = [
        (
            "team",
            {
                "given_romaji": "Morgan",
                "family_romaji": "Sample",
                "role": "partner_pi",
                "institution_name": "Example State University",
                "country_code": "US",
                "effort_percent": "２０",
            },
        ),
        (
            "award",
            {
                "number": "2412345",
                "title": "Made up",
                "pi_name": "Morgan Sample",
                "pi_role": "pi",
                "amount": "2,500,000",
                "currency": "USD",
                "starts_on": "2026-09-01",
                "ends_on": "2032-08-31",
            },
        ),
        *(
            (
                "exchange",
                {
                    "direction": direction,
                    "career_stage": "doctoral",
                    "host": "Example host",
                    "country_code": country,
                    "starts_on": "2027-09-01",
                    "ends_on": "2028-08-31",
                },
            )
            for direction, country in (("dispatch", "US"), ("acceptance", "JP"))
        ),
    ]
    for part, values in pages:
        hand.go(f"proposals:{part}_add", here)
        hand.fill(**values)
        looked()
        hand.send()
        looked()
    hand.go("proposals:budget", here)
    hand.fill(**{f"{name}_{year}": amount for name, amount in BUDGET.items() for year in (2027, 2028, 2029)})
    looked()
    hand.send("main button[name=leave]")
    hand.go("proposals:check", here)
    looked()
    hand.follow("a[href$='/submit/']")
    looked()
    hand.send("main form[method=post] button[type=submit]")
    looked()
    hand.sees("The proposal was submitted", "Receipt number")
    proposal.refresh_from_db()
    hand.sees_text(proposal.receipt_number or "-")


class Keys:
    """Somebody without a mouse."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.page = hand, hand.page

    def to(self, selector: str) -> None:
        """Go on with the tabulator until this has the focus, which is seen."""
        for _turn in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                break
        else:
            raise AssertionError(f"the tabulator does not reach {selector} at {self.hand.walker.path}")
        style = self.page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              const box = document.activeElement.getBoundingClientRect();
              const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2);
              return [style.outlineStyle, parseFloat(style.outlineWidth), document.activeElement.contains(at)];
            }"""
        )
        assert style[0] != "none"
        assert style[1] >= 2
        assert style[2], f"{selector} has the focus under something else"

    def enter(self, key: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_proposal_is_completed_and_submitted_by_the_keys_alone(
    walk: Callable[..., Walker], live_server: Any, language: str
) -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    here = proposal.public_id
    hand = Hand(walk, language)
    hand.walker.become(pi)
    hand.open_section(here, "plan")
    hand.page.fill(TEXT, "")
    hand.leave_section(is_complete=False)  # back on the list, one part is open again
    hand.go("proposals:tasks", here)
    keys = Keys(hand)
    # the list leads to the section
    keys.to("a[href$='/sections/plan/']")
    keys.enter()
    keys.to(TEXT)
    hand.page.keyboard.type("Typed by the keys alone.")
    expect(hand.page.locator(STATE)).not_to_have_text("", timeout=PATIENCE)
    hand.told(SAVED)
    keys.to("[name=is_complete]")
    hand.page.keyboard.press("Space")
    assert hand.page.is_checked("[name=is_complete]")
    keys.to("main form[data-autosave] button[type=submit]")
    keys.enter()
    hand.sees("Steps to submission")
    # the check page leads to what is missing, and back
    hand.go("proposals:core", here)
    hand.fill(title_en="")
    hand.send()
    hand.go("proposals:check", here)
    keys.to(".error-summary a")
    keys.enter()
    with translation.override(language):
        assert hand.walker.path.startswith(reverse("proposals:core", args=[here]))
    keys.to("[name=title_en]")
    hand.page.keyboard.type("Typed by keys")
    keys.to("main form:has([name=title_en]) button[type=submit]")
    keys.enter()
    keys.to("main a[href$='/check/']")
    keys.enter()
    keys.to("main a[href$='/submit/']")
    keys.enter()
    keys.to("main form[method=post] button[type=submit]")
    keys.enter()
    hand.sees("The proposal was submitted")
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
