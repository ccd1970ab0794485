"""What a chapter of the PDF is made of: `text`, `table`, `chart` and `remarks`, which the template sets."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Block = dict[str, Any]


def column(title: str, width: int = 10, align: str = "left") -> dict[str, Any]:
    """A column; `width` is its share of the page."""
    return {"title": title, "width": width, "align": align}


def number(title: str, width: int = 10) -> dict[str, Any]:
    return column(title, width, "right")


def table(
    columns: Sequence[dict[str, Any]],
    rows: Sequence[Sequence[Any]],
    *,
    caption: str,
    total: Sequence[Any] | None = None,
    unit: str | None = None,
) -> Block:
    """A table, or a sentence that there is nothing."""
    if not rows:
        return text(f"{caption}: {_('nothing recorded')}")
    return {
        "kind": "table",
        "columns": columns,
        "rows": rows,
        "caption": caption,
        "total": total,
        "unit": unit,
    }


def text(sentence: str) -> Block:
    return {"kind": "text", "text": sentence}


def remarks(*items: str) -> Block:
    return {"kind": "remarks", "items": list(items)}


def chart(charts: Mapping[str, bytes], name: str, *, caption: str, alt: str, finding: str) -> list[Block]:
    """The chart, if there is one to show."""
    if name not in charts:
        return []
    return [{"kind": "chart", "file": name, "caption": caption, "alt": alt, "finding": finding}]
