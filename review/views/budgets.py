"""What is asked for and what the agencies have left, by fiscal year, as the decision's pages show it."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from review.budgets import YearRow


def years_shown(
    agencies: list[Organisation], rows: list[YearRow], *, is_kept: bool = False
) -> dict[str, Any]:
    """The years, each agency's money under its name: what it has left today, and before it what it had when the
    decision was proposed, where that `is_kept`."""
    heads = []
    for agency in agencies:
        values = {"agency": agency.short_name}
        if is_kept:
            heads.append(_("Left at %(agency)s when proposed") % values)
            heads.append(_("Left at %(agency)s today") % values)
        else:
            heads.append(_("Left at %(agency)s") % values)
    return {
        "heads": heads,
        "rows": [
            {
                "year": row.year,
                "asked": row.asked,
                "is_over": row.is_over,
                "left": [
                    {"head": head, "amount": amount}
                    for head, amount in zip(heads, _amounts(row, is_kept=is_kept), strict=True)
                ],
            }
            for row in rows
        ],
    }


def _amounts(row: YearRow, *, is_kept: bool) -> list[int | None]:
    if not is_kept:
        return list(row.left)
    return [amount for pair in zip(row.left_then, row.left, strict=True) for amount in pair]
