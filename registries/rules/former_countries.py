"""Codes of ISO 3166-1 whose countries no longer exist (ISO 3166-3), with their last day and who came after them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FormerCountry:
    """A country or territory that ended; `successors` are the codes of those that its area belongs to now."""

    code: str
    code3: str
    name_ja: str
    name_en: str
    ended_on: date
    successors: tuple[str, ...]


# Where a code was given out twice (CS), the later country is meant. FQ, NQ and other codes withdrawn before 1989 are left out:
# no source of ours is older.
FORMER_COUNTRIES = (
    FormerCountry(
        "AN",
        "ANT",
        "オランダ領アンティル",
        "Netherlands Antilles",
        date(2010, 10, 10),
        ("BQ", "CW", "SX"),
    ),
    FormerCountry("BU", "BUR", "ビルマ", "Burma", date(1989, 6, 18), ("MM",)),
    FormerCountry(
        "CS", "SCG", "セルビア・モンテネグロ", "Serbia and Montenegro", date(2006, 6, 3), ("RS", "ME")
    ),
    FormerCountry("DD", "DDR", "ドイツ民主共和国", "German Democratic Republic", date(1990, 10, 2), ("DE",)),
    FormerCountry(
        "SU",
        "SUN",
        "ソビエト社会主義共和国連邦",
        "Soviet Union",
        date(1991, 12, 26),
        (
            "AM",
            "AZ",
            "BY",
            "EE",
            "GE",
            "KZ",
            "KG",
            "LV",
            "LT",
            "MD",
            "RU",
            "TJ",
            "TM",
            "UA",
            "UZ",
        ),
    ),
    FormerCountry(
        "TP", "TMP", "東ティモール（旧コード）", "East Timor (old code)", date(2002, 5, 19), ("TL",)
    ),
    FormerCountry("YD", "YMD", "南イエメン", "Democratic Yemen", date(1990, 5, 21), ("YE",)),
    FormerCountry(
        "YU",
        "YUG",
        "ユーゴスラビア",
        "Yugoslavia",
        date(2003, 2, 3),
        ("BA", "HR", "ME", "MK", "RS", "SI"),
    ),
    FormerCountry("ZR", "ZAR", "ザイール", "Zaire", date(1997, 5, 16), ("CD",)),
)
_BY_CODE = {country.code: country for country in FORMER_COUNTRIES}


def former_country(code: str) -> FormerCountry | None:
    """The country that had this code and is no more; None for any other code."""
    return _BY_CODE.get(code)
