"""The figures of a field with a partner, year by year: counts as they were computed, and what follows from them.

A figure that cannot be had is None, never 0: growth from nothing, a share of nothing, a top 10 % that no source gives.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from registries.rules.counting import sum_of_parts

LAYOUT = 1
Ask = Callable[[str], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class YearFigures:
    """One year. `field`, `home`, `partner` are all papers of the field: of the world, of Japan, of the partner, as far as
    the records go; `whole` those of Japan and the partner together; the shares are fractional counts of these."""

    year: int
    field: int = 0
    home: int = 0
    partner: int = 0
    whole: int = 0
    home_share: Fraction = Fraction(0)
    partner_share: Fraction = Fraction(0)
    top: int = 0
    top_known: int = 0
    before: int | None = None

    @property
    def growth(self) -> Fraction | None:
        """Against the year before: 1/10 for a tenth more. None in the first year, and after a year without any."""
        return ratio(self.whole - self.before, self.before) if self.before is not None else None

    @property
    def share_of_field(self) -> Fraction | None:
        return ratio(self.whole, self.field)

    @property
    def share_of_home(self) -> Fraction | None:
        return ratio(self.whole, self.home)

    @property
    def top_share(self) -> Fraction | None:
        """Of the joint papers of which the source says it."""
        return ratio(self.top, self.top_known)


def ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def gathered(ask: Ask, *, field: str, by_country: str, joint: str, parts: str) -> dict[str, Any]:
    """The answers to the questions of `paper_sql` as plain data without floats, the same from every engine.

    Shares are kept as text with six decimals, rounded once, from exact fractions.
    """
    result: dict[str, Any] = {"layout": LAYOUT, "field": {}, "countries": {}, "partners": {}}
    for year, papers, top, known in ask(field):
        result["field"][str(year)] = [int(papers), int(top), int(known)]
    for country, year, papers, top, known in ask(by_country):
        result["countries"].setdefault(country, {})[str(year)] = [int(papers), int(top), int(known)]
    for partner, year, papers, top, known in ask(joint):
        result["partners"].setdefault(partner, {})[str(year)] = {
            "whole": int(papers),
            "top": int(top),
            "known": int(known),
        }
    times: dict[tuple[str, str, str], dict[int, int]] = {}
    for partner, year, side, divisor, count in ask(parts):
        times.setdefault((partner, str(year), side), {})[int(divisor)] = int(count)
    for (partner, year_key, side), divisors in times.items():
        result["partners"][partner][year_key][side] = decimal(sum_of_parts(divisors), 6)
    return result


def years_of(
    figures: dict[str, Any], partner: str, first: int, last: int, *, countries: Sequence[str]
) -> list[YearFigures]:
    """Each year of the period; `countries` are those of the partner.

    Of a group the papers of its countries cannot be added up (one paper may be of several): they stay 0 and are not shown.
    """
    rows: list[YearFigures] = []
    for year in range(first, last + 1):
        key = str(year)
        joint = figures["partners"].get(partner, {}).get(key, {})
        rows.append(
            YearFigures(
                year=year,
                field=_first(figures["field"].get(key)),
                home=_first(figures["countries"].get("JP", {}).get(key)),
                partner=_first(figures["countries"].get(countries[0], {}).get(key))
                if len(countries) == 1
                else 0,
                whole=joint.get("whole", 0),
                home_share=Fraction(joint.get("home", "0")),
                partner_share=Fraction(joint.get("partner", "0")),
                top=joint.get("top", 0),
                top_known=joint.get("known", 0),
                before=rows[-1].whole if rows else None,
            )
        )
    return rows


def total_of(rows: Sequence[YearFigures]) -> YearFigures:
    """The period as a whole; it has no growth."""
    return YearFigures(
        year=0,
        **{
            name: sum((getattr(row, name) for row in rows), start=0)
            for name in ("field", "home", "partner", "whole", "top", "top_known")
        },
        home_share=sum((row.home_share for row in rows), start=Fraction(0)),
        partner_share=sum((row.partner_share for row in rows), start=Fraction(0)),
    )


def decimal(value: Fraction, digits: int) -> str:
    """A fraction that is not below zero, with `digits` decimals, half up."""
    scaled = value * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def percent(value: Fraction | None, digits: int = 1) -> str:
    """A share or a growth as percent, half away from zero, without its sign of percent; "" for None."""
    if value is None:
        return ""
    sign = "-" if value < 0 else ""
    text = decimal(abs(value) * 100, digits)
    return text if not float(text) else f"{sign}{text}"


def _first(values: Sequence[int] | None) -> int:
    return values[0] if values else 0
