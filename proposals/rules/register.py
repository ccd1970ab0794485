"""A claimed award beside what its agency's register said when the applicants took it over."""

from collections.abc import Mapping
from typing import Any

TAKEN = ("number", "title", "pi_name", "amount", "currency", "starts_on", "ends_on")


def differing(claimed: Mapping[str, Any], taken: Mapping[str, Any]) -> list[str]:
    """The fields in which the claim says something else than the register did. Days are in ISO 8601.

    Where the register says nothing there is nothing to differ from. A currency alone is no difference: it is told with its
    amount.
    """
    return [
        field
        for field in TAKEN
        if field != "currency" and taken.get(field) not in (None, "") and not _same(field, claimed, taken)
    ]


def _same(field: str, claimed: Mapping[str, Any], taken: Mapping[str, Any]) -> bool:
    if field == "amount":
        return (claimed["amount"], claimed["currency"]) == (taken["amount"], taken["currency"])
    if isinstance(taken[field], str):
        return _folded(claimed[field]) == _folded(taken[field])
    return bool(claimed[field] == taken[field])


def _folded(text: Any) -> str:
    """Letters and what stands between them: blanks and capitals are typed as one likes."""
    return " ".join(str(text).split()).casefold()
