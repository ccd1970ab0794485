"""The dossier as a paper: its figures in its text, in both languages, and the same whenever a version is printed."""

import datetime as dt
import subprocess

import pytest

from accounts.models import Organisation
from kernel import clock
from kernel.actions import writing
from program.actions import designation_life as life
from program.actions import designations, dossiers
from program.actions.fields import change_field
from program.models import Designation, Programme
from registries.models import Country
from tests.builders.program import Stage, make_stage
from tests.program.test_designation_actions import a_draft
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def a_decided(stage: Stage) -> Designation:
    designation = a_draft(stage)
    designations.change_summary(
        designation=designation,
        by=stage.ministry1,
        summary_ja="髙﨑 𠮷田の分析",
        summary_en="What Japan gains",
        division_ja="科学技術・学術政策局参事官（国際戦略担当）",
        division_en="Director for International Strategy",
        director_ja="見本太郎",
        director_en="Taro Mihon",
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
                "主管課（課長名）",
                "科学技術・学術政策局参事官（国際戦略担当）（見本太郎）",
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
                "Director for International Strategy (Taro Mihon)",
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


def test_version_keeps_every_name_as_it_was() -> None:
    stage = make_stage()
    designation = a_decided(stage)
    version = designation.versions.get(occasion="decided")
    client = signed_in(stage.ministry1)
    path = f"/en/dossier-versions/{version.public_id}/"
    before = client.get(f"{path}dossier.pdf").content
    change_field(field=stage.field, by=stage.ministry1, title_ja="改称", title_en="Renamed field")
    with writing():
        Programme.objects.filter(pk=stage.programme.pk).update(title_en="Renamed programme")
        Organisation.objects.filter(pk=stage.ministry.pk).update(name_en="Renamed ministry")
        Country.objects.filter(code="GB").update(name_en="Renamed country")
    page = client.get(path).content.decode()
    main = page[page.index("<h1") :]
    assert "Quantum × United Kingdom" in main
    assert "Renamed" not in main
    assert client.get(f"{path}dossier.pdf").content == before
    compare = (
        f"/en/designations/{designation.public_id}/versions/compare/?before={version.public_id}&after=now"
    )
    (names,) = [one for one in client.get(compare).context["changes"] if one["part"] == "Names"]
    assert [(one["field"], one["before"], one["after"]) for one in names["values"]] == [
        ("Ministry (English)", stage.ministry.name_en, "Renamed ministry"),
        ("Programme (English)", "Example joint research programme", "Renamed programme"),
        ("Field (Japanese)", "量子", "改称"),
        ("Field (English)", "Quantum", "Renamed field"),
        ("Partner (English)", "United Kingdom", "Renamed country"),
    ]


def test_version_from_before_names_were_kept_reads_those_of_today() -> None:
    stage = make_stage()
    version = a_decided(stage).versions.get(occasion="decided")
    with writing():
        for name in ("ministry", "programme", "field", "partner"):
            del version.content[name]
        version.save()
    path = f"/en/dossier-versions/{version.public_id}/"
    client = signed_in(stage.ministry1)
    assert "Quantum × United Kingdom" in text_of(client.get(path))
    assert "Example joint research programme" in text_of_pdf(client.get(f"{path}dossier.pdf").content)


def test_paper_dates_each_step_by_the_day_in_japan() -> None:
    stage = make_stage()
    with clock.set_to(dt.datetime(2026, 6, 30, 15, 45, tzinfo=dt.UTC)):  # 1 July, 00:45 in Japan
        version = a_decided(stage).versions.get(occasion="decided")
    pdf = signed_in(stage.ministry1).get(f"/en/dossier-versions/{version.public_id}/dossier.pdf").content
    text = text_of_pdf(pdf)
    assert "30 June 2026" not in text
    assert text.count("1 July 2026") >= 4  # the head; reviewed, signed, decided


def test_empty_dossier_has_a_paper_that_says_so() -> None:
    stage = make_stage()
    draft = a_draft(stage, is_complete=False)
    answer = signed_in(stage.ministry1).get(f"/en/designations/{draft.public_id}/dossier.pdf")
    assert "None." in text_of_pdf(answer.content)
