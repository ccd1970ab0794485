"""e-Rad's tables by a mapping of columns: which fields there are, the documented default, and how a cell is written.

e-Rad's own files are not public. So an agency says which field goes into which column, under which heading and in which
order; the headings of `DEFAULTS` are the terms that e-Rad's public manuals use.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.text import is_blank_text
from kernel.violations import Violation
from kernel.years import era_date
from proposals.enums import EradDates, EradTable, EradUnit
from proposals.rules.cells import day_in_era_short

MOST_YEARS = 10
HEADING_LIMIT = 100


class FieldKind(StrEnum):
    CODE = "code"
    TEXT = "text"
    DAY = "day"
    MONEY = "money"


K = FieldKind
_NUMBERS = {"application_number": K.CODE, "project_id": K.CODE, "receipt_number": K.CODE}
_WHO = {
    "title_ja": K.TEXT,
    "title_en": K.TEXT,
    "pi_erad": K.CODE,
    "pi_family_kanji": K.TEXT,
    "pi_given_kanji": K.TEXT,
    "pi_family_kana": K.TEXT,
    "pi_given_kana": K.TEXT,
    "pi_family_romaji": K.TEXT,
    "pi_given_romaji": K.TEXT,
    "institution_erad": K.CODE,
    "institution_ror": K.CODE,
    "institution_name": K.TEXT,
    "field": K.TEXT,
    "support_type": K.TEXT,
    "call_code": K.CODE,
    "starts_on": K.DAY,
    "ends_on": K.DAY,
}
FIELDS: Mapping[EradTable, Mapping[str, FieldKind]] = {
    EradTable.PROPOSALS: {
        **_NUMBERS,
        "collected_number": K.CODE,
        **_WHO,
        "received_on": K.DAY,
        "asked_direct": K.MONEY,
        "asked_indirect": K.MONEY,
        "asked_total": K.MONEY,
        **{f"asked_year_{number}": K.MONEY for number in range(1, MOST_YEARS + 1)},
        "state": K.TEXT,
    },
    EradTable.RESULTS: {
        **_NUMBERS,
        **_WHO,
        "result": K.TEXT,
        "decided_on": K.DAY,
        "project_number": K.CODE,
        "asked_total": K.MONEY,
        "awarded_total": K.MONEY,
    },
    EradTable.ANSWERS: {
        **_NUMBERS,
        "collected_number": K.CODE,
        "approval": K.TEXT,
        "approved_on": K.DAY,
        "status": K.TEXT,
    },
}
# Of a table from e-Rad: what can say whose row it is, and what is read.
KEYS = ("receipt_number", "application_number", "project_id", "collected_number")
READ = ("application_number", "project_id", "approval", "approved_on", "status")
_COMMON = (
    ("application_number", "応募番号"),
    ("receipt_number", "受付番号"),
    ("title_ja", "研究開発課題名"),
    ("title_en", "研究開発課題名（英語）"),
    ("pi_erad", "研究代表者研究者番号"),
    ("pi_family_kanji", "研究代表者氏名（姓）"),
    ("pi_given_kanji", "研究代表者氏名（名）"),
    ("institution_erad", "所属研究機関コード"),
    ("institution_name", "所属研究機関名"),
)
DEFAULTS: Mapping[EradTable, Sequence[tuple[str, str]]] = {
    EradTable.PROPOSALS: (
        *_COMMON,
        ("pi_family_kana", "研究代表者氏名フリガナ（姓）"),
        ("pi_given_kana", "研究代表者氏名フリガナ（名）"),
        ("starts_on", "研究期間（開始）"),
        ("ends_on", "研究期間（終了）"),
        ("asked_direct", "直接経費"),
        ("asked_indirect", "間接経費"),
        ("asked_total", "合計"),
        ("received_on", "受付日"),
    ),
    EradTable.RESULTS: (
        ("application_number", "応募番号"),
        ("project_id", "課題ID"),
        *_COMMON[1:],
        ("result", "採否"),
        ("decided_on", "採否決定日"),
        ("project_number", "課題番号"),
        ("awarded_total", "配分額"),
    ),
    EradTable.ANSWERS: (
        ("receipt_number", "受付番号"),
        ("application_number", "応募番号"),
        ("project_id", "課題ID"),
        ("approval", "研究機関承認状況"),
        ("approved_on", "研究機関承認日"),
        ("status", "ステータス"),
    ),
}


@dataclass(frozen=True)
class Layout:
    """A table as an agency wants it: (field, heading) in the order of the columns."""

    table: EradTable
    columns: tuple[tuple[str, str], ...]
    encoding: str
    dates: EradDates
    unit: EradUnit
    key: str = ""


def layout_violations(table: EradTable, columns: Sequence[tuple[str, str]], key: str) -> list[Violation]:
    """`erad_no_column`, `erad_field_unknown`, `erad_heading_missing`, `erad_heading_twice`, `text_over_limit`,
    `text_has_nul`; of a table from e-Rad `erad_key_missing`, `erad_nothing_to_read`."""
    found = [] if columns else [Violation("erad_no_column")]
    seen: set[str] = set()
    for name, heading in columns:
        box = f"heading_{name}"
        if name not in FIELDS[table]:
            found.append(Violation("erad_field_unknown"))
        elif is_blank_text(heading):
            found.append(Violation("erad_heading_missing", box))
        elif "\0" in heading:
            found.append(Violation("text_has_nul", box))
        elif len(heading) > HEADING_LIMIT:
            over = len(heading) - HEADING_LIMIT
            found.append(Violation("text_over_limit", box, {"over": over, "limit": HEADING_LIMIT}))
        elif heading in seen:
            found.append(Violation("erad_heading_twice", box, {"heading": heading}))
        seen.add(heading)
    if table == EradTable.ANSWERS and columns:
        names = [name for name, _heading in columns]
        if key not in KEYS or key not in names:
            found.append(Violation("erad_key_missing", "key"))
        if not set(names) & set(READ) - {key}:
            found.append(Violation("erad_nothing_to_read"))
    return found


def written_day(day: dt.date, dates: EradDates) -> str:
    """A day as the mapping wants it: 2027/04/01, 2027-04-01, 令和9年4月1日 or R9.4.1."""
    if dates is EradDates.ISO:
        return day.isoformat()
    if dates is EradDates.ERA:
        return era_date(day)
    return day_in_era_short(day) if dates is EradDates.ERA_SHORT else f"{day:%Y/%m/%d}"


def written_money(amount: int, unit: EradUnit) -> int | None:
    """Whole yen in the unit; None where they are no whole thousands: nothing is rounded in silence."""
    if unit is EradUnit.YEN:
        return amount
    return None if amount % 1_000 else amount // 1_000
