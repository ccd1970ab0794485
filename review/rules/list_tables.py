"""An agency's list as a table that comes in: receipt number, title, what is said, words; the columns in this order."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from kernel.violations import Violation
from review.enums import ListKind
from review.rules.agreement import Place

COLUMNS = 4
YES = {"yes", "y", "1", "true", "recommended", "推薦", "推薦する", "○", "〇"}
NO = {"no", "n", "0", "false", "not recommended", "推薦しない", "非推薦", "×"}


def read_places(
    kind: ListKind, rows: Iterable[tuple[int, Sequence[str]]], numbers: Mapping[str, str]
) -> tuple[list[Place], list[Violation]]:
    """The places that the rows name, and what is wrong with others: each with the number that a spreadsheet gives the row.

    `numbers` are the proposals' keys by their receipt numbers. A blank cell says nothing yet.
    """
    places, found, seen = [], [], set()
    for line, cells in rows:
        padded = [*(str(cell).strip() for cell in cells), *[""] * COLUMNS]
        number, _title, said, words = padded[:COLUMNS]
        key = numbers.get(unicodedata.normalize("NFKC", number))
        if key is None:
            found.append(Violation("list_row_unknown", params={"row": line, "number": number or "–"}))
            continue
        if key in seen:
            found.append(Violation("list_row_twice", params={"row": line, "number": number}))
            continue
        seen.add(key)
        text = unicodedata.normalize("NFKC", said).strip().lower()
        if kind is ListKind.RANKING:
            if text and not (text.isascii() and text.isdigit() and len(text) <= 5):
                found.append(Violation("list_row_no_rank", params={"row": line, "value": said}))
                continue
            places.append(Place(key, rank=int(text) if text else None, words=words))
        elif text and text not in YES | NO:
            found.append(Violation("list_row_no_answer", params={"row": line, "value": said}))
        else:
            places.append(Place(key, is_recommended=(text in YES) if text else None, words=words))
    return places, found
