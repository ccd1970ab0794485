"""The specimen of the house style: every element of a document, with made-up content, in both languages.

The design page shows it, and the tests read it.
"""

from typing import Any

from kernel.documents.charts import budget_against_cap
from kernel.documents.typeset import Language, render_pdf


def specimen_pdf(language: Language) -> bytes:
    """The specimen as a PDF/UA document: three pages, always the same bytes."""
    data = specimen_data(language)
    return render_pdf(
        "specimen", data, language=language, assets={data["chart"]["file"]: specimen_chart(language)}
    )


def specimen_chart(language: Language) -> bytes:
    japanese = language == "ja"
    return budget_against_cap(
        [f"令和{year}年度" if japanese else f"FY{2018 + year}" for year in range(7, 12)],
        [64, 88, 96, 104.5, 100],
        100,
        cap_label="上限 100" if japanese else "Cap 100",
        over_label="上限を超える額" if japanese else "Above the cap",
        unit="百万円" if japanese else "¥ million",
        size=(160, 66),
    )


def specimen_data(language: Language, **document: Any) -> dict[str, Any]:
    """What `templates/documents/specimen.typ` wants; `document` replaces fields of the document's description."""
    return (_japanese if language == "ja" else _english)(document)


def _document(title: str, author: str, running_head: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "authors": [author],
        "keywords": ["FY2027", "JPMJAP2326"],
        "issued_at": "2027-03-15T17:00:00+09:00",
        "running_head": running_head,
        "version": "3",
        "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    } | changes


def _rows(count: int = 38) -> list[list[Any]]:
    return [[f"JPMJAP23{n:02d}", 76_923_077 - n, 23_076_923, 100_000_000 - n] for n in range(count)]


def _japanese(changes: dict[str, Any]) -> dict[str, Any]:
    rows = [*_rows(), ["返納", -500_000, 0, -500_000], ["未定", None, None, None]]
    return {
        "document": _document(
            "国際共同研究　実施状況報告書", "科学技術振興機構", "国際共同研究推進事業", changes
        ),
        "subtitle": "令和9年度",
        "facts": [
            {"name": "課題番号", "value": "JPMJAP2326"},
            {"name": "研究代表者", "value": "𠮷田　髙志（Yoshida Takashi）"},
            {"name": "課題数", "value": 1234},
            {"name": "備考", "value": None},
        ],
        "sections": [
            {
                "heading": "目的・概要",
                "paragraphs": [
                    "欧米等先進国のトップ研究者と日本の研究者との研究協力を促し、「国際トップサークル」への参入を進める（令和5年度～）。",
                    "支援の規模は、1課題あたり最大1億円／年程度とし、5年以上の継続を可能とする。",
                    "日本と相手国の優秀な若手研究者のつながりを強め、今後数十年にわたる連携の土台をつくる。",
                ],
                "items": ["若手研究者の派遣（学位取得を含む）", "優秀な人材の受入れ"],
            }
        ],
        "names": {
            "heading": "氏名の表記",
            "caption": "氏名の字体",
            "columns": ["氏名", "符号位置", "備考"],
            "rows": [
                ["𠮷田　髙志", "U+20BB7, U+9AD9", "JIS X 0213, CP932"],
                ["山﨑　神", "U+FA11, U+FA19", "CJK Compatibility Ideographs"],
                ["Nguyễn Thị Ánh", "U+1EC5", "Latin Extended Additional"],
                ["Ștefan Łukasz", "U+0218, U+0141", "Latin Extended-A, -B"],
                ["Ελένη Παπαδοπούλου", "U+0395", "Greek"],
                ["Юрій Ковальчук", "U+042E", "Cyrillic"],
                ["김민수", "U+AE40", "Hangul"],
            ],
        },
        "chart": {
            "heading": "年度別予算",
            "file": "budget.svg",
            "alt": "年度別予算額の棒グラフ。令和10年度が上限の100百万円を超える。",
            "caption": "年度別予算額",
            "finding": "令和10年度のみ、上限を4.5百万円上回る（例外承認済み）。",
        },
        "budget": {
            "heading": "配分額",
            "lead": "配分額の合計は",
            "year": 2027,
            "columns": ["課題", "直接経費", "間接経費", "合計"],
            "rows": rows,
            "total": ["合計", *(sum(row[index] or 0 for row in rows) for index in (1, 2, 3))],
            "caption": "課題別配分額",
        },
        "remarks": ["金額は間接経費を含む。", "▲は減額を示す。"],
    }


def _english(changes: dict[str, Any]) -> dict[str, Any]:
    data = _japanese({})
    rows = [*_rows(), ["Returned", -500_000, 0, -500_000], ["To be decided", None, None, None]]
    return data | {
        "document": _document(
            "Joint Research: Progress Report",
            "Japan Science and Technology Agency",
            "International Joint Research Programme",
            changes,
        ),
        "subtitle": "FY2027",
        "sections": [
            {
                "heading": "Purpose and outline",
                "paragraphs": [
                    "The programme supports joint research in frontier fields with leading researchers of partner "
                    "countries, and opens the way into the international top circles of research.",
                    "A project receives up to about ¥100 million a year and may run for five years or more.",
                    "Ties between the talented early-career researchers of both sides are to last for decades.",
                ],
                "items": ["Dispatch of early-career researchers", "Acceptance of talent"],
            }
        ],
        "facts": [
            {"name": "Project number", "value": "JPMJAP2326"},
            {"name": "Principal investigator", "value": "𠮷田　髙志 (Yoshida Takashi)"},
            {"name": "Projects", "value": 1234},
            {"name": "Remarks", "value": None},
        ],
        "names": data["names"]
        | {
            "heading": "Names as they are written",
            "caption": "Letters that names need",
            "columns": ["Name", "Code points", "Remark"],
        },
        "chart": {
            "heading": "Budget by fiscal year",
            "file": "budget.svg",
            "alt": "Bar chart of the budget by fiscal year. FY2028 is above the cap of ¥100 million.",
            "caption": "Budget by fiscal year",
            "finding": "FY2028 alone is above the cap, by ¥4.5 million (an approved exception).",
        },
        "remarks": ["Amounts include indirect cost.", "A minus marks a reduction."],
        "budget": data["budget"]
        | {
            "heading": "Allocations",
            "lead": "Allocated in total:",
            "columns": ["Project", "Direct", "Indirect", "Total"],
            "rows": rows,
            "total": ["Total", *data["budget"]["total"][1:]],
            "caption": "Allocations by project",
        },
    }
