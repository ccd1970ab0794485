"""What the demo has from elsewhere: a table of proposals that were collected on paper, and e-Rad's answers about others."""

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kernel import clock
from kernel.documents.uploads import read_table
from kernel.files import store_upload
from kernel.files.models import StoredFile
from portal.demo.people import Cast
from portal.demo.programme import jst
from program.models import Call
from proposals.actions.erad import read_answers, save_mapping
from proposals.actions.intake import ENDINGS, MOST_ROWS, take_in
from proposals.enums import CollectionKey, EradDates, EradEncoding, EradTable, EradUnit
from proposals.erad import compare_answers
from proposals.erad_tables import layout_of
from proposals.intake_tasks import comparison_of
from proposals.queries import office_proposals

# Number on paper, titles, kanji and romaji of the applicant, institution; all made up but the institutions.
ON_PAPER = (
    ("K-0101", "紙で受け付けた細胞計測の研究", "Measuring cells, received on paper", "紙野", "花", "Kamino", "Hana", "京都大学"),
    ("K-0102", "紙で受け付けた酵素設計の研究", "Designing enzymes, received on paper", "紙田", "司", "Kamida", "Tsukasa", "大阪大学"),
    ("K-0103", "紙で受け付けた植物応答の研究", "How plants answer, received on paper", "紙山", "望", "Kamiyama", "Nozomi", "東北大学"),
)  # fmt: skip
PAPER_NAMES = (
    "number",
    "title_ja",
    "title_en",
    "pi_family_kanji",
    "pi_given_kanji",
    "pi_family_romaji",
    "pi_given_romaji",
    "institution_name",
)
# How JST's tables from e-Rad are laid out in the demo: (field, heading).
LAYOUT = (
    ("receipt_number", "受付番号"),
    ("application_number", "応募番号"),
    ("project_id", "課題ID"),
    ("approval", "研究機関承認状況"),
    ("approved_on", "研究機関承認日"),
    ("status", "応募状況"),
)


def bring_in(cast: Cast, call: Call) -> None:
    """Three proposals that came on paper are taken into the call, and e-Rad's answers about others in it are read."""
    officer = cast.users["home1"]
    with clock.set_to(jst(2026, 11, 13, 10)):
        take_in_paper(call, officer)
    with clock.set_to(jst(2026, 11, 13, 15)):
        read_e_rad(cast, call, officer)


def take_in_paper(call: Call, officer: User) -> None:
    """As an officer does it by the pages, without the wait for the worker."""
    content = _csv([_row(call, number, one) for number, one in enumerate(ON_PAPER)])
    stored = _stored("紙による提案一覧.csv", content, officer)
    found = comparison_of(call, CollectionKey.NUMBER, content, officer)
    take_in(call=call, key=CollectionKey.NUMBER, stored=stored, found=found, by=officer)


def _row(call: Call, number: int, one: tuple[str, ...]) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(PAPER_NAMES, one, strict=True))
    row |= {
        "received_on": "2026-09-28",
        "support_type": "top",
        "years": "5",
        "pi_email": f"paper{number}@univ.example",
        "effort": "20",
        "partner_family_romaji": "Specimen",
        "partner_given_romaji": f"Avery {chr(65 + number)}",
        "partner_institution": "Example University of the North",
        "partner_country": "GB",
        "award_agency": "UKRI",
        "award_number": f"EP/Y{number:06}/1",
        "award_title": "Partner's award (made up for the demo)",
        "award_amount": "2,500,000",
        "award_currency": "GBP",
        "award_starts": f"{call.first_year - 1}-09-01",
        "award_ends": f"{call.first_year + 5}-08-31",
    }
    for year in range(call.first_year, call.first_year + 5):
        row |= {f"budget_goods_{year}": "20,000,000", f"budget_indirect_{year}": "6,000,000"}
    return row


def read_e_rad(cast: Cast, call: Call, officer: User) -> None:
    """The officer lays out the table, and reads one with the answers about three proposals."""
    save_mapping(
        agency=cast["JST"],
        table=EradTable.ANSWERS,
        columns=LAYOUT,
        encoding=EradEncoding.CP932,
        dates=EradDates.SLASH,
        unit=EradUnit.YEN,
        key="receipt_number",
        version=0,
        by=officer,
    )
    answered = office_proposals(officer).filter(call=call, collected={}).order_by("receipt_number")[:3]
    rows = [
        (one.receipt_number, f"2610{number:04}", f"2611{number:04}", "承認済", "2026/09/25", "配分機関受付中")
        for number, one in enumerate(answered, start=1)
    ]
    headings = [heading for _field, heading in LAYOUT]
    content = _csv([dict(zip(headings, row, strict=True)) for row in rows], encoding="cp932")
    stored = _stored("e-Rad応募情報.csv", content, officer)
    answers = compare_answers(
        call=call,
        layout=layout_of(cast["JST"], EradTable.ANSWERS),
        table=read_table(content, max_rows=MOST_ROWS),
        by=officer,
    )
    read_answers(call=call, answers=answers, stored=stored, by=officer)


def _csv(rows: list[dict[str, Any]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode(encoding)


def _stored(name: str, content: bytes, officer: User) -> StoredFile:
    return store_upload(upload=SimpleUploadedFile(name, content), by=officer, allowed=ENDINGS)
