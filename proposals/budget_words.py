"""The budget of a content in words: tables for the PDF, for the page that shows the whole, and for a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label
from kernel.templatetags.kernel import fiscal_year_short
from proposals.budgeting import Amounts, asked_in, funding_in, institutions_in, months_in, parts_in
from proposals.enums import DIRECT_CATEGORIES, BudgetCategory, FundingSource
from proposals.rules.budget import direct_of, shares_of, total_of
from proposals.rules.months import months_by_year, part_years
from proposals.wording import institution_words

# So many fiscal years stand side by side on a page.
YEARS_ABREAST = 5
OfYear = Callable[[int], int]


def budget_sheet(content: Mapping[str, Any], lead: str, language: str) -> dict[str, Any]:
    """The budget of a content (see `content_of`) in words: `tables` of at most `YEARS_ABREAST` fiscal years, of which the
    last of each kind has the sums of the whole term. `lead` names the lead institution."""
    years, amounts = content["fiscal_years"], asked_in(content)
    shares = shares_of(amounts, years)
    words = [
        f"{label(category)} {shares[category] // 10}.{shares[category] % 10}%"
        for category in BudgetCategory
        if shares
    ]
    return {
        "heading": _("Budget by fiscal year"),
        "tables": [
            *_tables(
                _("What is asked for"), asked_rows(amounts), years, lambda year: total_of(amounts, year)
            ),
            *_of_institutions(content, lead, language),
            *_of_others(content),
        ],
        "shares": _("Shares of the whole: %(shares)s") % {"shares": _(", ").join(words)} if words else "",
        "months": months_words(years, *months_in(content), content.get("months", {}).get("year_begins", 4)),
    }


def asked_rows(amounts: Amounts) -> list[tuple[str, OfYear]]:
    """The rows of a budget above its total: what each is called, and its amount of a fiscal year."""

    def of(category: str) -> OfYear:
        return lambda year: amounts.get((year, category), 0)

    return [
        *((capfirst(label(category)), of(category)) for category in DIRECT_CATEGORIES),
        (_("Direct cost"), lambda year: direct_of(amounts, year)),
        (capfirst(label(BudgetCategory.INDIRECT)), of(BudgetCategory.INDIRECT)),
    ]


def funding_rows(funding: Amounts) -> list[tuple[str, OfYear]]:
    """What others bring: a row a source."""

    def of(source: str) -> OfYear:
        return lambda year: funding.get((year, source), 0)

    return [(capfirst(label(source)), of(source)) for source in FundingSource]


def named_parts(content: Mapping[str, Any], lead: str, language: str) -> list[tuple[str, Amounts]]:
    """What each institution asks for, with its name, the lead one first."""
    names = {
        key: institution_words(content, named.ror_id, named.name, language)
        for key, named in institutions_in(content).items()
    }
    return [(names.get(key, lead), part) for key, part in parts_in(content).items()]


def _of_institutions(content: Mapping[str, Any], lead: str, language: str) -> list[dict[str, Any]]:
    parts = named_parts(content, lead, language)
    if len(parts) == 1:
        return []
    return [
        table
        for name, part in parts
        for table in _tables(
            _("Of this for %(institution)s") % {"institution": name},
            asked_rows(part),
            content["fiscal_years"],
            lambda year, part=part: total_of(part, year),
        )
    ]


def _of_others(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    funding = funding_in(content)
    if not funding:
        return []
    return _tables(
        funding_caption(),
        funding_rows(funding),
        content["fiscal_years"],
        lambda year: sum(amount for (own, _source), amount in funding.items() if own == year),
    )


def funding_caption() -> str:
    """What stands above the money of others."""
    return _("Other funding of the joint research (not asked for)")


def months_words(
    years: Sequence[int], first_month: int | None, last_month: int | None, year_begins: int
) -> str:
    """Which fiscal years are part years, and of how many months; blank where all are whole."""
    short = part_years(months_by_year(years, first_month, last_month, year_begins))
    return _(", ").join(
        ngettext("%(year)s: %(n)s month", "%(year)s: %(n)s months", n)
        % {"year": fiscal_year_short(year), "n": n}
        for year, n in short
    )


def _tables(
    caption: str, rows: Sequence[tuple[str, OfYear]], years: Sequence[int], total: Callable[..., int]
) -> list[dict[str, Any]]:
    found = []
    for start in range(0, len(years), YEARS_ABREAST):
        some = years[start : start + YEARS_ABREAST]
        is_last = start + YEARS_ABREAST >= len(years)

        def row(
            head: str, of_year: Callable[..., int], some: Sequence[int] = some, is_last: bool = is_last
        ) -> list[Any]:
            whole = [sum(of_year(year) for year in years)] if is_last else []
            return [head, *(of_year(year) for year in some), *whole]

        found.append(
            {
                "caption": caption,
                "columns": [
                    _("Category"),
                    *(fiscal_year_short(year) for year in some),
                    *([_("Whole term")] if is_last else []),
                ],
                "rows": [row(head, of_year) for head, of_year in rows],
                "total": row(_("Total"), total),
            }
        )
    return found
