"""Fiscal years and Japanese eras. Pure: plain dates and instants in, numbers and words out."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class FiscalCalendar:
    """A programme's fiscal years: the month in which they begin, and the zone in which its days are counted.

    Japan's run from 1 April to 31 March and are named after the year in which they begin (会計法; 財政法 第11条).
    """

    first_month: int = 4
    zone: str = "Asia/Tokyo"

    def year_of(self, when: dt.date | dt.datetime) -> int:
        """The fiscal year of a date, or of an instant by its date in the programme's zone.

        Raises:
            ValueError: an instant without a zone.
        """
        if isinstance(when, dt.datetime):
            if when.tzinfo is None:
                raise ValueError("an instant needs a zone")
            when = when.astimezone(ZoneInfo(self.zone)).date()
        return when.year if when.month >= self.first_month else when.year - 1

    def first_day(self, year: int) -> dt.date:
        """The first day of fiscal year `year`."""
        return dt.date(year, self.first_month, 1)

    def last_day(self, year: int) -> dt.date:
        """The last day of fiscal year `year`."""
        return self.first_day(year + 1) - dt.timedelta(days=1)

    def years(self, first: dt.date, last: dt.date) -> range:
        """Every fiscal year that the days from `first` to `last` touch."""
        return range(self.year_of(first), self.year_of(last) + 1)


# The first day of each era since 1912 (元号を改める政令).
ERAS = (
    (dt.date(2019, 5, 1), "令和", "Reiwa"),
    (dt.date(1989, 1, 8), "平成", "Heisei"),
    (dt.date(1926, 12, 25), "昭和", "Showa"),
    (dt.date(1912, 7, 30), "大正", "Taisho"),
)


def era_of(day: dt.date) -> tuple[str, str, int]:
    """The era of a day: its name in Japanese and in Latin letters, and the year within it (1 for 元年).

    Raises:
        ValueError: the day lies before 1912-07-30.
    """
    for first_day, japanese, latin in ERAS:
        if day >= first_day:
            return japanese, latin, day.year - first_day.year + 1
    raise ValueError(f"no era is known for {day}")


def era_fiscal_year(year: int) -> str:
    """A fiscal year the way ministries write it: 2026 → 令和8年度, 2019 → 令和元年度, 2018 → 平成30年度.

    FY2019 is 令和元年度 although April 2019 still was 平成31年 (domain.md, data rules).
    """
    name, number = ("令和", year - 2018) if year >= 2019 else ("平成", year - 1988)
    return f"{name}{'元' if number == 1 else number}年度"


def era_date(day: dt.date) -> str:
    """A date in the era's count: 2026-11-25 → 令和8年11月25日."""
    japanese, _latin, number = era_of(day)
    return f"{japanese}{'元' if number == 1 else number}年{day.month}月{day.day}日"


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; 29 February becomes the 28th where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
