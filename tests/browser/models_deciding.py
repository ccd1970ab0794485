"""The decision of a call by two agencies' people: lists, the panel in two browsers at once, answers, publication."""

import datetime as dt
import io
from typing import Any

from docx import Document
from playwright.sync_api import expect

from kernel.clock import now
from projects.models import Project
from proposals.models import Proposal
from review.enums import ListKind
from review.models import Decision
from tests.browser.full_cast import Hand
from tests.browser.models_cast import HOUSE, PLACES, Cast, Side, address, cells, signed_in, status_of
from tests.browser.test_path import text_of_pdf

NOTE = "同順位を人材育成の観点で決した。 Tie settled by the people criterion."
WHY = "合同審査会で同順位を決したため。 The panel settled the tie."
WORDS = "共同研究の体制を高く評価した。"
AT_ONCE = 30_000  # milliseconds; the board asks every three seconds, and a machine that runs other tests beside is slow


def record_lists(cast: Cast) -> None:
    """Where the model has lists: each officer records that of the own agency, and reads the other's once both are given."""
    kind = cast.model.lists
    if kind is ListKind.NONE:
        for side in cast.sides:
            assert status_of(side.officer, "review:lists", cast.call.public_id) == 404
        return
    here = cast.call.public_id
    for side in cast.sides:
        other = next(one for one in cast.sides if one is not side)
        assert status_of(side.officer, "review:list_record", here, other.agency.public_id) == 404
        side.officer.go("review:list_record", here, side.agency.public_id)
        side.officer.fill(**_said(cast, side))
        side.officer.send("main form:has(table) button[type=submit]")
        side.officer.sees("The list is recorded.")
        if side is cast.home:
            other.officer.go("review:lists", here)
            assert cells(other.officer, cast.proposals[1], "main table:has(#lists-caption)")[0] == (
                other.officer.words("given, not open yet")
            )
    for side in cast.sides:
        side.officer.go("review:lists", here)
        side.officer.sees_text(_own_words(cast.partner))


def _own_words(side: Side) -> str:
    return f"Words of {side.agency.short_name}"


def _said(cast: Cast, side: Side) -> dict[str, str]:
    """The partner does not recommend B, or ranks C before it; the home agency has it the other way round."""
    said: dict[str, str] = {}
    b, c = cast.proposals[1], cast.proposals[2]
    order = cast.proposals if side is cast.home else [cast.proposals[0], c, b, cast.proposals[3]]
    for rank, proposal in enumerate(order, 1):
        key = proposal.public_id
        if cast.model.lists is ListKind.RANKING:
            said[f"rank_{key}"] = str(rank)
        else:
            is_last = rank == len(order) or (side is cast.partner and proposal is b)
            said[f"recommended_{key}"] = "no" if is_last else "yes"
        said[f"words_{key}"] = _own_words(side)
    return said


def negotiate(cast: Cast) -> None:
    """Where the model has it: each agency notes its position on the tie, and the other reads it."""
    b = cast.proposals[1]
    if not cast.model.negotiates:
        assert status_of(cast.home.officer, "review:negotiation", b.public_id) == 404
        return
    for side in cast.sides:
        side.officer.fill_in("review:negotiation", b.public_id, text=f"Position: {side.agency.short_name}")
        side.officer.sees("The note is kept.")
    for side in cast.sides:
        side.officer.go("review:negotiation", b.public_id)
        side.officer.sees_text(*(f"Position: {one.agency.short_name}" for one in cast.sides))


def plan_panel(cast: Cast) -> None:
    """The lead agency's officer plans the meeting; each officer seats people of the own side."""
    officer, here = cast.home.officer, cast.call.public_id
    start = (now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    officer.go("review:panel_plan", here)
    officer.fill(title="合同審査会", starts_at=start, ends_at=start.replace("T10", "T17"), places=PLACES)
    officer.send()
    officer.sees("The meeting is planned.")
    panel = cast.call.panels.get()
    for side in cast.scoring:
        for part in ("all", *(["late"] if side is cast.late else [])):
            side.officer.fill_in(
                "review:panel_seat",
                panel.public_id,
                person=side.judges[part].person.pk,
                agency=side.agency.pk,
                role="member",
            )


def settle_tie(cast: Cast) -> None:
    """On the board in two browsers at once: one moves C before B, the other sees it and writes the note, which the first sees."""
    _a, b, c, _d = cast.proposals
    panel = cast.call.panels.get()
    mover, writer = cast.home.officer, cast.partner.officer
    for hand in (mover, writer):
        hand.go("review:panel", panel.public_id)
        assert _order(hand, cast.proposals) == [1, 2, 3, 4]
        shared = hand.words("%(rank)s (shared rank)", rank=PLACES)
        for proposal in (b, c):
            hand.sees_text(shared, within=_row(proposal))
        hand.sees_text(cast.late.judges["late"].name_for(hand), within=_row(b))  # must leave the room
        assert hand.walker.look() == []
    with mover.page.expect_navigation():
        mover.page.locator(f"{_row(c)} form button").first.click()
    expect(writer.page.locator("#panel-board tbody tr").nth(1)).to_contain_text(
        str(c.receipt_number), timeout=AT_ONCE
    )
    assert _order(writer, cast.proposals) == [1, 3, 2, 4]
    writer.follow(f"#panel-board tbody tr:has-text('{c.receipt_number}') th a")
    writer.fill(note=NOTE)
    writer.send()
    expect(mover.page.locator("#panel-board tbody tr").nth(1)).to_contain_text(NOTE, timeout=AT_ONCE)
    writer.press("/close/")
    expect(mover.page.locator("#panel-board form")).to_have_count(0, timeout=AT_ONCE)
    for hand in (mover, writer):
        minutes = Document(io.BytesIO(hand.fetch(address(hand, "review:panel_docx", panel.public_id))))
        assert NOTE in [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]


def _row(proposal: Proposal) -> str:
    return f"#panel-board tbody tr:has-text('{proposal.receipt_number}')"


def _order(hand: Hand, proposals: list[Proposal]) -> list[int]:
    """The panel's ranks of A to D, as the page has them."""
    ranks = {proposal.pk: cells(hand, proposal, "#panel-board table")[0] for proposal in proposals}
    return [int(ranks[proposal.pk]) for proposal in proposals]


def propose(cast: Cast) -> Decision:
    """A and C are to be adopted, B waits in reserve; what the model forbids is refused, and nothing typed is lost."""
    a, b, c, d = (proposal.public_id for proposal in cast.proposals)
    officer, here = cast.home.officer, cast.call.public_id
    assert status_of(cast.partner.officer, "review:decision_propose", here) == 404
    officer.go("review:decision_propose", here)
    ranks = [officer.page.input_value(f"main [name=rank_{key}]") for key in (a, b, c, d)]
    assert ranks == ["1", "3", "2", "4"]  # the panel's
    outcomes = {
        f"outcome_{a}": "adopt",
        f"outcome_{b}": "reserve",
        f"outcome_{c}": "adopt",
        f"outcome_{d}": "reject",
    }
    officer.page.locator(f"main details:has([name=words_ja_{c}]) > summary").click()
    officer.fill(**outcomes, **{f"words_ja_{c}": WORDS, f"words_en_{c}": "The team was rated highly."})
    if cast.model.only_recommended:
        officer.fill(**{f"outcome_{b}": "adopt"})
        _refused(officer, f"outcome_{b}", cast.partner.agency.short_name)
        officer.fill(**{f"outcome_{b}": "reserve"})
    if cast.model.explains_departure:
        _refused(officer, f"reason_{c}", cast.home.agency.short_name)
        officer.fill(**{f"reason_{key}": WHY for key in (b, c)})
    officer.send("main form:has([name^=outcome_]) button[type=submit]")
    officer.sees("The decision is before the agencies.")
    assert officer.walker.look() == []
    return cast.call.decisions.get()


def _refused(officer: Hand, name: str, agency: str) -> None:
    """The same page again, with what stands against it beside the field; what was typed is still there."""
    officer.walker.press("main form:has([name^=outcome_]) button[type=submit]")
    field = officer.page.locator(f"main .field:has([name='{name}'])")
    assert agency in field.locator(".field__errors").inner_text()
    assert WORDS in officer.page.locator("main [name^=words_ja_]").evaluate_all(
        "all => all.map(one => one.value)"
    )


def answer(cast: Cast, decision: Decision) -> None:
    """Each agency's approver answers for the own agency alone; nobody else can; the last yes adopts."""
    for side in cast.sides:
        approver, here = side.approver, side.agency.public_id
        for other in cast.sides:
            strangers = [other.officer, *([other.approver] if other is not side else [])]
            for hand in strangers:
                assert status_of(hand, "review:answer", decision.public_id, here) == 404
        assert not Project.objects.exists()
        approver.go("review:decision", decision.public_id)
        assert approver.page.locator("main a[href*='/answer/']").count() == 1
        approver.follow(f"a[href*='/agencies/{here}/answer/']")
        approver.fill(vote="yes", is_confirmed=True)
        approver.send()
        approver.sees("The agency’s answer is recorded.")
    decision.refresh_from_db()
    assert decision.state == "adopted"
    adopted = Project.objects.values_list("proposal", flat=True)
    assert set(adopted) == {cast.proposals[0].pk, cast.proposals[2].pk}


def publish(cast: Cast, decision: Decision) -> None:
    """Held back until the lead agency publishes; then each applicant reads outcome, letter and feedback, and nobody's name."""
    a, b, c, _d = cast.proposals
    readers = {
        proposal.pk: signed_in(cast.walk, proposal.pi.user, language, width=width)
        for proposal, language, width in ((a, "ja", 1280), (b, "en", 390), (c, "ja", 390))
    }
    for proposal in (a, b, c):
        assert status_of(readers[proposal.pk], "review:result", proposal.public_id) == 404
    assert status_of(cast.partner.officer, "review:publish", decision.public_id) == 404
    cast.home.officer.fill_in("review:publish", decision.public_id)
    cast.home.officer.go("review:board", cast.call.public_id)
    assert cast.home.officer.page.locator("main [aria-current=step]").count() == 0  # nothing is left to do
    for proposal, outcome in ((a, "adopted"), (b, "on the reserve list"), (c, "adopted")):
        _reads_result(cast, readers[proposal.pk], proposal, outcome)
    reader = readers[c.pk]
    reader.go("review:result", c.public_id)
    reader.sees_text(WORDS)
    reader.go("review:adopted", cast.call.public_id)
    reader.sees_text(a.title_ja, c.title_ja)
    assert b.title_ja not in reader.text()


def _reads_result(cast: Cast, reader: Hand, proposal: Proposal, outcome: str) -> None:
    reader.go("review:results")
    reader.follow(f"a[href*='{proposal.public_id}/result/']")
    reader.sees(outcome)
    comments = sorted(reader.page.locator("main blockquote").all_inner_texts())
    assert comments == sorted(_comments(cast, proposal))
    assert reader.walker.look() == []
    link = reader.page.locator("main a[href$='/pdf/']").first.get_attribute("href")
    assert link
    letter = text_of_pdf(reader.fetch(link))
    assert str(proposal.receipt_number) in letter
    shown = reader.page.content() + letter
    for secret in _secrets(cast):
        assert secret not in shown, secret


def _comments(cast: Cast, proposal: Proposal) -> list[str]:
    """What the reviewers who count wrote to the applicants; not what the one in conflict did."""
    found = []
    for side in cast.scoring:
        for judge in side.judges.values():
            for review in judge.reviewer.assignments.filter(proposal=proposal, state="submitted"):
                found.append(review.comment_to_applicant)
    return found


def _secrets(cast: Cast) -> list[str]:
    """Whatever says who reviewed."""
    found: list[Any] = [HOUSE, "Interview"]
    for side in cast.scoring:
        for judge in side.judges.values():
            person = judge.person
            found += [person.family_kanji, person.family_romaji, person.email, judge.reviewer.public_id]
    return found
