"""The proposals that a search serves worst, on its page."""

from typing import Any

import pytest

from kernel.actions import writing
from proposals.models import Proposal, ProposalAccess
from review.enums import RunMode
from review.models import AssignmentRun, Reviewer
from tests.builders.review import make_assignment
from tests.review.test_matching import scene, searched
from tests.review.test_matching_pages import address
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db


def adjusted() -> tuple[Any, list[Proposal], AssignmentRun]:
    """The first proposal was given to people who know nothing of it; the second is free, and somebody knows of it."""
    stage, call, proposals, pool = scene(2)
    with writing():
        Proposal.objects.filter(pk__in=[p.pk for p in proposals]).update(
            title_en="Superconducting qubits", title_ja="超伝導量子ビット"
        )
        for reviewer in (pool[1], pool[3]):
            Reviewer.objects.filter(pk=reviewer.pk).update(
                keywords=["superconducting qubits", "超伝導"], max_load=1
            )
        for reviewer in (pool[0], pool[2]):
            Reviewer.objects.filter(pk=reviewer.pk).update(keywords=["medieval history"])
    for reviewer in (pool[0], pool[2]):
        make_assignment(proposals[0], reviewer, state="in_progress")
    return stage, proposals, searched(stage, call, mode=RunMode.ADJUST)


def test_adjusting_keeps_the_floor_and_says_who_is_below_it_and_why() -> None:
    _stage, proposals, run = adjusted()
    assert run.floor > 0
    assert [(one["proposal"], one["why"]) for one in run.below] == [(proposals[0].public_id, "kept")]
    assert run.below[0]["by"] == pytest.approx(run.floor, abs=1e-3)


@LANGUAGES
def test_page_names_them(language: str) -> None:
    stage, proposals, run = adjusted()
    text = page(signed_in(stage.home1), address(run, "", language))
    section = text.split('aria-labelledby="floor-heading"')[1].split("</section>")[0]
    assert proposals[0].receipt_number in section
    assert str(proposals[1].receipt_number) not in section


def test_whoever_has_a_conflict_in_the_call_is_told_of_no_floor() -> None:
    stage, proposals, run = adjusted()
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    assert "floor-heading" not in page(signed_in(stage.home1), address(run))
