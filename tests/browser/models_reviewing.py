"""The review of a call by two agencies' people: given, declared, written, handed back, submitted, locked; a conflict found late."""

import csv
import datetime as dt

from playwright.sync_api import expect

from kernel.clock import today
from proposals.models import Proposal
from review.enums import AssignmentState, ConflictKind
from tests.browser.models_cast import (
    HOME,
    LEAD_ALONE,
    PARTNER,
    PLACES,
    Cast,
    Judge,
    Side,
    address,
    cells,
    status_of,
)

FORM = "main form[data-autosave]"
SAVED = "Saved. Nothing is submitted yet."


def assign(cast: Cast) -> None:
    """Each officer gives the proposals to the reviewers of their own side; the other side's are not offered."""
    due = today() + dt.timedelta(days=30)
    for side in cast.scoring:
        others = [
            one.reviewer.public_id
            for each in cast.scoring
            if each is not side
            for one in each.judges.values()
        ]
        for part, proposals in _parts(cast, side).items():
            for proposal in proposals:
                side.officer.go("review:assign", proposal.public_id)
                offered = side.officer.page.locator("main [name=reviewer] option")
                values = [one.get_attribute("value") for one in offered.all()]
                assert not set(values) & set(others)
                side.officer.fill(reviewer=side.judges[part].reviewer.public_id, due_on=due.isoformat())
                side.officer.send()
                side.officer.sees("The proposal was given to the reviewer, who is written to.")
    for side in cast.sides:
        if (
            side not in cast.scoring
        ):  # its reviewers do not score, so there is nobody to whom it could give anything
            assert status_of(side.officer, "review:assign", cast.proposals[0].public_id) == 404


def _parts(cast: Cast, side: Side) -> dict[str, list[Proposal]]:
    a, b, *_ = cast.proposals
    whose = {"all": cast.proposals, "leaves": [a], "late": [b]}
    return {part: whose[part] for part in side.judges if part in whose}


def begin(judge: Judge, proposal: Proposal) -> None:
    """Agree to confidentiality once, and declare that there is no conflict; only then the proposal opens."""
    hand, review = judge.hand, judge.review_of(proposal)
    hand.go("review:inbox")
    assert status_of(hand, "review:proposal_pdf", proposal.public_id) == 404
    hand.go("review:conflict", review.public_id)
    if not judge.has_agreed:
        assert "/confidentiality/" in hand.walker.path
        hand.fill_in("review:confidentiality", review.public_id, agreed=True)
        judge.has_agreed = True
    hand.fill_in("review:conflict", review.public_id, kind="none")
    hand.sees("Your declaration is recorded. The proposal is open to you now.")


def write(judge: Judge, proposal: Proposal, step: int) -> None:
    """A step by every criterion, by its radio; a comment to the applicants and one to the agency."""
    criteria = list(proposal.form_version.criteria.all())
    judge.hand.fill(
        **{f"score_{criterion.pk}": str(step) for criterion in criteria},
        confidence="high",
        comment_to_applicant=f"{judge.person.family_romaji[8:]}より {step}",
        comment_to_agency=f"面接で確認 Interview {step}",
    )


def submit(judge: Judge, proposal: Proposal) -> None:
    """Save and check, then the one button that submits."""
    hand = judge.hand
    hand.send("main button[name=then][value=submit]")
    hand.send("main form[method=post] button[type=submit]")
    hand.sees("Your review is submitted. Thank you.")
    assert judge.review_of(proposal).state == AssignmentState.SUBMITTED


def keeps_what_was_chosen(judge: Judge, proposal: Proposal) -> None:
    """What is chosen saves itself; the page opened anew has it, and nothing is submitted."""
    hand = judge.hand
    first, second, *_ = proposal.form_version.criteria.all()
    hand.fill(**{f"score_{first.pk}": "5", f"score_{second.pk}": "na"}, confidence="low")
    hand.told("saved")
    hand.page.reload()
    for name, value in ((f"score_{first.pk}", "5"), (f"score_{second.pk}", "na"), ("confidence", "low")):
        expect(hand.page.locator(f"{FORM} [name='{name}'][value='{value}']")).to_be_checked()
    review = judge.review_of(proposal)
    kept = dict(review.scores.values_list("criterion", "value"))
    assert (review.state, kept) == (AssignmentState.IN_PROGRESS, {first.pk: 5, second.pk: None})


def stands_side_by_side(judge: Judge) -> None:
    """At 1024 pixels the pages of the PDF stand beside the form, both wide enough, and nothing is wider than the window."""
    page = judge.hand.page
    page.evaluate("scrollTo(0, 0)")  # what is read stays in the window while the form is scrolled
    read, written = (page.locator(f".split > section:nth-child({place})").bounding_box() for place in (1, 2))
    assert read is not None
    assert written is not None
    assert read["x"] + read["width"] <= written["x"]
    assert written["x"] + written["width"] <= 1024
    assert min(read["width"], written["width"]) > 400
    assert abs(read["y"] - written["y"]) < 2, (read, written)
    picture = page.locator(".pages-beside img").first.bounding_box()
    assert picture is not None
    assert picture["x"] + picture["width"] <= written["x"]
    assert judge.hand.walker.look() == []


def review_all(cast: Cast) -> None:
    """Who reads all proposals of a side reviews them; who reads B besides reviews it."""
    for side in cast.scoring:
        judge = side.judges["all"]
        steps = LEAD_ALONE if not cast.model.all_review else HOME if side is cast.home else PARTNER
        for place, (proposal, step) in enumerate(zip(cast.proposals, steps, strict=True)):
            begin(judge, proposal)
            if place == 0:
                stands_side_by_side(judge)
                keeps_what_was_chosen(judge, proposal)
            write(judge, proposal, step)
            submit(judge, proposal)
    late, b = cast.late.judges["late"], cast.proposals[1]
    begin(late, b)
    write(late, b, 5)
    submit(late, b)


def drop_out(cast: Cast) -> None:
    """A reviewer hands back what they have begun; the officer gives it to somebody else, who reviews it."""
    a, officer = cast.proposals[0], cast.home.officer
    leaves, takes = cast.home.judges["leaves"], cast.home.judges["takes over"]
    begin(leaves, a)
    write(leaves, a, 1)
    leaves.hand.send("main button[name=then][value=stay]")
    leaves.hand.sees(SAVED)
    begun = leaves.review_of(a)
    leaves.hand.fill_in("review:hand_back", begun.public_id, reason="急病のため")
    leaves.hand.sees("The proposal is handed back, and the agency’s officers are told.")
    for route, key in (("form", begun), ("assignment", begun), ("proposal_pdf", a)):
        assert status_of(leaves.hand, f"review:{route}", key.public_id) == 404, route
    officer.go("review:progress", cast.call.public_id)
    officer.sees_text(leaves.name_for(officer))
    officer.follow(f"a[href*='{begun.public_id}/reassign/']")
    officer.fill(reviewer=takes.reviewer.public_id)
    officer.send()
    officer.sees("The proposal was given to the new reviewer, who is written to.")
    begin(takes, a)
    write(takes, a, 5)
    submit(takes, a)
    assert begun.scores.count() == 5  # stays as it was written, for the trail
    assert cast.board(officer, a)[:4] == ["5.00", "1", "0.00", "1"]


def lock(cast: Cast) -> None:
    """Each agency locks its own scores; until all have, the other side's columns stay empty."""
    for place, side in enumerate(cast.scoring):
        if place == 0 and len(cast.scoring) > 1:
            assert cast.board(side.officer, cast.proposals[1])[4:8] == ["–"] * 4
        for other in cast.sides:
            if other is not side:
                assert (
                    status_of(other.officer, "review:lock", cast.call.public_id, side.agency.public_id) == 404
                )
        side.officer.fill_in("review:lock", cast.call.public_id, side.agency.public_id, is_confirmed=True)
    assert [cast.ranks(side.officer) for side in cast.sides] == [["1", "2", "3", "4"]] * 2


def _figures(cast: Cast) -> dict[str, object]:
    """Whatever tells officers of B's reviews: figures, counts, texts, files."""
    b, here = cast.proposals[1], cast.call.public_id
    own = cast.late.officer
    found: dict[str, object] = {}
    for side in cast.sides:
        name, officer = side.agency.short_name, side.officer
        found[f"board of {name}"] = cast.board(officer, b)
        officer.go("review:statistics", here)
        found[f"statistics of {name}"] = cells(officer, b)[1:4]
        for kind in ("board", "statistics"):
            content = officer.fetch(address(officer, f"review:{kind}_csv", here)).decode("utf-8-sig")
            rows = csv.reader(content.splitlines())
            found[f"{kind}.csv of {name}"] = next(row for row in rows if str(b.receipt_number) in row)
    own.go("review:progress", here)
    found["progress"] = cells(own, b)[1]
    own.go("review:proposal_reading", b.public_id)
    found["reading"] = own.page.locator("main .review-shown").count()
    own.go("review:pool", here)
    late = cast.late.judges["late"].name_for(own)
    row = own.page.locator(f"main tbody tr:has-text('{late}')").first
    found["pool"] = row.inner_text()
    return found


def find_conflict_late(cast: Cast) -> None:
    """Who has submitted declares a conflict: the review is gone from every figure at once, and nothing opens any more."""
    late, b = cast.late.judges["late"], cast.proposals[1]
    before = _figures(cast)
    review = late.review_of(b)
    late.hand.go("review:assignment", review.public_id)
    late.hand.follow("a[href$='/conflict/']")
    assert late.hand.page.locator("main [name=kind][value=none]").count() == 0
    late.hand.fill(kind=ConflictKind.COAUTHOR.value, words="共著論文が2年前にある")
    late.hand.send()
    late.hand.sees("Your declaration is recorded. You take no further part in this proposal’s review.")
    for route, key in (("form", review), ("assignment", review), ("proposal_pdf", b)):
        assert status_of(late.hand, f"review:{route}", key.public_id) == 404, route
    after = _figures(cast)
    unchanged = [name for name in before if before[name] == after[name]]
    assert unchanged == []
    assert (before["reading"], after["reading"]) == (2, 1)
    assert (before["progress"], after["progress"]) == ("2 / 2", "1 / 1")
    counts = cast.board(cast.home.officer, b)
    assert counts[1::4][: len(cast.scoring)] == ["1"] * len(cast.scoring)
    shows_tie(cast)


def shows_tie(cast: Cast) -> None:
    """B and C have one mean at the line: both officers read that they share the second rank, and D is fourth."""
    for side in cast.sides:
        shared = side.officer.words("%(rank)s (shared rank)", rank=PLACES)
        assert cast.ranks(side.officer) == ["1", shared, shared, "4"]
        assert side.officer.walker.look() == []
