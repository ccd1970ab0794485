"""Tables on a narrow screen: nothing is cut, and each value stands behind the head of its column."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.matrix.world import make_world


def test_a_ledger_in_the_hand_is_a_list_of_labelled_values(walk: Any, transactional_db: Any) -> None:
    world = make_world()
    hand, desk, plain = (
        walk(width=390, language="en"),
        walk(width=1280, language="en"),
        walk(width=390, language="en", javascript=False),
    )
    for walker in (hand, desk, plain):
        walker.become(world.people["home_officer"])
        with translation.override("en"):
            walker.open(reverse("projects:ledger", args=[world.value("project")]))
    cell = "[aria-labelledby=ledger-caption] tbody tr:first-child td:nth-child(5)"
    label = "element => getComputedStyle(element, '::before').content"
    shown = {name: w.page.eval_on_selector(cell, label) for name, w in {"hand": hand, "desk": desk}.items()}
    assert shown == {"hand": '"Amount"', "desk": "none"}
    overhang = "element => element.scrollWidth - element.clientWidth"
    region = "[aria-labelledby=ledger-caption]"
    assert hand.page.eval_on_selector(region, overhang) == 0
    assert hand.page.get_by_role("rowgroup").count() > 0
    # Without the script the table scrolls to the side, inside its own region.
    assert plain.page.eval_on_selector(region, overhang) > 0


def test_the_awards_fit_a_desk_and_their_picture_can_be_read_in_the_hand(
    walk: Any, transactional_db: Any
) -> None:
    draft = make_proposal(make_call(make_stage()))
    with writing():
        draft.awards.update(title="Collaborative research on error-corrected quantum networks over fibre")
    hand, desk = walk(width=390, language="en"), walk(width=1280, language="en")
    for walker in (hand, desk):
        walker.become(draft.pi.user)
        with translation.override("en"):
            walker.open(reverse("proposals:awards", args=[draft.public_id]))
    overhang = "element => element.scrollWidth - element.clientWidth"
    assert desk.page.eval_on_selector("[aria-labelledby=rows-caption]", overhang) == 0
    lines = (
        "element => element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight)"
    )
    assert desk.page.eval_on_selector("tbody .days", lines) <= 2
    # The picture scrolls in its own box; the page does not.
    width = "element => element.getBoundingClientRect().width"
    assert hand.page.eval_on_selector(".figure__picture img", width) >= 600
    assert hand.page.eval_on_selector("html", overhang) == 0
