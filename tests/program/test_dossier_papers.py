"""The dossier as a paper: its figures in its text, in both languages, and the same whenever a version is printed."""

import datetime as dt
import subprocess

import pytest

from program.actions import designation_life as life
from program.actions import designations, dossiers
from program.models import Designation
from tests.builders.program import Stage, make_stage
from tests.program.test_designation_actions import a_draft
from tests.program.test_pages import signed_in

pytestmark = pytest.mark.django_db


def a_decided(stage: Stage) -> Designation:
    designation = a_draft(stage)
    designations.change_summary(
        designation=designation,
        by=stage.ministry1,
        summary_ja="髙﨑 𠮷田の分析",
        summary_en="What Japan gains",
    )
    for item in designation.evidence.filter(kind="loss"):
        dossiers.change_evidence(
            item=item, by=stage.ministry1, measure_ja="施設の経費", measure_en="Cost of facilities"
        )
    designations.propose_designation(designation=designation, by=stage.ministry1)
    designations.review_designation(designation=designation, by=stage.ministry2, comment="出典を確認した")
    life.sign_designation(
        designation=designation,
        by=stage.ministry1,
        valid_from=dt.date(2026, 4, 1),
        valid_until=dt.date(2031, 3, 31),
    )
    return life.decide_designation(designation=designation, by=stage.ministry2)


def text_of_pdf(content: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Without spaces: where a typesetter leaves room between digits and kanji, a reader of text finds one."""
    return text.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            (
                "先端分野及び協力相手国の指定に係る分析票",
                "量子 × 英国",
                "1.",
                "(1)",
                "施設の経費",
                "ベネフィットが上回る",
                "2026年4月1日",
                "出典を確認した",
                "内閣府",
                "第2版",
            ),
        ),
        (
            "en",
            (
                "Analysis for the designation of a strategic field and partner country",
                "Quantum × United Kingdom",
                "Cost of facilities",
                "benefit prevails",
                "1 April 2026",
                "Version 2",
            ),
        ),
    ],
)
def test_paper_of_the_decision_holds_its_figures(language: str, words: tuple[str, ...]) -> None:
    stage = make_stage()
    designation = a_decided(stage)
    version = designation.versions.get(occasion="decided")
    answer = signed_in(stage.ministry1).get(f"/{language}/dossier-versions/{version.public_id}/dossier.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of_pdf(answer.content)
    for word in (*words, "1,840", "+1.25", "(3×2 + 1×(−1)) / (3 + 1) = 5/4", version.sha256[:16]):
        assert squeezed(word) in squeezed(text)


def test_paper_of_a_version_is_the_same_after_the_designation_was_withdrawn() -> None:
    stage = make_stage()
    designation = a_decided(stage)
    version = designation.versions.get(occasion="decided")
    path = f"/ja/dossier-versions/{version.public_id}/dossier.pdf"
    client = signed_in(stage.ministry1)
    before = client.get(path).content
    life.withdraw_designation(designation=designation, by=stage.ministry1, reason="終了のため")
    assert client.get(path).content == before
    now = text_of_pdf(client.get(f"/ja/designations/{designation.public_id}/dossier.pdf").content)
    assert "終了のため" in now


def test_empty_dossier_has_a_paper_that_says_so() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    answer = signed_in(stage.ministry1).get(f"/en/designations/{draft.public_id}/dossier.pdf")
    assert "None." in text_of_pdf(answer.content)
