"""From an empty dossier to the decision by what the page itself says comes next, in both languages."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from program.models import Consultation, Designation
from tests.browser.actor import Stagehand
from tests.builders.people import verify_email
from tests.builders.program import Stage, make_stage
from tests.matrix.world import blank_pdf

STEP = "main .notice--info a"
EVIDENCE = {
    "kind": "benefit",
    "measure_ja": "国際共著論文数",
    "measure_en": "Co-authored papers",
    "value": "1,840",
    "unit_ja": "件",
    "unit_en": "papers",
    "year": "2021",
    "source_ja": "見本調査",
    "score": "2",
    "reason_ja": "第1位の相手国である",
    "weight": "3",
}


def open_page(hand: Stagehand, designation: Designation) -> None:
    hand.go("program:designation", designation.public_id)


def take_next_step(hand: Stagehand, designation: Designation, **values: Any) -> None:
    """Follow the link that the page offers as its next step, and fill the form that it leads to."""
    open_page(hand, designation)
    hand.walker.press(STEP)
    hand.fill(**values)
    hand.send()


def designate(hand: Stagehand, stage: Stage) -> Designation:
    """Two officers, each told by the page what to do."""
    hand.enter(stage.ministry1)
    hand.go("program:designations")
    with translation.override(hand.language):
        hand.walker.press(f"main a[href='{reverse('program:designation_prepare')}']")
    hand.fill(field=stage.field.pk, country="GB", summary_ja="概要", summary_en="Summary")
    hand.send()
    designation = Designation.objects.get(state="draft")
    take_next_step(hand, designation, **EVIDENCE)
    take_next_step(hand, designation, title_ja="第6期科学技術・イノベーション基本計画")
    take_next_step(
        hand,
        designation,
        held_on="2026-05-20",
        offices_ja="内閣府",
        participants_ja="内閣府 国際担当、見本 花子",
        points_ja="分野と相手国",
    )
    talk = Consultation.objects.get()
    hand.fill_in("program:point_add", talk.public_id, point_ja="重複はないか", answer_ja="ない")
    paper = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": blank_pdf()}
    hand.fill_in("program:consultation_attach", talk.public_id, title_ja="配布資料", file=paper)
    open_page(hand, designation)
    assert hand.page.locator(STEP).get_attribute("href") == "#moves"
    hand.press("/propose/")
    assert hand.page.locator(STEP).count() == 0  # it waits for another officer
    hand.enter(stage.ministry2)
    take_next_step(hand, designation, comment="出典を確認した")
    hand.enter(stage.ministry1)
    take_next_step(hand, designation, valid_from="2026-04-01", valid_until="2031-03-31")
    hand.enter(stage.ministry2)
    open_page(hand, designation)
    hand.press("/decide/")
    return designation


@pytest.mark.parametrize("language", ["ja", "en"])
def test_designation_from_empty_to_decided_by_what_the_page_says(walk, language: str) -> None:
    stage = make_stage()
    for officer in (stage.ministry1, stage.ministry2):
        verify_email(officer)
    hand = Stagehand(walk, language)
    designation = designate(hand, stage)
    designation.refresh_from_db()
    assert designation.state == "decided"
    assert "(3×2) / (3) = 6/3" in hand.text()
    hand.walker.press("main #versions ~ .table-scroll a")
    assert designation.versions.get(occasion="decided").sha256 in hand.text()
    assert hand.walker.look() == []
    hand.fill_in("program:designation_suspend", designation.public_id, reason="制度変更の確認")
    hand.fill_in("program:designation_resume", designation.public_id, reason="確認済み")
    hand.fill_in("program:designation_renew", designation.public_id, reason="期間満了")
    assert Designation.objects.get(state="draft").renews == designation
